//! `/admin/releases`: the list; two compared; the figures of any as a file.

use super::{answer, let_read};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{
    ComparedUnit, ComparisonPage, DecidedLine, ReleaseKind, ReleaseLine, ReleasesPage, render_comparison,
    render_releases,
};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::language::Words;
use domain::period::{Month, Period};
use domain::report::{ProvinceReport, ReleaseStamp};
use store::exclusion::Decision;
use store::release::Release;
use usecase::UsecaseError;
use usecase::calendar;
use usecase::office::DEMO_START;
use usecase::registry::Province;
use usecase::release_compare::{Pair, compare};
use usecase::release_list::{Change, list_changes};

/// Releases on a page.
const MOST: usize = 30;
/// Releases offered for a comparison.
const OFFERED: usize = 200;
/// Characters of a hash that pages print.
const HEAD: usize = 12;

/// `GET /admin/releases`.
pub async fn releases(State(state): State<Shared>, reader: Reader) -> Response {
    let page = list(&state, &reader).await;
    answer(&state, &reader, page)
}

async fn list(state: &Shared, reader: &Reader) -> Result<Response, Failure> {
    let_read(reader)?;
    let before: Option<i64> = reader.query.word("before")?;
    let page = page(state, reader, before).await.map_err(|error| Failure::from_error(&error, state))?;
    Ok(html(StatusCode::OK, render_releases(&page, &reader.frame(state))))
}

async fn page(state: &Shared, reader: &Reader, before: Option<i64>) -> Result<ReleasesPage, UsecaseError> {
    let (office, province) = (&state.office, &reader.province);
    let (changes, older) = list_changes(office, province, before, MOST).await?;
    let all = office.store.releases(province.tenant).await?;
    let decided = decided(state, province).await?;
    let counted = office.store.waiting_counted_on(province.tenant).await?;
    let tens: i64 = office.store.waiting(province.tenant).await?.iter().map(|count| count.tens).sum();
    Ok(ReleasesPage {
        lines: changes.into_iter().map(|change| line(province, change, &decided)).collect(),
        newest: all.first().map(stamp),
        all: all.iter().take(OFFERED).map(|one| (one.number.unsigned_abs(), one.scheduled)).collect(),
        older: older.map(i64::unsigned_abs),
        waiting: counted.map(|_| tens.unsigned_abs()),
        next_run: calendar::next_after(office.today()),
        corrections: all.iter().filter(|one| one.kind == "exclusion").count() as u64,
        province_code: province.unit(province.root).map(|unit| unit.code.clone()).unwrap_or_default(),
        demo: office.is_demo(),
    })
}

fn stamp(release: &Release) -> ReleaseStamp {
    ReleaseStamp {
        number: release.number.unsigned_abs(),
        dated: release.scheduled,
        head: release.hash.chars().take(HEAD).collect(),
    }
}

/// Every decision with its release.
async fn decided(state: &Shared, province: &Province) -> Result<Vec<(i64, DecidedLine)>, UsecaseError> {
    let store = &state.office.store;
    let decisions = store.decisions(province.tenant).await?;
    let mut people = Vec::new();
    for survey in province.surveys().iter().filter(|_| !decisions.is_empty()) {
        let parts = store.flag_parts(province.tenant, survey.survey.id).await?;
        people.extend(parts.into_iter().map(|(key, n, _)| (key, n)));
    }
    let line = |decision: Decision| {
        let part = &decision.part;
        let n = people.iter().find(|(key, _)| key == part).map_or(0, |(_, n)| *n);
        let line = DecidedLine {
            excludes: decision.excludes,
            unit: province.unit(part.group.unit)?.name.clone(),
            band: part.band.clone(),
            trust: part.group.trust,
            months: (Month::from_number(part.months.0)?, Month::from_number(part.months.1)?),
            n: n.unsigned_abs(),
            reason: decision.reason,
        };
        Some((decision.release, line))
    };
    Ok(decisions.into_iter().filter_map(line).collect())
}

fn line(province: &Province, change: Change, decided: &[(i64, DecidedLine)]) -> ReleaseLine {
    let names = province.units().filter(|unit| change.first.contains(&unit.id));
    let own = decided.iter().filter(|(number, _)| *number == change.release.number);
    let first: Vec<Words> = names.map(|unit| unit.name.clone()).collect();
    ReleaseLine {
        stamp: stamp(&change.release),
        kind: match change.release.kind.as_str() {
            "import" => ReleaseKind::Import,
            "exclusion" => ReleaseKind::Exclusion,
            _ => ReleaseKind::Fold,
        },
        grown: change.grown.into_iter().map(|(trust, n)| (trust, n.unsigned_abs())).collect(),
        units: change.units.len() as u64,
        first,
        parts: change.parts as u64,
        decided: own.map(|(_, line)| line.clone()).collect(),
    }
}

/// `GET /admin/releases/compare?a=&b=`.
pub async fn comparison(State(state): State<Shared>, reader: Reader) -> Response {
    let page = draw_comparison(&state, &reader).await;
    answer(&state, &reader, page)
}

async fn draw_comparison(state: &Shared, reader: &Reader) -> Result<Response, Failure> {
    let_read(reader)?;
    let query = &reader.query;
    let number = |name: &str| query.word::<i64>(name)?.ok_or_else(|| Failure::bad_value(name, ""));
    let (a, b) = (number("a")?, number("b")?);
    if let Some(text) = query.get("period")
        && Period::parse(text, Month::of(DEMO_START)).is_err()
    {
        return Err(Failure::bad_value("period", text));
    }
    let pair = Pair {
        earlier: a.min(b),
        later: a.max(b),
        survey: query.get("survey").map(str::to_owned),
        period: query.get("period").map(str::to_owned),
        trust: query.word("trust")?,
    };
    let read = compare(&state.office, &reader.province, &reader.scope, &pair).await;
    let (earlier, later) = read.map_err(|error| Failure::from_error(&error, state))?;
    let page = join(earlier, later).ok_or(Failure::NotFound)?;
    Ok(html(StatusCode::OK, render_comparison(&page, &reader.frame(state))))
}

fn join(earlier: ProvinceReport, later: ProvinceReport) -> Option<ComparisonPage> {
    let groups = later.groups.into_iter().map(|group| {
        let old = earlier.groups.iter().find(|old| old.kind == group.kind).map(|old| &old.units);
        let units = group.units.into_iter().filter_map(|line| {
            let before = old?.iter().find(|one| one.unit == line.unit)?;
            Some(ComparedUnit { unit: line.unit, earlier: before.headline.clone(), later: line.headline })
        });
        (group.kind, units.collect())
    });
    let groups = groups.collect();
    Some(ComparisonPage {
        earlier: earlier.setting.release?,
        later: later.setting.release.clone()?,
        setting: later.setting,
        groups,
    })
}
