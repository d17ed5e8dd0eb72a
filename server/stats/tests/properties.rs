//! What must hold for any respondents: agreement with the formulas written out person by person,
//! independence of order, additivity, bounds.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not find")]

use proptest::prelude::*;
use stats::floor::product_interval;
use stats::interval::binomial::clopper_pearson;
use stats::interval::{Interval, kg_cap, korn_graubard, likelihood, logit_t, wilson, wilson_t};
use stats::score::{ScoreCell, ScoreCount, ScoreStratum, mean_score};
use stats::share::{Binary, Factor, composite, covariance, difference, pooled, share};
use stats::{Estimate, StratumSums};

/// A respondent: stratum and (satisfied, answered) of two atoms.
type Person = (usize, [(i64, i64); 2]);

const STRATA: usize = 3;

fn atom() -> impl Strategy<Value = (i64, i64)> {
    (0..=4_i64).prop_flat_map(|answered| (0..=answered, Just(answered)))
}

fn people() -> impl Strategy<Value = Vec<Person>> {
    let person = (0..STRATA, [atom(), atom()]);
    prop::collection::vec(person, 1..60).prop_filter("both atoms answered", |people| {
        (0..2).all(|at| people.iter().any(|person| person.1[at].1 > 0))
    })
}

fn collect(people: &[Person]) -> Vec<StratumSums> {
    let mut strata = vec![StratumSums::new(2); STRATA];
    for (stratum, atoms) in people {
        strata[*stratum].add(atoms).unwrap();
    }
    strata
}

/// Respondents of every stratum with an answer to one of the atoms.
fn answering(people: &[Person], atoms: &[usize]) -> Vec<i64> {
    let mut counts = vec![0; STRATA];
    for (stratum, given) in people {
        counts[*stratum] += i64::from(atoms.iter().any(|&at| given[at].1 > 0));
    }
    counts
}

/// The linearised value of every respondent for the pooled share of one atom.
fn linearised(people: &[Person], at: usize) -> (f64, Vec<f64>) {
    let total =
        |pick: fn((i64, i64)) -> i64| people.iter().map(|person| pick(person.1[at])).sum::<i64>() as f64;
    let (satisfied, answered) = (total(|atom| atom.0), total(|atom| atom.1));
    let share = satisfied / answered;
    let value = |person: &Person| (person.1[at].0 as f64 - share * person.1[at].1 as f64) / answered;
    (share, people.iter().map(value).collect())
}

/// Σ n/(n−1) Σ (z − z̄)² written out; a single respondent counts z².
fn variance(people: &[Person], values: &[f64]) -> f64 {
    let stratum = |at: usize| {
        let members = people.iter().zip(values).filter(|(person, _)| person.0 == at);
        let z: Vec<f64> = members.map(|(_, z)| *z).collect();
        let n = z.len() as f64;
        if z.len() == 1 {
            return z[0] * z[0];
        }
        let mean = z.iter().sum::<f64>() / n;
        n / (n - 1.0) * z.iter().map(|z| (z - mean).powi(2)).sum::<f64>()
    };
    (0..STRATA).map(|at| if people.iter().any(|p| p.0 == at) { stratum(at) } else { 0.0 }).sum()
}

fn close(got: f64, expected: f64) -> bool {
    (got - expected).abs() <= 1e-10 * expected.abs() + 1e-16
}

