//! A small load generator for loopback: keep-alive connections, requests prepared beforehand, a Markdown
//! row as the result. `tests/bench/run` is the command to use.
//!
//! ```text
//! load get  URL             --connections 64 --requests 20000
//! load visit URL --bodies FILE --connections 64  (one path a line, each asked for once)
//! load post URL --bodies FILE --connections 64   (one urlencoded body a line, each sent once)
//! load mint URL --count N --out FILE             (fetches N filled-in forms, one body a line)
//! ```
//!
//! It sends to loopback only, as many requests as it was told, and stops by itself.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tests::http::{Visitor, split_url, urlencode};
use tests::journey::{Person, filled_form};
use tests::wire::{Connection, request};
use tokio::time::Instant;

/// What the command line asks for.
struct Plan {
    verb: String,
    url: String,
    connections: usize,
    requests: usize,
    file: Option<String>,
}

/// One answer: how long it took, and its status (0 when the connection broke).
type Taken = (Duration, u16);

fn read_plan() -> Option<Plan> {
    let mut words = std::env::args().skip(1);
    let (verb, url) = (words.next()?, words.next()?);
    let mut plan = Plan { verb, url, connections: 64, requests: 20_000, file: None };
    while let (Some(option), Some(value)) = (words.next(), words.next()) {
        match option.as_str() {
            "--connections" => plan.connections = value.parse().ok()?,
            "--requests" | "--count" => plan.requests = value.parse().ok()?,
            "--bodies" | "--out" => plan.file = Some(value),
            _ => return None,
        }
    }
    (plan.connections > 0 && plan.requests <= 2_000_000).then_some(plan)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(plan) = read_plan() else {
        eprintln!(
            "usage: load get|visit|post|mint URL [--connections N] [--requests N] [--bodies FILE] [--out FILE]"
        );
        return ExitCode::from(2);
    };
    match plan.verb.as_str() {
        "mint" => mint(&plan).await,
        _ => measure(&plan).await,
    }
}

/// Fills in forms as a person would, so that each has a token of its own.
async fn mint(plan: &Plan) -> ExitCode {
    let mut lines = String::new();
    for number in 0..plan.requests {
        let satisfaction = [5, 5, 4, 4, 3][number % 5];
        let person = Person { in_a_hurry: false, ..Person::new(satisfaction) };
        let (_, pairs) = filled_form(&mut Visitor::new(&plan.url), &plan.url, &person).await;
        lines += &urlencode(&pairs);
        lines.push('\n');
    }
    let file = plan.file.clone().unwrap_or_else(|| "bodies.txt".to_owned());
    match std::fs::write(&file, lines) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn prepare(plan: &Plan) -> std::io::Result<Vec<Vec<u8>>> {
    let (host, path) = split_url(&plan.url);
    if plan.verb == "get" {
        return Ok(vec![request("GET", host, path, "", b"")]);
    }
    let kind = "content-type: application/x-www-form-urlencoded\r\n";
    let file = plan.file.clone().unwrap_or_else(|| "bodies.txt".to_owned());
    let bodies = std::fs::read_to_string(file)?;
    if plan.verb == "visit" {
        return Ok(bodies.lines().map(|path| request("GET", host, path, "", b"")).collect());
    }
    Ok(bodies.lines().map(|body| request("POST", host, path, kind, body.as_bytes())).collect())
}

async fn measure(plan: &Plan) -> ExitCode {
    let requests = match prepare(plan) {
        Ok(requests) if !requests.is_empty() => Arc::new(requests),
        Ok(_) => return complain("there is nothing to send"),
        Err(error) => return complain(&error.to_string()),
    };
    let Ok(address) = split_url(&plan.url).0.parse::<SocketAddr>() else {
        return complain("the address must be 127.0.0.1:PORT");
    };
    // A body is sent once: its token counts once. A GET is repeated.
    let total = if plan.verb == "get" { plan.requests } else { requests.len() };
    let next = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let mut senders = tokio::task::JoinSet::new();
    for _ in 0..plan.connections.min(total) {
        senders.spawn(send_all(address, Arc::clone(&requests), Arc::clone(&next), total));
    }
    let mut taken: Vec<Taken> = Vec::with_capacity(total);
    while let Some(done) = senders.join_next().await {
        taken.extend(done.unwrap_or_default());
    }
    print_row(plan, &mut taken, begun.elapsed());
    ExitCode::SUCCESS
}

async fn send_all(
    address: SocketAddr,
    requests: Arc<Vec<Vec<u8>>>,
    next: Arc<AtomicUsize>,
    total: usize,
) -> Vec<Taken> {
    let (mut taken, mut open) = (Vec::new(), None);
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= total {
            return taken;
        }
        let begun = Instant::now();
        if open.is_none() {
            open = Connection::open(address).await.ok();
        }
        let answer = match &mut open {
            Some(connection) => connection.send(&requests[number % requests.len()]).await.ok(),
            None => None,
        };
        let closes = answer.as_ref().is_none_or(|answer| answer.header("connection") == Some("close"));
        if closes {
            open = None;
        }
        taken.push((begun.elapsed(), answer.map_or(0, |answer| answer.status)));
    }
}

fn complain(words: &str) -> ExitCode {
    eprintln!("load: {words}");
    ExitCode::FAILURE
}

/// `| verb path | connections | requests | per second | p50 | p99 | worst | statuses |`
fn print_row(plan: &Plan, taken: &mut [Taken], whole: Duration) {
    taken.sort_unstable();
    let at = |share: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position in the list")]
        let place = ((taken.len() as f64 * share).ceil() as usize).clamp(1, taken.len());
        taken[place - 1].0.as_secs_f64() * 1000.0
    };
    let mut statuses: Vec<u16> = taken.iter().map(|(_, status)| *status).collect();
    statuses.sort_unstable();
    let groups = statuses.chunk_by(|one, other| one == other);
    let groups: Vec<String> = groups.map(|group| format!("{} × {}", group[0], group.len())).collect();
    let rate = taken.len() as f64 / whole.as_secs_f64();
    let path = split_url(&plan.url).1.split('/').take(2).collect::<Vec<_>>().join("/");
    println!(
        "| {} {path}/… | {} | {} | {rate:.0} | {:.1} ms | {:.1} ms | {:.1} ms | {} |",
        plan.verb.to_uppercase(),
        plan.connections,
        taken.len(),
        at(0.5),
        at(0.99),
        at(1.0),
        groups.join(", ")
    );
}
