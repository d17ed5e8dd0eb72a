//! Calibrated weights, composites and the bootstrap, on samples small enough to count by hand.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use stats::calibration::{Margin, poststratify};
use stats::design::{Design, Lonely};
use stats::linearised::{composite, mean, total};
use stats::replication::{ClusterSums, bootstrap};

fn near(one: f64, other: f64, relative: f64) -> bool {
    (one - other).abs() <= relative * one.abs().max(other.abs()).max(1e-300)
}

#[test]
fn after_calibration_strata_outside_the_domain_vary_too() {
    let strata = vec![0, 0, 1, 1];
    let design = Design::stratified(strata).unwrap();
    let all = Margin { cells: vec![0; 4], totals: vec![4.0] };
    let fitted = poststratify(design.weights(), &all).unwrap();
    let design = design.calibrated(fitted);
    let figure = total(design.weights(), &[Some(1.0), Some(3.0), None, None]).unwrap();
    // Residuals of the mean 1: 0, 2, −1, −1; only the first stratum varies.
    assert!(near(design.estimate(&figure, Lonely::Fail).variance().unwrap(), 4.0, 1e-12));
    let crossed = Margin { cells: vec![0, 1, 0, 1], totals: vec![2.0, 2.0] };
    let design = Design::stratified(vec![0, 0, 1, 1]).unwrap();
    let design = design.clone().calibrated(poststratify(design.weights(), &crossed).unwrap());
    // Residuals of the means ½ and 1½: ½, 1½, −½, −1½; each stratum adds 2 · (½² + ½²) = 1.
    assert!(near(design.estimate(&figure, Lonely::Fail).variance().unwrap(), 2.0, 1e-12));
}

#[test]
fn a_composite_of_full_shares_is_exactly_full_whatever_the_weights() {
    let share = |value| mean(&[1.0, 1.0], &[Some(value), Some(value)]).unwrap();
    let (full, none) = (share(1.0), share(0.0));
    for k in 1..60 {
        let weights = [1.0, f64::from(k), 3.0 / f64::from(k), 0.1];
        let of = |figure| composite(&weights.map(|weight| (weight, figure))).unwrap().est;
        assert!((of(&full) - 1.0).abs() < 1e-300, "{k}");
        assert!(of(&none).abs() < 1e-300, "{k}");
    }
}

#[test]
fn the_bootstrap_draws_one_cluster_less_than_there_are() {
    let sums = ClusterSums::from_sums(vec![vec![vec![3.0], vec![5.0]]]).unwrap();
    let seen = std::cell::RefCell::new(Vec::new());
    let figure = |totals: &[f64]| {
        seen.borrow_mut().push(totals[0]);
        Some(totals[0])
    };
    bootstrap(&sums, 50, 1, figure).unwrap();
    // Of two clusters one is drawn, and counts twice; the first total is that of the sample.
    let replicates = &seen.borrow()[1..];
    assert!(
        replicates.iter().all(|total| near(*total, 6.0, 1e-12) || near(*total, 10.0, 1e-12)),
        "{replicates:?}"
    );
}
