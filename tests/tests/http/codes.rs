//! `/c/{code}` and `/c`: one-time codes, from the command line to the figure.

use tests::form::Form;
use tests::html::visible_text;
use tests::http::{Answer, Visitor};
use tests::journey::{Person, filled_form};
use tests::process::Engine;

use super::{Site, expect_status};

/// A field of the demo's communes.
const FIELD: &str = "civil-status";

/// One code of a file: whole, typed, address.
#[derive(Clone, Debug)]
pub(super) struct Slip {
    whole: String,
    typed: String,
    url: String,
}

/// Codes of the demo's first counter.
pub(super) async fn slips(site: &Site, channel: &str, count: usize) -> Vec<Slip> {
    let unit = first_counter(site);
    let path = site.place.folder().join(format!("codes-{channel}-{count}.csv"));
    let (path, count) = (path.display().to_string(), count.to_string());
    let said = site
        .place
        .run(&[
            "codes",
            "issue",
            "--unit",
            &unit,
            "--field",
            FIELD,
            "--channel",
            channel,
            "--count",
            &count,
            "--csv",
            &path,
        ])
        .await;
    assert!(said.contains("valid through 2027-04-30"), "{said}");
    let mut reader = csv::Reader::from_path(&path).expect("a file of codes");
    assert_eq!(reader.headers().unwrap(), &["code", "typed", "url", "valid_through"][..]);
    let slip = |row: csv::StringRecord| Slip {
        whole: row[0].to_owned(),
        typed: row[1].to_owned(),
        url: row[2].to_owned(),
    };
    reader.records().map(|row| slip(row.expect("a line"))).collect()
}

/// The counter of the demo's survey address.
fn first_counter(site: &Site) -> String {
    let agency = site.path("agency");
    let unit = agency.rsplit('/').next().unwrap_or_default();
    unit.split('?').next().unwrap_or_default().to_owned()
}

/// Where a code leads.
async fn ticket(visitor: &mut Visitor, slip: &Slip) -> String {
    let answer = visitor.get(&format!("/c/{}", slip.whole)).await;
    expect_status(&answer, &[303]);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    answer.header("location").expect("a place").to_owned()
}

/// A page without what is random in it.
fn without_tokens(page: &Answer, ticket: &str) -> String {
    let html = page.text();
    let path = ticket.split('?').next().unwrap_or_default();
    let token = Form::with_field(&html, "token").and_then(|form| form.value("token").map(str::to_owned));
    html.replace(path, "/s/TICKET").replace(&token.expect("a form"), "TOKEN")
}

async fn send(visitor: &mut Visitor, slip: &Slip, satisfaction: u8) -> Answer {
    let place = ticket(visitor, slip).await;
    let (action, pairs) = filled_form(visitor, &place, &Person::new(satisfaction)).await;
    visitor.post(&action, &pairs).await
}

#[tokio::test]
async fn a_code_leads_from_the_command_line_to_a_verified_figure_on_both_engines() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let slips = slips(&site, "in-person", 12).await;
        for slip in &slips {
            let sent = send(&mut site.visitor(), slip, 5).await;
            expect_status(&sent, &[303]);
            assert!(sent.header("location").unwrap_or_default().contains("/thanks"));
        }
        site.place.run(&["fold"]).await;
        let exported = site.place.run(&["export", "aggregates"]).await;
        let line = exported.lines().find(|line| line.contains(",verified,all,all,,SD1,"));
        assert!(line.is_some_and(|line| line.contains(",12,12,100.0,75.8,100.0,")), "{engine:?}: {exported}");
        let page = site.member("province-admin").await.get(&site.path("agency")).await;
        let text = visible_text(&page.text());
        assert!(text.contains("12 phiếu có mã"), "{text}");
    }
}

