//! `/a/{unit}/breakdown`, `/p/{province}/breakdown`.

use tests::html::visible_text;
use tests::process::Engine;

use super::{Site, expect_status};

#[tokio::test]
async fn a_breakdown_shows_the_parts_of_a_cut_and_what_other_means() {
    let site = Site::with_answers(Engine::Sqlite, 40_000).await;
    let mut member = site.member("province-admin").await;
    let page = member.get(&format!("{}/breakdown?by=field&period=2026-Q3", site.path("province"))).await;
    expect_status(&page, &[200]);
    let text = visible_text(&page.text());
    assert!(text.contains("chia thành"), "{text}");
    assert!(text.contains("“Khác” là gì?"), "{text}");
    // With so many answers, communes send families up to the province that they cannot split themselves.
    let checked = site.place.run(&["check"]).await;
    assert!(checked.ends_with(" 0 failed\n") && checked.starts_with("ok "), "{checked}");
}

#[tokio::test]
async fn a_period_without_a_cut_says_so() {
    let site = Site::open(Engine::Sqlite).await;
    let mut member = site.member("province-admin").await;
    let page = member.get(&format!("{}/breakdown?period=2026-10", site.path("agency"))).await;
    expect_status(&page, &[200]);
    let text = visible_text(&page.text());
    assert!(text.contains("chưa có cách chia nào"), "{text}");
}

#[tokio::test]
async fn breakdowns_keep_to_the_scope() {
    let site = Site::open(Engine::Sqlite).await;
    let (own, province) =
        (format!("{}/breakdown", site.path("agency")), format!("{}/breakdown", site.path("province")));
    for role in ["agency-head", "agency-officer"] {
        let mut member = site.member(role).await;
        expect_status(&member.get(&own).await, &[200]);
        expect_status(&member.get("/a/31834/breakdown").await, &[403]);
        expect_status(&member.get(&province).await, &[403]);
    }
    expect_status(&site.member("interviewer").await.get(&own).await, &[403]);
    let answer = site.visitor().get(&own).await;
    expect_status(&answer, &[303, 401]);
}

#[tokio::test]
async fn a_family_that_does_not_exist_is_an_error_in_words() {
    let site = Site::open(Engine::Sqlite).await;
    let mut member = site.member("province-admin").await;
    let answer = member.get(&format!("{}/breakdown?by=colour", site.path("agency"))).await;
    expect_status(&answer, &[400]);
    assert!(visible_text(&answer.text()).len() > 40, "a page in words");
}

#[tokio::test]
async fn a_counters_view_names_its_coverage() {
    let site = Site::with_answers(Engine::Sqlite, 6_000).await;
    let mut member = site.member("province-admin").await;
    let page = member.get(&format!("{}?as=receiving&period=2026-Q3", site.path("agency"))).await;
    expect_status(&page, &[200]);
    let text = visible_text(&page.text());
    assert!(text.contains("Hồ sơ nộp tại đây") && text.contains("của cả tỉnh trong kỳ"), "{text}");
}
