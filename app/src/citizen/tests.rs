use super::*;
use domain::instrument::{Instrument, POST_SERVICE};
use domain::language::{Language, Words};
use domain::path::{Path, Visit};
use domain::submission::{Context, FieldChoice, Problem, Reason, Sheet, Step, read};
use domain::survey::{Mode, Variant};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static INSTRUMENT: LazyLock<Instrument> =
    LazyLock::new(|| Instrument::read(POST_SERVICE).expect("the built-in set is sound"));
static FIELDS: LazyLock<Vec<FieldChoice>> =
    LazyLock::new(|| vec![FieldChoice { code: "land".into(), name: Words::vi("Đất đai") }]);

fn context() -> Context<'static> {
    let visit = Visit { variant: Variant::Full, mode: Mode::Poster, channel_of_code: None, has_code: false };
    Context { instrument: &INSTRUMENT, visit, fields: &FIELDS }
}

fn frame(language: Language) -> Frame {
    let province = Words { en: Some("Cà Mau Province".into()), ..Words::vi("Tỉnh Cà Mau") };
    Frame {
        language,
        stylesheet: "/style.css".into(),
        icon: "/mark.svg".into(),
        province,
        place: Some(Place { name: Words::vi("Phường <An Xuyên>"), address: Some(Words::vi("số 15")) }),
        privacy: "/privacy".into(),
        switch: Vec::new(),
    }
}

fn sheet(answers: &[(&str, &str)]) -> Sheet {
    let pairs: Vec<_> = answers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    Sheet::read(&pairs, &context()).expect("small").0
}

fn draw(language: Language, path: &Path<'_>, at: usize, sheet: &Sheet, problems: &[Problem]) -> String {
    let page = StepPage {
        sounds: None,
        frame: frame(language),
        action: "/s/CM7F3K2M4".into(),
        token: "signed".into(),
        context: &context(),
        path,
        at,
        sheet,
        problems,
    };
    render_step(&page)
}

fn step(code: &str, sheet: &Sheet, problems: &[Problem]) -> String {
    let context = context();
    let path = Path::of(&INSTRUMENT, &context.visit, sheet);
    let at = path.position(code).expect("on the path");
    draw(Language::Vi, &path, at, sheet, problems)
}

fn answered() -> Sheet {
    sheet(&[("kind", "self"), ("stage", "done"), ("field", "land"), ("overall", "4"), ("SC1", "4")])
}

/// Every kind of page in a language, with its name.
fn all_pages(language: Language) -> Vec<(String, String)> {
    let context = context();
    let sheet = answered();
    let mut pages = Vec::new();
    for path in [Path::of(&INSTRUMENT, &context.visit, &sheet), Path::at_once(&INSTRUMENT, &context.visit)] {
        let count = if path.at_once { 1 } else { path.pages.len() };
        for at in 0..count {
            let name = if path.at_once { "all" } else { &path.pages[at].page.code };
            pages.push((name.to_owned(), draw(language, &path, at, &sheet, &[])));
            let problems: Vec<Problem> = path
                .asks_at(at)
                .map(|ask| Problem { field: ask.code().into(), reason: Reason::Missing, typed: None })
                .collect();
            pages.push((format!("{name}, wrong"), draw(language, &path, at, &sheet, &problems)));
        }
    }
    pages.extend(around(&frame(language), &sheet));
    pages
}

/// The pages before and after the form.
fn around(frame: &Frame, sheet: &Sheet) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    let start = StartPage {
        listen: None,
        sound: false,
        frame: frame.clone(),
        action: "/s/X".into(),
        token: "signed".into(),
        parts: 7,
        at_once: true,
        newer_poster: false,
        help: None,
    };
    pages.push(("start".into(), render_start(&start)));
    let thanks = ThanksPage {
        frame: frame.clone(),
        k: 10,
        results: Some("/a/1".into()),
        complaint: None,
        again: "/s/X".into(),
    };
    pages.push(("thanks".into(), render_thanks(&thanks)));
    let privacy = PrivacyPage { frame: frame.clone(), k: 10, method: Some("/method".into()), form: None };
    pages.push(("privacy".into(), render_privacy(&privacy)));
    for notice in [Notice::Unknown, Notice::Busy, Notice::Closed { on: None, results: None }] {
        let name = format!("{notice:?}");
        let page = NoticePage { frame: frame.clone(), notice, phone: Some("0290 000 0000".into()) };
        pages.push((name, render_notice(&page)));
    }
    let used = UsedCodePage {
        frame: frame.clone(),
        action: "/s/X".into(),
        token: "open".into(),
        sheet,
        leave: "/".into(),
    };
    pages.push(("used code".into(), render_used_code(&used)));
    pages
}

