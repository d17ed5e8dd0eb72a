//! Properties of designs, calibration and replication, and figures worked out by hand.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot compute")]

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha12Rng;
use stats::calibration::{CalibrationError, Margin, calibrate_linearly, poststratify, rake};
use stats::design::{Design, DesignError, Lonely, Population, Stage};
use stats::interval::{arcsine_t, logit_t, wilson_t};
use stats::linearised::{combination, composite, mean, pooled, total};
use stats::replication::{ClusterSums, bootstrap, jackknife};
use stats::{Estimate, StratumSums};

/// A sample drawn from the seed: strata of clusters of respondents with two items' worth of answers.
#[derive(Debug, Clone)]
struct Rows {
    strata: Vec<usize>,
    clusters: Vec<usize>,
    weights: Vec<f64>,
    sizes: [Vec<f64>; 2],
    tallies: Vec<Option<(u32, u32)>>,
    sex: Vec<usize>,
}

fn rows(seed: u64, clusters: usize, people: usize) -> Rows {
    let mut draws = ChaCha12Rng::seed_from_u64(seed);
    let mut rows = Rows {
        strata: vec![],
        clusters: vec![],
        weights: vec![],
        sizes: [vec![], vec![]],
        tallies: vec![],
        sex: vec![],
    };
    for cluster in 0..clusters {
        let lift = draws.random_range(0.5..0.95);
        for person in 0..people {
            rows.strata.push(cluster % 3);
            rows.clusters.push(cluster);
            rows.weights.push(draws.random_range(1.0..4.0));
            rows.sizes[0].push(clusters as f64);
            rows.sizes[1].push(3.0 * people as f64);
            let asked = draws.random_range(0..3_u32);
            let yes = (0..asked).map(|_| u32::from(draws.random_bool(lift))).sum();
            rows.tallies.push((asked > 0).then_some((yes, asked)));
            rows.sex.push((person + cluster) % 2);
        }
    }
    rows
}

/// A list in another order.
fn by<T: Clone>(order: &[usize], list: &[T]) -> Vec<T> {
    order.iter().map(|&at| list[at].clone()).collect()
}

impl Rows {
    fn design(&self) -> Design {
        let people = (0..self.strata.len()).collect();
        let stages = [
            Stage {
                strata: self.strata.clone(),
                clusters: self.clusters.clone(),
                population: Some(Population::Sizes(self.sizes[0].clone())),
            },
            Stage {
                strata: vec![0; self.strata.len()],
                clusters: people,
                population: Some(Population::Sizes(self.sizes[1].clone())),
            },
        ];
        Design::new(self.weights.clone(), &stages).unwrap()
    }

    fn first_stage(&self) -> Design {
        let (strata, clusters) = (self.strata.clone(), self.clusters.clone());
        Design::new(self.weights.clone(), &[Stage { strata, clusters, population: None }]).unwrap()
    }

    fn share(&self, design: &Design) -> Estimate {
        design.estimate(&pooled(design.weights(), &self.tallies).unwrap(), Lonely::Adjust)
    }

    fn permuted(&self, seed: u64) -> Self {
        let mut draws = ChaCha12Rng::seed_from_u64(seed);
        let mut order: Vec<usize> = (0..self.strata.len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, draws.random_range(0..=at));
        }
        Self {
            strata: by(&order, &self.strata),
            clusters: by(&order, &self.clusters),
            weights: by(&order, &self.weights),
            sizes: [by(&order, &self.sizes[0]), by(&order, &self.sizes[1])],
            tallies: by(&order, &self.tallies),
            sex: by(&order, &self.sex),
        }
    }
}

