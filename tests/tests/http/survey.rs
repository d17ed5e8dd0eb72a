//! `/s/{token}`: the form of a touchpoint.

use tests::form::Form;
use tests::html::{tags, visible_text};
use tests::http::{Answer, Visitor};
use tests::journey::{Person, answer, filled_form};
use tests::process::Engine;

use super::{Site, expect_status};

type Pairs = Vec<(String, String)>;

/// The form of one satisfied person, ready to be sent.
async fn filled(site: &Site, visitor: &mut Visitor) -> (String, Pairs) {
    filled_form(visitor, &site.running.url("survey"), &Person::new(5)).await
}

fn with(pairs: &Pairs, name: &str, value: &str) -> Pairs {
    let mut changed: Pairs = pairs.iter().filter(|(one, _)| one != name).cloned().collect();
    changed.push((name.to_owned(), value.to_owned()));
    changed
}

fn without(pairs: &Pairs, name: &str) -> Pairs {
    pairs.iter().filter(|(one, _)| one != name).cloned().collect()
}

/// What the page carries or shows as chosen.
fn kept(page: &Answer, name: &str) -> Option<String> {
    Form::with_field(&page.text(), "token")?.value(name).map(str::to_owned)
}

#[tokio::test]
async fn an_answer_is_thanked_for_on_both_engines() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let mut visitor = site.visitor();
        let sent = answer(&mut visitor, &site.running.url("survey"), &Person::new(4)).await;
        let thanks = visitor.get(sent.header("location").unwrap_or_default()).await;
        expect_status(&thanks, &[200]);
        assert_eq!(visitor.cookie("id"), None, "a citizen gets no cookie");
    }
}

#[tokio::test]
async fn sending_right_after_the_overall_question_is_enough() {
    let site = Site::open(Engine::Sqlite).await;
    let person = Person { in_a_hurry: true, ..Person::new(5) };
    answer(&mut site.visitor(), &site.running.url("survey"), &person).await;
}

#[tokio::test]
async fn everything_on_one_page_can_be_sent_at_once() {
    let site = Site::open(Engine::Sqlite).await;
    let survey = format!("{}?layout=one", site.running.url("survey"));
    answer(&mut site.visitor(), &survey, &Person::new(5)).await;
}

#[tokio::test]
async fn a_blank_overall_answer_is_asked_for_again_and_the_others_are_kept() {
    let site = Site::open(Engine::Sqlite).await;
    let mut visitor = site.visitor();
    let (action, pairs) = filled(&site, &mut visitor).await;
    let page = visitor.post(&action, &without(&pairs, "overall")).await;
    expect_status(&page, &[422]);
    assert!(page.text().contains("<title>Lỗi"), "the title begins with the error");
    for (name, value) in [("stage", "done"), ("SA1", "5"), ("SD3", "5")] {
        assert_eq!(kept(&page, name).as_deref(), Some(value), "{name} is kept");
    }
}

#[tokio::test]
async fn a_value_that_is_no_answer_is_an_error_and_an_unknown_field_is_none() {
    let site = Site::open(Engine::Sqlite).await;
    let mut visitor = site.visitor();
    let (action, pairs) = filled(&site, &mut visitor).await;
    for (name, value) in [("overall", "6"), ("stage", "perhaps"), ("SA1", "very good"), ("comment", "a\0b")] {
        expect_status(&visitor.post(&action, &with(&pairs, name, value)).await, &[422]);
    }
    let sent = visitor.post(&action, &with(&pairs, "favourite_colour", "green")).await;
    expect_status(&sent, &[303]);
}

#[tokio::test]
async fn a_comment_that_is_too_long_is_named_and_kept() {
    let site = Site::open(Engine::Sqlite).await;
    let mut visitor = site.visitor();
    let (action, pairs) = filled(&site, &mut visitor).await;
    let page = visitor.post(&action, &with(&pairs, "comment", &"ă".repeat(1201))).await;
    expect_status(&page, &[422]);
    assert!(visible_text(&page.text()).contains("1.200") || visible_text(&page.text()).contains("1200"));
}

