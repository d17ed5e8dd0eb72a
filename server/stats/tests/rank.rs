//! What must hold for ranks, pairs and adjusted p-values whatever the estimates.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not find")]

use proptest::prelude::*;
use stats::Estimate;
use stats::joint::Joint;
use stats::multiplicity::{benjamini_hochberg, bonferroni, hochberg, holm};
use stats::pairwise::{correlated, independent, max_z};
use stats::random::{Random, Simulation};
use stats::ranks::{Procedure, RankSets, marginal, simultaneous};

const FEW: Simulation = Simulation { draws: 3_000, seed: 11 };

type Run = fn(&Joint, f64, Procedure, Simulation) -> Result<RankSets, stats::Unavailable>;

fn estimate(est: f64, se: f64) -> Estimate {
    Estimate { est, se: Some(se), df: 99, n: 100, answers: 100, lonely: 0 }
}

fn units() -> impl Strategy<Value = Vec<Estimate>> {
    let unit = (0.3..1.0_f64, 0.005..0.06_f64).prop_map(|(est, se)| estimate(est, se));
    prop::collection::vec(unit, 1..12)
}

/// Estimates that share an error, as domains of one sample do.
fn sharing(units: &[Estimate], common: f64) -> Joint {
    let size = units.len();
    let entry = |at: usize| {
        let own = if at / size == at % size { units[at / size].variance().unwrap() } else { 0.0 };
        own + common * common
    };
    let est: Vec<f64> = units.iter().map(|unit| unit.est).collect();
    Joint::correlated(&est, &(0..size * size).map(entry).collect::<Vec<_>>()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_set_holds_the_rank_and_stepping_down_never_widens_it(units in units(), common in 0.0..0.05_f64) {
        let joint = sharing(&units, common);
        for run in [simultaneous as Run, marginal] {
            let one = run(&joint, 0.95, Procedure::SingleStep, FEW).unwrap();
            let down = run(&joint, 0.95, Procedure::StepDown, FEW).unwrap();
            for at in 0..units.len() {
                prop_assert!(down.low[at] <= down.rank[at] && down.rank[at] <= down.high[at]);
                prop_assert!(one.low[at] <= down.low[at] && down.high[at] <= one.high[at]);
                prop_assert!(1 <= one.low[at] && one.high[at] <= units.len());
            }
            prop_assert!(down.critical.iter().all(|c| c.is_finite()));
        }
    }

    #[test]
    fn a_set_of_one_unit_alone_is_no_wider_than_among_all(units in units()) {
        let joint = Joint::independent(&units).unwrap();
        let all = simultaneous(&joint, 0.95, Procedure::SingleStep, FEW).unwrap();
        let alone = marginal(&joint, 0.95, Procedure::SingleStep, FEW).unwrap();
        for at in 0..units.len() {
            prop_assert!(all.low[at] <= alone.low[at] && alone.high[at] <= all.high[at]);
        }
    }

    #[test]
    fn the_order_of_units_changes_no_clear_set(seed in 0..1_000_u64) {
        // differences of 0.05, 0.1, … at errors of 0.01: far from any critical value
        let mut random = Random::seeded(seed);
        let mut order: Vec<usize> = (0..8).collect();
        order.sort_by_key(|_| random.bits());
        let units: Vec<Estimate> = order.iter().map(|at| estimate(0.5 + 0.06 * (at / 2) as f64, 0.01)).collect();
        let sets = simultaneous(&Joint::independent(&units).unwrap(), 0.95, Procedure::StepDown, FEW).unwrap();
        for (place, at) in order.iter().enumerate() {
            let last = 8 - at / 2 * 2;
            prop_assert_eq!((sets.low[place], sets.high[place]), (last - 1, last));
        }
        let adjusted = holm(&independent(&units).iter().filter_map(|pair| pair.p).collect::<Vec<_>>());
        let equal = adjusted.iter().filter(|p| **p >= 0.05).count();
        prop_assert_eq!(equal, 4);
    }

    #[test]
    fn adjusting_never_makes_a_p_value_smaller(p in prop::collection::vec(0.0..=1.0_f64, 0..40)) {
        let adjusted = [holm(&p), benjamini_hochberg(&p), bonferroni(&p), hochberg(&p)];
        for (at, raw) in p.iter().enumerate() {
            let [holm, screened, all, up] = [0, 1, 2, 3].map(|method: usize| adjusted[method][at]);
            prop_assert!(*raw <= screened && screened <= up && up <= holm && holm <= all && all <= 1.0);
        }
        let mut turned = p.clone();
        turned.reverse();
        let mut back = hochberg(&turned);
        back.reverse();
        prop_assert_eq!(&back, &adjusted[3]);
    }

    #[test]
    fn the_largest_z_lies_between_one_test_and_bonferroni(units in units(), common in 0.0..0.05_f64) {
        let joint = sharing(&units, common);
        let judged = max_z(&joint, 0.95, FEW).unwrap();
        let raw: Vec<f64> = judged.pairs.iter().filter_map(|pair| pair.p).collect();
        let all = bonferroni(&raw);
        let known = judged.p.iter().flatten().zip(raw.iter().zip(&all));
        prop_assert!(known.into_iter().all(|(p, (raw, all))| raw <= p && p <= all));
        for (pair, interval) in judged.pairs.iter().zip(&judged.intervals) {
            if let Some(interval) = interval {
                prop_assert!(interval.low <= pair.difference && pair.difference <= interval.high);
            }
        }
        prop_assert_eq!(correlated(&joint), judged.pairs);
    }
}

#[test]
fn all_true_ranks_lie_in_their_sets_as_often_as_said() {
    // ten units of which some are equal; 400 samples: 95 % with three standard errors
    let truth: Vec<f64> = (0..10_u32).map(|at| 0.8 + 0.02 * f64::from(at / 3)).collect();
    let mut random = Random::seeded(4);
    let mut held = 0;
    for _ in 0..400 {
        let units: Vec<Estimate> =
            truth.iter().map(|share| estimate(share + 0.01 * random.normal(), 0.01)).collect();
        let joint = Joint::independent(&units).unwrap();
        let sets = simultaneous(&joint, 0.95, Procedure::StepDown, FEW).unwrap();
        let inside = |at: usize| {
            let above = truth.iter().filter(|share| **share > truth[at]).count();
            let alike = truth.iter().filter(|share| (**share - truth[at]).abs() < 1e-9).count();
            // equal units share the ranks: the set must hold all of them
            sets.low[at] <= above + 1 && above + alike <= sets.high[at]
        };
        held += usize::from((0..10).all(inside));
    }
    assert!(held >= 367, "{held} of 400");
}

#[test]
fn of_units_that_are_all_alike_one_is_named_in_one_sample_of_twenty() {
    // 600 samples at 5 %: 30 are expected, with three standard errors 14 to 46
    let mut random = Random::seeded(6);
    let mut named = 0;
    for _ in 0..600 {
        let units: Vec<Estimate> = (0..8).map(|_| estimate(0.8 + 0.01 * random.normal(), 0.01)).collect();
        let joint = Joint::independent(&units).unwrap();
        let sets = simultaneous(&joint, 0.95, Procedure::StepDown, FEW).unwrap();
        named += usize::from(sets.low.iter().any(|low| *low > 1) || sets.high.iter().any(|high| *high < 8));
    }
    assert!((14..=46).contains(&named), "{named} of 600");
}

#[test]
fn one_p_value_of_nought_is_not_turned_into_a_certainty_without_spread() {
    let pairs = independent(&[estimate(1.0, 0.0), estimate(0.2, 0.0), estimate(0.4, 1e-300)]);
    assert_eq!((pairs[0].se, pairs[0].z, pairs[0].p), (None, None, None));
    assert!(pairs.iter().all(|pair| pair.p.is_none_or(f64::is_finite)));
}
