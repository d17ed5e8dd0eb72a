//! The items that may be the weakest: how often a better one is called weak, and the other way round.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use stats::weakest::{Weakest, weakest};
use stats::{StratumSums, Unavailable};

/// People whose answers to all items hang together.
fn sample(rng: &mut ChaCha20Rng, people: usize, shares: &[f64]) -> Result<Weakest, Unavailable> {
    let mut sums = StratumSums::new(shares.len());
    for _ in 0..people {
        let mood: f64 = rng.random_range(-0.2..0.2);
        let items: Vec<(i64, i64)> = shares
            .iter()
            .map(|share| {
                let answered = rng.random_bool(0.95);
                let satisfied = answered && rng.random_bool((share + mood).clamp(0.0, 1.0));
                (i64::from(satisfied), i64::from(answered))
            })
            .collect();
        sums.add(&items)?;
    }
    let atoms: Vec<usize> = (0..shares.len()).collect();
    weakest(&[sums.as_stratum()], &atoms, 0.05)
}

#[test]
fn the_truly_weakest_item_is_almost_always_among_those_named() {
    let mut rng = ChaCha20Rng::seed_from_u64(5);
    let shares = [0.8, 0.72, 0.7, 0.75, 0.78, 0.71];
    let mut missed = 0;
    for _ in 0..400 {
        missed += usize::from(!sample(&mut rng, 150, &shares).unwrap().alike.contains(&2));
    }
    assert!(missed <= 20, "missed in {missed} of 400 samples");
}

#[test]
fn a_clearly_better_item_is_not_named() {
    let mut rng = ChaCha20Rng::seed_from_u64(6);
    for _ in 0..200 {
        assert!(!sample(&mut rng, 300, &[0.9, 0.6, 0.62]).unwrap().alike.contains(&0));
    }
}

#[test]
fn items_that_everybody_answered_alike_cannot_be_told_apart() {
    let mut sums = StratumSums::new(2);
    for i in 0..50 {
        let satisfied = i64::from(i % 4 > 0);
        sums.add(&[(satisfied, 1), (satisfied, 1)]).unwrap();
    }
    let found = weakest(&[sums.as_stratum()], &[0, 1], 0.05).unwrap();
    assert_eq!(found.alike, [0, 1]);
}
