//! What must hold for sums of products whatever the answers.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not find")]

use proptest::prelude::*;
use stats::drivers::drivers;
use stats::moments::{Covariance, Moments, PairMoments};
use stats::omega::one_factor;
use stats::reliability::reliability;

type Row = [Option<i64>; 4];

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let code = prop::option::weighted(0.85, 1..=5_i64);
    prop::collection::vec([code.clone(), code.clone(), code.clone(), code], 0..60)
}

fn complete(rows: &[Row]) -> Moments {
    let mut sums = Moments::new(4);
    for row in rows.iter().filter_map(|row| row.iter().copied().collect::<Option<Vec<i64>>>()) {
        sums.add(&row).unwrap();
    }
    sums
}

fn pairs(rows: &[Row]) -> PairMoments {
    let mut sums = PairMoments::new(4);
    for row in rows {
        sums.add(row).unwrap();
    }
    sums
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 80, ..ProptestConfig::default() })]

    #[test]
    fn merging_is_the_union_and_subtracting_undoes_it(left in rows(), right in rows()) {
        let union = [left.clone(), right.clone()].concat();
        let mut sums = complete(&left);
        sums.merge(&complete(&right)).unwrap();
        prop_assert_eq!(&sums, &complete(&union));
        sums.remove(&complete(&right)).unwrap();
        prop_assert_eq!(&sums, &complete(&left));
        let mut by_pairs = pairs(&left);
        by_pairs.merge(&pairs(&right)).unwrap();
        prop_assert_eq!(&by_pairs, &pairs(&union));
        by_pairs.remove(&pairs(&right)).unwrap();
        prop_assert_eq!(&by_pairs, &pairs(&left));
    }

    #[test]
    fn the_order_of_rows_never_matters(rows in rows()) {
        let mut turned = rows.clone();
        turned.reverse();
        prop_assert_eq!(complete(&rows), complete(&turned));
        prop_assert_eq!(pairs(&rows), pairs(&turned));
    }

    #[test]
    fn sums_give_the_covariances_of_the_rows(rows in rows()) {
        let whole: Vec<Vec<f64>> = rows
            .iter()
            .filter_map(|row| row.iter().map(|code| code.map(|code| code as f64)).collect())
            .collect();
        let (exact, direct) = (complete(&rows).covariance(), Covariance::of_rows(&whole));
        prop_assert_eq!(exact.is_ok(), direct.is_ok());
        if let (Ok(exact), Ok(direct)) = (exact, direct) {
            for at in 0..16 {
                prop_assert!((exact.at(at / 4, at % 4) - direct.at(at / 4, at % 4)).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn sums_kept_elsewhere_are_the_same_sums(rows in rows()) {
        let own = [0, 1, 2, 3].map(|at| {
            let codes = rows.iter().filter_map(|row| row[at]);
            codes.fold([0; 3], |sums, x| [sums[0] + 1, sums[1] + x, sums[2] + x * x])
        });
        let of = |one: usize, other: usize| {
            let codes = rows.iter().filter_map(|row| row[one].zip(row[other]));
            codes.fold([0; 4], |sums, (x, y)| [sums[0] + 1, sums[1] + x, sums[2] + y, sums[3] + x * y])
        };
        let kept = [of(1, 0), of(2, 0), of(2, 1), of(3, 0), of(3, 1), of(3, 2)];
        prop_assert_eq!(PairMoments::from_sums(&own, &kept).unwrap(), pairs(&rows));
        prop_assert!(PairMoments::from_sums(&own, &kept[1..]).is_err());
    }

    #[test]
    fn nothing_is_ever_not_a_number(rows in rows()) {
        let Ok(items) = complete(&rows).covariance() else { return Ok(()) };
        if let Ok(found) = reliability(&items, 0.95) {
            prop_assert!(found.alpha.is_finite() && found.alpha <= 1.0 + 1e-12);
            let optional = found.if_dropped.iter().chain(&found.item_rest).chain([&found.standardised]);
            prop_assert!(optional.flatten().all(|value| value.is_finite()));
        }
        if let Ok(found) = one_factor(&items) {
            prop_assert!(found.omega.is_finite());
            prop_assert!(found.loadings.iter().chain(&found.unique).all(|value| value.is_finite()));
        }
        if let Ok(found) = drivers(&items) {
            let parts = found.lmg.iter().chain(&found.johnson).chain(&found.betas);
            prop_assert!(parts.into_iter().all(|value| value.is_finite()));
            prop_assert!((found.lmg.iter().sum::<f64>() - found.r2).abs() < 1e-9);
            prop_assert!((found.johnson.iter().sum::<f64>() - found.r2).abs() < 1e-9);
        }
    }
}

#[test]
fn the_model_that_made_the_covariances_is_found_again() {
    // rows with exactly the covariances λλ' + θ: orthogonal columns of signs, 32 of them
    let (loadings, unique) = ([0.9, 0.7, 0.5, 0.8], [0.4, 0.6, 0.3, 0.5_f64]);
    let sign = |row: usize, column: usize| if row >> column & 1 == 1 { 1.0 } else { -1.0 };
    let rows: Vec<Vec<f64>> = (0..32)
        .map(|row| (0..4).map(|at| loadings[at] * sign(row, 4) + unique[at].sqrt() * sign(row, at)).collect())
        .collect();
    let fitted = one_factor(&Covariance::of_rows(&rows).unwrap()).unwrap();
    for at in 0..4 {
        assert!((fitted.loadings[at] - loadings[at]).abs() < 1e-8, "{:?}", fitted.loadings);
        assert!((fitted.unique[at] - unique[at]).abs() < 1e-8, "{:?}", fitted.unique);
    }
}
