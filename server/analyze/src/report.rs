//! The analysis of a survey: its figures, for everybody and by groups, as text and as JSON.
//!
//! Other parts of the analysis (comparison, ranks, quality) add a [`Section`] each, by a line in
//! `SECTIONS`.

mod comparison;
mod drivers;
mod groups;
mod large;
mod quality;
mod ranks;
mod text;

use crate::AnalyzeError;
use crate::description::Plan;
use crate::figures::{Codes, Inside, average, domain, index};
use crate::survey::Survey;
use serde_json::{Value, json};
use stats::design::Lonely;
use stats::interval::{kg_cap, korn_graubard, logit_t, score_t, wald_t, wilson_t};
use stats::linearised::{Linearised, element_variance, pooled};
use stats::{Estimate, Interval, Unavailable};
use std::collections::BTreeSet;

/// What the intervals leave out; part of every report.
pub const NOT_COVERED: [&str; 4] = [
    "Intervals cover the chance of who was drawn, or, where nobody was drawn, of who answered among people alike.",
    "They do not cover people who never answer and think otherwise, wrong or insincere answers, or several answers of one person.",
    "Answers of one person count as one observation; a share of answers is more precise than its number of respondents suggests only as far as the data say so.",
    "Intervals of many groups side by side are no test of their differences.",
];

/// A further part of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its name, also in the JSON.
    pub name: &'static str,
    /// Lines of text.
    pub lines: Vec<String>,
    /// The same for machines.
    pub value: Value,
}

/// Computes a section; `None` where the survey has nothing for it.
type Compute = fn(&Survey<'_>) -> Result<Option<Section>, AnalyzeError>;

/// The further parts, in their order. They look at rows, so a large file ([`Report::of_file`]) has
/// none of them.
const SECTIONS: &[Compute] = &[comparison::section, ranks::section, quality::section];

/// What a figure is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// A fraction, shown in per cent.
    Share,
    /// Points 0..100.
    Score,
}

/// A figure with its precision.
#[derive(Debug, Clone, PartialEq)]
pub struct Precise {
    /// Estimate, standard error, degrees of freedom, respondents, answers.
    pub estimate: Estimate,
    /// Intervals by name; the first is the one to show.
    pub intervals: Vec<(&'static str, Option<Interval>)>,
    /// The design effect; none for shares of answers, whose single values are no observations.
    pub deff: Option<f64>,
}

/// A line of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The column and its value; `None` for everybody.
    pub group: Option<(String, String)>,
    /// The statistic, by its name in the reference cases.
    pub statistic: &'static str,
    /// The factor, the item, or ALL.
    pub over: String,
    /// The unit.
    pub scale: Scale,
    /// The figure, or why there is none.
    pub figure: Result<Precise, Unavailable>,
}

/// The whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Rows of the file.
    pub respondents: usize,
    /// Items.
    pub items: usize,
    /// The level of the intervals.
    pub level: f64,
    /// How the sample was drawn and weighted, in words.
    pub design: Vec<String>,
    /// What the reader must know before using a figure.
    pub warnings: Vec<String>,
    /// The figures.
    pub lines: Vec<Line>,
    /// Further parts.
    pub sections: Vec<Section>,
}

impl Report {
    /// Computes everything.
    ///
    /// # Errors
    ///
    /// What is wrong with the responses, with line and column.
    pub fn of(survey: &Survey<'_>) -> Result<Self, AnalyzeError> {
        let mut lines = figures(survey, None)?;
        for name in &survey.description.by {
            for value in values(survey, name)? {
                lines.extend(figures(survey, Some(&(name.clone(), value)))?);
            }
        }
        let sections = SECTIONS.iter().filter_map(|compute| compute(survey).transpose());
        Ok(Self {
            respondents: survey.sample.rows.len(),
            items: survey.items.len(),
            level: survey.description.level,
            design: design(&survey.description.plan, survey.fitted.as_ref()),
            warnings: warnings(lonely(survey)?, survey.sample.lonely, &lines),
            sections: sections.collect::<Result<_, _>>()?,
            lines,
        })
    }

    /// For people.
    #[must_use]
    pub fn to_text(&self) -> String {
        text::write(self)
    }

