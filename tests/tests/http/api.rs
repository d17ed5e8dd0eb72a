//! `/api/v1` and `/admin/keys`: a case system asks for codes with its key.

use serde_json::{Value, json};
use tests::form::Form;
use tests::html::visible_text;
use tests::http::{Answer, Visitor};
use tests::journey::{Person, filled_form};
use tests::process::Engine;

use super::{Site, expect_status};

/// A key made on the command line.
async fn key(site: &Site, name: &str, options: &[&str]) -> String {
    let said = site.place.run(&[&["key", "make", name], options].concat()).await;
    let words: Vec<&str> = said.split_whitespace().collect();
    assert_eq!(words[..2], ["key", name]);
    words[2].to_owned()
}

async fn call(site: &Site, path: &str, key: &str, body: &str) -> Answer {
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let sent = site.visitor().send("POST", path, &headers, body.as_bytes()).await;
    sent.unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn body_of(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), Some("application/json"));
    serde_json::from_str(&answer.text()).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
}

/// The counter of the demo's survey address.
fn counter(site: &Site) -> String {
    let agency = site.path("agency");
    agency.rsplit('/').next().and_then(|unit| unit.split('?').next()).unwrap_or_default().to_owned()
}

fn dossier(unit: &str, channel: &str) -> Value {
    json!({ "receiving_unit": unit, "field": "civil-status", "channel": channel })
}

fn dossiers(list: &[Value]) -> String {
    json!({ "dossiers": list }).to_string()
}

const CODES: &str = "/api/v1/codes";
const CLOSE: &str = "/api/v1/codes/close";

async fn answer_by(visitor: &mut Visitor, url: &str) {
    let swapped = visitor.get(url).await;
    let place = swapped.header("location").expect("a form").to_owned();
    let (action, pairs) = filled_form(visitor, &place, &Person::new(5)).await;
    expect_status(&visitor.post(&action, &pairs).await, &[303]);
}

#[tokio::test]
async fn a_case_system_is_given_a_code_for_each_dossier_and_its_answers_are_verified() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let unit = counter(&site);
        let key = key(&site, "case-system", &["--may", "issue-codes,close-codes"]).await;
        let list: Vec<Value> =
            (0..12).map(|i| dossier(&unit, if i % 4 == 3 { "online" } else { "in-person" })).collect();
        let given = call(&site, CODES, &key, &dossiers(&list)).await;
        expect_status(&given, &[201]);
        assert_eq!(given.header("cache-control"), Some("no-store"));
        let given = body_of(&given);
        let codes = given["codes"].as_array().expect("codes");
        assert_eq!(codes.len(), 12);
        assert!(codes.iter().all(|code| code["valid_through"] == "2027-04-30"), "{given}");
        // A later dossier of the day joins the batch of its kind.
        expect_status(&call(&site, CODES, &key, &dossiers(&[dossier(&unit, "online")])).await, &[201]);
        let listed = site.place.run(&["codes", "list"]).await;
        let lines: Vec<&str> = listed.lines().collect();
        assert_eq!(lines.len(), 2, "{listed}");
        assert!(listed.contains(" online link case-system 4 valid"), "{listed}");
        assert!(listed.contains(" in-person slip case-system 9 valid"), "{listed}");
        for (at, code) in codes.iter().enumerate() {
            let url = code["url"].as_str().expect("an address");
            // The fourth, eighth and twelfth were handed in online: in their order.
            if at % 4 != 3 {
                answer_by(&mut site.visitor(), url).await;
            }
        }
        let online = codes[3]["typed"].as_str().expect("a typed code");
        let closed = call(&site, CLOSE, &key, &json!({ "codes": [online, online] }).to_string()).await;
        expect_status(&closed, &[200]);
        assert_eq!(body_of(&closed), json!({ "set": 1, "gone": 0, "valid_through": "2026-11-30" }));
        let check = site.place.run(&["check"]).await;
        assert!(check.contains("answers: 9 waiting"), "{engine:?}: {check}");
        answer_by(&mut site.visitor(), codes[3]["url"].as_str().expect("an address")).await;
    }
}

