//! Requests made by chance, seeded: whatever comes, the server answers or hangs up, and never fails.

use std::time::Duration;

use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use tests::http::split_url;
use tests::process::Engine;
use tests::wire::Connection;
use tokio::time::timeout;

use super::{Site, expect_status};

/// Bits of which real requests are made, so that chance gets past the first check.
const BITS: [&str; 34] = [
    "/s/",
    "/a/31825",
    "/p/96",
    "/admin/posters",
    "/setup/",
    "/sign-in",
    "/demo",
    "?",
    "&",
    "=",
    "lang=",
    "period=",
    "2026-10",
    "2026-Q3",
    "12m",
    "survey=",
    "demo-2026",
    "release=",
    "trust=open",
    "kind=commune",
    "sort=",
    "field=",
    "layout=one",
    "token=",
    "step=",
    "go=send",
    "overall=5",
    "SA1=",
    "%",
    "%00",
    "%E1%BA",
    "ề",
    "\u{202e}",
    "99999999999999999999",
];

fn some(rng: &mut ChaCha20Rng, most: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..rng.random_range(0..=most) {
        if rng.random_range(0..4) == 0 {
            let mut raw = [0; 3];
            rng.fill_bytes(&mut raw);
            bytes.extend_from_slice(&raw);
        } else {
            bytes.extend_from_slice(BITS.choose(rng).expect("some bits").as_bytes());
        }
    }
    bytes
}

/// A request whose first line and headers are almost right.
fn request(rng: &mut ChaCha20Rng, paths: &[String]) -> Vec<u8> {
    let verb = ["GET", "POST", "POST", "HEAD", "PUT"].choose(rng).expect("a verb");
    let mut path = paths.choose(rng).expect("a path").clone().into_bytes();
    path.extend(some(rng, 6));
    // Blanks and line breaks would only end the first line early.
    path.retain(|byte| *byte > b' ');
    let kinds = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"];
    let body = if *verb == "POST" || *verb == "PUT" { some(rng, 40) } else { Vec::new() };
    let mut bytes = format!("{verb} ").into_bytes();
    bytes.extend(path);
    bytes.extend(b" HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncookie: hailong=");
    bytes.extend(some(rng, 2).into_iter().filter(|byte| *byte > b' '));
    bytes.extend(format!("\r\ncontent-type: {}\r\n", kinds.choose(rng).expect("a kind")).into_bytes());
    bytes.extend(format!("content-length: {}\r\n\r\n", body.len()).into_bytes());
    bytes.extend(body);
    bytes
}

async fn storm(requests: usize, seed: u8) {
    let site = Site::open(Engine::Sqlite).await;
    let mut rng = ChaCha20Rng::from_seed([seed; 32]);
    let address = split_url(&site.running.url("survey")).0.parse().expect("an address");
    let survey = site.path("survey");
    let paths = [survey.clone(), format!("{survey}/thanks"), site.path("agency"), site.path("province")];
    let others =
        ["/", "/sign-in", "/sign-out", "/setup/AAAA", "/admin/posters", "/assets/", "/method", "/demo"];
    let paths: Vec<String> = paths.into_iter().chain(others.map(str::to_owned)).collect();
    let mut answered = 0;
    for _ in 0..requests {
        let bytes = request(&mut rng, &paths);
        let exchange = async { Connection::open(address).await?.send(&bytes).await };
        let answer = timeout(Duration::from_secs(30), exchange).await;
        // To hang up on what is not HTTP is an answer too; to say nothing for half a minute is none.
        if let Ok(answer) = answer.expect("no request is left hanging") {
            answered += 1;
            assert!(answer.status < 500, "{}: {}", String::from_utf8_lossy(&bytes), answer.status);
        }
    }
    assert!(answered * 2 > requests, "most requests are near enough to HTTP: {answered} of {requests}");
    expect_status(&site.visitor().get("/readyz").await, &[200]);
    assert!(!site.running.end().await.contains("panicked"));
}

#[tokio::test]
async fn a_few_hundred_requests_by_chance_break_nothing() {
    storm(400, 1).await;
}

#[tokio::test]
#[ignore = "full"]
async fn many_thousand_requests_by_chance_break_nothing() {
    for seed in 2..6 {
        storm(10_000, seed).await;
    }
}
