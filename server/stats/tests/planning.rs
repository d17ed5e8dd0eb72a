//! What must hold for sample sizes, powers and allocations, whatever is asked.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use stats::planning::allocation::{NoAllocation, Rule, Stratum, allocate, shares};
use stats::planning::{Aim, Contrast, cluster_effect, size, visible, yamane};

const RULES: [Rule; 3] = [Rule::Proportional, Rule::Neyman, Rule::SquareRoot];

fn layers() -> impl Strategy<Value = Vec<Stratum>> {
    let layer = (0..400_i64, prop_oneof![Just(0.0), 0.01..0.5_f64])
        .prop_map(|(population, deviation)| Stratum { population, deviation });
    prop::collection::vec(layer, 1..9)
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, cases: 300, rng_seed: RngSeed::Fixed(1), ..Config::default() })]

    #[test]
    fn an_allocation_adds_up_and_keeps_its_limits(layers in layers(), n in 0..1500_i64, minimum in 0..6_i64) {
        let least: i64 = layers.iter().map(|layer| layer.population.min(minimum)).sum();
        let most: i64 = layers.iter().map(|layer| layer.population).sum();
        for rule in RULES {
            let shared = shares(&layers, n, rule, minimum);
            let whole = allocate(&layers, n, rule, minimum);
            if n < least {
                prop_assert_eq!(shared, Err(NoAllocation::TooFew(least)));
                continue;
            }
            if n > most {
                prop_assert_eq!(shared, Err(NoAllocation::TooMany(most)));
                continue;
            }
            let (shared, whole) = (shared.unwrap(), whole.unwrap());
            prop_assert!((shared.iter().sum::<f64>() - n as f64).abs() < 1e-6, "{rule:?} {shared:?}");
            prop_assert_eq!(whole.iter().sum::<i64>(), n);
            for ((layer, share), count) in layers.iter().zip(&shared).zip(&whole) {
                let (low, high) = (layer.population.min(minimum), layer.population);
                prop_assert!(*share >= low as f64 - 1e-9 && *share <= high as f64 + 1e-9, "{rule:?} {shared:?}");
                prop_assert!((low..=high).contains(count), "{rule:?} {whole:?}");
                prop_assert!((*count as f64 - share).abs() < 1.0 + 1e-6, "{rule:?} {shared:?} {whole:?}");
            }
        }
    }

    #[test]
    fn strata_between_their_limits_share_in_one_proportion(layers in layers(), n in 1..900_i64) {
        let Ok(shared) = shares(&layers, n, Rule::SquareRoot, 2) else { return Ok(()) };
        let free = layers.iter().zip(&shared).filter(|(layer, share)| **share > 2.0 + 1e-9 && **share < layer.population as f64 - 1e-9);
        let factors: Vec<f64> = free.map(|(layer, share)| share / (layer.population as f64).sqrt()).collect();
        for factor in &factors {
            prop_assert!((factor / factors[0] - 1.0).abs() < 1e-9, "{factors:?}");
        }
    }

    #[test]
    fn the_sample_size_is_the_least_that_reaches_the_power(
        one in 0.0..=1.0_f64, other in 0.0..=1.0_f64, power in 0.1..0.99_f64, deff in 0.2..3.0_f64,
    ) {
        prop_assume!((one - other).abs() > 0.01);
        let contrast = Contrast { one, other, alpha: 0.05, design_effect: deff };
        let n = contrast.answers(power).unwrap();
        prop_assert!(contrast.power(n).unwrap() >= power - 1e-9);
        if n > 1 {
            prop_assert!(contrast.power(n - 1).unwrap() <= power + 1e-7);
        }
        let mirrored = Contrast { one: 1.0 - one, other: 1.0 - other, ..contrast };
        prop_assert!((mirrored.exact(power).unwrap() / contrast.exact(power).unwrap() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_visible_needs_just_these_answers(n in 5..5000_i64, share in 0.0..=1.0_f64, deff in 0.2..3.0_f64) {
        let seen = visible(n, share, 0.05, 0.8, deff).unwrap();
        for other in [seen.below, seen.above].into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&other));
            let contrast = Contrast { one: share, other, alpha: 0.05, design_effect: deff };
            prop_assert!((contrast.power(n).unwrap() - 0.8).abs() < 1e-6, "{contrast:?}");
        }
    }

    #[test]
    fn a_sample_is_never_larger_than_its_population(
        share in 0.0..=1.0_f64, margin in 0.001..0.5_f64, all in 0..5000_i64, rate in 0.05..=1.0_f64,
    ) {
        let aim = Aim { share, margin, level: 0.95, design_effect: 1.3, population: Some(all), response_rate: rate };
        let wanted = size(&aim).unwrap();
        let unlimited = size(&Aim { population: None, ..aim }).unwrap();
        prop_assert!(wanted.answers <= all && wanted.answers <= unlimited.answers);
        prop_assert!(wanted.answers >= all.min(1) && wanted.invitations >= wanted.answers);
        prop_assert!(yamane(all, margin).unwrap() <= all);
    }
}

#[test]
fn plans_without_sense_are_none() {
    let aim = Aim {
        share: 0.5,
        margin: 0.05,
        level: 0.95,
        design_effect: 1.0,
        population: None,
        response_rate: 1.0,
    };
    for wrong in [
        Aim { margin: 0.0, ..aim },
        Aim { share: 1.1, ..aim },
        Aim { level: 1.0, ..aim },
        Aim { response_rate: 0.0, ..aim },
        Aim { population: Some(-1), ..aim },
        Aim { design_effect: f64::NAN, ..aim },
        Aim { margin: 1e-12, ..aim },
    ] {
        assert_eq!(size(&wrong), None, "{wrong:?}");
    }
    let answers = |aim: &Aim| size(aim).map(|size| size.answers);
    assert_eq!(answers(&Aim { share: 0.0, ..aim }), Some(1));
    assert_eq!(answers(&Aim { share: 1.0, population: Some(10), ..aim }), Some(1));
    assert_eq!(answers(&Aim { population: Some(0), ..aim }), Some(0));
    assert_eq!((yamane(0, 0.05), yamane(-1, 0.05), yamane(10, 0.0)), (Some(0), None, None));
    let contrast = Contrast { one: 0.8, other: 0.8, alpha: 0.05, design_effect: 1.0 };
    assert_eq!((contrast.exact(0.8), contrast.power(100)), (None, None));
    let certain = Contrast { one: 0.0, other: 1.0, ..contrast };
    assert_eq!(certain.power(1_000), Some(1.0));
    assert!(certain.answers(0.8).is_some_and(|n| (1..5).contains(&n)));
    assert_eq!(visible(0, 0.5, 0.05, 0.8, 1.0), None);
    let edge = visible(400, 1.0, 0.05, 0.8, 1.0).unwrap();
    assert!(edge.above.is_none() && edge.below.is_some());
    assert_eq!(
        (cluster_effect(&[], 0.1), cluster_effect(&[0], 0.1), cluster_effect(&[3], f64::NAN)),
        (None, None, None)
    );
}

#[test]
fn a_quotient_that_is_whole_but_for_rounding_is_not_rounded_up() {
    // 84 / 0.7 is 120.00000000000001 in binary.
    let aim = Aim {
        share: 0.5,
        margin: 0.106_93,
        level: 0.95,
        design_effect: 1.0,
        population: None,
        response_rate: 0.7,
    };
    let wanted = size(&aim).unwrap();
    assert_eq!((wanted.answers, wanted.invitations), (84, 120));
}
