//! `--trusted-proxy`: whose word counts on how the public came.

use tests::http::Visitor;
use tests::process::{Engine, Installation, Running};

use super::expect_status;

const PUBLIC: &str = "https://hailong.example";

async fn open(place: &Installation, trusted: &[&str]) -> (Running, Visitor) {
    let arguments = [&["--public-url", PUBLIC], trusted].concat();
    let running = place.serve(&arguments, &[("HAILONG_LOG", "trace")]).await;
    let visitor = Visitor::new(&running.listening());
    (running, visitor)
}

fn sign_in() -> Vec<(String, String)> {
    [("name", "lan"), ("password", "not the password")].map(|(a, b)| (a.into(), b.into())).to_vec()
}

#[tokio::test]
async fn a_trusted_proxy_leads_open_connections_to_https() {
    let place = Installation::new(Engine::Sqlite);
    let (running, visitor) = open(&place, &["--trusted-proxy", "192.0.2.0/24,127.0.0.1"]).await;
    let through = |proto: &str| visitor.clone().with_header("x-forwarded-proto", proto);
    let led = through("http").get("/sign-in?lang=en").await;
    expect_status(&led, &[308]);
    assert_eq!(led.header("location"), Some("https://hailong.example/sign-in?lang=en"));
    expect_status(&through("http").post("/sign-in", &sign_in()).await, &[403]);
    expect_status(&through("https").get("/sign-in").await, &[200]);
    expect_status(&through("http, https").get("/sign-in").await, &[200]);
    expect_status(&through("HTTPS").post("/sign-in", &sign_in()).await, &[422]);
    expect_status(&visitor.clone().get("/sign-in").await, &[200]);
    expect_status(&through("gopher").get("/sign-in").await, &[200]);
    // The same host over another scheme is another site.
    let from = |scheme: &str| {
        let origin = visitor.origin().replacen("http", scheme, 1);
        through("https").with_header("origin", &origin)
    };
    expect_status(&from("http").post("/sign-in", &sign_in()).await, &[403]);
    expect_status(&from("https").post("/sign-in", &sign_in()).await, &[422]);
    let said = running.end().await;
    assert!(!said.contains("plain http"), "{said}");
}

#[tokio::test]
async fn nobody_else_is_believed() {
    let place = Installation::new(Engine::Sqlite);
    let (_running, visitor) = open(&place, &["--trusted-proxy", "192.0.2.0/24"]).await;
    let mut pretending = visitor.clone().with_header("x-forwarded-proto", "http");
    expect_status(&pretending.get("/sign-in").await, &[200]);
    expect_status(&pretending.post("/sign-in", &sign_in()).await, &[422]);
}

#[tokio::test]
async fn no_address_is_logged_or_kept() {
    let place = Installation::new(Engine::Sqlite);
    let (running, visitor) = open(&place, &["--trusted-proxy", "127.0.0.1"]).await;
    let address = "203.0.113.77";
    for name in ["x-forwarded-for", "x-real-ip", "forwarded"] {
        let mut reader = visitor.clone().with_header(name, address);
        expect_status(&reader.get("/sign-in").await, &[200]);
        expect_status(&reader.post("/sign-in", &sign_in()).await, &[422]);
    }
    let said = running.end().await;
    assert!(said.contains("DEBUG") && !said.contains(address), "{said}");
    for file in std::fs::read_dir(place.folder()).expect("the data folder").flatten() {
        let bytes = std::fs::read(file.path()).expect("a file");
        let found = bytes.windows(address.len()).any(|window| window == address.as_bytes());
        assert!(!found, "{address} in {}", file.path().display());
    }
}

#[tokio::test]
async fn https_that_is_open_beside_its_proxy_is_warned_of() {
    let place = Installation::new(Engine::Sqlite);
    let arguments = ["--public-url", PUBLIC, "--listen", "0.0.0.0:0"];
    let running = place.serve(&arguments, &[]).await;
    let said = running.end().await;
    assert!(said.contains("--trusted-proxy"), "{said}");
    let refused = place.try_run(&["serve", "--trusted-proxy", "everybody"]).await;
    assert_eq!(refused.status.code(), Some(2), "wrong usage");
}
