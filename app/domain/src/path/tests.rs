use super::*;
use crate::instrument::POST_SERVICE;
use crate::submission::{Context, FieldChoice, Sheet};

fn instrument() -> Instrument {
    Instrument::read(POST_SERVICE).expect("the built-in set is sound")
}

fn visit(variant: Variant, mode: Mode) -> Visit {
    Visit { variant, mode, channel_of_code: None, has_code: false }
}

fn sheet(instrument: &Instrument, visit: &Visit, answers: &[(&str, &str)]) -> Sheet {
    let fields = [FieldChoice { code: "land".into(), name: crate::language::Words::vi("Đất đai") }];
    let pairs: Vec<_> = answers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let context = Context { instrument, visit: visit.clone(), fields: &fields };
    let (sheet, problems) = Sheet::read(&pairs, &context).expect("small");
    assert_eq!(problems, []);
    sheet
}

fn codes<'a>(path: &'a Path<'_>) -> Vec<&'a str> {
    path.pages.iter().map(|leaf| leaf.page.code.as_str()).collect()
}

fn asks<'a>(path: &'a Path<'_>, page: &str) -> Vec<&'a str> {
    path.asks_at(path.position(page).expect("on the path")).map(Ask::code).collect()
}

#[test]
fn a_finished_visit_has_seven_parts() {
    let (instrument, visit) = (instrument(), visit(Variant::Full, Mode::Poster));
    let path = Path::of(&instrument, &visit, &Sheet::default());
    assert_eq!(codes(&path), ["visit", "whole", "SA", "SB", "SC", "SD", "SE"]);
    assert_eq!(path.route, Route::DoneInPerson);
    assert_eq!(asks(&path, "visit"), ["kind", "stage", "field"]);
}

#[test]
fn who_filed_online_is_asked_about_the_website_instead_of_the_office() {
    let (instrument, visit) = (instrument(), visit(Variant::Full, Mode::Link));
    let path = Path::of(&instrument, &visit, &Sheet::default());
    assert_eq!(codes(&path), ["visit", "whole", "OA", "SB", "SC", "SD", "SE"]);
    assert_eq!(path.route, Route::DoneOnline);
}

#[test]
fn who_still_waits_has_five_parts_and_four_by_link() {
    let instrument = instrument();
    for (mode, expected) in [
        (Mode::Poster, vec!["visit", "whole", "SA", "SC", "SE"]),
        (Mode::Link, vec!["visit", "whole", "SC", "SE"]),
    ] {
        let visit = visit(Variant::Full, mode);
        for stage in ["waiting", "asked"] {
            let sheet = sheet(&instrument, &visit, &[("stage", stage)]);
            let path = Path::of(&instrument, &visit, &sheet);
            assert_eq!(codes(&path), expected);
            assert_eq!(asks(&path, "SC"), ["SC1", "SC2"]);
            assert_eq!(asks(&path, "SE"), ["comment"]);
            assert_eq!(path.route, Route::NotDone);
        }
    }
}

#[test]
fn the_channel_is_asked_only_where_nothing_tells_it() {
    let instrument = instrument();
    for mode in [Mode::Phone, Mode::Paper, Mode::Assisted, Mode::Sample] {
        let mut visit = visit(Variant::Full, mode);
        let path = Path::of(&instrument, &visit, &Sheet::default());
        assert!(asks(&path, "visit").contains(&"channel"));
        let online = sheet(&instrument, &visit, &[("channel", "online")]);
        assert_eq!(Path::of(&instrument, &visit, &online).route, Route::DoneOnline);
        let post = sheet(&instrument, &visit, &[("channel", "post")]);
        assert_eq!(Path::of(&instrument, &visit, &post).route, Route::DoneInPerson);
        visit.channel_of_code = Some(Channel::Online);
        let path = Path::of(&instrument, &visit, &Sheet::default());
        assert!(!asks(&path, "visit").contains(&"channel"));
        assert_eq!(path.route, Route::DoneOnline);
    }
}

#[test]
fn the_channel_of_a_code_is_believed_before_the_mode() {
    let instrument = instrument();
    let visit = Visit { channel_of_code: Some(Channel::InPerson), ..visit(Variant::Full, Mode::Link) };
    assert_eq!(settle(&instrument, &visit, &Sheet::default()).channel, Channel::InPerson);
}

