//! What Lighthouse says of the pages that most people see, on a slow telephone as it imagines one.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tests::http::Visitor;
use tests::process::{Engine, Installation};

/// Thresholds: performance varies with the machine by a few hundredths, the others do not.
const LEAST: [(&str, f64); 3] = [("performance", 0.95), ("accessibility", 1.0), ("practices", 0.95)];

/// One line of scores for each page.
///
/// # Panics
/// When `HAILONG_LIGHTHOUSE` does not name the folder of an installation, or Lighthouse does not run.
fn measure(pages: &Value) -> Vec<Value> {
    let folder = std::env::var("HAILONG_LIGHTHOUSE");
    let folder = folder.expect("HAILONG_LIGHTHOUSE names where lighthouse is installed; tests/run sets it");
    let mut node = Command::new("node");
    node.arg(tests::source::root().join("tests/lighthouse.mjs")).arg(folder);
    let spawned = node.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.expect("node runs");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(pages.to_string().as_bytes()).expect("the pages are written");
    drop(input);
    let output = child.wait_with_output().expect("Lighthouse ends");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "Lighthouse could not measure: {words}");
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "full"]
async fn lighthouse_finds_the_pages_fast_and_accessible() {
    let running = Installation::new(Engine::Sqlite).demo(3000).await;
    let (survey, agency, province) = (running.url("survey"), running.url("agency"), running.url("province"));
    let (mut member, account) = (Visitor::new(&survey), running.account("province-admin"));
    tests::journey::sign_in(&mut member, &account.name, &account.password).await;
    let cookie = json!({ "name": "hailong", "value": member.cookie("hailong") });
    let pages = json!([
        { "name": "survey start", "url": survey },
        { "name": "survey question", "url": survey, "press": "button[name=go][value=next]" },
        { "name": "agency", "url": agency, "cookie": cookie },
        { "name": "province", "url": province, "cookie": cookie },
    ]);
    let measured = measure(&pages);
    assert_eq!(measured.len(), 4, "{measured:?}");
    let mut findings = Vec::new();
    for page in &measured {
        println!("{page}");
        for (category, least) in LEAST {
            let score = page[category].as_f64().unwrap_or_default();
            if score < least {
                findings.push(format!("{}: {category} {score}, lost by {}", page["name"], page["lost"]));
            }
        }
    }
    assert!(findings.is_empty(), "Lighthouse:\n  {}", findings.join("\n  "));
}