    /// For machines: fractions for shares, points for scores, nothing rounded.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let sections: serde_json::Map<String, Value> =
            self.sections.iter().map(|section| (section.name.to_owned(), section.value.clone())).collect();
        json!({
            "respondents": self.respondents,
            "items": self.items,
            "level": self.level,
            "design": self.design,
            "warnings": self.warnings,
            "not_covered": NOT_COVERED,
            "figures": self.lines.iter().map(Line::to_json).collect::<Vec<_>>(),
            "sections": sections,
        })
    }
}

impl Line {
    fn to_json(&self) -> Value {
        let group = self.group.as_ref().map(|(name, value)| json!({ name.as_str(): value }));
        let mut line = json!({
            "domain": group.unwrap_or_else(|| json!({})),
            "stat": self.statistic,
            "over": self.over,
        });
        let limits = |interval: &Interval| json!({"lo": interval.low, "hi": interval.high});
        match &self.figure {
            Err(reason) => {
                line["est"] = Value::Null;
                line["reason"] = json!(reason.to_string());
            }
            Ok(Precise { estimate, intervals, deff }) => {
                line["est"] = json!(estimate.est);
                line["se"] = json!(estimate.se);
                line["df"] = json!(estimate.df);
                line["n"] = json!(estimate.n);
                line["answers"] = json!(estimate.answers);
                line["deff"] = json!(deff);
                let ci: serde_json::Map<String, Value> = intervals
                    .iter()
                    .map(|(name, interval)| ((*name).to_owned(), json!(interval.as_ref().map(limits))))
                    .collect();
                line["ci"] = Value::Object(ci);
            }
        }
        line
    }
}

/// The values of a column, in alphabetical order; blanks form no group.
fn values(survey: &Survey<'_>, name: &str) -> Result<BTreeSet<String>, AnalyzeError> {
    let column = survey.sample.table.column(name)?;
    let texts = survey.sample.rows.iter().map(|row| column.text(*row).trim().to_owned());
    Ok(texts.filter(|text| !text.is_empty()).collect())
}

/// All figures of a group.
fn figures(survey: &Survey<'_>, group: Option<&(String, String)>) -> Result<Vec<Line>, AnalyzeError> {
    let wanted = group.map_or(Value::Null, |(name, value)| json!({ name.as_str(): value }));
    let inside = domain(&survey.sample, &wanted)?;
    let mut lines = Vec::new();
    let nodes = survey.description.factors.iter().map(|(name, items)| (name.as_str(), items));
    for (over, items) in nodes.chain([("ALL", &survey.items)]) {
        lines.extend(node(survey, &inside, over, items)?);
    }
    lines.extend(composites(survey, &inside)?);
    let overall = &survey.description.overall;
    if survey.sample.table.header().contains(overall) {
        let yes = Codes::of(&survey.sample, std::slice::from_ref(overall))?.satisfied(&inside);
        lines.push(of_values(survey, "share_binary", overall, &yes, Scale::Share));
    }
    for line in &mut lines {
        line.group = group.cloned();
    }
    Ok(lines)
}

/// The figures of a node: pooled share, everything satisfied, mean score.
fn node(
    survey: &Survey<'_>,
    inside: &Inside,
    over: &str,
    items: &[String],
) -> Result<[Line; 3], AnalyzeError> {
    let codes = Codes::of(&survey.sample, items)?;
    let share = pooled(survey.sample.design.weights(), &codes.tallies(inside));
    Ok([
        line(survey, "share_pooled", over, Scale::Share, share, None),
        of_values(survey, "all_satisfied", over, &codes.all_satisfied(inside), Scale::Share),
        of_values(survey, "score_mean", over, &codes.scores(inside), Scale::Score),
    ])
}

/// The composites with equal weights and with weights by the number of items.
fn composites(survey: &Survey<'_>, inside: &Inside) -> Result<Vec<Line>, AnalyzeError> {
    let factors = &survey.description.factors;
    if factors.is_empty() {
        return Ok(Vec::new());
    }
    let weigh = |over: &str, weight: fn(&[String]) -> f64| {
        let parts: Vec<(f64, &[String])> =
            factors.iter().map(|(_, items)| (weight(items), items.as_slice())).collect();
        let result = index(&survey.sample, &parts, &survey.items, inside)?;
        Ok(line(survey, "index_composite", over, Scale::Share, result, None))
    };
    Ok(vec![weigh("equal", |_| 1.0)?, weigh("by_items", |items| items.len() as f64)?])
}

