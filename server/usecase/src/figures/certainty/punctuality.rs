//! The truth check: what people say about lateness beside what the case system says of the same unit
//! and months (privacy-security.md, "Integrity of answers").

use super::super::read::{Floor, Nobody, read};
use super::Year;
use domain::instrument::Purpose;
use domain::reading::Reading;
use domain::report::certainty::{Agreement, Found, Missing, Punctuality};
use stats::response::part_of;
use stats::share::{Binary, share};

/// The question, and those of its answers that say "late".
const QUESTION: &str = "T3";
const LATE: [&str; 2] = ["late-apology", "late"];

pub(super) fn punctuality(year: &Year<'_>) -> Found<Punctuality> {
    let (answered, late) = counts(year)?;
    let months = year.population.span().ok_or(Missing::NoDossiers)?;
    let dated = year.population.dated(year.unit.id);
    let recorded = part_of(dated.late, dated.all).ok_or(Missing::NoDates)?.rate;
    let estimate =
        share(&[Binary { n: answered, answered, satisfied: late }]).map_err(|_| Missing::NoFigure)?;
    let said = read(&estimate, year.k(), Floor::None, None, (0.0, 0.0), year.level, Nobody::Shown);
    let recorded = 100.0 * recorded;
    Ok(Punctuality {
        months,
        agreement: agreement(&said, recorded),
        said,
        recorded,
        late: dated.late.unsigned_abs(),
        dated: dated.all.unsigned_abs(),
    })
}

/// How many answered the question, and how many of them said "late".
fn counts(year: &Year<'_>) -> Result<(i64, i64), Missing> {
    let questions = &year.table.survey.questions;
    let mut facts = questions.instrument.questions.iter().filter(|q| q.purpose == Purpose::Fact);
    let at = facts.clone().position(|question| question.code == QUESTION).ok_or(Missing::NotAsked)?;
    let options = &facts.nth(at).ok_or(Missing::NotAsked)?.options;
    let counts = year.tally()?.facts.get(at).ok_or(Missing::NotAsked)?;
    let answers = || options.iter().zip(counts);
    let late = answers().filter(|(option, _)| LATE.contains(&option.value.as_str()));
    Ok((answers().map(|(_, n)| n).sum(), late.map(|(_, n)| n).sum()))
}

fn agreement(said: &Reading, recorded: f64) -> Agreement {
    match said.figure() {
        None => Agreement::Unknown,
        Some(figure) if figure.low > recorded => Agreement::MoreSaid,
        Some(figure) if figure.high < recorded => Agreement::FewerSaid,
        Some(_) => Agreement::Agree,
    }
}
