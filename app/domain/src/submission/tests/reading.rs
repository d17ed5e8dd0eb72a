use super::*;
use crate::path::Stage;
use crate::submission::{MOST_FIELDS, Refusal, is_trapped};
use crate::survey::{Channel, Route};
use crate::tally::Answer;
use crate::tally::layout::items_of;

const VISIT: [(&str, &str); 3] = [("kind", "self"), ("stage", "done"), ("field", "land")];

fn with<'a>(base: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    base.iter().chain(more).copied().collect()
}

#[test]
fn the_start_leads_to_the_first_page() {
    assert_eq!(page(&[("token", "x"), ("lang", "vi")]), "visit");
    assert_eq!(page(&[("step", "start"), ("go", "next")]), "visit");
}

#[test]
fn next_leads_to_the_next_page() {
    assert_eq!(page(&with(&VISIT, &[("step", "visit"), ("go", "next")])), "whole");
    assert_eq!(page(&with(&VISIT, &[("overall", "4"), ("step", "whole"), ("go", "next")])), "SA");
}

#[test]
fn next_asks_for_everything_on_the_page_in_its_order() {
    let (page, problems) = shown(&step(&[("step", "visit"), ("go", "next"), ("stage", "done")]));
    assert_eq!(page, "visit");
    let missing = |code: &str| (code.to_owned(), Reason::Missing);
    assert_eq!(problems, [missing("kind"), missing("field")]);
}

#[test]
fn not_applicable_is_an_answer() {
    let page =
        page(&with(&VISIT, &[("SA1", "na"), ("SA2", "5"), ("SA3", "1"), ("step", "SA"), ("go", "next")]));
    assert_eq!(page, "SB");
}

#[test]
fn back_keeps_everything_and_asks_for_nothing() {
    let posted = step(&with(&VISIT, &[("SA1", "3"), ("step", "SA"), ("go", "back")]));
    let Step::Page { sheet, .. } = &posted else { panic!("{posted:?}") };
    assert_eq!(sheet.get("SA1"), Some("3"));
    assert_eq!(shown(&posted).0, "whole");
    assert_eq!(page(&[("step", "visit"), ("go", "back")]), "visit");
}

#[test]
fn back_still_says_what_is_no_answer() {
    let (page, problems) = shown(&step(&with(&VISIT, &[("SA1", "6"), ("step", "SA"), ("go", "back")])));
    assert_eq!((page.as_str(), problems), ("SA", vec![("SA1".into(), Reason::Unknown)]));
}

#[test]
fn the_last_page_has_no_next() {
    let waiting = [("kind", "self"), ("stage", "waiting"), ("field", "land"), ("step", "SE"), ("go", "next")];
    assert_eq!(page(&waiting), "SE");
}

#[test]
fn a_new_stage_leads_on_from_a_page_that_is_no_longer_asked() {
    let fields = [("kind", "self"), ("stage", "waiting"), ("field", "land"), ("step", "SB"), ("go", "next")];
    assert_eq!(page(&fields), "SC");
}

#[test]
fn sending_needs_the_stage_and_the_overall_answer_and_nothing_else() {
    let (page, problems) = shown(&step(&[("step", "SB"), ("go", "send"), ("overall", "3")]));
    assert_eq!((page.as_str(), problems), ("visit", vec![("stage".into(), Reason::Missing)]));
    let (page, problems) = shown(&step(&[("step", "SB"), ("go", "send"), ("stage", "done")]));
    assert_eq!((page.as_str(), problems), ("whole", vec![("overall".into(), Reason::Missing)]));
    let submission = sent(&[("step", "whole"), ("go", "send"), ("stage", "refused"), ("overall", "2")]);
    assert_eq!(submission.route, Route::Partial);
    assert_eq!(submission.stage, Some(Stage::Refused));
    assert_eq!(submission.overall, Answer::Level(2));
    assert!(submission.items.iter().all(|answer| *answer == Answer::NotAsked));
}

fn all_items() -> Vec<(&'static str, &'static str)> {
    items_of(&INSTRUMENT).map(|item| (item.code.as_str(), "4")).collect()
}

fn answer(submission: &crate::submission::Submission, code: &str) -> Answer {
    let at = items_of(&INSTRUMENT).position(|item| item.code == code).expect("an item");
    submission.items[at]
}

