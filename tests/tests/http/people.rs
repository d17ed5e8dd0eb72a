//! Accounts and volumes through their pages: an invitation from the form to the first page behind it, a
//! file from the form to the table.

use super::{Site, expect_status};
use tests::form::Form;
use tests::html::{tags, visible_text};
use tests::http::{Answer, Visitor};
use tests::process::Engine;

const PASSWORD: &str = "lục bình trôi sông";

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Invites somebody and returns the link that the page shows.
async fn invite(admin: &mut Visitor, name: &str, role: &str, unit: &str) -> String {
    let page = admin.get("/admin/invitations").await;
    let mut form = Form::with_field(&page.text(), "name").expect("a form");
    form.set("name", name);
    form.set("role", role);
    form.set("unit", unit);
    let answer = admin.post("/admin/invitations", &form.press("")).await;
    expect_status(&answer, &[201]);
    let link = tags(&answer.text()).into_iter().find(|tag| tag.get("id") == Some("link"));
    link.expect("a link").content
}

async fn accept(site: &Site, link: &str) -> (Visitor, Answer) {
    let mut visitor = site.visitor();
    let page = visitor.get(link).await;
    expect_status(&page, &[200]);
    let mut form = Form::with_field(&page.text(), "new").expect("a form");
    form.set("new", PASSWORD);
    form.set("again", PASSWORD);
    let answer = visitor.post(link, &form.press("")).await;
    (visitor, answer)
}

#[tokio::test]
async fn an_invitation_leads_in_once_and_a_disabled_account_is_out_at_once() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let mut admin = site.member("province-admin").await;
        let unit = site.path("agency").trim_start_matches("/a/").to_owned();
        let link = invite(&mut admin, "lan.pham", "agency-head", &unit).await;
        let list = visible_text(&admin.get("/admin/accounts").await.text());
        assert!(list.contains("lan.pham") && !list.contains(link.rsplit('/').next().unwrap()));
        let (mut lan, answer) = accept(&site, &link).await;
        expect_status(&answer, &[303]);
        assert!(answer.header("set-cookie").unwrap_or_default().contains("HttpOnly"));
        expect_status(&lan.get(&site.path("agency")).await, &[200]);
        expect_status(&lan.get("/a/31834").await, &[403]);
        expect_status(&site.visitor().get(&link).await, &[410]);
        let disable = admin.post("/admin/accounts/lan.pham", &pairs(&[("deed", "disable")])).await;
        expect_status(&disable, &[303]);
        expect_status(&lan.get(&site.path("agency")).await, &[303]);
        let refused = admin.post("/admin/accounts/province-admin", &pairs(&[("deed", "disable")])).await;
        expect_status(&refused, &[422]);
        assert!(visible_text(&refused.text()).contains("quản trị tỉnh cuối cùng"));
        let mut auditor = site.member("auditor").await;
        let log = auditor.get("/admin/audit.csv?who=province-admin").await;
        assert!(log.header("content-type").unwrap_or_default().starts_with("text/csv"));
        let log = log.text();
        for deed in ["account-invite", "account-disable,done", "account-disable,refused"] {
            assert!(log.contains(deed), "{engine:?}: {deed} in {log}");
        }
        let token = link.rsplit('/').next().unwrap();
        assert!(!log.contains(token) && !log.contains(PASSWORD));
        let page = visible_text(&auditor.get("/admin/audit").await.text());
        assert!(page.contains("Sổ liền mạch"), "{page}");
    }
}

#[tokio::test]
async fn a_bad_form_comes_back_with_what_was_typed_and_what_is_wrong() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let sent = [("name", "lần nữa"), ("role", "auditor"), ("unit", "")];
    let answer = admin.post("/admin/invitations", &pairs(&sent)).await;
    expect_status(&answer, &[422]);
    let name = tags(&answer.text()).into_iter().find(|tag| tag.get("id") == Some("name")).expect("a field");
    assert_eq!((name.text("value").as_str(), name.get("aria-invalid")), ("lần nữa", Some("true")));
    assert!(answer.text().contains("<title>Lỗi: "));
    let without_role = admin.post("/admin/invitations", &pairs(&[("name", "lan")])).await;
    expect_status(&without_role, &[422]);
    let link = invite(&mut admin, "lan", "auditor", "").await;
    let mut visitor = site.visitor();
    for (new, again) in [("ngắn", "ngắn"), ("matkhau12345", "matkhau12345"), (PASSWORD, "khác hẳn đi rồi")]
    {
        let answer = visitor.post(&link, &pairs(&[("new", new), ("again", again)])).await;
        expect_status(&answer, &[422]);
        assert!(!answer.text().contains(new) && answer.header("set-cookie").is_none(), "{new}");
    }
    expect_status(&accept(&site, &link).await.1, &[303]);
}

async fn send_file(visitor: &mut Visitor, file: &str) -> Answer {
    let head = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"thang-8.csv\"\r\n\r\n";
    let body = format!("{head}{file}\r\n--x--\r\n");
    let kind = [("content-type", "multipart/form-data; boundary=x")];
    visitor.send("POST", "/admin/volumes", &kind, body.as_bytes()).await.expect("an answer")
}

#[tokio::test]
async fn a_file_is_shown_before_it_is_stored_and_its_faults_in_the_readers_language() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let mut admin = site.member("province-admin").await;
        let head = "month,deciding_unit,field,closed\n";
        let answer = send_file(&mut admin, &format!("{head}2026-08,31825,other,77\n")).await;
        expect_status(&answer, &[303]);
        let preview = answer.header("location").unwrap_or_default().to_owned();
        let page = admin.get(&preview).await;
        assert!(visible_text(&page.text()).contains("Lưu 1 ô"), "{engine:?}");
        let mut other = site.member("auditor").await;
        expect_status(&other.get(&preview).await, &[403]);
        let month = "/admin/volumes/31825?month=2026-08";
        assert!(!visible_text(&admin.get(month).await.text()).contains("Lĩnh vực khác Không rõ"));
        expect_status(&admin.post(&preview, &[]).await, &[303]);
        expect_status(&admin.post(&preview, &[]).await, &[410]);
        let shown = visible_text(&admin.get(month).await.text());
        assert!(shown.contains("thang-8.csv") && shown.contains("77"), "{engine:?}: {shown}");
        let faulty =
            send_file(&mut admin, &format!("{head}2026-08,4711,land,5\n2026-08,31825,land,x\n")).await;
        let page = admin.get(faulty.header("location").unwrap_or_default()).await;
        let text = visible_text(&page.text());
        assert!(text.contains("Không có cơ quan nào mang mã 4711"), "{text}");
        assert!(text.contains("2 deciding_unit") && text.contains("“x” không phải số hồ sơ"), "{text}");
        expect_status(&send_file(&mut admin, "").await, &[422]);
        let large = format!("{head}{}", "2026-08,31825,land,5\n".repeat(60_000));
        expect_status(&send_file(&mut admin, &large).await, &[303]);
    }
}

#[tokio::test]
async fn an_agencys_page_says_how_many_of_its_dossiers_were_answered_about() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let page = visible_text(&admin.get(&site.path("agency")).await.text());
    // The demo of this test has no answers, so there is no release to speak of yet.
    assert!(!page.contains("Tỷ lệ phản hồi"), "{page}");
    let year = visible_text(&admin.get("/admin/volumes").await.text());
    assert!(year.contains("hồ sơ đã giải quyết trong năm 2026"), "{year}");
}
