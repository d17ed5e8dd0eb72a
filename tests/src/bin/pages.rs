//! How long pages of figures take, a start, and an export: on loopback, one request at a time.
//! `tests/bench/pages` is the command to use.
//!
//! ```text
//! pages read SAID [PROCESS]        (SAID: what `hailong demo` printed; PROCESS: its number, for its CPU time)
//! pages start BINARY DATA PATH     (spawn to the first answer of PATH and of /readyz)
//! pages export BINARY DATA         (all figures: seconds, rows, most memory)
//! ```

use std::net::SocketAddr;
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use tests::html::visible_text;
use tests::http::{Visitor, split_url};
use tests::journey::{links, sign_in};
use tests::wire::{Connection, request};
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

/// Requests for a page that the server has just drawn.
const WARM: usize = 1_000;
/// Requests for a page of which the server has forgotten everything.
const COLD: usize = 30;
/// Starts.
const STARTS: usize = 9;
/// Other periods and releases that are looked at between two cold requests: more than the server
/// keeps tables of.
const BETWEEN: usize = 30;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["read", said] => read(said, None).await,
        ["read", said, process] => read(said, process.parse().ok()).await,
        ["start", binary, data, path] => start(binary, data, path).await,
        ["export", binary, data] => export(binary, data).await,
        _ => Err("usage: pages read SAID [PROCESS] | start BINARY DATA PATH | export BINARY DATA".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pages: {error}");
            ExitCode::FAILURE
        }
    }
}

type Done = Result<(), Box<dyn std::error::Error>>;

/// One keep-alive connection of somebody who has signed in.
struct Client {
    connection: Connection,
    host: String,
    cookie: String,
}

impl Client {
    async fn get(&mut self, path: &str) -> Result<(Duration, String), Box<dyn std::error::Error>> {
        let bytes = request("GET", &self.host, path, &format!("cookie: {}\r\n", self.cookie), b"");
        let begun = Instant::now();
        let answer = self.connection.send(&bytes).await?;
        let taken = begun.elapsed();
        if answer.status == 200 {
            Ok((taken, answer.text()))
        } else {
            Err(format!("{path}: {}", answer.status).into())
        }
    }
}

async fn read(said: &str, process: Option<u32>) -> Done {
    let said = std::fs::read_to_string(said)?;
    let line = |word: &str| said.lines().find_map(|line| line.strip_prefix(word)?.strip_prefix(' '));
    let account = said.lines().find(|line| line.ends_with(" province-analyst")).ok_or("no account")?;
    let account: Vec<&str> = account.split(' ').collect();
    let (agency, province) = (line("agency").ok_or("no agency")?, line("province").ok_or("no province")?);
    let mut visitor = Visitor::new(agency);
    sign_in(&mut visitor, account[1], account[2]).await;
    let host = split_url(agency).0.to_owned();
    let mut client = Client {
        connection: Connection::open(host.parse()?).await?,
        cookie: format!("hailong={}", visitor.cookie("hailong").ok_or("no cookie")?),
        host,
    };
    println!("| page | server | requests | median | p99 | worst | CPU each | kB |");
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (name, url) in [("agency", agency), ("province", province)] {
        let path = split_url(url).1;
        let (_, page) = client.get(path).await?;
        let others = others(&mut client, path, &page).await?;
        let mut row = Row { name, bytes: page.len(), taken: Vec::new(), processor: 0.0 };
        for turn in 0..COLD {
            for other in 0..BETWEEN {
                client.get(&others[(turn * BETWEEN + other) % others.len()]).await?;
            }
            let begun = processor_time(process);
            row.taken.push(client.get(path).await?.0);
            row.processor += processor_time(process) - begun;
        }
        row.print("cold");
        row.taken.clear();
        let begun = processor_time(process);
        for _ in 0..WARM {
            row.taken.push(client.get(path).await?.0);
        }
        row.processor = processor_time(process) - begun;
        row.print("warm");
    }
    Ok(())
}

/// The same page in other months and of older releases.
async fn others(
    client: &mut Client,
    path: &str,
    page: &str,
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let newest = tests::journey::release(page).ok_or_else(|| visible_text(page))?;
    let mut others = Vec::new();
    for release in (1..=newest).rev() {
        for period in ["2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"]
        {
            let other = format!("{path}?release={release}&period={period}");
            if client.get(&other).await.is_ok() {
                others.push(other);
            }
        }
    }
    if others.len() < BETWEEN {
        Err(format!("only {} other pages; {:?}", others.len(), links(page)).into())
    } else {
        Ok(others)
    }
}

