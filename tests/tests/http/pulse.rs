//! `/admin/touchpoints/health`, and the old poster that goes on taking answers.

use tests::html::visible_text;
use tests::journey::{Person, filled_form};
use tests::process::Engine;

use super::{Site, expect_status};

#[tokio::test]
async fn the_page_says_how_many_weeks_it_knows_and_refuses_what_is_no_number_of_weeks() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-analyst").await;
    let page = admin.get("/admin/touchpoints/health").await;
    expect_status(&page, &[200]);
    let text = visible_text(&page.text());
    assert!(text.contains("Mới đếm được 0 tuần trọn") && text.contains("chỉ có theo tháng"), "{text}");
    expect_status(&admin.get("/admin/touchpoints/health?weeks=12&lang=en").await, &[200]);
    for weeks in ["0", "13", "x", "-1"] {
        expect_status(&admin.get(&format!("/admin/touchpoints/health?weeks={weeks}")).await, &[400]);
    }
}

#[tokio::test]
async fn an_old_poster_takes_answers_and_says_that_there_is_a_newer_one() {
    let site = Site::open(Engine::Sqlite).await;
    let (mut admin, mut visitor) = (site.member("province-admin").await, site.visitor());
    let survey = site.path("survey");
    let token = survey.trim_start_matches("/s/").to_owned();
    let says = "đã có áp phích mới hơn";
    assert!(!visible_text(&visitor.get(&survey).await.text()).contains(says));
    let go = vec![("go".to_owned(), "renew".to_owned())];
    let made = admin.post(&format!("/admin/touchpoints/{token}"), &go).await;
    expect_status(&made, &[303]);
    let to = made.header("location").expect("a place").to_owned();
    assert!(to.contains(&format!("done=renewed-{token}")), "{to}");
    let fresh = visible_text(&admin.get(&to).await.text());
    assert!(fresh.contains("bản 2") && fresh.contains("Đây là bản mới"), "{fresh}");
    expect_status(&admin.post(&format!("/admin/touchpoints/{token}"), &go).await, &[422]);
    for (language, words) in [("vi", says), ("en", "A newer poster hangs here"), ("km", "ផ្ទាំងប្រកាសថ្មី")]
    {
        let start = visitor.get(&format!("{survey}?lang={language}")).await;
        expect_status(&start, &[200]);
        assert!(visible_text(&start.text()).contains(words), "{language}");
    }
    let (action, pairs) = filled_form(&mut visitor, &survey, &Person::new(4)).await;
    let sent = visitor.post(&action, &pairs).await;
    expect_status(&sent, &[303]);
    let health = visible_text(&admin.get("/admin/touchpoints/health").await.text());
    assert!(health.contains("bản 1, đã có bản mới hơn"), "{health}");
}
