//! Every figure of a release as rows of a file: what the pages show, and nothing else.

use super::node::{Definition, NodeRef, code_of, nodes_of};
use super::read::Wanted;
use super::table::{Level, PeriodTable, load};
use crate::error::UsecaseError;
use crate::office::{Office, write_day};
use crate::registry::{Province, RunningSurvey};
use domain::period::{Month, Period};
use domain::reading::{Figure, Reading};
use domain::unit::Unit;
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

/// Digits of what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Index and bounds to 0.1, standard errors to 0.01: what may leave the province.
    Published,
    /// Everything; for the province's own use, audited.
    Exact,
}

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
    row: &mut (dyn FnMut(&[String]) -> std::io::Result<()> + Send),
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
    row: &mut (dyn FnMut(&[String]) -> std::io::Result<()> + Send),
) -> Result<usize, UsecaseError> {
    let table = load(office, province, survey, *period, release).await?;
    let sheet = Sheet { release, survey, period: *period, table: &table, precision };
    let lines = sheet.rows(province);
    for cells in &lines {
        row(cells).map_err(|source| UsecaseError::Read { path: "the output".into(), source })?;
    }
    Ok(lines.len())
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
    precision: Precision,
}

impl Sheet<'_> {
    fn rows(&self, province: &Province) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for level in self.table.cells.keys() {
            for unit in province.units() {
                let is_root = unit.id == province.root;
                if !is_root && self.table.combined(level, unit.id).is_none() {
                    continue;
                }
                for (code, definition) in self.definitions() {
                    for node in self.nodes(definition) {
                        let wanted = Wanted { table: self.table, level, definition, node };
                        let reading = if is_root {
                            wanted.of_units(|_| true)
                        } else {
                            wanted.of_unit(unit.id, unit.kind)
                        };
                        rows.push(self.row(level, unit, &code, node, &reading));
                    }
                }
            }
        }
        rows
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
                (Definition::AllSatisfied, NodeRef::Node(_)) | (Definition::Pooled, _) => true,
                _ => false,
            })
            .collect()
    }

    fn row(
        &self,
        level: &Level,
        unit: &Unit,
        definition: &str,
        node: NodeRef,
        reading: &Reading,
    ) -> Vec<String> {
        let survey = &self.survey.survey;
        let mode = level.mixture.as_ref().map_or_else(|| "all".to_owned(), |name| format!("mixture:{name}"));
        let route = if self.survey.questions.instrument.pages.is_empty() { "imported" } else { "done" };
        let route = if level.variant == domain::survey::Variant::Kiosk { "kiosk" } else { route };
        let mut row: Vec<String> = vec![
            self.release.to_string(),
            survey.code.clone(),
            format!("{} {}", survey.instrument, survey.instrument_version),
            level.variant.to_string(),
            route.into(),
            definition.into(),
            unit.code.clone(),
            unit.name.vi.clone(),
            write_day(unit.valid_from),
            level.trust.to_string(),
            mode,
            "all".into(),
            String::new(),
            code_of(&self.survey.questions, node),
            self.period.to_string(),
        ];
        match reading {
            Reading::Figure(figure) => {
                row.extend(self.figure(figure));
                row.push(
                    figure.caveats.iter().map(domain::reading::Caveat::code).collect::<Vec<_>>().join(" "),
                );
                row.push(String::new());
            }
            Reading::Withheld(reason) => {
                row.resize(COLUMNS.len() - 1, String::new());
                row.push(reason.code().into());
            }
        }
        row
    }

    fn figure(&self, figure: &Figure) -> Vec<String> {
        let points = |x: f64| self.number(x, 1);
        let error = |x: Option<f64>| x.map(|x| self.number(x, 2)).unwrap_or_default();
        let score = figure.score;
        let part = |f: &dyn Fn(&domain::reading::Score) -> String| score.as_ref().map(f).unwrap_or_default();
        vec![
            figure.n.to_string(),
            figure.answers.to_string(),
            points(figure.index),
            points(figure.low),
            points(figure.high),
            error(figure.se),
            figure.df.to_string(),
            points(figure.plain.0),
            points(figure.plain.1),
            part(&|s| points(s.mean)),
            part(&|s| s.n.to_string()),
            part(&|s| points(s.low)),
            part(&|s| points(s.high)),
            part(&|s| error(s.se)),
            part(&|s| s.df.to_string()),
            points(figure.blank_share),
            points(figure.na_share),
        ]
    }

    /// Half away from zero, as the pages round.
    fn number(&self, x: f64, digits: i32) -> String {
        match self.precision {
            Precision::Exact => format!("{x}"),
            Precision::Published => {
                let scale = 10_f64.powi(digits);
                format!("{:.*}", usize::try_from(digits).unwrap_or(0), (x * scale).round() / scale)
            }
        }
    }
}