#[tokio::test]
async fn a_used_code_looks_unused_until_it_is_sent() {
    let site = Site::open(Engine::Sqlite).await;
    let slips = slips(&site, "in-person", 2).await;
    expect_status(&send(&mut site.visitor(), &slips[0], 4).await, &[303]);
    let mut pages = Vec::new();
    for slip in &slips {
        let mut visitor = site.visitor();
        let place = ticket(&mut visitor, slip).await;
        let start = visitor.get(&place).await;
        expect_status(&start, &[200]);
        let (mut headers, start) = (start.headers.clone(), without_tokens(&start, &place));
        headers.retain(|(name, _)| name != "date");
        let typed = vec![("code".to_owned(), slip.typed.to_lowercase().replace('-', " "))];
        let by_hand = visitor.post("/c", &typed).await;
        let length = by_hand.header("location").map(str::len);
        let (action, pairs) = filled_form(&mut visitor, &place, &Person::new(3)).await;
        let mut back = pairs;
        back.retain(|(name, _)| name != "go");
        back.push(("go".to_owned(), "back".to_owned()));
        let last = visitor.post(&action, &back).await;
        let last = without_tokens(&last, &place);
        pages.push((place.len(), headers, start, by_hand.status, length, last));
    }
    assert_eq!(pages[0], pages[1], "only *send* tells a used code from an unused one");
}

#[tokio::test]
async fn whoever_comes_second_may_leave_the_answer_without_the_code() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let slip = &slips(&site, "in-person", 1).await[0];
        expect_status(&send(&mut site.visitor(), slip, 4).await, &[303]);
        let mut visitor = site.visitor();
        let page = send(&mut visitor, slip, 2).await;
        expect_status(&page, &[410]);
        let html = page.text();
        assert!(visible_text(&html).contains("Mã này không dùng được nữa"), "{}", visible_text(&html));
        let form = Form::with_field(&html, "token").expect("a way on");
        for (name, value) in [("overall", "2"), ("SD3", "2"), ("stage", "done")] {
            assert_eq!(form.value(name), Some(value), "{name} is kept");
        }
        let open = visitor.post(&form.action, &form.press("send")).await;
        expect_status(&open, &[303]);
        let again = visitor.post(&form.action, &form.press("send")).await;
        assert!(again.header("location").unwrap_or_default().contains("sent=before"), "one answer, one tap");
        assert!(site.place.run(&["check"]).await.contains("answers: 2 waiting"), "{engine:?}");
    }
}

#[tokio::test]
async fn a_code_online_asks_for_no_visit() {
    let site = Site::open(Engine::Sqlite).await;
    let slip = &slips(&site, "online", 1).await[0];
    let mut visitor = site.visitor();
    let place = ticket(&mut visitor, slip).await;
    let (action, pairs) = filled_form(&mut visitor, &place, &Person::new(5)).await;
    let asked = |name: &str| pairs.iter().any(|(one, _)| one == name);
    assert!(asked("OA1") && !asked("SA1"), "{pairs:?}");
    assert!(!asked("field") && !asked("channel"), "a code knows both");
    expect_status(&visitor.post(&action, &pairs).await, &[303]);
}

#[tokio::test]
async fn a_typed_code_is_forgiven_and_a_wrong_one_is_said_beside_the_field() {
    let site = Site::open(Engine::Sqlite).await;
    let slip = &slips(&site, "in-person", 1).await[0];
    let mut visitor = site.visitor();
    let page = visitor.get("/c").await;
    expect_status(&page, &[200]);
    assert!(!page.text().contains("<script"), "a citizen's page");
    let type_in = |text: &str| vec![("code".to_owned(), text.to_owned())];
    let bare = slip.typed.trim_start_matches("CM-").to_lowercase();
    for text in [slip.typed.clone(), bare.replace('-', " "), bare.replace('0', "o").replace('1', "L")] {
        let answer = visitor.post("/c", &type_in(&text)).await;
        expect_status(&answer, &[303]);
    }
    for (text, says) in
        [("", "Mã gõ chưa đủ"), ("CM-1234", "Mã gõ chưa đủ"), ("CM-7777-7777-7777", "Không có mã này")]
    {
        let answer = visitor.post("/c", &type_in(text)).await;
        expect_status(&answer, &[422]);
        let html = answer.text();
        assert!(visible_text(&html).contains(says), "{}", visible_text(&html));
        assert!(html.contains("<title>Lỗi"), "the title begins with the error");
        let form = Form::with_field(&html, "code").expect("the form again");
        assert_eq!(form.value("code"), Some(text), "what was typed is kept");
    }
}