fn choice(submission: &crate::submission::Submission, code: &str) -> Option<u8> {
    let at = INSTRUMENT.questions.iter().position(|question| question.code == code).expect("a question");
    submission.choices[at]
}

#[test]
fn what_is_sent_follows_the_order_of_the_instrument() {
    let more = [
        ("overall", "5"),
        ("complained", "no"),
        ("T1", "2"),
        ("T3", "late"),
        ("age", "35-49"),
        ("size", "10-49"),
        ("comment", "  Cảm ơn.\r\nNhanh.  "),
        ("step", "SE"),
        ("go", "send"),
    ];
    let mut fields = with(&VISIT, &more);
    fields.extend(all_items().into_iter().filter(|(code, _)| *code != "SD3"));
    let submission = sent(&fields);
    assert_eq!((submission.route, submission.channel), (Route::DoneInPerson, Channel::InPerson));
    assert_eq!(answer(&submission, "SA1"), Answer::Level(4));
    assert_eq!(answer(&submission, "SD3"), Answer::Blank);
    assert_eq!(answer(&submission, "OA1"), Answer::NotAsked, "nothing was filed online");
    assert_eq!(answer(&submission, "SE2"), Answer::NotAsked, "nothing was complained about");
    assert_eq!((choice(&submission, "kind"), choice(&submission, "T1")), (Some(0), Some(1)));
    assert_eq!((choice(&submission, "T3"), choice(&submission, "T2")), (Some(3), None));
    assert_eq!((choice(&submission, "age"), choice(&submission, "size")), (Some(2), None));
    assert_eq!(submission.field.as_deref(), Some("land"));
    assert_eq!(submission.comment.as_deref(), Some("Cảm ơn.\nNhanh."));
}

#[test]
fn the_complaint_branch_is_open_only_after_a_yes() {
    let mut fields = with(&VISIT, &[("overall", "2"), ("complained", "yes"), ("step", "SE"), ("go", "send")]);
    fields.extend(all_items());
    assert_eq!(answer(&sent(&fields), "SE2"), Answer::Level(4));
}

#[test]
fn a_changed_stage_drops_what_is_no_longer_asked() {
    let more = [
        ("kind", "self"),
        ("stage", "waiting"),
        ("field", "other"),
        ("overall", "2"),
        ("complained", "yes"),
        ("T1", "3"),
        ("age", "35-49"),
        ("comment", "Lâu quá"),
        ("step", "SC"),
        ("go", "send"),
    ];
    let submission = sent(&with(&all_items(), &more));
    assert_eq!(submission.route, Route::NotDone);
    assert_eq!(answer(&submission, "SA1"), Answer::Level(4));
    assert_eq!(answer(&submission, "SC2"), Answer::Level(4));
    for code in ["SB1", "SC3", "SD1", "SE1", "SE2", "OA1"] {
        assert_eq!(answer(&submission, code), Answer::NotAsked, "{code}");
    }
    assert_eq!((choice(&submission, "T1"), choice(&submission, "age")), (None, None));
    assert_eq!((choice(&submission, "complained"), choice(&submission, "field")), (None, Some(0)));
    assert_eq!(submission.field, None);
    assert_eq!(submission.comment.as_deref(), Some("Lâu quá"));
}

#[test]
fn everything_at_once_is_sent_without_steps() {
    let mut fields = with(&VISIT, &[("overall", "4"), ("layout", "one"), ("go", "send")]);
    fields.extend(all_items());
    assert_eq!(sent(&fields).route, Route::DoneInPerson);
    let problems = step(&[("layout", "one"), ("go", "send"), ("SB2", "9")]);
    let Step::Problems { at: 0, problems, .. } = problems else { panic!("{problems:?}") };
    let codes: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(codes, ["stage", "overall", "SB2"], "in the order of the page");
}

#[test]
fn fields_of_nobody_are_ignored() {
    let fields =
        [("utm_source", "\u{0}"), ("website", ""), ("channel", "online"), ("SA1", ""), ("step", "visit")];
    assert_eq!(page(&with(&VISIT, &fields)), "whole");
}

