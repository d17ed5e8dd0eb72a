//! Intervals against the truth: answers of known people go through the fold's counting and the pages'
//! figures, without a database, again and again. 95 of 100 intervals of the verified level must hold the
//! truth; those of people who chose themselves must not seem to.

use super::place::Stage;
use domain::instrument::Definition as Formula;
use domain::reading::Figure;
use domain::survey::{Group, Trust, Variant};
use domain::tally::Tally;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::Arc;
use usecase::demo::generate::Generator;
use usecase::demo::plan::Plan;
use usecase::demo::truth::Truth;
use usecase::figures::{Definition, Level, NodeRef, PeriodTable, reading_of};
use usecase::fold::count;
use usecase::registry::{Province, RunningSurvey};

/// Answers of a year, as many as a demo has; a month of it has about ninety verified ones with a result of
/// a usual unit.
const ANSWERS: usize = 200_000;
/// The month that is simulated, in which one unit has been getting worse for half a year.
const MONTH: usize = 11;
/// The commune that somebody called complaints together for.
const CALLED: usize = 3;

/// How often a figure's interval held the truth.
#[derive(Debug, Clone, Copy, Default)]
struct Kept {
    intervals: u32,
    held: u32,
    above: u32,
    /// Without the floor borrowed from peers.
    plainly: u32,
    width: f64,
}

impl Kept {
    fn add(&mut self, figure: &Figure, truth: f64) {
        self.intervals += 1;
        self.held += u32::from(figure.low <= truth && truth <= figure.high);
        self.above += u32::from(truth > figure.high);
        self.plainly += u32::from(figure.plain.0 <= truth && truth <= figure.plain.1);
        self.width += figure.high - figure.low;
    }

    fn share(&self) -> f64 {
        100.0 * f64::from(self.held) / f64::from(self.intervals.max(1))
    }
}

/// What all simulations found, by name.
type Findings = BTreeMap<String, Kept>;

/// One month of the demo's plan under one seed, as the pages would see it.
fn month(province: &Province, survey: &Arc<RunningSurvey>, seed: u64) -> (PeriodTable, Plan) {
    let questions = &survey.questions;
    let mut generator = Generator::new(questions, seed);
    let plan = Plan::draw(&mut generator, province);
    let counts = plan.deal(&mut generator, ANSWERS);
    let mut cells: BTreeMap<Group, Tally> = BTreeMap::new();
    for (line, counts) in plan.lines.iter().zip(&counts) {
        let crowd = line.crowd(&generator, MONTH);
        for _ in 0..counts[MONTH] {
            let (kept, _) = generator.answer_of_selected(&crowd, line.selection);
            let cell = cells.entry(kept.group(survey.survey.id));
            count(questions, cell.or_insert_with(|| Tally::empty(&questions.base)), &kept);
        }
    }
    let k = i64::from(survey.survey.k);
    let cells = cells.into_iter().filter(|(_, tally)| tally.n >= k).map(Ok);
    let Ok(table) = PeriodTable::of::<Infallible>(survey, province, cells);
    (table, plan)
}

/// The figures whose truth is known: the headline, the overall question and the factors.
fn nodes(survey: &RunningSurvey) -> Vec<(String, Definition, NodeRef)> {
    let questions = &survey.questions;
    let whole = questions.base.node("all").map(NodeRef::Node);
    let headline = Definition::of(questions, &survey.survey.definition);
    let mut nodes = vec![("overall".to_owned(), Definition::Pooled, NodeRef::Overall)];
    nodes.extend(whole.map(|node| ("all".to_owned(), headline, node)));
    for factor in questions.instrument.contents.iter().flat_map(|content| &content.factors) {
        let node = questions.base.node(&factor.code).map(NodeRef::Node);
        nodes.extend(node.map(|node| (factor.code.clone(), Definition::Pooled, node)));
    }
    nodes
}

fn true_value(survey: &RunningSurvey, truth: &Truth, code: &str) -> f64 {
    let weights = survey.questions.instrument.definitions.values().find_map(|definition| match definition {
        Formula::Composite { weights } => Some(weights),
        _ => None,
    });
    100.0
        * match code {
            "overall" => truth.overall,
            "all" => truth.composite(weights.expect("a composite")),
            factor => truth.factors[factor],
        }
}