#[tokio::test]
async fn codes_that_are_none_of_ours_withdrawn_or_forged_open_no_form() {
    let site = Site::open(Engine::Sqlite).await;
    let slips = slips(&site, "in-person", 2).await;
    let mut visitor = site.visitor();
    let elsewhere = format!("BL{}", &slips[0].whole[2..]);
    let changed =
        format!("{}{}", &slips[0].whole[..27], if slips[0].whole.ends_with('0') { '4' } else { '0' });
    for code in
        [elsewhere.as_str(), changed.as_str(), "CM-7777-7777-7777", "%00", "%C3%28", &"A".repeat(3_000)]
    {
        expect_status(&visitor.get(&format!("/c/{code}")).await, &[400, 404, 414]);
    }
    // A ticket with one letter changed, and one form sent under another code's address.
    let (one, two) = (ticket(&mut visitor, &slips[0]).await, ticket(&mut visitor, &slips[1]).await);
    let forged = one.replacen(&one[20..21], if &one[20..21] == "A" { "B" } else { "A" }, 1);
    expect_status(&visitor.get(&forged).await, &[404]);
    let (_, pairs) = filled_form(&mut visitor, &one, &Person::new(5)).await;
    let path = |place: &str| place.split('?').next().unwrap_or_default().to_owned();
    expect_status(&visitor.post(&path(&two), &pairs).await, &[400]);
    expect_status(&visitor.post(&site.path("survey"), &pairs).await, &[400]);
    site.place.run(&["codes", "void", "--batch", "1"]).await;
    let gone = visitor.get(&format!("/c/{}", slips[1].whole)).await;
    expect_status(&gone, &[410]);
    assert!(visible_text(&gone.text()).contains("đã được thu hồi"));
    // A form that was open may still be sent, without the code.
    let asked = visitor.post(&path(&one), &pairs).await;
    expect_status(&asked, &[410]);
    let form = Form::with_field(&asked.text(), "token").expect("a way on");
    expect_status(&visitor.post(&form.action, &form.press("send")).await, &[303]);
}

#[tokio::test]
async fn a_file_of_codes_is_never_overwritten_and_every_draw_is_in_the_audit_log() {
    let site = Site::open(Engine::Sqlite).await;
    let slips = slips(&site, "in-person", 1).await;
    let path = site.place.folder().join("codes-in-person-1.csv").display().to_string();
    let unit = first_counter(&site);
    let again = [
        "codes",
        "issue",
        "--unit",
        &unit,
        "--field",
        FIELD,
        "--channel",
        "post",
        "--count",
        "5",
        "--csv",
        &path,
    ];
    let refused = site.place.try_run(&again).await;
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is there already"));
    let listed = site.place.run(&["codes", "list"]).await;
    assert_eq!(listed.lines().count(), 1, "nothing was drawn: {listed}");
    let audit = site.member("auditor").await.get("/admin/audit.csv").await.text();
    assert!(audit.contains("codes-issue") && !audit.contains(&slips[0].whole), "{audit}");
    let closed = site.place.folder().join("closed.csv");
    std::fs::write(&closed, format!("code\n{}\n", slips[0].url)).unwrap();
    let said = site.place.run(&["codes", "close", &closed.display().to_string()]).await;
    assert!(said.contains("1 codes valid through 2026-11-30; 0 not on record"), "{said}");
}

/// A form of a page, posted with some of its fields changed.
async fn press(visitor: &mut Visitor, page: &str, field: &str, changes: &[(&str, &str)]) -> Answer {
    let html = visitor.get(page).await.text();
    let mut form = Form::with_field(&html, field).unwrap_or_else(|| panic!("no form on {page}"));
    for (name, value) in changes {
        form.set(name, value);
    }
    visitor.post(&form.action, &form.press("")).await
}

