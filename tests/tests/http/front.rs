//! Headers that every page carries.

use tests::process::Engine;

use super::Site;

#[tokio::test]
async fn a_citizens_page_may_run_no_script_and_sets_no_cookie() {
    let site = Site::open(Engine::Sqlite).await;
    let page = site.visitor().get(&site.path("survey")).await;
    let policy = page.header("content-security-policy").unwrap_or_default().to_owned();
    assert!(policy.contains("script-src 'none'") || policy.contains("default-src 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    for part in ["base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'"] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    assert_eq!(page.header("set-cookie"), None);
    assert!(!page.text().contains("<script"));
    assert!(
        !page.text().contains("http://") || !page.text().contains("src=\"http"),
        "nothing from elsewhere"
    );
}

#[tokio::test]
async fn every_page_says_how_it_may_be_used() {
    let site = Site::open(Engine::Sqlite).await;
    for path in [site.path("survey"), "/sign-in".to_owned(), "/method".to_owned(), "/privacy".to_owned()] {
        let page = site.visitor().get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(page.header("referrer-policy"), Some("same-origin"), "{path}");
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
        let cache = page.header("cache-control").unwrap_or_default();
        assert!(!cache.contains("public"), "{path}: {cache}");
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"),
            "{path}: {policy}"
        );
    }
}

#[tokio::test]
async fn a_survey_page_may_be_kept_for_the_back_button_but_not_shared() {
    let site = Site::open(Engine::Sqlite).await;
    let page = site.visitor().get(&site.path("survey")).await;
    let cache = page.header("cache-control").unwrap_or_default();
    assert!(
        cache.contains("private") && cache.contains("no-cache") && !cache.contains("no-store"),
        "{cache}"
    );
}

#[tokio::test]
async fn the_style_sheet_is_served_for_good() {
    let site = Site::open(Engine::Sqlite).await;
    let page = site.visitor().get(&site.path("survey")).await.text();
    let link = tests::html::tags(&page)
        .into_iter()
        .find(|tag| tag.name == "link" && tag.get("rel") == Some("stylesheet"));
    let sheet = site.visitor().get(&link.expect("a style sheet").text("href")).await;
    assert_eq!(sheet.status, 200);
    assert!(sheet.header("cache-control").unwrap_or_default().contains("immutable"));
    assert!(sheet.header("content-type").unwrap_or_default().starts_with("text/css"));
}