fn factor(weight: f64, atoms: &[usize]) -> Factor<'_> {
    Factor { weight, atoms }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_agree_with_the_formulas(people in people(), weight in 0.1..10.0_f64) {
        let sums = collect(&people);
        let strata: Vec<_> = sums.iter().map(StratumSums::as_stratum).collect();
        let (one, z_one) = linearised(&people, 0);
        let (other, z_other) = linearised(&people, 1);
        let got = pooled(&strata, &[0], &answering(&people, &[0])).unwrap();
        prop_assert!(close(got.est, one));
        prop_assert!(got.se.is_none_or(|se| close(se * se, variance(&people, &z_one))));

        let both = answering(&people, &[0, 1]);
        let part = weight / (weight + 1.0);
        let mix = |a: f64, b: f64| part * a + (1.0 - part) * b;
        let got = composite(&strata, &[factor(weight, &[0]), factor(1.0, &[1])], &both).unwrap();
        let z: Vec<f64> = z_one.iter().zip(&z_other).map(|(a, b)| mix(*a, *b)).collect();
        prop_assert!(close(got.est, mix(one, other)));
        prop_assert!(got.se.is_none_or(|se| close(se * se, variance(&people, &z))));

        let got = difference(&strata, &[factor(1.0, &[0])], &[factor(1.0, &[1])], &both).unwrap();
        let z: Vec<f64> = z_one.iter().zip(&z_other).map(|(a, b)| a - b).collect();
        prop_assert!((got.est - (one - other)).abs() < 1e-14);
        prop_assert!(got.se.is_none_or(|se| (se * se - variance(&people, &z)).abs() < 1e-14));
        let shared = covariance(&strata, &[factor(1.0, &[0])], &[factor(1.0, &[1])]).unwrap();
        let [one, other, gap] = [&z_one, &z_other, &z].map(|z| variance(&people, z));
        let expected = one + other - gap;
        prop_assert!((2.0 * shared - expected).abs() < 1e-14);
    }

    #[test]
    fn order_and_grouping_do_not_matter(people in people(), cut in 0..60_usize) {
        let whole = collect(&people);
        let mut reversed = people.clone();
        reversed.reverse();
        prop_assert_eq!(&whole, &collect(&reversed));
        let (first, second) = people.split_at(cut.min(people.len()));
        let mut merged = collect(first);
        for (sums, more) in merged.iter_mut().zip(collect(second)) {
            sums.merge(&more).unwrap();
        }
        prop_assert_eq!(&whole, &merged);
        for (sums, less) in merged.iter_mut().zip(collect(second)) {
            sums.remove(&less).unwrap();
        }
        prop_assert_eq!(&collect(first), &merged);
    }

    #[test]
    fn strata_add_up(people in people()) {
        // Two copies of everything, as further strata: the same share, half the variance.
        let sums = collect(&people);
        let once: Vec<_> = sums.iter().map(StratumSums::as_stratum).collect();
        let twice: Vec<_> = once.iter().chain(&once).copied().collect();
        let here = answering(&people, &[0]);
        let here_twice: Vec<i64> = here.iter().chain(&here).copied().collect();
        let one = pooled(&once, &[0], &here).unwrap();
        let two = pooled(&twice, &[0], &here_twice).unwrap();
        prop_assert!(close(two.est, one.est));
        prop_assert_eq!((2 * one.n, 2 * one.df), (two.n, two.df));
        if let (Some(one), Some(two)) = (one.variance(), two.variance()) {
            prop_assert!(close(two, one / 2.0));
        }
    }

    #[test]
    fn one_item_is_a_binary_question(codes in prop::collection::vec(0..3_i64, 1..40)) {
        // 0 not answered, 1 dissatisfied, 2 satisfied
        let mut sums = StratumSums::new(1);
        for code in &codes {
            sums.add(&[(i64::from(*code == 2), i64::from(*code > 0))]).unwrap();
        }
        let count = |least| codes.iter().map(|code| i64::from(*code >= least)).sum();
        let binary = Binary { n: count(0), answered: count(1), satisfied: count(2) };
        prop_assert_eq!(share(&[binary]), pooled(&[sums.as_stratum()], &[0], &[count(1)]));
    }

    #[test]
    fn scores_agree_with_the_formula(
        people in {
            let codes = prop::collection::vec(1..=5_i64, 0..=5);
            prop::collection::vec((0..2_usize, codes), 1..40)
        }
    ) {
        let score = |codes: &Vec<i64>| {
            let mean = codes.iter().sum::<i64>() as f64 / codes.len() as f64;
            (codes.len() >= 3).then_some(25.0 * (mean - 1.0)) // half of five items is three
        };
        let scores: Vec<Option<f64>> = people.iter().map(|person| score(&person.1)).collect();
        let counts: Vec<Vec<ScoreCount>> = (0..2)
            .map(|at| (0..=5).map(|k| count(&people, at, k)).collect())
            .collect();
        let size = |at| people.iter().map(|person| i64::from(person.0 == at)).sum();
        let cells: Vec<_> = counts.iter().map(|counts| [ScoreCell { items: 5, counts }]).collect();
        let strata = [0, 1].map(|at| ScoreStratum { n: size(at), cells: &cells[at] });
        let n = scores.iter().flatten().count() as f64;
        let Ok(got) = mean_score(&strata) else {
            prop_assert!(n < 1.0);
            return Ok(());
        };
        let mean = scores.iter().flatten().sum::<f64>() / n;
        prop_assert!(close(got.est, mean));
        let z: Vec<f64> = scores.iter().map(|y| y.map_or(0.0, |y| (y - mean) / n)).collect();
        let members: Vec<Person> = people.iter().map(|p| (p.0, [(0, 0); 2])).collect();
        let expected = variance(&members, &z);
        prop_assert!(got.variance().is_none_or(|got| close(got, expected)));
    }

    #[test]
    fn intervals_hold_the_estimate(
        p in 0.0..=1.0_f64, deff in 0.01..20.0_f64, n in 2..100_000_i64,
        lost in 0..50_i64, level in 0.5..0.999_f64, floor in prop::option::of(0.01..5.0_f64),
    ) {
        let se = Some((deff * p * (1.0 - p) / n as f64).sqrt());
        let estimate = Estimate { est: p, se, df: n - 1 - lost, n, answers: n, lonely: 0 };
        let methods = [wilson_t, logit_t, korn_graubard, kg_cap, likelihood];
        for interval in methods.iter().filter_map(|method| method(&estimate, level)) {
            prop_assert!(holds(interval, p), "{p} {interval:?}");
        }
        let plain = wilson_t(&estimate, level);
        let shown = product_interval(&estimate, floor, level);
        prop_assert_eq!(plain.is_some(), shown.is_some());
        if let (Some(plain), Some(shown)) = (plain, shown) {
            prop_assert!(holds(shown.interval, p));
            prop_assert!(shown.interval.width() >= plain.width() - 1e-15 || p <= 0.0 || p >= 1.0);
            prop_assert_eq!(shown.floor_binding, floor.is_some_and(|g| g > deff));
        }
    }

    #[test]
    fn fewer_people_mean_wider(p in 0.0..=1.0_f64, n in 3..10_000_i64, x in 0..100_i64) {
        let at = |n: i64| {
            let se = Some((p * (1.0 - p) / n as f64).sqrt());
            Estimate { est: p, se, df: n - 1, n, answers: n, lonely: 0 }
        };
        for method in [wilson_t, logit_t, korn_graubard, kg_cap, likelihood] {
            if let (Some(few), Some(many)) = (method(&at(n), 0.95), method(&at(4 * n), 0.95)) {
                prop_assert!(few.width() > many.width());
            }
        }
        let few = wilson(p, n as f64, 2.0).unwrap();
        let many = wilson(p, 2.0 * n as f64, 2.0).unwrap();
        prop_assert!(few.width() > many.width());
        let few = clopper_pearson(x, 100, 0.95).unwrap();
        let many = clopper_pearson(10 * x, 1000, 0.95).unwrap();
        prop_assert!(few.width() > many.width() && holds(few, x as f64 / 100.0));
    }
}

fn holds(interval: Interval, p: f64) -> bool {
    let rounding = 1e-12;
    0.0 <= interval.low
        && interval.low <= p + rounding
        && p - rounding <= interval.high
        && interval.high <= 1.0
}

/// The respondents of a stratum who answered `k` items.
fn count(people: &[(usize, Vec<i64>)], at: usize, k: usize) -> ScoreCount {
    let these = people.iter().filter(|person| person.0 == at && person.1.len() == k);
    let sums: Vec<i64> = these.map(|person| person.1.iter().sum()).collect();
    ScoreCount {
        answered: i64::try_from(k).unwrap(),
        respondents: i64::try_from(sums.len()).unwrap(),
        sum: sums.iter().sum(),
        squares: sums.iter().map(|sum| sum * sum).sum(),
    }
}
