//! What the figures of many units bear: `/p/{province}/analysis`, and `/planner`.

use crate::failure::Failure;
use crate::http::figures::{question, unit_named};
use crate::http::page::{Reader, html};
use crate::http::query::Query;
use crate::state::Shared;
use app::console::{SHARINGS, render_analysis, render_planner, sharing_word};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::report::analysis::Step;
use domain::report::planner::Plan;
use domain::right::Actor;
use domain::unit::UnitKind;
use std::ops::RangeInclusive;
use usecase::figures::{AnalysisView, read_analysis, read_planner};
use usecase::office::parse_day;

/// Points that a rule may give at most.
const MOST: RangeInclusive<f64> = 0.1..=1000.0;
/// Differences and precisions in points.
const POINTS: RangeInclusive<f64> = 0.5..=50.0;
/// Probabilities in per cent; below one half nothing is planned.
const POWER: RangeInclusive<f64> = 50.0..=99.0;
/// Answers that can be shared out.
const ANSWERS: RangeInclusive<u64> = 1..=100_000_000;
/// The smallest number of answers of a unit.
const LEAST: RangeInclusive<u64> = 0..=100_000;

/// `GET /p/{province}/analysis`.
pub async fn analysis(State(state): State<Shared>, Path(code): Path<String>, reader: Reader) -> Response {
    match draw_analysis(&state, &reader, &code).await {
        Ok(body) => html(StatusCode::OK, body),
        Err(failure) => reader.fail(&state, &failure),
    }
}

async fn draw_analysis(state: &Shared, reader: &Reader, code: &str) -> Result<String, Failure> {
    let unit = unit_named(state, reader, code).map_err(|_| Failure::NotFound)?;
    if unit.id != reader.province.root {
        return Err(Failure::NotFound);
    }
    if !reader.scope.covers_the_province() {
        return Err(Failure::Forbidden);
    }
    let asked = (&question(&reader.query)?, &view(&reader.query)?);
    let who = Actor::from(&reader.principal);
    let report = read_analysis(&state.office, &reader.province, &reader.scope, &who, asked).await;
    let report = report.map_err(|error| Failure::from_error(&error, state))?;
    Ok(render_analysis(&report, &reader.frame(state)))
}

/// `GET /planner`.
pub async fn planner(State(state): State<Shared>, reader: Reader) -> Response {
    match draw_planner(&state, &reader).await {
        Ok(body) => html(StatusCode::OK, body),
        Err(failure) => reader.fail(&state, &failure),
    }
}

async fn draw_planner(state: &Shared, reader: &Reader) -> Result<String, Failure> {
    if !reader.scope.covers_the_province() {
        return Err(Failure::Forbidden);
    }
    let (question, plan) = (question(&reader.query)?, plan(&reader.query)?);
    let report = read_planner(&state.office, &reader.province, &reader.scope, &question, &plan).await;
    let report = report.map_err(|error| Failure::from_error(&error, state))?;
    Ok(render_planner(&report, &reader.frame(state)))
}

/// How the analysis is to be shown.
fn view(query: &Query) -> Result<AnalysisView, Failure> {
    let flag = |name: &str, word: &str| match query.get(name) {
        None => Ok(false),
        Some(said) if said == word => Ok(true),
        Some(other) => Err(Failure::bad_value(name, other)),
    };
    let day = |text: &str| parse_day(text).ok_or_else(|| Failure::bad_value("as_of", text));
    Ok(AnalysisView {
        kind: query.word::<UnitKind>("kind")?,
        as_of: query.get("as_of").map(day).transpose()?,
        ranks: flag("ranks", "1")?,
        most: number(query, "max", MOST)?,
        unit: query.get("of").map(str::to_owned),
        step: if flag("by", "quarter")? { Step::Quarter } else { Step::Month },
        of_index: flag("figure", "index")?,
    })
}

/// What is planned for; everything may be left open.
fn plan(query: &Query) -> Result<Plan, Failure> {
    let sharing = query.get("rule").map(|word| {
        let known = SHARINGS.into_iter().find(|sharing| sharing_word(*sharing) == word);
        known.ok_or_else(|| Failure::bad_value("rule", word))
    });
    Ok(Plan {
        kind: query.word::<UnitKind>("kind")?.unwrap_or(UnitKind::Commune),
        difference: number(query, "d", POINTS)?.unwrap_or(5.0),
        power: number(query, "power", POWER)?.unwrap_or(80.0),
        precision: number(query, "e", POINTS)?.unwrap_or(5.0),
        total: whole(query, "total", ANSWERS)?,
        sharing: sharing.transpose()?.unwrap_or_default(),
        least: whole(query, "least", LEAST)?.unwrap_or(60),
    })
}

/// A number as people type it: 2,5 is 2.5.
fn number(query: &Query, name: &str, range: RangeInclusive<f64>) -> Result<Option<f64>, Failure> {
    let parse = |text: &str| {
        let number = text.trim().replace(',', ".").parse().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| Failure::bad_value(name, text))
    };
    query.get(name).map(parse).transpose()
}

/// A count as people type it: 12.000 is twelve thousand.
fn whole(query: &Query, name: &str, range: RangeInclusive<u64>) -> Result<Option<u64>, Failure> {
    let parse = |text: &str| {
        let digits: String =
            text.chars().filter(|letter| !matches!(letter, '.' | ',' | ' ' | '\u{a0}')).collect();
        digits.parse().ok().filter(|n| range.contains(n)).ok_or_else(|| Failure::bad_value(name, text))
    };
    query.get(name).map(parse).transpose()
}

#[cfg(test)]
mod tests {
    use super::{plan, view};
    use crate::http::query::Query;
    use domain::report::planner::Sharing;

    fn query(text: &str) -> Query {
        Query::of(&format!("/planner?{text}").parse().unwrap()).unwrap()
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let plan = plan(&query("d=2,5&power=90&total=12.000&rule=neyman&least=0")).unwrap();
        assert!((plan.difference - 2.5).abs() < 1e-12 && (plan.power - 90.0).abs() < 1e-12);
        assert_eq!((plan.total, plan.sharing, plan.least), (Some(12_000), Sharing::Neyman, 0));
        assert_eq!(view(&query("ranks=1&max=7,5")).unwrap().most, Some(7.5));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for text in
            ["d=0", "d=NaN", "d=inf", "power=100", "e=-1", "total=-3", "total=x", "rule=best", "kind=moon"]
        {
            assert!(plan(&query(text)).is_err(), "{text}");
        }
        for text in ["ranks=yes", "max=0", "max=1e9", "by=week", "figure=score", "as_of=today"] {
            assert!(view(&query(text)).is_err(), "{text}");
        }
    }
}