#[test]
fn two_answers_to_one_question_are_none() {
    let fields = with(&VISIT, &[("stage", "waiting"), ("step", "visit"), ("go", "next")]);
    assert_eq!(shown(&step(&fields)), ("visit".into(), vec![("stage".into(), Reason::Twice)]));
    let same = with(&VISIT, &[("stage", "done"), ("step", "visit"), ("go", "next")]);
    assert_eq!(page(&same), "whole");
}

#[test]
fn a_field_of_another_counter_is_no_answer() {
    let fields = [("kind", "self"), ("stage", "done"), ("field", "sea"), ("step", "visit"), ("go", "next")];
    assert_eq!(shown(&step(&fields)), ("visit".into(), vec![("field".into(), Reason::Unknown)]));
}

#[test]
fn the_overall_question_has_no_not_applicable() {
    let fields = with(&VISIT, &[("overall", "na"), ("step", "whole"), ("go", "send")]);
    assert_eq!(shown(&step(&fields)), ("whole".into(), vec![("overall".into(), Reason::Unknown)]));
}

fn comment(text: &str) -> Step {
    step(&with(&VISIT, &[("overall", "4"), ("comment", text), ("step", "SE"), ("go", "send")]))
}

#[test]
fn a_comment_is_composed_before_it_is_measured() {
    let decomposed = "a\u{302}\u{301}".repeat(600);
    let Step::Send(submission) = comment(&decomposed) else { panic!("not sent") };
    assert_eq!(submission.comment, Some("ấ".repeat(600)));
}

#[test]
fn a_comment_that_is_too_long_comes_back_as_it_was_written() {
    for text in ["x".repeat(1_201), "ấ".repeat(700)] {
        let Step::Problems { problems, .. } = comment(&text) else { panic!("accepted") };
        assert_eq!(problems[0].reason, Reason::TooLong);
        assert_eq!(problems[0].typed.as_deref(), Some(text.as_str()));
    }
    assert!(matches!(comment(&"x".repeat(1_200)), Step::Send(_)));
}

#[test]
fn a_comment_holds_lines_and_tabs_but_no_control_characters() {
    let Step::Send(submission) = comment("một\thai\r\nba\rbốn") else { panic!("not sent") };
    assert_eq!(submission.comment.as_deref(), Some("một\thai\nba\nbốn"));
    let Step::Problems { problems, .. } = comment("một\u{0}hai\u{7}") else { panic!("accepted") };
    assert_eq!((problems[0].reason, problems[0].typed.as_deref()), (Reason::Control, Some("mộthai")));
}

#[test]
fn the_kiosk_sends_one_answer_and_perhaps_a_field() {
    let context = context(Variant::Kiosk, Mode::Kiosk);
    let posted =
        pairs(&[("overall", "4"), ("field", "civil"), ("stage", "waiting"), ("SA1", "1"), ("go", "send")]);
    let Ok(Step::Send(submission)) = read(&posted, &context) else { panic!("not sent") };
    assert_eq!((submission.route, submission.stage), (Route::Kiosk, None));
    assert_eq!(submission.field.as_deref(), Some("civil"));
    assert!(submission.items.iter().all(|answer| *answer == Answer::NotAsked));
}

#[test]
fn a_code_leaves_no_room_for_another_field() {
    let mut context = context(Variant::Full, Mode::Slip);
    context.visit.has_code = true;
    let posted = pairs(&[("overall", "4"), ("stage", "done"), ("field", "civil"), ("go", "send")]);
    let Ok(Step::Send(submission)) = read(&posted, &context) else { panic!("not sent") };
    assert_eq!(submission.field, None);
}

#[test]
fn a_flood_is_refused() {
    let many = vec![("x".to_owned(), "y".to_owned()); MOST_FIELDS + 1];
    assert_eq!(read(&many, &poster()), Err(Refusal::TooManyFields));
    let large = vec![("comment".to_owned(), "x".repeat(8 * 1024))];
    assert_eq!(read(&large, &poster()), Err(Refusal::TooLargeField));
}

#[test]
fn only_machines_fill_in_what_nobody_sees() {
    assert!(is_trapped(&pairs(&[("website", "http://x")])));
    assert!(!is_trapped(&pairs(&[("website", ""), ("comment", "x")])));
}
