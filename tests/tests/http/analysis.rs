//! `/p/{province}/analysis` and `/planner`: what is shown to whom, and what only on request.

use super::{Site, expect_status};
use tests::html::visible_text;
use tests::process::Engine;

const ANSWERS: u32 = 8_000;

#[tokio::test]
async fn places_appear_on_request_alone_and_modelled_units_to_few_readers() {
    let site = Site::with_answers(Engine::Sqlite, ANSWERS).await;
    let page = format!("{}/analysis", site.path("province"));
    let (plain, ranked) = (format!("{page}?period=2026"), format!("{page}?period=2026&ranks=1&max=7,5"));
    let mut analyst = site.member("province-analyst").await;
    let text = visible_text(&analyst.get(&plain).await.text());
    assert!(text.contains("Xem thứ hạng kèm khoảng") && !text.contains("; có thể từ"), "{text}");
    assert!(text.contains("Ước lượng theo mô hình"), "{text}");
    let text = visible_text(&analyst.get(&ranked).await.text());
    assert!(text.contains("; có thể từ") && text.contains("Điểm quy đổi trên 7,5"), "{text}");

    expect_status(&analyst.get(&format!("{page}?of=nothing")).await, &[404]);
    let asked = "period=2026&trust=open&kind=department&lang=en";
    let there = analyst.get(&format!("{}?{asked}", site.path("province"))).await.text();
    let back = analyst.get(&format!("{page}?{asked}")).await.text();
    for (html, path) in [(there, page.clone()), (back, site.path("province"))] {
        let link = format!("href=\"{path}?{}\"", asked.replace('&', "&amp;"));
        assert!(html.contains(&link), "the filters are carried: {link}");
    }

    let mut auditor = site.member("auditor").await;
    let answer = auditor.get(&plain).await;
    expect_status(&answer, &[200]);
    let text = visible_text(&answer.text());
    assert!(text.contains("Báo động") && !text.contains("mô hình"), "{text}");
    for role in ["agency-head", "agency-officer", "interviewer"] {
        let mut member = site.member(role).await;
        for path in [&plain, &ranked, "/planner"] {
            let answer = member.get(path).await;
            expect_status(&answer, &[403]);
            assert!(!visible_text(&answer.text()).contains("mô hình"), "{role} {path}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_meant_is_a_plain_sentence() {
    let site = Site::open(Engine::Sqlite).await;
    let page = format!("{}/analysis", site.path("province"));
    let mut admin = site.member("province-admin").await;
    for query in ["ranks=yes", "ranks=1&max=-1", "by=week", "figure=x", "kind=moon", "as_of=today"] {
        expect_status(&admin.get(&format!("{page}?{query}")).await, &[400]);
    }
    for query in ["d=0", "d=NaN", "power=100", "e=x", "total=-1", "rule=best"] {
        expect_status(&admin.get(&format!("/planner?{query}")).await, &[400]);
    }
}
