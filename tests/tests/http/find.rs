//! `/find` and the box in the head: units by name or code, for whoever may open their pages.

use super::{Site, expect_status};
use tests::html::{tags, visible_text};
use tests::http::{Answer, Visitor, urlencode};
use tests::process::Engine;

async fn find(visitor: &mut Visitor, asked: &str) -> Answer {
    visitor.get(&format!("/find?{}", urlencode(&[("q".to_owned(), asked.to_owned())]))).await
}

/// The addresses of the units that were found.
fn found(answer: &Answer) -> Vec<String> {
    let text = answer.text();
    let (_, list) = text.split_once("units-found").unwrap_or_default();
    let list = list.split("</ul>").next().unwrap_or_default();
    tags(list).iter().filter(|tag| tag.name == "a").map(|tag| tag.text("href")).collect()
}

#[tokio::test]
async fn a_unit_is_found_with_and_without_marks_by_code_and_by_the_name_it_had() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let mut analyst = site.member("province-analyst").await;
        for asked in ["bac lieu", "Bạc Liêu", "31825"] {
            let page = find(&mut analyst, asked).await;
            expect_status(&page, &[200]);
            assert_eq!(found(&page)[0], "/a/31825", "{asked}");
            let text = visible_text(&page.text());
            assert!(text.contains("cấp xã, thuộc Tỉnh Cà Mau"), "{text}");
        }
        let old = find(&mut analyst, "phuong 2").await;
        let text = visible_text(&old.text());
        assert!(found(&old).contains(&"/a/31813@2025-06-30".to_owned()), "{text}");
        assert!(text.contains("hết hiệu lực từ 01/07/2025; nay là Phường Bạc Liêu"), "{text}");
        for path in found(&old) {
            expect_status(&analyst.get(&path).await, &[200]);
        }
    }
}

#[tokio::test]
async fn a_single_unit_opens_at_once_in_the_reader_s_language() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    for (asked, to) in [("q=31834-TT", "/a/31834-TT"), ("lang=en&q=31813", "/a/31813@2025-06-30?lang=en")] {
        let answer = admin.get(&format!("/find?{asked}")).await;
        expect_status(&answer, &[303]);
        assert_eq!(answer.header("location"), Some(to));
        expect_status(&admin.get(to).await, &[200]);
    }
}

#[tokio::test]
async fn a_day_after_the_code_names_the_unit_that_had_it_then() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    // 31825 is a commune since 1 July 2025; before, the code belonged to another.
    for (asked, to) in [("31825@2025-07-01", "/a/31825"), ("31813@2025-06-30", "/a/31813@2025-06-30")] {
        let answer = find(&mut admin, asked).await;
        expect_status(&answer, &[303]);
        assert_eq!(answer.header("location"), Some(to), "{asked}");
    }
    let answer = find(&mut admin, "31825@2025-06-30").await;
    expect_status(&answer, &[303]);
    assert_ne!(answer.header("location"), Some("/a/31825"), "on that day it was another unit");
    expect_status(&find(&mut admin, "31813@2026-01-01").await, &[200]);
}

#[tokio::test]
async fn a_head_finds_nothing_beyond_what_the_account_may_open() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let own = site.path("agency");
        let mut admin = site.member("province-admin").await;
        for role in ["agency-head", "agency-officer"] {
            let mut member = site.member(role).await;
            // Nearly every unit of the province has such a word in its name.
            for asked in ["xa", "phuong", "trung tam", "so", "tinh", "31", "31834", "31834-TT"] {
                let answer = find(&mut member, asked).await;
                expect_status(&answer, &[200, 303]);
                let to = answer.header("location").map(str::to_owned);
                for path in found(&answer).into_iter().chain(to) {
                    assert!(path.starts_with(&own), "{role} finds {path} by {asked}");
                }
                let more = find(&mut admin, asked).await;
                assert!(more.status == 303 || found(&more).len() > 2, "{asked} finds too little to tell");
            }
            let code = own.trim_start_matches("/a/");
            assert_eq!(found(&find(&mut member, code).await)[0], own);
        }
    }
}

#[tokio::test]
async fn nothing_found_and_nothing_typed_say_how_to_search() {
    let site = Site::open(Engine::Sqlite).await;
    let mut head = site.member("agency-head").await;
    let none = find(&mut head, "zzzz").await;
    expect_status(&none, &[200]);
    let text = visible_text(&none.text());
    for words in ["Không có đơn vị nào khớp với “zzzz”", "gõ ít chữ hơn", "tài khoản này được xem"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    for asked in ["", "%20%20"] {
        let page = head.get(&format!("/find?q={asked}")).await;
        expect_status(&page, &[200]);
        let text = visible_text(&page.text());
        assert!(text.contains("Gõ tên, một phần tên hoặc mã") && !text.contains("khớp với “"), "{text}");
    }
}

#[tokio::test]
async fn what_was_typed_comes_back_as_text_and_not_without_end() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let page = find(&mut admin, "\"><script>alert(1)</script><b>").await;
    expect_status(&page, &[200]);
    assert!(!page.text().contains("<script>") && !page.text().contains("<b>\""), "{}", page.text());
    assert!(visible_text(&page.text()).contains("khớp với “\"><script>alert(1)</script><b>”"));
    let long = find(&mut admin, &"ế".repeat(150)).await;
    expect_status(&long, &[200]);
    assert!(long.text().contains(&"ế".repeat(100)) && !long.text().contains(&"ế".repeat(101)));
    for asked in ["a\0b", "a\nb", "a\u{1b}b", &"x".repeat(700)] {
        expect_status(&find(&mut admin, asked).await, &[400]);
    }
}

#[tokio::test]
async fn whoever_reads_figures_has_the_box_in_the_head_of_every_page() {
    let site = Site::open(Engine::Sqlite).await;
    let has_box = |answer: &Answer| {
        let text = answer.text();
        tags(&text).iter().any(|tag| tag.name == "form" && tag.get("action") == Some("/find"))
    };
    for role in ["province-admin", "province-analyst", "agency-head", "agency-officer", "auditor"] {
        let mut member = site.member(role).await;
        for path in ["/", &site.path("agency"), "/account", "/nothing-here", "/method"] {
            assert!(has_box(&member.get(path).await), "{role} {path}");
        }
    }
    let mut interviewer = site.member("interviewer").await;
    expect_status(&find(&mut interviewer, "bac lieu").await, &[403]);
    assert!(!has_box(&interviewer.get("/").await));
    assert!(!has_box(&site.visitor().get("/sign-in").await));
    let door = find(&mut site.visitor(), "bac lieu").await;
    expect_status(&door, &[303]);
    assert_eq!(door.header("location"), Some("/sign-in?next=%2Ffind%3Fq%3Dbac%2520lieu"));
}
