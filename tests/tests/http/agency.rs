//! `/a/{unit}`, `/p/{province}`, `/admin/…`: the same requests as different people.

use tests::html::visible_text;
use tests::process::Engine;

use super::{Site, expect_status};

#[tokio::test]
async fn nobody_sees_figures_without_signing_in() {
    let site = Site::open(Engine::Sqlite).await;
    for path in
        [site.path("agency"), site.path("province"), "/admin/surveys".to_owned(), "/admin/posters".to_owned()]
    {
        let answer = site.visitor().get(&path).await;
        expect_status(&answer, &[303, 401]);
        if answer.status == 303 {
            let place = answer.header("location").unwrap_or_default();
            assert!(place.starts_with("/sign-in"), "{path} leads to {place}");
        }
    }
}

#[tokio::test]
async fn everybody_sees_their_scope_and_no_more() {
    let site = Site::open(Engine::Sqlite).await;
    let (own, province) = (site.path("agency"), site.path("province"));
    let mut admin = site.member("province-admin").await;
    expect_status(&admin.get(&province).await, &[200]);
    // Phường Vĩnh Trạch: another commune than that of the demo's counter.
    let other = "/a/31834".to_owned();
    assert_ne!(own, other);
    for role in ["province-admin", "province-analyst", "auditor"] {
        let mut member = site.member(role).await;
        for path in [&own, &other, &province] {
            expect_status(&member.get(path).await, &[200]);
        }
    }
    for role in ["agency-head", "agency-officer"] {
        let mut member = site.member(role).await;
        expect_status(&member.get(&own).await, &[200]);
        expect_status(&member.get(&other).await, &[403, 404]);
    }
    let mut interviewer = site.member("interviewer").await;
    for path in [&own, &other, &province] {
        expect_status(&interviewer.get(path).await, &[403, 404]);
    }
}

#[tokio::test]
async fn only_the_administrator_sees_surveys_and_posters() {
    let site = Site::open(Engine::Sqlite).await;
    for path in ["/admin/surveys", "/admin/posters"] {
        expect_status(&site.member("province-admin").await.get(path).await, &[200]);
        for role in ["agency-head", "agency-officer", "interviewer"] {
            expect_status(&site.member(role).await.get(path).await, &[403, 404]);
        }
    }
}

#[tokio::test]
async fn a_choice_that_does_not_exist_is_an_error_in_words() {
    let site = Site::open(Engine::Sqlite).await;
    let mut member = site.member("province-admin").await;
    for query in
        ["period=2026-13", "period=yesterday", "release=99999", "trust=absolute", "survey=none", "as=nobody"]
    {
        let answer = member.get(&format!("{}?{query}", site.path("agency"))).await;
        expect_status(&answer, &[400, 404, 422]);
        assert!(visible_text(&answer.text()).len() > 40, "{query}: a page in words");
    }
}

#[tokio::test]
async fn a_page_behind_sign_in_is_never_stored() {
    let site = Site::open(Engine::Sqlite).await;
    let page = site.member("province-admin").await.get(&site.path("agency")).await;
    let cache = page.header("cache-control").unwrap_or_default();
    assert!(cache.contains("no-store"), "{cache}");
}

#[tokio::test]
async fn the_page_says_how_sure_it_is_without_script_and_not_on_a_counters_view() {
    let site = Site::with_answers(Engine::Sqlite, 2_000).await;
    let mut member = site.member("province-admin").await;
    let parts = [
        ("Nên cải thiện điều gì trước?", "What to improve first?"),
        ("Các câu hỏi có ăn khớp với nhau không?", "Do the questions hang together?"),
        ("Nếu tính theo hồ sơ thì sao?", "What if dossiers were counted instead of answers?"),
        (
            "Người không trả lời có thể làm con số đổi đến đâu?",
            "How far could those who did not answer move the figure?",
        ),
        ("Người dân nói trễ, sổ sách ghi thế nào?", "Late: what do people say, and what the records?"),
    ];
    let path = site.path("agency");
    let (vi, en) = (
        member.get(&format!("{path}?lang=vi")).await.text(),
        member.get(&format!("{path}?lang=en")).await.text(),
    );
    let counter = member.get(&format!("{path}?lang=vi&as=receiving")).await.text();
    for (in_vietnamese, in_english) in parts {
        assert!(vi.contains(&format!("<summary>{in_vietnamese}</summary>")), "{in_vietnamese}");
        assert!(en.contains(&format!("<summary>{in_english}</summary>")), "{in_english}");
        assert!(!counter.contains(in_vietnamese), "the population of a counter is another");
    }
    assert!(visible_text(&vi).contains("đến kỳ công bố đang xem"));
}