fn of_values(
    survey: &Survey<'_>,
    statistic: &'static str,
    over: &str,
    values: &[Option<f64>],
    scale: Scale,
) -> Line {
    line(survey, statistic, over, scale, average(&survey.sample, values), Some(values))
}

fn line(
    survey: &Survey<'_>,
    statistic: &'static str,
    over: &str,
    scale: Scale,
    result: Result<Linearised, Unavailable>,
    values: Option<&[Option<f64>]>,
) -> Line {
    let (sample, level) = (&survey.sample, survey.description.level);
    let figure = result.map(|figure| {
        let estimate = sample.design.estimate(&figure, sample.lonely);
        let spread = values.and_then(|values| element_variance(sample.design.weights(), values));
        precise(estimate, spread, scale, values.is_some(), level)
    });
    Line { group: None, statistic, over: over.to_owned(), scale, figure }
}

/// An estimate with its intervals; `spread` is the variance of single values, `single` whether
/// single values are observations.
fn precise(estimate: Estimate, spread: Option<f64>, scale: Scale, single: bool, level: f64) -> Precise {
    let mut intervals = match scale {
        Scale::Score => vec![("wald_t", score_t(&estimate, level))],
        Scale::Share => vec![
            ("wilson_t", wilson_t(&estimate, level)),
            ("logit_t", logit_t(&estimate, level)),
            ("wald_t", wald_t(&estimate, level)),
            ("beta", korn_graubard(&estimate, level)),
        ],
    };
    if single && scale == Scale::Share {
        intervals.push(("kg_cap", kg_cap(&estimate, level)));
    }
    Precise { estimate, intervals, deff: spread.and_then(|spread| estimate.design_effect(spread)) }
}

/// The design in words.
fn design(plan: &Plan, fitted: Option<&String>) -> Vec<String> {
    let named =
        |list: &[String], none: &str| if list.is_empty() { none.to_owned() } else { list.join(", then ") };
    let mut words = vec![
        format!("strata: {}", named(&plan.strata, "none")),
        format!("clusters: {}", named(&plan.clusters, "none, every respondent drawn alone")),
        format!("finite population: {}", named(&plan.sizes, "not used")),
        format!("weights: {}", plan.weights.as_deref().unwrap_or("equal within the design")),
    ];
    words.extend(fitted.cloned());
    words
}

/// The strata with a single cluster.
fn lonely(survey: &Survey<'_>) -> Result<Vec<String>, AnalyzeError> {
    let mut names = Vec::new();
    for row in survey.sample.design.lonely_rows() {
        let row = survey.sample.rows.get(row).copied().unwrap_or(0);
        names.push(match survey.description.plan.strata.first() {
            Some(name) => format!("{name} {}", survey.sample.table.column(name)?.text(row)),
            None => "the whole sample".to_owned(),
        });
    }
    Ok(names)
}

/// What must be said beside the figures.
fn warnings(lonely: Vec<String>, rule: Lonely, lines: &[Line]) -> Vec<String> {
    let rule = words(rule);
    let said =
        |name| format!("stratum with a single cluster: {name}; its spread is not known (rule: {rule})");
    let mut warnings: Vec<String> = lonely.into_iter().map(said).collect();
    let precise = |line: &&Line| line.figure.as_ref().is_ok_and(|precise| precise.estimate.df < 8);
    let few: BTreeSet<String> = lines.iter().filter(precise).map(group_name).collect();
    if !few.is_empty() {
        let groups = few.into_iter().collect::<Vec<_>>().join("; ");
        warnings.push(format!("fewer than 8 degrees of freedom, intervals are rough: {groups}"));
    }
    warnings
}

fn words(rule: Lonely) -> &'static str {
    match rule {
        Lonely::Fail => "fail, no standard error",
        Lonely::Adjust => "adjust, conservative",
        Lonely::Certainty => "certainty, no variance of its own",
        Lonely::Average => "average of the other strata",
    }
}

/// A group in words.
fn group_name(line: &Line) -> String {
    line.group.as_ref().map_or_else(|| "everybody".to_owned(), |(name, value)| format!("{name} = {value}"))
}
