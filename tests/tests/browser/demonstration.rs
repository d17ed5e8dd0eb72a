//! `/demo`: somebody with one phone sees the whole path move.

use tests::browser::{Browser, Look};
use tests::http::Visitor;
use tests::journey::{Person, answer, release, told_of_open};
use tests::process::{Engine, Installation};

use super::steps::sign_in;

#[tokio::test]
async fn nine_more_answers_and_a_fold_move_the_figure_without_scripts() {
    let place = Installation::new(Engine::Sqlite);
    let running = place.demo(0).await;
    let (survey, agency) = (running.url("survey"), format!("{}?period=2026-10", running.url("agency")));
    let site = survey.split("/s/").next().unwrap_or_default();
    let browser = Browser::start(Look::PHONE.without_javascript()).await;
    sign_in(&browser, site, &running.account("province-admin")).await;
    browser.open(&agency).await;
    let before = browser.html().await;
    assert_eq!(told_of_open(&before), None, "no figure before");

    browser.open(&format!("{site}/demo")).await;
    let link = browser.property("form[action^='/demo'] ~ p a", "href").await;
    assert_eq!(link, survey.as_str(), "the page leads to the survey of the counter");
    answer(&mut Visitor::new(&survey), &survey, &Person::new(5)).await;
    browser.follow("form[action^='/demo'] button").await;
    let says = browser.read("[role=status]").await;
    assert!(says.contains("9 phiếu giả") && says.contains("10 phiếu đã nhập sổ"), "{says}");

    browser.follow("[role=status] a").await;
    browser.open(&agency).await;
    let after = browser.html().await;
    assert!(release(&after) > release(&before), "a new release");
    assert_eq!(told_of_open(&after).map(|told| told.n), Some(10), "the visitor's answer and nine others");

    // Once more, without an answer of one's own: nine are no group of ten, and nothing moves.
    browser.open(&format!("{site}/demo")).await;
    browser.follow("form[action^='/demo'] button").await;
    let says = browser.read("[role=status]").await;
    assert!(says.contains("chưa nhóm nào đủ ngưỡng"), "{says}");
    browser.open(&agency).await;
    assert_eq!(told_of_open(&browser.html().await), told_of_open(&after));
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
