//! Every figure of a release as rows of a file: what the pages show, and nothing else.

mod row;

pub use row::Precision;

use super::node::{Definition, NodeRef, code_of, nodes_of};
use super::read::Wanted;
use super::table::{Combined, Level, PeriodTable, read_table};
use crate::error::UsecaseError;
use crate::export::TakeRow;
use crate::office::{Office, write_day};
use crate::registry::{Province, RunningSurvey};
use domain::period::{Month, Period};
use domain::reading::Reading;
use domain::unit::Unit;
use row::Row;
use std::sync::Arc;

/// The columns, in the order of the contract.
pub const COLUMNS: [&str; 34] = [
    "release",
    "survey",
    "instrument",
    "variant",
    "route",
    "definition",
    "unit",
    "unit_name",
    "valid_from",
    "trust",
    "mode",
    "dimension",
    "band",
    "node",
    "period",
    "n",
    "answers",
    "index",
    "low",
    "high",
    "se",
    "df",
    "low_plain",
    "high_plain",
    "score",
    "score_n",
    "score_low",
    "score_high",
    "score_se",
    "score_df",
    "blank_share",
    "na_share",
    "caveats",
    "withheld",
];

/// What a file is written in: one survey in one period.
pub type Piece = (Arc<RunningSurvey>, Period);

/// Writes all rows of a release, one survey and period after another, to `row`.
///
/// # Errors
/// Where the database is away, or `row` refuses.
pub async fn write_aggregates(
    office: &Office,
    province: &Province,
    release: i64,
    precision: Precision,
    row: &mut TakeRow<'_>,
) -> Result<usize, UsecaseError> {
    let mut rows = 0;
    for piece in pieces(office, province, release).await? {
        rows += write_piece(office, province, (release, precision), &piece, row).await?;
    }
    Ok(rows)
}

/// The pieces of a release's file, in their order.
///
/// # Errors
/// Where the database is away.
pub async fn pieces(office: &Office, province: &Province, release: i64) -> Result<Vec<Piece>, UsecaseError> {
    let mut pieces = Vec::new();
    for survey in province.surveys() {
        let months = office.store.months_with_figures(province.tenant, survey.survey.id, release).await?;
        let months: Vec<Month> = months.into_iter().filter_map(Month::from_number).collect();
        pieces.extend(periods(&months).into_iter().map(|period| (survey.clone(), period)));
    }
    Ok(pieces)
}

/// Writes the rows of a piece to `row`, and says how many.
///
/// # Errors
/// Where the database is away, or `row` refuses.
pub async fn write_piece(
    office: &Office,
    province: &Province,
    (release, precision): (i64, Precision),
    (survey, period): &Piece,
    row: &mut TakeRow<'_>,
) -> Result<usize, UsecaseError> {
    // Not kept for pages: a file asks for every period once, and for most of them never again.
    let table = read_table(office, province, survey, *period, release).await?;
    let sheet = Sheet { release, survey, period: *period, table: &table };
    let written = sheet.write(province, precision, row);
    written.map_err(|source| UsecaseError::Read { path: "the output".into(), source })
}

fn periods(months: &[Month]) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    for month in months {
        for period in [
            Period::Month(*month),
            Period::Quarter(month.year(), month.quarter()),
            Period::Year(month.year()),
        ] {
            if !periods.contains(&period) {
                periods.push(period);
            }
        }
    }
    periods
}

struct Sheet<'a> {
    release: i64,
    survey: &'a Arc<RunningSurvey>,
    period: Period,
    table: &'a PeriodTable,
}

impl Sheet<'_> {
    /// Writes row after row; nothing but the table and one row is in memory.
    fn write(
        &self,
        province: &Province,
        precision: Precision,
        take: &mut TakeRow<'_>,
    ) -> std::io::Result<usize> {
        let mut rows = 0;
        let columns = self.definitions().into_iter().map(|(code, definition)| {
            let nodes = self.nodes(definition).into_iter();
            let named = nodes.map(|node| (node, code_of(&self.survey.questions, node)));
            (code, definition, named.collect::<Vec<_>>())
        });
        let columns: Vec<_> = columns.collect();
        let mut row = Row::new(precision);
        for level in self.table.cells.keys() {
            for unit in province.units() {
                let is_root = unit.id == province.root;
                if !is_root && self.table.combined(level, unit.id).is_none() {
                    continue;
                }
                self.name(&mut row, level, unit);
                for (code, definition, nodes) in &columns {
                    for (node, name) in nodes {
                        let wanted =
                            Wanted { table: self.table, level, definition: *definition, node: *node };
                        let reading = if *definition == Definition::Points {
                            self.points(level, (!is_root).then_some(unit), *node)
                        } else if is_root {
                            wanted.of_units(|_| true)
                        } else {
                            wanted.of_unit(unit.id, unit.kind)
                        };
                        row.set("definition", code);
                        row.set("node", name);
                        row.read(&reading);
                        take(row.cells())?;
                        rows += 1;
                    }
                }
            }
        }
        Ok(rows)
    }

    /// Index, bounds and standard error of such a row are points.
    fn points(&self, level: &Level, unit: Option<&Unit>, node: NodeRef) -> Reading {
        let all = self.table.units(level).filter(|(id, _, _)| unit.is_none_or(|unit| unit.id == *id));
        let units: Vec<&Combined> = all.map(|(_, _, combined)| combined).collect();
        super::points::reading(self.table, level, &units, node)
    }

    /// What all rows of a unit at a level begin with.
    fn name(&self, row: &mut Row, level: &Level, unit: &Unit) {
        let survey = &self.survey.survey;
        let mode = level.mixture.as_ref().map_or_else(|| "all".to_owned(), |name| format!("mixture:{name}"));
        let route = if self.survey.questions.instrument.pages.is_empty() { "imported" } else { "done" };
        let route = if level.variant == domain::survey::Variant::Kiosk { "kiosk" } else { route };
        row.set("release", &self.release.to_string());
        row.set("survey", &survey.code);
        row.set("instrument", &format!("{} {}", survey.instrument, survey.instrument_version));
        row.set("variant", level.variant.code());
        row.set("route", route);
        row.set("unit", &unit.code);
        row.set("unit_name", &unit.name.vi);
        row.set("valid_from", &write_day(unit.valid_from));
        row.set("trust", level.trust.code());
        row.set("mode", &mode);
        row.set("dimension", "all");
        row.set("band", "");
        row.set("period", &self.period.to_string());
    }

    fn definitions(&self) -> Vec<(String, Definition)> {
        let instrument = &self.survey.questions.instrument;
        let codes = instrument.definitions.iter();
        let indices =
            codes.filter(|(_, formula)| !matches!(formula, domain::instrument::Definition::MeanScore));
        indices.map(|(code, _)| (code.clone(), Definition::of(&self.survey.questions, code))).collect()
    }

    /// A composite differs from the pooled share only where factors are joined.
    fn nodes(&self, definition: Definition) -> Vec<NodeRef> {
        let questions = &self.survey.questions;
        let joins = |code: &str| ["all", "deciding", "receiving"].contains(&code);
        nodes_of(questions)
            .into_iter()
            .filter(|node| match (definition, node) {
                (Definition::Composite, NodeRef::Node(_)) => joins(&code_of(questions, *node)),
                (Definition::Points, NodeRef::Node(_)) => code_of(questions, *node) == "all",
                (Definition::AllSatisfied, NodeRef::Node(_))
                | (Definition::Points, NodeRef::Item(_))
                | (Definition::Pooled, _) => true,
                _ => false,
            })
            .collect()
    }
}
