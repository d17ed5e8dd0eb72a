//! `/sign-in`: accounts, their cookie, and what strangers may not do.

use tests::form::Form;
use tests::html::visible_text;
use tests::http::Answer;
use tests::process::Engine;

use super::{Site, expect_status};

async fn attempt(site: &Site, name: &str, password: &str) -> Answer {
    let mut visitor = site.visitor();
    let mut form = Form::with_field(&visitor.get("/sign-in").await.text(), "password").expect("a form");
    form.set("name", name);
    form.set("password", password);
    visitor.post("/sign-in", &form.press("")).await
}

#[tokio::test]
async fn every_role_may_sign_in_and_gets_a_cookie_that_scripts_cannot_read() {
    let site = Site::open(Engine::Sqlite).await;
    let roles =
        ["province-admin", "province-analyst", "agency-head", "agency-officer", "interviewer", "auditor"];
    for role in roles {
        let account = site.running.account(role);
        let answer = attempt(&site, &account.name, &account.password).await;
        expect_status(&answer, &[303]);
        let cookie = answer.header("set-cookie").unwrap_or_default();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{role}: {cookie}");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_answered_alike() {
    let site = Site::open(Engine::Sqlite).await;
    let account = site.running.account("agency-head");
    let wrong = attempt(&site, &account.name, "not the password").await;
    let unknown = attempt(&site, "nobody-here", "not the password").await;
    for answer in [&wrong, &unknown] {
        expect_status(answer, &[401, 403, 422]);
        assert_eq!(answer.header("set-cookie"), None);
    }
    assert_eq!(wrong.status, unknown.status);
    let words = |answer: &Answer, name: &str| visible_text(&answer.text()).replace(name, "");
    assert_eq!(words(&wrong, &account.name), words(&unknown, "nobody-here"));
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let site = Site::open(Engine::Sqlite).await;
    let account = site.running.account("province-admin");
    let pairs = [("name".to_owned(), account.name), ("password".to_owned(), account.password)];
    for (name, value) in [("origin", "http://elsewhere.example"), ("sec-fetch-site", "cross-site")] {
        let mut visitor = site.visitor().with_header(name, value);
        let answer = visitor.post("/sign-in", &pairs).await;
        expect_status(&answer, &[403]);
        assert_eq!(answer.header("set-cookie"), None, "{name}: {value}");
    }
}

#[tokio::test]
async fn a_made_up_cookie_opens_nothing() {
    let site = Site::open(Engine::Sqlite).await;
    let mut member = site.member("agency-head").await;
    expect_status(&member.get(&site.path("agency")).await, &[200]);
    for cookie in ["session=AAAA", "__Host-session=AAAA", "id=", "=;=;;"] {
        let mut stranger = site.visitor().with_header("cookie", cookie);
        expect_status(&stranger.get(&site.path("agency")).await, &[303, 401, 403]);
    }
}
