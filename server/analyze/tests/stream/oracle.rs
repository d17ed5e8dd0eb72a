//! The same figures person by person, from a table in memory.

use analyze::AnalyzeError;
use analyze::stream::{Domain, Figure, Plan, Stat};
use analyze::table::Table;
use stats::score::{ScoreCell, ScoreCount, ScoreStratum, mean_score};
use stats::share::{Binary, Factor, composite, pooled, share};
use stats::{Estimate, StratumSums, Unavailable};
use std::collections::BTreeMap;
use std::path::Path;

/// A row.
pub struct Person {
    texts: BTreeMap<String, String>,
    codes: BTreeMap<String, Option<u8>>,
}

/// All rows, or the complaint about the first cell from the left of the first row.
pub fn read(path: &Path, plan: &Plan) -> Result<Vec<Person>, AnalyzeError> {
    let table = Table::read(path)?;
    let answers: Vec<&String> =
        plan.factors.iter().flat_map(|factor| &factor.1).chain(&plan.items).chain(&plan.overall).collect();
    for name in plan.strata.iter().chain(&plan.domains).chain(answers.iter().copied()) {
        table.column(name)?;
    }
    let mut people = Vec::new();
    for row in 0..table.len() {
        let mut person = Person { texts: BTreeMap::new(), codes: BTreeMap::new() };
        for name in table.header() {
            let column = table.column(name)?;
            person.texts.insert(name.clone(), column.text(row).to_owned());
            if answers.contains(&name) {
                person.codes.insert(name.clone(), column.code(row)?);
            }
        }
        people.push(person);
    }
    Ok(people)
}

impl Person {
    fn inside(&self, domain: &[(String, String)]) -> bool {
        domain.iter().all(|(column, value)| self.texts[column].trim() == value)
    }

    /// Satisfied and given answers; none outside the domain.
    fn atom(&self, items: &[String], inside: bool) -> (i64, i64) {
        let codes = items.iter().filter(|_| inside).filter_map(|item| self.codes[item]);
        codes.fold((0, 0), |(satisfied, answered), code| (satisfied + i64::from(code >= 4), answered + 1))
    }
}

/// A statistic, what it is over, and its estimate.
pub type Line = (Stat, String, Result<Estimate, Unavailable>);

/// The figures of a domain, in the order of the stream's.
pub fn figures(people: &[Person], plan: &Plan, domain: &Domain) -> Vec<Line> {
    let mut strata: BTreeMap<Vec<&str>, Vec<&Person>> = BTreeMap::new();
    for person in people {
        let key = plan.strata.iter().map(|column| person.texts[column].as_str()).collect();
        strata.entry(key).or_default().push(person);
    }
    let strata: Vec<Vec<&Person>> = strata.into_values().collect();
    let all: Vec<String> =
        plan.factors.iter().flat_map(|factor| factor.1.clone()).chain(plan.items.clone()).collect();
    let nodes = plan.factors.iter().map(|(name, items)| (name.clone(), &items[..]));
    let mut lines: Vec<Line> = Vec::new();
    for (name, items) in nodes.chain([("ALL".to_owned(), &all[..])]) {
        let share = shares(&strata, domain, &[items], |strata, answering| pooled(strata, &[0], answering));
        lines.push((Stat::SharePooled, name.clone(), share));
        let satisfied = |person: &Person| match person.atom(items, true) {
            (_, 0) => None,
            (satisfied, answered) => Some(satisfied == answered),
        };
        lines.push((Stat::AllSatisfied, name.clone(), binary(&strata, domain, satisfied)));
        lines.push((Stat::ScoreMean, name, score(&strata, domain, items)));
    }
    let groups: Vec<&[String]> = plan.factors.iter().map(|factor| &factor.1[..]).collect();
    for (name, equal) in [("equal", true), ("by_items", false)].iter().filter(|_| !groups.is_empty()) {
        let places: Vec<usize> = (0..groups.len()).collect();
        let weight = |items: &[String]| if *equal { 1.0 } else { items.len() as f64 };
        let pairs = groups.iter().zip(places.chunks(1));
        let factors: Vec<_> = pairs.map(|(items, atoms)| Factor { weight: weight(items), atoms }).collect();
        let index = shares(&strata, domain, &groups, |s, answering| composite(s, &factors, answering));
        lines.push((Stat::IndexComposite, (*name).to_owned(), index));
    }
    if let Some(overall) = &plan.overall {
        let satisfied = |person: &Person| person.codes[overall].map(|code| code >= 4);
        lines.push((Stat::ShareBinary, overall.clone(), binary(&strata, domain, satisfied)));
    }
    lines
}

