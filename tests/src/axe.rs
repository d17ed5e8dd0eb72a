//! The accessibility check of axe-core, run in the page.

use serde_json::{Value, json};

use crate::browser::Browser;

const RUN: &str = r"
const done = arguments[arguments.length - 1];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
    found => done({ rules: found.passes.length + found.violations.length, violations: found.violations.map(one =>
        one.id + ': ' + one.help + ': ' + one.nodes.map(node => node.target.join(' ') + ' (' + node.failureSummary + ')').join('; ')) }),
    error => done({ error: String(error) }));
";

/// What breaks WCAG 2.2 level A or AA on the page that is open, each in words; empty when nothing does.
///
/// # Panics
/// When scripts are off, or when `HAILONG_AXE` does not name an `axe.min.js`.
pub async fn violations(browser: &Browser) -> Vec<String> {
    assert!(browser.look().javascript, "axe needs a browser with scripts; open the same page in one");
    let file = std::env::var("HAILONG_AXE").expect("HAILONG_AXE names axe.min.js; tests/run sets it");
    let axe = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    browser.run(&axe, json!([])).await;
    let found = browser.run_until_called(RUN).await;
    assert!(found["rules"].as_u64() > Some(5), "axe did not look at the page: {found}");
    let list = found["violations"].as_array().cloned().unwrap_or_default();
    list.iter().map(|one: &Value| one.as_str().unwrap_or_default().replace('\n', " ")).collect()
}