/// How many respondents, as the method page groups them.
fn band(n: u64) -> &'static str {
    match n {
        0..30 => "n 10-29",
        30..60 => "n 30-59",
        60..200 => "n 60-199",
        _ => "n 200-",
    }
}

fn look(province: &Province, survey: &Arc<RunningSurvey>, seed: u64, findings: &mut Findings) {
    let (table, plan) = month(province, survey, seed);
    let units: Vec<_> = province.units().filter(|unit| plan.truths.contains_key(&unit.id)).collect();
    for (trust, variant) in [(Trust::Verified, Variant::Full), (Trust::Open, Variant::Full)] {
        let level = Level { trust, mixture: None, variant };
        for (at, unit) in units.iter().enumerate() {
            let truth = plan.truths[&unit.id].in_month(MONTH);
            for (code, definition, node) in nodes(survey) {
                let reading = reading_of(&table, &level, (definition, node), unit);
                let Some(figure) = reading.figure() else { continue };
                let truth = true_value(survey, &truth, &code);
                let called = if trust == Trust::Open && at == CALLED { " called" } else { "" };
                findings.entry(format!("{trust}{called} {code}")).or_default().add(figure, truth);
                if code == "all" && trust == Trust::Verified {
                    let place = format!("{trust} {code} {}", band(figure.n));
                    findings.entry(place).or_default().add(figure, truth);
                }
            }
        }
    }
}

async fn simulate(seeds: std::ops::Range<u64>) -> (Findings, String) {
    let stage = Stage::open(0, 1, 1).await;
    let (province, survey) = (stage.province(), stage.survey());
    let mut findings = Findings::new();
    seeds.for_each(|seed| look(&province, &survey, seed, &mut findings));
    let mut table = String::new();
    for (name, kept) in &findings {
        let part = |count: u32| 100.0 * f64::from(count) / f64::from(kept.intervals);
        let width = kept.width / f64::from(kept.intervals);
        writeln!(
            table,
            "{name:24} {:6} intervals, {:5.2} % hold the truth, {:5.2} % lie below it, {width:5.2} points wide, \
             {:5.2} % would hold it without the floor",
            kept.intervals,
            kept.share(),
            part(kept.above),
            part(kept.plainly)
        )
        .expect("a line");
    }
    println!("{table}");
    (findings, table)
}

/// `chance` is by how many points the range may be missed with few seeds.
fn check(findings: &Findings, table: &str, chance: f64) {
    let within = |name: &str, low: f64, high: f64| {
        let share = findings.get(name).map_or(f64::NAN, Kept::share);
        let range = low - chance..=high + chance;
        assert!(range.contains(&share), "{name}: {share:.2} % hold the truth, not {range:?}\n{table}");
    };
    within("verified all", 93.5, 96.5);
    within("verified overall", 93.5, 96.5);
    within("verified all n 60-199", 93.5, 96.5);
    within("verified all n 200-", 93.5, 96.5);
    // The floor errs on the safe side where few were asked; without it 90 % would hold.
    within("verified all n 10-29", 93.5, 99.5);
    within("verified all n 30-59", 93.5, 97.5);
    for factor in ["SA", "SB", "SC", "SD"] {
        within(&format!("verified {factor}"), 93.5, 97.0);
    }
    // Who chose themselves is not covered, however the interval is made.
    within("open all", 60.0, 91.0);
    within("open overall", 50.0, 85.0);
    within("open called all", 0.0, 25.0);
}

#[tokio::test]
async fn verified_intervals_hold_the_truth_and_self_selected_ones_do_not() {
    let (findings, table) = simulate(1..9).await;
    check(&findings, &table, 2.5);
}

#[tokio::test]
#[ignore = "full"]
async fn over_many_seeds_verified_intervals_hold_the_truth_in_95_of_100() {
    let (findings, table) = simulate(100..320).await;
    check(&findings, &table, 0.0);
}