#[tokio::test]
async fn without_a_key_that_works_nothing_is_said_or_done() {
    let site = Site::open(Engine::Sqlite).await;
    let unit = counter(&site);
    let good = key(&site, "case-system", &["--may", "issue-codes"]).await;
    let body = dossiers(&[dossier(&unit, "online")]);
    let changed = format!("{}{}", &good[..good.len() - 1], if good.ends_with('A') { 'B' } else { 'A' });
    let long = "C".repeat(5_000);
    for wrong in ["", "CM", &changed, &long, "BLAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let refused = call(&site, CODES, wrong, &body).await;
        expect_status(&refused, &[401]);
        assert_eq!(refused.header("www-authenticate"), Some("Bearer"));
    }
    let mut admin = site.member("province-admin").await;
    let cookie_alone =
        admin.send("POST", CODES, &[("content-type", "application/json")], body.as_bytes()).await;
    expect_status(&cookie_alone.expect("an answer"), &[401]);
    let basic =
        site.visitor().send("POST", CODES, &[("authorization", &format!("Basic {good}"))], b"{}").await;
    expect_status(&basic.expect("an answer"), &[401]);
    expect_status(&call(&site, CLOSE, &good, r#"{"codes":["CM-7777-7777-7777"]}"#).await, &[403]);
    expect_status(&call(&site, CODES, &good, &body).await, &[201]);
    site.place.run(&["key", "revoke", "case-system"]).await;
    expect_status(&call(&site, CODES, &good, &body).await, &[401]);
    let listed = site.place.run(&["codes", "list"]).await;
    assert!(listed.trim().ends_with("case-system 1 valid"), "{listed}");
}

#[tokio::test]
async fn a_key_of_a_unit_asks_for_codes_of_that_unit_alone() {
    let site = Site::open(Engine::Sqlite).await;
    let unit = counter(&site);
    let others = site.place.run(&["codes", "list"]).await;
    assert_eq!(others, "");
    let elsewhere = if unit == "31825" { "31834" } else { "31825" };
    let key = key(&site, "own", &["--may", "issue-codes", "--unit", &unit, "--days", "1"]).await;
    expect_status(&call(&site, CODES, &key, &dossiers(&[dossier(&unit, "post")])).await, &[201]);
    let mixed = dossiers(&[dossier(&unit, "post"), dossier(elsewhere, "post")]);
    expect_status(&call(&site, CODES, &key, &mixed).await, &[403]);
    let listed = site.place.run(&["codes", "list"]).await;
    assert!(listed.trim().ends_with("case-system 1 valid"), "nothing is half given out: {listed}");
}

#[tokio::test]
async fn what_is_wrong_in_a_body_is_named_by_its_place() {
    let site = Site::open(Engine::Sqlite).await;
    let unit = counter(&site);
    let key = key(&site, "case-system", &["--may", "issue-codes,close-codes"]).await;
    let good = dossier(&unit, "online");
    let with = |name: &str, value: Value| {
        let mut changed = good.clone();
        changed[name] = value;
        dossiers(&[good.clone(), changed])
    };
    let cases = [
        (CODES, String::new(), 400, "line 1, column 0"),
        (CODES, "[]".into(), 400, "line 1, column"),
        (CODES, dossiers(&[]), 422, "dossiers"),
        (CODES, dossiers(&vec![good.clone(); 501]), 422, "dossiers"),
        (CODES, with("receiving_unit", json!("nowhere")), 422, "dossiers[1].receiving_unit"),
        (CODES, with("deciding_unit", json!("\u{0}")), 422, "dossiers[1].deciding_unit"),
        (CODES, with("field", json!("fortune-telling")), 422, "dossiers[1].field"),
        (CODES, with("channel", json!("pigeon")), 422, "dossiers[1].channel"),
        (CODES, with("by", json!("shouting")), 422, "dossiers[1].by"),
        (CODES, with("channel", json!(7)), 400, "line 1, column"),
        (CODES, with("dossier_number", json!("H59.1-2026")), 400, "line 1, column"),
        (CLOSE, json!({ "codes": [] }).to_string(), 422, "codes"),
        (CLOSE, json!({ "codes": ["CM-1"] }).to_string(), 422, "codes[0]"),
        (CLOSE, json!({ "codes": ["BL-7777-7777-7777"] }).to_string(), 422, "codes[0]"),
        (CLOSE, json!({ "codes": "CM-7777-7777-7777" }).to_string(), 400, "line 1, column"),
    ];
    for (path, body, status, place) in cases {
        let refused = call(&site, path, &key, &body).await;
        expect_status(&refused, &[status]);
        let said = body_of(&refused);
        assert!(said["at"].as_str().is_some_and(|at| at.starts_with(place)), "{body}: {said}");
        assert!(said["error"].as_str().is_some_and(|error| !error.is_empty()));
    }
    let large = "x".repeat(300 * 1024);
    expect_status(&call(&site, CODES, &key, &large).await, &[413]);
    assert_eq!(site.place.run(&["codes", "list"]).await, "", "nothing was drawn");
}

/// A form that is wrong in one field is shown again, and says so.
async fn expect_refusals(admin: &mut Visitor, form: &Form) {
    for (name, value, says) in [
        ("name", "mot-cua", "Tên này đã dùng"),
        ("name", "Một cửa", "Tên có từ 3 đến 40"),
        ("days", "0", "Từ 1 đến 730 ngày"),
        ("days", "a lot", "Từ 1 đến 730 ngày"),
    ] {
        let mut form = form.clone();
        form.set("name", "another");
        form.set(name, value);
        let refused = admin.post(&form.action, &form.press("make")).await;
        expect_status(&refused, &[422]);
        assert!(visible_text(&refused.text()).contains(says), "{}", visible_text(&refused.text()));
    }
}

#[tokio::test]
async fn an_administrator_makes_a_key_that_is_shown_once_and_revokes_it() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let page = admin.get("/admin/keys").await;
    expect_status(&page, &[200]);
    let mut form = Form::with_field(&page.text(), "days").expect("the form");
    form.set("name", "mot-cua");
    let made = admin.post(&form.action, &form.press("make")).await;
    expect_status(&made, &[201]);
    let html = made.text();
    let (_, key) = html.split_once("readonly").expect("a text to copy");
    let (_, key) = key.split_once('>').expect("its tag");
    let key = key.split('<').next().unwrap_or_default().to_owned();
    assert!(key.starts_with("CM") && key.len() > 30, "{key}");
    let given = call(&site, CODES, &key, &dossiers(&[dossier(&counter(&site), "online")])).await;
    expect_status(&given, &[201]);
    expect_refusals(&mut admin, &form).await;
    let list = admin.get("/admin/keys").await.text();
    assert!(!list.contains(&key), "no page shows a key again");
    assert!(visible_text(&list).contains("05/10/2026"), "the day of its last use");
    let revoke = Form::all(&list).into_iter().find(|form| form.value("name") == Some("mot-cua"));
    let revoke = revoke.expect("a button").press("revoke");
    expect_status(&admin.post("/admin/keys", &revoke).await, &[303]);
    expect_status(&admin.post("/admin/keys", &revoke).await, &[404]);
    expect_status(&call(&site, CODES, &key, "{}").await, &[401]);
    let audit = site.member("auditor").await.get("/admin/audit.csv").await.text();
    for deed in ["key-make", "key-revoke"] {
        assert!(audit.contains(deed), "{audit}");
    }
    assert!(!audit.contains("codes-issue"), "no hour of a dossier is written down: {audit}");
}