fn near(one: f64, other: f64, relative: f64) -> bool {
    (one - other).abs() <= relative * one.abs().max(other.abs()).max(1e-300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_never_matters(seed in 0_u64..1_000, other in 0_u64..1_000) {
        let rows = rows(seed, 12, 6);
        let moved = rows.permuted(other);
        let (one, two) = (rows.share(&rows.design()), moved.share(&moved.design()));
        prop_assert!(near(one.est, two.est, 1e-14));
        prop_assert!(near(one.se.unwrap(), two.se.unwrap(), 1e-12));
        prop_assert_eq!((one.df, one.n, one.answers), (two.df, two.n, two.answers));
    }

    #[test]
    fn intervals_hold_the_estimate(seed in 0_u64..1_000) {
        let rows = rows(seed, 9, 8);
        let share = rows.share(&rows.design());
        for interval in [wilson_t(&share, 0.95), logit_t(&share, 0.95), arcsine_t(&share, 0.95)] {
            let interval = interval.unwrap();
            prop_assert!(interval.low < share.est && share.est < interval.high);
        }
        let wide = wilson_t(&share, 0.99).unwrap();
        prop_assert!(wide.width() > wilson_t(&share, 0.95).unwrap().width());
    }

    #[test]
    fn one_stage_of_a_finite_population_takes_its_fraction_off(seed in 0_u64..1_000) {
        let rows = rows(seed, 12, 6);
        let stage = |population| Stage { strata: rows.strata.clone(), clusters: rows.clusters.clone(), population };
        let finite = Some(Population::Fractions(vec![0.36; rows.strata.len()]));
        let design = Design::new(rows.weights.clone(), &[stage(finite)]).unwrap();
        let (finite, open) = (rows.share(&design), rows.share(&rows.first_stage()));
        prop_assert!(near(finite.se.unwrap(), 0.8 * open.se.unwrap(), 1e-12));
        prop_assert!(near(finite.est, open.est, 1e-15));
    }

    #[test]
    fn tallies_and_rows_agree(seed in 0_u64..1_000) {
        let rows = rows(seed, 12, 6);
        let design = Design::stratified(rows.strata.clone()).unwrap();
        let by_row = rows.share(&design);
        let mut sums = vec![StratumSums::new(1); 3];
        let mut answering = [0_i64; 3];
        for (stratum, tally) in rows.strata.iter().zip(&rows.tallies) {
            let (yes, all) = tally.map_or((0, 0), |(yes, all)| (i64::from(yes), i64::from(all)));
            sums[*stratum].add(&[(yes, all)]).unwrap();
            answering[*stratum] += i64::from(all > 0);
        }
        let strata: Vec<_> = sums.iter().map(StratumSums::as_stratum).collect();
        let by_sum = stats::share::pooled(&strata, &[0], &answering).unwrap();
        prop_assert!(near(by_row.est, by_sum.est, 1e-14));
        prop_assert!(near(by_row.se.unwrap(), by_sum.se.unwrap(), 1e-12));
        prop_assert_eq!((by_row.df, by_row.n, by_row.answers), (by_sum.df, by_sum.n, by_sum.answers));
    }

    #[test]
    fn calibrated_weights_reproduce_every_margin(seed in 0_u64..1_000) {
        let rows = rows(seed, 12, 6);
        let first = Margin { cells: rows.sex.clone(), totals: vec![300.0, 200.0] };
        let second = Margin { cells: rows.strata.clone(), totals: vec![250.0, 150.0, 100.0] };
        let margins = [first, second];
        for fitted in [rake(&rows.weights, &margins).unwrap(), calibrate_linearly(&rows.weights, &margins).unwrap()] {
            for margin in &margins {
                for (cell, count) in margin.totals.iter().enumerate() {
                    let here = margin.cells.iter().zip(fitted.weights()).filter(|(at, _)| **at == cell);
                    prop_assert!(near(here.map(|(_, w)| w).sum(), *count, 1e-9));
                }
            }
        }
    }

    #[test]
    fn the_jackknife_is_near_the_linearised_error(seed in 0_u64..1_000) {
        let rows = rows(seed, 60, 6);
        let design = rows.first_stage();
        let column = |of: fn((u32, u32)) -> u32| -> Vec<f64> {
            rows.tallies.iter().map(|tally| f64::from(tally.map_or(0, of))).collect()
        };
        let sums = ClusterSums::of(&design, &[column(|t| t.0), column(|t| t.1)]).unwrap();
        let replicated = jackknife(&sums, |totals| Some(totals[0] / totals[1])).unwrap();
        let linearised = rows.share(&design);
        prop_assert!(near(replicated.est, linearised.est, 1e-13));
        prop_assert!(near(replicated.se, linearised.se.unwrap(), 0.05));
    }

    #[test]
    fn domains_add_up_with_their_covariance(seed in 0_u64..1_000) {
        let rows = rows(seed, 12, 6);
        let design = rows.design();
        let value = |sex: usize| -> Vec<Option<f64>> {
            rows.sex.iter().zip(&rows.weights).map(|(at, w)| (*at == sex).then_some(w.fract())).collect()
        };
        let parts = [0, 1].map(|sex| total(design.weights(), &value(sex)).unwrap());
        let whole = combination(&[(1.0, &parts[0]), (1.0, &parts[1])]).unwrap();
        let matrix = design.covariance(&[&parts[0], &parts[1]], Lonely::Adjust).unwrap();
        let variance = design.estimate(&whole, Lonely::Adjust).variance().unwrap();
        prop_assert!(near(variance, matrix[0][0] + matrix[1][1] + 2.0 * matrix[0][1], 1e-10));
        prop_assert!(near(matrix[0][1], matrix[1][0], 1e-15));
    }

    #[test]
    fn what_the_counts_explain_has_no_variance(seed in 0_u64..1_000) {
        let rows = rows(seed, 12, 6);
        let margin = Margin { cells: rows.sex.clone(), totals: vec![300.0, 200.0] };
        let design = rows.first_stage().calibrated(poststratify(&rows.weights, &margin).unwrap());
        let women: Vec<Option<f64>> = rows.sex.iter().map(|sex| Some(f64::from(u8::from(*sex == 0)))).collect();
        let share = design.estimate(&mean(design.weights(), &women).unwrap(), Lonely::Adjust);
        prop_assert!(near(share.est, 0.6, 1e-12));
        prop_assert!(share.se.unwrap() < 1e-12);
    }
}

#[test]
fn more_clusters_narrow_the_interval() {
    let widths: Vec<f64> = [9, 36, 144]
        .iter()
        .map(|clusters| {
            let rows = rows(5, *clusters, 6);
            wilson_t(&rows.share(&rows.first_stage()), 0.95).unwrap().width()
        })
        .collect();
    assert!(widths[0] > widths[1] && widths[1] > widths[2], "{widths:?}");
}

/// Two strata: one with the clusters 1 and 3, one alone with 5.
fn lonely() -> (Design, stats::linearised::Linearised) {
    let stage = Stage { strata: vec![0, 0, 1], clusters: vec![0, 1, 2], population: None };
    let design = Design::new(vec![1.0; 3], &[stage]).unwrap();
    let figure = total(&[1.0; 3], &[Some(1.0), Some(3.0), Some(5.0)]).unwrap();
    (design, figure)
}

#[test]
fn each_rule_for_lonely_clusters_is_its_own() {
    let (design, figure) = lonely();
    let variance = |rule| design.estimate(&figure, rule).variance();
    // The pair: 2/1 · (1 + 1) = 4.
    assert_eq!(variance(Lonely::Fail), None);
    assert!(near(variance(Lonely::Certainty).unwrap(), 4.0, 1e-12));
    assert!(near(variance(Lonely::Adjust).unwrap(), 4.0 + 25.0, 1e-12));
    assert!(near(variance(Lonely::Average).unwrap(), 8.0, 1e-12));
    assert_eq!(design.estimate(&figure, Lonely::Adjust).lonely, 1);
    assert_eq!(design.lonely_rows(), [2]);
}

#[test]
fn a_stratum_outside_the_domain_is_not_lonely_for_it() {
    let (design, _) = lonely();
    let figure = total(&[1.0; 3], &[Some(1.0), Some(3.0), None]).unwrap();
    let estimate = design.estimate(&figure, Lonely::Fail);
    assert!(near(estimate.variance().unwrap(), 4.0, 1e-12));
    assert_eq!((estimate.df, estimate.lonely), (1, 0));
}

#[test]
fn nothing_but_lonely_strata_gives_no_error() {
    let design = Design::stratified(vec![0, 1]).unwrap();
    let figure = mean(&[1.0; 2], &[Some(1.0), Some(3.0)]).unwrap();
    for rule in [Lonely::Fail, Lonely::Adjust, Lonely::Certainty, Lonely::Average] {
        assert_eq!(design.estimate(&figure, rule).se, None, "{rule:?}");
    }
}

#[test]
fn the_second_stage_counts_by_the_fraction_of_the_first() {
    // Two of four clusters, in each two of eight people; totals by hand.
    let stages = [
        Stage {
            strata: vec![0; 4],
            clusters: vec![0, 0, 1, 1],
            population: Some(Population::Sizes(vec![4.0; 4])),
        },
        Stage {
            strata: vec![0; 4],
            clusters: vec![0, 1, 2, 3],
            population: Some(Population::Sizes(vec![8.0; 4])),
        },
    ];
    let design = Design::new(vec![1.0; 4], &stages).unwrap().expanded();
    assert_eq!(design.weights(), [8.0; 4]);
    let figure = total(design.weights(), &[Some(1.0), Some(2.0), Some(2.0), Some(5.0)]).unwrap();
    // First: ½ · 2 · ((24−40)² + (56−40)²) = 512. Second: ½ Σ ¾ · 2 · squares, of 8, 16 and 16, 40.
    let second = 0.5 * 0.75 * 2.0 * (2.0 * 16.0 + 2.0 * 144.0);
    assert!(near(design.estimate(&figure, Lonely::Fail).variance().unwrap(), 512.0 + second, 1e-12));
    let fractions = [
        Stage { population: Some(Population::Fractions(vec![0.5; 4])), ..stages[0].clone() },
        Stage { population: Some(Population::Fractions(vec![0.25; 4])), ..stages[1].clone() },
    ];
    let same = Design::new(vec![8.0; 4], &fractions).unwrap();
    assert!(near(same.estimate(&figure, Lonely::Fail).variance().unwrap(), 512.0 + second, 1e-12));
}

#[test]
fn a_census_has_no_variance_and_no_lonely_stratum() {
    let stage =
        Stage { strata: vec![0, 1], clusters: vec![0, 1], population: Some(Population::Sizes(vec![1.0; 2])) };
    let design = Design::new(vec![1.0; 2], &[stage]).unwrap();
    let figure = mean(&[1.0; 2], &[Some(1.0), Some(3.0)]).unwrap();
    let matrix = design.covariance(&[&figure], Lonely::Fail).unwrap();
    assert!(matrix[0][0].abs() < 1e-300);
    assert!(design.lonely_rows().is_empty());
}

#[test]
fn bad_designs_name_a_row() {
    let stage = |sizes: Vec<f64>| Stage {
        strata: vec![0, 0],
        clusters: vec![0, 1],
        population: Some(Population::Sizes(sizes)),
    };
    let refused = |weights: Vec<f64>, stage: Stage| Design::new(weights, &[stage]).unwrap_err();
    assert_eq!(refused(vec![1.0, -1.0], stage(vec![9.0; 2])), DesignError::Weight(1));
    assert_eq!(refused(vec![1.0, f64::NAN], stage(vec![9.0; 2])), DesignError::Weight(1));
    assert_eq!(refused(vec![0.0, 0.0], stage(vec![9.0; 2])), DesignError::Weight(0));
    assert_eq!(refused(vec![1.0; 2], stage(vec![9.0, 8.0])), DesignError::Differs(1));
    assert_eq!(refused(vec![1.0; 2], stage(vec![0.0, 0.0])), DesignError::Size(0));
    assert_eq!(refused(vec![1.0; 2], stage(vec![9.0])), DesignError::Lengths);
    assert_eq!(Design::new(vec![], &[]).unwrap_err(), DesignError::Empty);
    assert_eq!(Design::new(vec![1.0], &[]).unwrap_err(), DesignError::Lengths);
}

#[test]
fn weights_that_cannot_be_fitted_name_the_margin() {
    let margin = |cells: Vec<usize>, totals: Vec<f64>| Margin { cells, totals };
    let sex = margin(vec![0, 0, 1], vec![60.0, 40.0]);
    let refused = |second: Margin| rake(&[1.0; 3], &[sex.clone(), second]).unwrap_err();
    let empty = refused(margin(vec![0, 1, 0], vec![50.0, 30.0, 20.0]));
    assert_eq!(empty, CalibrationError::Empty { margin: 1, cell: 2 });
    let totals = refused(margin(vec![0, 1, 0], vec![50.0, 60.0]));
    assert_eq!(totals, CalibrationError::Totals { margin: 1, total: 110.0, first: 100.0 });
    // Sex 0 holds rows 0 and 1, age 1 holds row 1 alone, but needs more than all of sex 0.
    let never = refused(margin(vec![0, 1, 0], vec![30.0, 70.0]));
    assert!(matches!(never, CalibrationError::Unsettled { .. }), "{never:?}");
    assert_eq!(refused(margin(vec![0, 1], vec![50.0, 50.0])), CalibrationError::Lengths);
    let none = refused(margin(vec![0, 1, 0], vec![100.0, 0.0]));
    assert_eq!(none, CalibrationError::Count { margin: 1, cell: 1 });
}

#[test]
fn a_composite_carries_the_covariances_of_its_factors() {
    let design = Design::stratified(vec![0; 4]).unwrap();
    let weights = design.weights();
    let first = pooled(weights, &[Some((1, 1)), Some((1, 1)), Some((0, 1)), Some((0, 1))]).unwrap();
    let twin = pooled(weights, &[Some((2, 2)), Some((2, 2)), Some((0, 2)), Some((0, 2))]).unwrap();
    let index = design.estimate(&composite(&[(2.0, &first), (5.0, &twin)]).unwrap(), Lonely::Fail);
    let alone = design.estimate(&first, Lonely::Fail);
    // Factors that move together: the composite is no more precise than either.
    assert!(near(index.se.unwrap(), alone.se.unwrap(), 1e-12));
}

#[test]
fn the_bootstrap_is_near_the_linearised_error_and_repeats_itself() {
    let rows = rows(3, 60, 6);
    let design = rows.first_stage();
    let column = |of: fn((u32, u32)) -> u32| -> Vec<f64> {
        rows.tallies.iter().map(|tally| f64::from(tally.map_or(0, of))).collect()
    };
    let sums = ClusterSums::of(&design, &[column(|t| t.0), column(|t| t.1)]).unwrap();
    let share = |totals: &[f64]| Some(totals[0] / totals[1]);
    let one = bootstrap(&sums, 1_000, 11, share).unwrap();
    assert!(near(one.se, rows.share(&design).se.unwrap(), 0.1));
    assert_eq!(one, bootstrap(&sums, 1_000, 11, share).unwrap());
    assert_ne!(one, bootstrap(&sums, 1_000, 12, share).unwrap());
}
