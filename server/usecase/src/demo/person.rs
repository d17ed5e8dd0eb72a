//! What a person says beside the scale: who they are, what happened, what they wrote. The shares are
//! invented and meant to look like a province; only how they belong to satisfaction matters.

use super::crowd::{Class, is_done};
use super::generate::{Generator, Wish};
use domain::instrument::{Instrument, Purpose, Question};
use domain::survey::{Route, Variant};
use domain::tally::Answer;

/// Options of the question `stage`.
const DONE: usize = 0;
const REFUSED: usize = 1;
const WAITING: usize = 2;
const ASKED: usize = 3;
/// Share of people who answer a question about themselves, and of those who answer one about what
/// happened.
const TELLS: f64 = 0.75;
const REPORTS: f64 = 0.95;
/// Share of complaints among the satisfied and among the others.
const COMPLAINTS: [f64; 2] = [0.015, 0.2];

/// The options that somebody chose, in the order of the instrument's questions.
pub(super) fn choices(
    generator: &mut Generator<'_>,
    wish: &Wish,
    class: &Class,
    field: &str,
    overall: Answer,
) -> Vec<Option<u8>> {
    let questions = &generator.questions.instrument.questions;
    let satisfied = matches!(overall, Answer::Level(4 | 5));
    let mut chosen: Vec<Option<u8>> = Vec::with_capacity(questions.len());
    for question in questions {
        let is_for_all = condition_holds(questions, question, &chosen);
        let drawn =
            if is_for_all { choice(generator, wish, class, (question, field), satisfied) } else { None };
        let drawn = drawn.filter(|option| *option < question.options.len());
        chosen.push(drawn.and_then(|option| u8::try_from(option).ok()));
    }
    chosen
}

fn condition_holds(questions: &[Question], question: &Question, chosen: &[Option<u8>]) -> bool {
    question.only_if.as_ref().is_none_or(|(code, values)| {
        let at = questions.iter().position(|other| other.code == *code);
        let option = at.and_then(|at| Some((&questions[at], (*chosen.get(at)?)?)));
        let value = option.and_then(|(other, option)| other.options.get(usize::from(option)));
        value.is_some_and(|choice| values.contains(&choice.value))
    })
}

fn choice(
    generator: &mut Generator<'_>,
    wish: &Wish,
    class: &Class,
    (question, field): (&Question, &str),
    satisfied: bool,
) -> Option<usize> {
    let is_kiosk = wish.variant == Variant::Kiosk;
    let done = is_done(wish.route);
    let on_route = question.routes.is_empty() || question.routes.contains(&wish.route);
    match (question.purpose, question.code.as_str()) {
        (Purpose::Field, _) => field.is_empty().then(|| generator.pick(&[7, 3])),
        _ if is_kiosk || !on_route => None,
        (_, "kind") => Some(usize::from(class.kind)),
        (_, "stage") if class.refused => Some(REFUSED),
        (_, "stage") if done => Some(DONE),
        (_, "stage") => Some(if generator.chance(0.7) { WAITING } else { ASKED }),
        (_, "channel") => {
            let known = wish.mode.implied_channel().is_some();
            (!known).then(|| usize::from(wish.route == Route::DoneOnline))
        }
        (Purpose::Branch, _) => {
            let complains = generator.chance(COMPLAINTS[usize::from(!satisfied)]);
            Some(usize::from(!complains))
        }
        (Purpose::Fact, code) => {
            let happened = code != "T1" || wish.route != Route::DoneOnline || generator.chance(0.3);
            (happened && generator.chance(REPORTS)).then(|| pick(generator, question, facts(code, satisfied)))
        }
        (Purpose::Profile, code) => generator.chance(TELLS).then(|| pick(generator, question, profile(code))),
        _ => None,
    }
}

/// By shares where they are known, else any.
fn pick(generator: &mut Generator<'_>, question: &Question, shares: &[u32]) -> usize {
    if shares.len() == question.options.len() {
        return generator.pick(shares);
    }
    generator.pick(&vec![1; question.options.len()])
}

/// Visits, extra demands, punctuality: in per cent, in the order of the options.
fn facts(code: &str, satisfied: bool) -> &'static [u32] {
    match (code, satisfied) {
        ("T1", true) => &[82, 15, 3],
        ("T1", false) => &[38, 38, 24],
        ("T2", true) => &[970, 15, 5, 2, 8],
        ("T2", false) => &[800, 110, 35, 20, 35],
        ("T3", true) => &[14, 81, 3, 2],
        ("T3", false) => &[3, 50, 20, 27],
        _ => &[],
    }
}

fn profile(code: &str) -> &'static [u32] {
    match code {
        "sex" => &[52, 46, 2],
        "age" => &[9, 26, 34, 18, 11, 2],
        "education" => &[4, 13, 25, 28, 13, 15, 2],
        "occupation" => &[29, 15, 24, 12, 5, 8, 5, 2],
        "size" => &[60, 26, 9, 3, 2],
        _ => &[],
    }
}

/// Whether somebody opened the branch about complaints.
pub(super) fn has_complained(instrument: &Instrument, choices: &[Option<u8>]) -> bool {
    let branch = instrument.questions.iter().position(|question| question.purpose == Purpose::Branch);
    branch.and_then(|at| choices.get(at).copied().flatten()) == Some(0)
}

/// What people write.
pub(super) fn remark(overall: Answer) -> &'static str {
    match overall {
        Answer::Level(4..) => "Cán bộ hướng dẫn tận tình.",
        Answer::Level(3) => "Nên có thêm ghế ngồi chờ.",
        _ => "Phải đi lại nhiều lần mới xong.",
    }
}