#[tokio::test]
async fn a_second_tap_counts_once_and_says_so() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let mut visitor = site.visitor();
        let (action, pairs) = filled(&site, &mut visitor).await;
        expect_status(&visitor.post(&action, &pairs).await, &[303]);
        let again = visitor.post(&action, &pairs).await;
        let page = match again.header("location") {
            Some(place) => visitor.get(place).await,
            None => again,
        };
        assert!(visible_text(&page.text()).contains("đã gửi"), "{}", visible_text(&page.text()));
        // Nine more would not reach ten with a double; ten with it must not either.
        for _ in 0..8 {
            answer(&mut visitor, &site.running.url("survey"), &Person::new(5)).await;
        }
        let folded = site.place.run(&["fold"]).await;
        let exported = site.place.run(&["export", "aggregates"]).await;
        assert!(
            !exported.contains(",open,"),
            "nine answers and one double are no group of ten: {folded}\n{exported}"
        );
    }
}

#[tokio::test]
async fn a_token_that_was_changed_or_never_given_is_refused() {
    let site = Site::open(Engine::Sqlite).await;
    let mut visitor = site.visitor();
    let (action, pairs) = filled(&site, &mut visitor).await;
    let token =
        pairs.iter().find(|(name, _)| name == "token").map(|(_, value)| value.clone()).unwrap_or_default();
    // In turn: the nonce, the survey, the version, the signature.
    let changed = [4, 30, 46, 70].map(|place| {
        let mut letters: Vec<char> = token.chars().collect();
        letters[place] = if letters[place] == 'A' { 'B' } else { 'A' };
        letters.into_iter().collect()
    });
    for wrong in changed.into_iter().chain([String::new(), "x".repeat(4000), "ề".to_owned()]) {
        let answer = visitor.post(&action, &with(&pairs, "token", &wrong)).await;
        expect_status(&answer, &[400, 404, 410, 422]);
    }
    expect_status(&visitor.post(&action, &pairs).await, &[303]);
}

#[tokio::test]
async fn an_unknown_touchpoint_is_not_found() {
    let site = Site::open(Engine::Sqlite).await;
    for token in ["CMXXXXXX", "zz", "%00", "%C3%28", "..%2f..%2fetc", &"A".repeat(3000)] {
        expect_status(&site.visitor().get(&format!("/s/{token}")).await, &[400, 404, 414]);
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_or_broken_is_refused_and_the_next_one_is_not() {
    let site = Site::open(Engine::Sqlite).await;
    let (path, mut visitor) = (site.path("survey"), site.visitor());
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let large = vec![b'a'; 2 * 1024 * 1024];
    let refused = visitor.send("POST", &path, &kind, &large).await;
    assert!(
        refused.is_err() || refused.is_ok_and(|answer| answer.status == 413),
        "two megabytes are no answer"
    );
    for broken in [&b"overall=%ZZ&&&=="[..], b"\xff\xfe", b"a"] {
        let answer = visitor.send("POST", &path, &kind, broken).await.expect("an answer");
        expect_status(&answer, &[400, 404, 410, 422]);
    }
    let other =
        visitor.send("POST", &path, &[("content-type", "application/json")], b"{}").await.expect("an answer");
    expect_status(&other, &[400, 415, 422]);
    expect_status(&visitor.send("DELETE", &path, &[], b"").await.expect("an answer"), &[405]);
    answer(&mut visitor, &site.running.url("survey"), &Person::new(5)).await;
}

#[tokio::test]
async fn the_page_speaks_the_language_that_was_asked_for() {
    let site = Site::open(Engine::Sqlite).await;
    for language in ["vi", "en", "km"] {
        let page = site.visitor().get(&format!("{}?lang={language}", site.path("survey"))).await;
        let html = tags(&page.text()).into_iter().find(|tag| tag.name == "html").expect("a document");
        assert_eq!(html.get("lang"), Some(language));
    }
    let page = site.visitor().get(&format!("{}?lang=xx", site.path("survey"))).await;
    expect_status(&page, &[200]);
}

#[tokio::test]
async fn whoever_fills_in_what_people_do_not_see_is_thanked_and_not_kept() {
    let site = Site::open(Engine::Sqlite).await;
    let mut visitor = site.visitor();
    let (action, pairs) = filled(&site, &mut visitor).await;
    let mut trapped = without(&pairs, "website");
    trapped.push(("website".into(), "https://spam.example".into()));
    expect_status(&visitor.post(&action, &trapped).await, &[303]);
    assert!(site.place.run(&["check"]).await.contains("answers: 0 waiting"), "nothing was kept");
    // The same form from a person: the trap has not spent it.
    expect_status(&visitor.post(&action, &pairs).await, &[303]);
    assert!(site.place.run(&["check"]).await.contains("answers: 1 waiting"));
}