/// Milliseconds of CPU that a process has used so far (Linux), counted in hundredths of a second.
fn processor_time(process: Option<u32>) -> f64 {
    let stat = process.and_then(|process| std::fs::read_to_string(format!("/proc/{process}/stat")).ok());
    let numbers = stat.as_deref().and_then(|stat| stat.rsplit_once(')')).map_or("", |(_, rest)| rest);
    let ticks = numbers.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    10.0 * ticks.sum::<f64>()
}

/// What was measured of a page.
struct Row {
    name: &'static str,
    bytes: usize,
    taken: Vec<Duration>,
    processor: f64,
}

impl Row {
    fn print(&mut self, state: &str) {
        self.taken.sort_unstable();
        let taken = &self.taken;
        let at = |part: f64| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position")]
            let place = ((taken.len() as f64 * part).ceil() as usize).clamp(1, taken.len());
            taken[place - 1].as_secs_f64() * 1000.0
        };
        println!(
            "| {} | {state} | {} | {:.1} ms | {:.1} ms | {:.1} ms | {:.1} ms | {} |",
            self.name,
            taken.len(),
            at(0.5),
            at(0.99),
            at(1.0),
            self.processor / taken.len() as f64,
            self.bytes / 1024
        );
    }
}

fn spawn(binary: &str, data: &str, arguments: &[&str]) -> std::io::Result<Child> {
    let mut command = Command::new(binary);
    command.args(arguments).env("HAILONG_DATA", data).env_remove("DATABASE_URL");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).spawn()
}

/// When a page is there, from now on; the listener itself may not be there yet.
async fn until_there(address: SocketAddr, path: &str) -> Duration {
    let begun = Instant::now();
    let bytes = request("GET", &address.to_string(), path, "connection: close\r\n", b"");
    loop {
        if let Ok(mut connection) = Connection::open(address).await
            && connection.send(&bytes).await.is_ok_and(|answer| answer.status == 200)
        {
            return begun.elapsed();
        }
        sleep(Duration::from_millis(1)).await;
    }
}

async fn start(binary: &str, data: &str, path: &str) -> Done {
    let free = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let mut taken = [Vec::new(), Vec::new()];
    for turn in 0..2 * STARTS {
        let wanted = if turn % 2 == 0 { path } else { "/readyz" };
        let child = spawn(binary, data, &["serve", "--listen", &free.to_string()])?;
        taken[turn % 2].push(until_there(free, wanted).await);
        let mut child = child;
        child.kill().await?;
    }
    println!("| start to first | starts | median | worst |");
    println!("| --- | ---: | ---: | ---: |");
    for (name, times) in ["survey page", "/readyz"].into_iter().zip(&mut taken) {
        times.sort_unstable();
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        println!(
            "| {name} | {} | {:.0} ms | {:.0} ms |",
            times.len(),
            milliseconds(times[times.len() / 2]),
            milliseconds(times[times.len() - 1])
        );
    }
    Ok(())
}

/// Most memory that a process has had so far, in MB (Linux).
fn most_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

async fn export(binary: &str, data: &str) -> Done {
    let file = std::env::temp_dir().join(format!("hailong-export-{}.csv", std::process::id()));
    let begun = Instant::now();
    let out = file.to_str().ok_or("a folder in UTF-8")?;
    let mut child = spawn(binary, data, &["export", "aggregates", "--out", out])?;
    let process = child.id().unwrap_or(0);
    let mut memory = 0;
    let status = loop {
        memory = most_memory(process).unwrap_or(memory).max(memory);
        tokio::select! {
            status = child.wait() => break status?,
            () = sleep(Duration::from_millis(5)) => {}
        }
    };
    let taken = begun.elapsed().as_secs_f64();
    let text = std::fs::read_to_string(&file)?;
    std::fs::remove_file(&file)?;
    let rows = text.lines().count().saturating_sub(1);
    println!("| export | rows | MB | seconds | most memory |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    println!("| aggregates | {rows} | {} | {taken:.1} | {memory} MB |", text.len() / 1_000_000);
    if status.success() { Ok(()) } else { Err(format!("the export ended with {status}").into()) }
}