fn shares(
    strata: &[Vec<&Person>],
    domain: &Domain,
    groups: &[&[String]],
    of: impl Fn(&[stats::Stratum<'_>], &[i64]) -> Result<Estimate, Unavailable>,
) -> Result<Estimate, Unavailable> {
    let (mut all, mut answering) = (Vec::new(), Vec::new());
    for people in strata {
        let mut sums = StratumSums::new(groups.len());
        let mut here = 0;
        for person in people {
            let inside = person.inside(domain);
            let atoms: Vec<_> = groups.iter().map(|items| person.atom(items, inside)).collect();
            here += i64::from(atoms.iter().any(|atom| atom.1 > 0));
            sums.add(&atoms)?;
        }
        all.push(sums);
        answering.push(here);
    }
    of(&all.iter().map(StratumSums::as_stratum).collect::<Vec<_>>(), &answering)
}

fn score(strata: &[Vec<&Person>], domain: &Domain, items: &[String]) -> Result<Estimate, Unavailable> {
    let mut all: Vec<Vec<ScoreCount>> = Vec::new();
    for people in strata {
        let mut counts = BTreeMap::new();
        for person in people.iter().filter(|person| person.inside(domain)) {
            let codes: Vec<i64> = items.iter().filter_map(|item| person.codes[item]).map(i64::from).collect();
            let (answered, sum) = (i64::try_from(codes.len()).unwrap(), codes.iter().sum::<i64>());
            let empty = ScoreCount { answered, respondents: 0, sum: 0, squares: 0 };
            let count = counts.entry(answered).or_insert(empty);
            count.respondents += 1;
            count.sum += sum;
            count.squares += sum * sum;
        }
        all.push(counts.into_values().collect());
    }
    let asked = i64::try_from(items.len()).unwrap();
    let cells: Vec<_> = all.iter().map(|counts| [ScoreCell { items: asked, counts }]).collect();
    let size = |people: &Vec<&Person>| i64::try_from(people.len()).unwrap();
    let pairs = strata.iter().zip(&cells);
    let strata: Vec<_> = pairs.map(|(people, cells)| ScoreStratum { n: size(people), cells }).collect();
    mean_score(&strata)
}

fn binary(
    strata: &[Vec<&Person>],
    domain: &Domain,
    satisfied: impl Fn(&Person) -> Option<bool>,
) -> Result<Estimate, Unavailable> {
    let count = |of: usize| i64::try_from(of).unwrap();
    let stratum = |people: &Vec<&Person>| {
        let inside = people.iter().filter(|person| person.inside(domain));
        let said: Vec<bool> = inside.filter_map(|person| satisfied(person)).collect();
        let yes = said.iter().filter(|yes| **yes).count();
        Binary { n: count(people.len()), answered: count(said.len()), satisfied: count(yes) }
    };
    share(&strata.iter().map(stratum).collect::<Vec<_>>())
}

/// Compares figures with what the table gives; they come from the same whole numbers, so to the
/// last bit.
pub fn agree(got: &[Figure], expected: &[Line], domain: &Domain) -> Result<(), String> {
    if got.len() != expected.len() {
        return Err(format!("{} figures, expected {}", got.len(), expected.len()));
    }
    for (figure, (stat, over, estimate)) in got.iter().zip(expected) {
        let scale = if *stat == Stat::IndexComposite { 100.0 } else { 1.0 };
        let same = figure.stat == *stat && figure.over == *over && figure.domain == *domain;
        let equal = match estimate {
            Ok(one) => {
                figure.est == Some(scale * one.est)
                    && figure.se == one.se.map(|se| scale * se)
                    && (figure.df, figure.n, figure.answers) == (Some(one.df), one.n, one.answers)
                    && (figure.lonely, figure.missing) == (one.lonely, None)
            }
            Err(reason) => figure.est.is_none() && figure.missing == Some(*reason),
        };
        if !(same && equal) {
            return Err(format!("{figure:?}\n  expected {stat:?} {over} {domain:?} {estimate:?}"));
        }
    }
    Ok(())
}