#[tokio::test]
async fn the_province_draws_a_file_or_slips_and_withdraws_a_batch_on_its_page() {
    let site = Site::open(Engine::Sqlite).await;
    let unit = first_counter(&site);
    let mut admin = site.member("province-admin").await;
    let asked = [("unit", unit.as_str()), ("field", FIELD), ("count", "25")];
    let file = press(&mut admin, "/admin/codes", "count", &asked).await;
    expect_status(&file, &[200]);
    assert!(file.header("content-disposition").unwrap_or_default().contains("ma-1.csv"));
    assert_eq!(file.header("cache-control"), Some("no-store"));
    let text = file.text();
    assert_eq!((text.lines().count(), text.lines().next()), (26, Some("code,typed,url,valid_through")));
    let whole = text.lines().nth(1).and_then(|line| line.split(',').next()).expect("a code").to_owned();
    let slips = press(&mut admin, "/admin/codes", "count", &[&asked[..], &[("file", "a4")]].concat()).await;
    let html = slips.text();
    assert_eq!(html.matches("<article").count(), 25);
    let (_, typed) = html.split_once("CM-").expect("a typed code");
    let typed = vec![("code".to_owned(), format!("CM-{}", &typed[..14]))];
    expect_status(&site.visitor().post("/c", &typed).await, &[303]);
    for wrong in [[("count", "0")], [("count", "1000001")], [("unit", "")]] {
        let refused = press(&mut admin, "/admin/codes", "count", &[&asked[..], &wrong].concat()).await;
        expect_status(&refused, &[422]);
    }
    let page = admin.get("/admin/codes").await.text();
    let text = visible_text(&page);
    assert!(text.contains("2 đợt mã") && text.contains("25"), "{text}");
    assert!(!page.contains(&whole), "no page shows a code again");
    let forms = Form::all(&page);
    let void = forms.iter().find(|form| form.value("batch") == Some("1")).expect("the batch").press("void");
    expect_status(&admin.post("/admin/codes", &void).await, &[303]);
    expect_status(&site.visitor().get(&format!("/c/{whole}")).await, &[410]);
}

#[tokio::test]
async fn a_unit_prints_one_slip_and_its_answers_stand_apart() {
    let site = Site::open(Engine::Sqlite).await;
    let unit = first_counter(&site);
    let mut officer = site.member("agency-officer").await;
    for _ in 0..10 {
        let page = format!("/a/{unit}/slip");
        let slip = press(&mut officer, &page, "occasion", &[("occasion", "refusal"), ("field", FIELD)]);
        let slip = slip.await;
        expect_status(&slip, &[200]);
        let html = slip.text();
        assert_eq!(html.matches("<article").count(), 1, "one at a time");
        assert!(visible_text(&html).contains("Hồ sơ bị từ chối?"), "{}", visible_text(&html));
        let (_, typed) = html.split_once("CM-").expect("a typed code");
        let mut visitor = site.visitor();
        let typed = vec![("code".to_owned(), format!("CM-{}", &typed[..14]))];
        let place = visitor.post("/c", &typed).await.header("location").expect("a place").to_owned();
        let (action, pairs) = filled_form(&mut visitor, &place, &Person::new(5)).await;
        expect_status(&visitor.post(&action, &pairs).await, &[303]);
    }
    site.place.run(&["fold"]).await;
    let exported = site.place.run(&["export", "aggregates"]).await;
    let has =
        |level: &str| exported.lines().any(|line| line.contains(&format!(",{level},all,all,,SD1,2026,10,")));
    assert!(has("unit-issued") && !has("verified"), "{exported}");
    let listed = site.place.run(&["codes", "list"]).await;
    assert!(listed.trim().ends_with("slip unit 10 valid") && listed.contains(" 2026-10-01 "), "{listed}");
}

#[tokio::test]
async fn slips_of_a_file_are_drawn_into_one_page_that_asks_for_nothing() {
    let site = Site::open(Engine::Sqlite).await;
    let slips = slips(&site, "post", 9).await;
    let file = site.place.folder().join("codes-post-9.csv").display().to_string();
    let out = site.place.folder().join("slips.html").display().to_string();
    let draw = ["codes", "slips", &file, "--paper", "thermal", "--occasion", "supplement", "--out", &out];
    site.place.run(&draw).await;
    let page = std::fs::read_to_string(&out).unwrap();
    assert_eq!(page.matches("<article").count(), 9);
    assert!(slips.iter().all(|slip| page.contains(&slip.typed)));
    assert!(!page.contains("/assets/") && !page.contains("<script"));
    assert_eq!(site.place.try_run(&draw).await.status.code(), Some(1), "a file is never overwritten");
}