#[test]
fn a_code_knows_what_it_was_about() {
    let instrument = instrument();
    let visit = Visit { has_code: true, ..visit(Variant::Full, Mode::Slip) };
    let path = Path::of(&instrument, &visit, &Sheet::default());
    assert_eq!(asks(&path, "visit"), ["kind", "stage"]);
}

#[test]
fn profile_questions_follow_from_for_whom_it_was() {
    let (instrument, visit) = (instrument(), visit(Variant::Full, Mode::Poster));
    let profile = |kind: &str| {
        let sheet = sheet(&instrument, &visit, &[("kind", kind)]);
        let path = Path::of(&instrument, &visit, &sheet);
        asks(&path, "SE").into_iter().skip(8).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(profile("self"), ["sex", "age", "education", "occupation"]);
    assert_eq!(profile("business"), ["size"]);
    assert_eq!(profile("agent"), Vec::<String>::new());
}

#[test]
fn the_short_form_has_three_parts_and_the_kiosk_two() {
    let instrument = instrument();
    let short = visit(Variant::Short, Mode::Poster);
    let path = Path::of(&instrument, &short, &Sheet::default());
    assert_eq!(codes(&path), ["visit", "whole", "each"]);
    assert_eq!(asks(&path, "each"), ["SA3", "SB4", "SC2", "SD3", "comment"]);
    let kiosk = visit(Variant::Kiosk, Mode::Kiosk);
    let path = Path::of(&instrument, &kiosk, &Sheet::default());
    assert_eq!(path.route, Route::Kiosk);
    assert_eq!(path.asks_at(0).map(Ask::code).collect::<Vec<_>>(), ["overall"]);
    assert_eq!(path.asks_at(1).map(Ask::code).collect::<Vec<_>>(), ["field"]);
}

#[test]
fn everything_at_once_shows_whatever_could_be_asked() {
    let instrument = instrument();
    let path = Path::at_once(&instrument, &visit(Variant::Full, Mode::Poster));
    let asked: Vec<&str> = path.asks_at(0).map(Ask::code).collect();
    assert!(asked.contains(&"SA1") && asked.contains(&"SE3") && asked.contains(&"size"));
    assert!(!asked.contains(&"OA1") && !asked.contains(&"channel"));
    let path = Path::at_once(&instrument, &visit(Variant::Full, Mode::Phone));
    let asked: Vec<&str> = path.asks_at(0).map(Ask::code).collect();
    assert!(asked.contains(&"SA1") && asked.contains(&"OA1") && asked.contains(&"channel"));
}

#[test]
fn fewer_than_half_of_the_core_items_is_a_partial_answer() {
    let (instrument, visit) = (instrument(), visit(Variant::Full, Mode::Poster));
    let core = ["SA1", "SA2", "SA3", "SB1", "SB2", "SB3", "SB4"];
    let answers = |n: usize| {
        let mut list = vec![("stage", "done"), ("overall", "4")];
        list.extend(core[..n].iter().map(|code| (*code, "na")));
        settle(&instrument, &visit, &sheet(&instrument, &visit, &list)).route
    };
    assert_eq!(answers(6), Route::Partial);
    assert_eq!(answers(7), Route::DoneInPerson, "not applicable counts as answered");
    let short = self::visit(Variant::Short, Mode::Poster);
    let half = sheet(&instrument, &short, &[("stage", "refused"), ("SA3", "1"), ("SB4", "2")]);
    assert_eq!(settle(&instrument, &short, &half).route, Route::DoneInPerson);
}

#[test]
fn waiting_comes_before_partial_and_the_kiosk_before_everything() {
    let instrument = instrument();
    let poster = visit(Variant::Full, Mode::Poster);
    let waiting = sheet(&instrument, &poster, &[("stage", "waiting"), ("overall", "2")]);
    assert_eq!(settle(&instrument, &poster, &waiting).route, Route::NotDone);
    let kiosk = visit(Variant::Kiosk, Mode::Kiosk);
    let settled = settle(&instrument, &kiosk, &waiting);
    assert_eq!((settled.route, settled.stage), (Route::Kiosk, None));
}