fn every_page() -> Vec<(String, String)> {
    Language::ALL.into_iter().flat_map(all_pages).collect()
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let key = format!(" {attribute}=\"");
    html.split(&key).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The start tags of an element.
fn tags<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("<{name} ");
    html.split(&open).skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

fn hidden(html: &str) -> Vec<(String, String)> {
    let inputs = tags(html, "input").into_iter().filter(|tag| tag.contains("type=\"hidden\""));
    let field = |tag: &str| {
        let tag = format!(" {tag}");
        (values(&tag, "name")[0].to_owned(), values(&tag, "value")[0].to_owned())
    };
    inputs.map(field).collect()
}

#[test]
fn no_page_needs_a_script_or_carries_a_style_of_its_own() {
    for (name, html) in every_page() {
        assert!(html.starts_with("<!doctype html><html lang="), "{name}: {}", &html[..60]);
        for forbidden in ["<script", "<style", " style=", "javascript:", " onclick", "http://", "https://"] {
            assert!(!html.contains(forbidden), "{name} contains {forbidden}");
        }
    }
}

#[test]
fn every_page_says_its_language_and_has_one_heading_and_a_title() {
    for language in Language::ALL {
        for (name, html) in all_pages(language) {
            assert_eq!(tags(&html, "html"), [format!("lang=\"{}\"", language.code())], "{name}");
            assert_eq!(html.matches("<h1").count(), 1, "{name}");
            assert!(html.contains("Hài Lòng "), "{name}");
        }
    }
}

#[test]
fn every_group_of_answers_has_a_legend_and_nothing_is_chosen_in_advance() {
    let context = context();
    let path = Path::at_once(&INSTRUMENT, &context.visit);
    let html = draw(Language::Vi, &path, 0, &Sheet::default(), &[]);
    assert_eq!(html.matches("<fieldset").count(), html.matches("<legend").count());
    let groups: BTreeSet<&str> = tags(&html, "input")
        .into_iter()
        .filter(|tag| tag.contains("type=\"radio\""))
        .filter_map(|tag| tag.split("name=\"").nth(1)?.split('"').next())
        .collect();
    assert_eq!(groups.len(), html.matches("<fieldset").count());
    assert!(!html.contains(" checked"));
}

#[test]
fn ids_are_unique_and_every_reference_leads_somewhere() {
    for (name, html) in every_page() {
        let ids = values(&html, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: {ids:?}");
        let references = values(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#'));
        for id in references.chain(values(&html, "aria-describedby")).chain(values(&html, "for")) {
            assert!(unique.contains(id), "{name}: nothing is called {id}");
        }
    }
}

#[test]
fn the_best_answer_comes_first_and_not_applicable_last() {
    let html = step("SC", &answered(), &[]);
    let radios = tags(&html, "input").into_iter().filter(|tag| tag.contains("name=\"SC2\""));
    let given: Vec<String> = radios.map(|tag| values(&format!(" {tag}"), "value")[0].to_owned()).collect();
    assert_eq!(given, ["5", "4", "3", "2", "1", "na"]);
}

#[test]
fn answers_of_other_pages_travel_as_hidden_fields() {
    let sheet = answered();
    let html = step("SC", &sheet, &[]);
    let hidden = hidden(&html);
    for (name, value) in sheet.pairs().filter(|(name, _)| *name != "SC1") {
        assert!(hidden.contains(&(name.to_owned(), value.to_owned())), "{name}");
    }
    assert!(hidden.contains(&("step".into(), "SC".into())) && hidden.contains(&("lang".into(), "vi".into())));
    assert!(hidden.iter().all(|(name, _)| name != "SC1"), "what is asked here is not hidden");
    let checked = tags(&html, "input").into_iter().filter(|tag| tag.contains("checked"));
    let checked: Vec<&str> = checked.collect();
    assert_eq!(checked.len(), 1);
    assert!(checked[0].contains("name=\"SC1\"") && checked[0].contains("value=\"4\""));
}

#[test]
fn what_a_page_sends_back_unchanged_is_the_same_sheet() {
    let text = "\"Nhanh\" & <tốt>\nCảm ơn";
    let mut answers = vec![("kind", "self"), ("stage", "done"), ("field", "land"), ("overall", "4")];
    answers.push(("comment", text));
    let sheet = sheet(&answers);
    let html = step("SA", &sheet, &[]);
    let unescape = |text: &str| {
        text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    };
    let mut pairs: Vec<(String, String)> =
        hidden(&html).into_iter().map(|(name, value)| (name, unescape(&value))).collect();
    pairs.push(("go".into(), "back".into()));
    let Ok(Step::Page { sheet: again, .. }) = read(&pairs, &context()) else { panic!("{pairs:?}") };
    assert_eq!(again, sheet);
}

#[test]
fn a_page_with_a_problem_begins_with_it_and_keeps_the_answers() {
    let missing = Problem { field: "SC2".into(), reason: Reason::Missing, typed: None };
    let html = step("SC", &answered(), &[missing]);
    assert!(html.contains("<title>Lỗi: Người tiếp ông/bà – phần 5/7 – Hài Lòng Cà Mau</title>"));
    let summary = html.find("role=\"alert\"").expect("a summary");
    assert!(summary < html.find("<h1").expect("a heading"));
    assert!(html.contains("href=\"#SC2\"") && html.contains("Còn một câu chưa trả lời"));
    assert_eq!(html.matches("Câu 2: ông/bà chưa chọn mức nào.").count(), 2, "the same words twice");
    assert!(html.contains("aria-describedby=\"SC2-problem\""));
    assert!(tags(&html, "input").iter().any(|tag| tag.contains("name=\"SC1\"") && tag.contains("checked")));
}

#[test]
fn a_comment_that_was_not_accepted_is_still_there() {
    let typed = format!("{}</textarea>", "x".repeat(1_300));
    let long = Problem { field: "comment".into(), reason: Reason::TooLong, typed: Some(typed) };
    let html = step("SE", &answered(), &[long]);
    assert!(html.contains(&format!("{}&lt;/textarea&gt;</textarea>", "x".repeat(1_300))));
    assert!(html.contains("Xin bớt khoảng 111 chữ cái."));
}

#[test]
fn what_people_write_is_text_and_never_markup() {
    let html = step("SE", &sheet(&[("stage", "done"), ("comment", "a & <b>\n</textarea><script>x")]), &[]);
    assert!(html.contains(">a &amp; &lt;b&gt;\n&lt;/textarea&gt;&lt;script&gt;x</textarea>"));
}

#[test]
fn the_last_page_sends_and_the_first_cannot_yet() {
    let sheet = answered();
    let buttons = |code: &str| {
        let html = step(code, &sheet, &[]);
        let buttons = tags(&html, "button").into_iter();
        buttons.map(|tag| values(&format!(" {tag}"), "value")[0].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(buttons("visit"), ["next"]);
    assert_eq!(buttons("whole"), ["next", "send", "back"]);
    assert_eq!(buttons("SB"), ["next", "send", "back"]);
    assert_eq!(buttons("SE"), ["send", "back"]);
}

#[test]
fn conditional_questions_say_on_what_they_depend() {
    let html = step("SE", &answered(), &[]);
    assert!(html.contains("data-opens=\"1\"") && html.contains("question branch-1"));
    assert!(html.contains("ông/bà chọn “Có”"));
    assert!(!html.contains("name=\"size\""), "a citizen is not asked for the size of a business");
}

#[test]
fn words_that_fell_back_say_their_language() {
    let context = context();
    let path = Path::of(&INSTRUMENT, &context.visit, &Sheet::default());
    let html = draw(Language::Km, &path, 0, &Sheet::default(), &[]);
    assert!(html.contains("<span lang=\"vi\" class=\"tile\"><!>Đất đai"));
    assert!(html.contains("<span lang=\"vi\">Phường &lt;An Xuyên&gt;</span>"));
}

#[test]
fn optional_questions_say_so() {
    let html = step("SE", &answered(), &[]);
    for code in ["T1", "T2", "T3"] {
        let legend = html.split("<legend").find(|part| part.contains(&format!("name=\"{code}\"")));
        assert!(legend.is_some_and(|part| part.contains("(không bắt buộc)")), "{code}");
    }
}

#[test]
fn an_honest_person_never_meets_the_trap() {
    let html = step("SA", &answered(), &[]);
    let trap = tags(&html, "input").into_iter().find(|tag| tag.contains("name=\"website\"")).expect("a trap");
    assert!(trap.contains("tabindex=\"-1\"") && trap.contains("autocomplete=\"off\""));
}
