//! `/k/`: the tablet at the counter, as the server sees it, and the pages of the console about it.

use serde_json::{Value, json};
use tests::html::visible_text;
use tests::http::{Answer, Visitor};
use tests::process::Engine;
use tests::tablet::{Tablet, fates, post, text64};

use super::{Site, expect_status};

const SURVEY: &str = "demo-2026";
/// Everything that a tablet loads, compressed.
const MOST_BYTES: usize = 250_000;

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn form<'a>(name: &'a str, unit: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("go", "make"),
        ("name", name),
        ("unit", unit),
        ("thanks", "5"),
        ("idle", "20"),
        ("repeat", "5"),
        ("follow", "1"),
        ("layout", "row"),
    ]
}

fn own(site: &Site) -> String {
    site.path("agency").trim_start_matches("/a/").to_owned()
}

/// The secret on the page with the QR.
fn secret_of(page: &Answer) -> String {
    let html = page.text();
    let rest = html.split("/k/#pair=").nth(1).unwrap_or_else(|| panic!("no link in {html}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// The id of the device of a name, from the forms of the page.
fn device_of(html: &str, name: &str) -> String {
    let after = html.split(&format!("<b>{name}</b>")).nth(1).unwrap_or_else(|| panic!("no {name} in {html}"));
    let rest = after.split("name=\"device\" value=\"").nth(1).expect("a form");
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn make(member: &mut Visitor, path: &str, name: &str, unit: &str) -> Answer {
    member.post(path, &pairs(&form(name, unit))).await
}

/// A tablet at the demo's first commune, and the administrator who made it.
async fn paired(site: &Site) -> (Tablet, Visitor) {
    let mut admin = site.member("province-admin").await;
    let page = make(&mut admin, "/admin/devices", "Quầy 1", &format!("{}-TT", own(site))).await;
    expect_status(&page, &[201]);
    let mut tablet = Tablet::new();
    expect_status(&tablet.pair(&mut site.visitor(), &secret_of(&page)).await, &[200]);
    (tablet, admin)
}

fn say(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).expect("JSON")
}

#[tokio::test]
async fn the_page_is_the_same_for_everybody_allows_only_our_script_and_is_small() {
    let site = Site::open(Engine::Sqlite).await;
    let mut visitor = site.visitor();
    let page = visitor.get("/k/").await;
    expect_status(&page, &[200]);
    let policy = page.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"), "{policy}");
    assert!(policy.contains("form-action 'none'"), "{policy}");
    let worker = visitor.get("/k/worker.js").await.text();
    let files = worker.split("FILES = ").nth(1).and_then(|rest| rest.split(';').next()).expect("a list");
    let files: Vec<String> = serde_json::from_str(files).expect("JSON");
    assert!(files.len() == 6 && files[0] == "/k/", "{files:?}");
    let (mut bytes, accepted) = (worker.len(), [("accept-encoding", "br, gzip")]);
    for file in &files {
        let answer = visitor.send("GET", file, &accepted, b"").await.expect("an answer");
        expect_status(&answer, &[200]);
        bytes += answer.body.len();
    }
    assert!(bytes < MOST_BYTES, "{bytes} bytes");
    println!("a tablet loads {bytes} bytes");
    let moved = visitor.get("/k").await;
    assert_eq!((moved.status, moved.header("location")), (308, Some("/k/")));
    let words = say(&visitor.get("/k/words.json").await);
    for language in ["vi", "en", "km"] {
        assert!(words[language]["thanks"].is_string(), "{language}");
    }
    assert!(worker.starts_with(&format!("const VERSION = {};", words["version"]).replace('"', "'")));
}

#[tokio::test]
async fn a_tablet_is_paired_in_the_console_and_its_answers_become_a_figure_on_both_engines() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let (tablet, mut admin) = paired(&site).await;
        let mut wire = site.visitor();
        let queue: Vec<Value> = (0..12).map(|_| tablet.tap(SURVEY, 5)).collect();
        let told = tablet.send(&mut wire, &tablet.message(&queue)).await;
        expect_status(&told, &[200]);
        assert_eq!(fates(&told), ["kept"; 12], "{engine:?}");
        let config = say(&told)["config"].clone();
        assert_eq!((&config["state"], &config["survey"]), (&json!("open"), &json!(SURVEY)));
        assert_eq!(config["scale"][0]["vi"], "Rất hài lòng");
        assert!(config["follow"]["options"].as_array().is_some_and(|options| options.len() >= 8));
        let again = tablet.send(&mut wire, &tablet.message(&queue)).await;
        assert_eq!(fates(&again), ["kept"; 12], "a queue that is sent twice");
        let text = visible_text(&admin.get("/admin/devices").await.text());
        assert!(text.contains("1 máy đang dùng") && text.contains("Phiếu chưa gửi dưới 10"), "{text}");
        site.place.run(&["fold", "--until", "2026-11-01"]).await;
        let exported = site.place.run(&["export", "aggregates"]).await;
        let is_it = |line: &str| line.contains(",kiosk,all,all,,overall,2026,12,12,100.0,75.8,100.0,");
        assert!(exported.lines().any(is_it), "{engine:?}: {exported}");
    }
}

#[tokio::test]
async fn only_the_tablet_itself_is_believed() {
    let site = Site::open(Engine::Sqlite).await;
    let (tablet, _) = paired(&site).await;
    let mut wire = site.visitor();
    let message = tablet.message(&[tablet.tap(SURVEY, 1)]).to_string();
    let right = tablet.sign(usecase::kiosk::SYNCING, message.as_bytes());
    let changed = message.replace("\"o\":1", "\"o\":5");
    expect_status(&post(&mut wire, "/k/sync", &changed, &right).await, &[401]);
    expect_status(&post(&mut wire, "/k/sync", &message, &Tablet::new().sign(b"", b"")).await, &[401]);
    let for_pairing = tablet.sign(usecase::kiosk::PAIRING, message.as_bytes());
    expect_status(&post(&mut wire, "/k/sync", &message, &for_pairing).await, &[401]);
    let unknown = message.replace(&tablet.device, "CM00000000000000000000000000000000");
    expect_status(&post(&mut wire, "/k/sync", &unknown, &right).await, &[404]);
    expect_status(&post(&mut wire, "/k/sync", &message, &right).await, &[200]);
}

#[tokio::test]
async fn what_is_no_message_is_refused_in_a_word() {
    let site = Site::open(Engine::Sqlite).await;
    let (tablet, _) = paired(&site).await;
    let mut wire = site.visitor();
    let many: Vec<Value> = (0..51).map(|_| tablet.tap(SURVEY, 5)).collect();
    let signed = |body: &str| tablet.sign(usecase::kiosk::SYNCING, body.as_bytes());
    for body in ["", "[]", "{\"device\":\"\u{0}\"}", &tablet.message(&many).to_string()] {
        let answer = post(&mut wire, "/k/sync", body, &signed(body)).await;
        expect_status(&answer, &[400]);
        assert!(answer.text().contains("Bad Request"));
    }
    let huge = "x".repeat(300_000);
    expect_status(&post(&mut wire, "/k/sync", &huge, &signed("")).await, &[413]);
    for (secret, status) in [("CMAAAAAAAAAAAAAAAAAAAAAA", 410), ("nothing", 400)] {
        let body = json!({ "secret": secret, "key": text64(&tablet.public_key()) }).to_string();
        let signature = tablet.sign(usecase::kiosk::PAIRING, secret.as_bytes());
        expect_status(&post(&mut wire, "/k/pair", &body, &signature).await, &[status]);
    }
    let wrong = tablet.message(&[json!({ "n": text64(&tablet.bytes()), "s": "x", "o": 7 })]);
    assert_eq!(
        fates(&tablet.send(&mut wire, &wrong).await),
        ["unreadable"],
        "it stays on the tablet for the staff"
    );
}

#[tokio::test]
async fn a_unit_head_has_tablets_of_the_own_unit_and_the_province_decides_about_quarantine() {
    let site = Site::open(Engine::Sqlite).await;
    let unit = own(&site);
    let (path, counter) = (format!("/a/{unit}/devices"), format!("{unit}-TT"));
    let mut head = site.member("agency-head").await;
    let elsewhere = make(&mut head, &path, "Lạc", "31834-TT").await;
    expect_status(&elsewhere, &[403]);
    let page = make(&mut head, &path, "Quầy 7", &counter).await;
    expect_status(&page, &[201]);
    let mut tablet = Tablet::new();
    expect_status(&tablet.pair(&mut site.visitor(), &secret_of(&page)).await, &[200]);
    let mut wire = site.visitor();
    let queue: Vec<Value> = (0..12).map(|_| tablet.tap(SURVEY, 4)).collect();
    assert_eq!(fates(&tablet.send(&mut wire, &tablet.message(&queue[..6])).await), ["kept"; 6]);

    let device = device_of(&head.get(&path).await.text(), "Quầy 7");
    let revoked = head.post(&path, &pairs(&[("go", "revoke"), ("device", &device)])).await;
    expect_status(&revoked, &[303]);
    let told = tablet.send(&mut wire, &tablet.message(&queue)).await;
    assert_eq!(fates(&told), ["held"; 12]);
    assert_eq!(say(&told)["config"]["state"], "revoked");

    let release = pairs(&[("go", "release"), ("device", &device)]);
    expect_status(&head.post(&path, &release).await, &[403]);
    let shown = visible_text(&head.get(&path).await.text());
    assert!(!shown.contains("Cho tính"), "{shown}");
    let mut admin = site.member("province-admin").await;
    let shown = visible_text(&admin.get("/admin/devices").await.text());
    assert!(shown.contains("Số phiếu : dưới 10") || shown.contains("Số phiếu: dưới 10"), "{shown}");
    let no_reason = admin.post("/admin/devices", &pairs(&[("go", "drop"), ("device", &device)])).await;
    expect_status(&no_reason, &[422]);
    let released = admin.post("/admin/devices", &release).await;
    expect_status(&released, &[303]);
    let shown = visible_text(&admin.get("/admin/devices?done=released").await.text());
    assert!(shown.contains("hộp niêm phong") && !shown.contains("Cho tính"), "{shown}");
    let log = visible_text(&admin.get("/admin/audit").await.text());
    for deed in ["device-make", "device-pair", "device-revoke", "quarantine-release"] {
        assert!(log.contains(deed), "{deed}: {log}");
    }
}

#[tokio::test]
async fn what_is_wrong_in_the_form_is_said_beside_its_field() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let counter = format!("{}-TT", own(&site));
    for (field, value, says) in [
        ("name", "  ", "Tên máy có từ 1 đến 60 ký tự"),
        ("unit", "nowhere", "Chưa chọn nơi đặt máy"),
        ("idle", "5", "Từ 10 đến 120 giây"),
        ("repeat", "many", "Từ 1 đến 30 giây"),
    ] {
        let mut fields = form("Quầy 1", &counter);
        fields.iter_mut().filter(|(name, _)| *name == field).for_each(|pair| pair.1 = value);
        let page = admin.post("/admin/devices", &pairs(&fields)).await;
        expect_status(&page, &[422]);
        let html = page.text();
        assert!(html.contains(&format!("id=\"{field}-mistake\"")), "{field}: {html}");
        assert!(visible_text(&html).contains(says), "{field}: {says}");
    }
    let text = visible_text(&admin.get("/admin/devices").await.text());
    assert!(text.contains("Chưa có máy nào"), "{text}");
}

#[tokio::test]
async fn a_change_reaches_the_tablet_when_it_next_calls() {
    let site = Site::open(Engine::Sqlite).await;
    let (tablet, mut admin) = paired(&site).await;
    let device = device_of(&admin.get("/admin/devices").await.text(), "Quầy 1");
    let shown = admin.get(&format!("/admin/devices?device={device}")).await.text();
    assert!(visible_text(&shown).contains("Đổi máy “Quầy 1”"));
    let mut fields = form("Quầy 2", "");
    fields[0].1 = "change";
    fields[7].1 = "list";
    fields.push(("device", &device));
    expect_status(&admin.post("/admin/devices", &pairs(&fields)).await, &[303]);
    let told = tablet.send(&mut site.visitor(), &tablet.message(&[])).await;
    let config = say(&told)["config"].clone();
    assert_eq!((&config["name"], &config["layout"]), (&json!("Quầy 2"), &json!("list")));
}
