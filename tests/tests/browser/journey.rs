//! From the poster to the dashboard: the whole of the product in one walk.

use tests::browser::{Browser, Look};
use tests::http::Visitor;
use tests::journey::{Person, Told, answer, release, told_of_open};
use tests::process::{Engine, Installation, Running};

use super::steps::{choose, fill, finish, form, keeps, press, scan_poster, sign_in};

/// What the agency page says of the month that the demo's clock shows.
async fn read_agency(desk: &Browser, running: &Running) -> (Option<u64>, Option<Told>) {
    desk.open(&format!("{}?period=2026-10", running.url("agency"))).await;
    let html = desk.html().await;
    (release(&html), told_of_open(&html))
}

/// One item left blank: the page comes back with the errors named and all answers kept.
async fn make_a_mistake(phone: &Browser) {
    fill(phone, &Person::new(4), &["SA2"]).await;
    press(phone, "next").await;
    assert!(phone.title().await.starts_with("Lỗi"), "the title says so first: {}", phone.title().await);
    assert_eq!(phone.count("[role=alert] a[href^='#']").await, 1, "the summary names one question");
    assert!(keeps(phone, "SA1", "4").await && keeps(phone, "SA3", "4").await, "the other answers are kept");
    assert!(keeps(phone, "overall", "4").await && keeps(phone, "stage", "done").await, "and those before");
    choose(phone, "SA2", "2").await;
    press(phone, "next").await;
    assert!(!phone.title().await.starts_with("Lỗi"), "corrected: {}", phone.read("main").await);
}

/// Two pages back and forward again with the browser's own buttons.
async fn go_back_and_forward(phone: &Browser) {
    fill(phone, &Person::new(3), &[]).await;
    press(phone, "next").await;
    let here = phone.read("h1").await;
    phone.back().await;
    assert!(keeps(phone, "SB1", "3").await && keeps(phone, "SA2", "2").await, "one page back");
    phone.back().await;
    assert!(keeps(phone, "SA2", "2").await && keeps(phone, "SA1", "4").await, "two pages back");
    phone.forward().await;
    phone.forward().await;
    assert_eq!(phone.read("h1").await, here);
    for (name, value) in
        [("stage", "done"), ("overall", "4"), ("SA1", "4"), ("SA2", "2"), ("SB1", "3"), ("SB4", "3")]
    {
        assert!(keeps(phone, name, value).await, "{name} = {value} is kept");
    }
}

async fn answer_on_the_phone(phone: &Browser, url: &str) {
    phone.open(url).await;
    press(phone, "next").await;
    for _ in ["visit", "overall"] {
        fill(phone, &Person::new(4), &[]).await;
        press(phone, "next").await;
    }
    assert!(
        form(phone).await.groups().iter().any(|(name, _)| name == "SA1"),
        "the third part asks about access"
    );
    make_a_mistake(phone).await;
    go_back_and_forward(phone).await;
    finish(phone, &Person::new(4)).await;
    assert!(phone.url().await.contains("/thanks"), "{}", phone.url().await);
}

async fn walk(engine: Engine, look: Look) {
    let place = Installation::new(engine);
    let running = place.demo(0).await;
    let desk = Browser::start(Look { javascript: look.javascript, ..Look::DESK }).await;
    let survey = scan_poster(&desk, &running).await;
    assert_eq!(survey, running.url("survey"), "the poster leads to the survey of its counter");

    let phone = Browser::start(look).await;
    answer_on_the_phone(&phone, &survey).await;
    let mut visitor = Visitor::new(&survey);
    for _ in 0..8 {
        answer(&mut visitor, &survey, &Person::new(5)).await;
    }
    let site = survey.split("/s/").next().unwrap_or_default();
    sign_in(&desk, site, &running.account("province-admin")).await;
    let before = read_agency(&desk, &running).await;
    place.run(&["fold"]).await;
    assert_eq!(
        read_agency(&desk, &running).await,
        before,
        "nine answers stay sealed: a fold changes nothing"
    );

    answer(&mut visitor, &survey, &Person::new(5)).await;
    place.run(&["fold"]).await;
    let after = read_agency(&desk, &running).await;
    assert!(after.0 > before.0, "a new release: {before:?} {after:?}");
    let told = after.1.unwrap_or_else(|| panic!("no figure on the agency page"));
    assert_eq!(told.n, before.1.map_or(0, |told| told.n) + 10, "ten more answers");
    assert!(told.low < told.index && told.index < told.high, "an index within its interval: {told:?}");
    assert!(told.low > 30.0 && told.high <= 100.0, "mostly satisfied people: {told:?}");
    assert_eq!(phone.complaints().await, Vec::<String>::new());
    assert_eq!(desk.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn ten_answers_reach_the_dashboard_on_sqlite_without_scripts() {
    walk(Engine::Sqlite, Look::PHONE.without_javascript()).await;
}

#[tokio::test]
async fn ten_answers_reach_the_dashboard_on_postgres_with_scripts() {
    walk(Engine::Postgres, Look::PHONE).await;
}

#[tokio::test]
#[ignore = "full"]
async fn ten_answers_reach_the_dashboard_on_sqlite_with_scripts() {
    walk(Engine::Sqlite, Look::PHONE).await;
}

#[tokio::test]
#[ignore = "full"]
async fn ten_answers_reach_the_dashboard_on_postgres_without_scripts() {
    walk(Engine::Postgres, Look::PHONE.without_javascript()).await;
}
