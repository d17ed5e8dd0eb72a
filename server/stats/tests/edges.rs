//! Small, missing and contradictory input, and rules that are easy to get wrong.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not find")]

use stats::floor::{Peer, peer_floor, product_interval};
use stats::interval::hypergeometric::exact;
use stats::interval::{korn_graubard, likelihood, logit_t, wald_t, wilson_t};
use stats::score::{ScoreCell, ScoreCount, ScoreStratum, mean_score};
use stats::share::{Binary, Factor, composite, pooled, share};
use stats::{Estimate, Stratum, StratumSums, Unavailable};

fn people(atoms: &[(i64, i64)]) -> StratumSums {
    let mut sums = StratumSums::new(1);
    for atom in atoms {
        sums.add(&[*atom]).unwrap();
    }
    sums
}

#[test]
fn nobody_gives_no_estimate() {
    let nobody = people(&[]);
    let silent = people(&[(0, 0), (0, 0)]);
    for strata in [vec![], vec![nobody.as_stratum()], vec![silent.as_stratum()]] {
        let zeros = vec![0; strata.len()];
        assert_eq!(pooled(&strata, &[0], &zeros), Err(Unavailable::NoAnswers));
    }
    assert_eq!(share(&[]), Err(Unavailable::NoAnswers));
    assert_eq!(mean_score(&[]), Err(Unavailable::NoAnswers));
}

#[test]
fn a_composite_never_spreads_weights() {
    let mut sums = StratumSums::new(2);
    sums.add(&[(1, 2), (0, 0)]).unwrap();
    let factors = [0, 1].map(|at: usize| if at == 0 { &[0_usize] } else { &[1] });
    let factors = factors.map(|atoms| Factor { weight: 1.0, atoms });
    let result = composite(&[sums.as_stratum()], &factors, &[1]);
    assert_eq!(result, Err(Unavailable::FactorWithoutAnswers(1)));
}

#[test]
fn one_respondent_has_no_standard_error() {
    let one = people(&[(3, 4)]);
    let alone = pooled(&[one.as_stratum()], &[0], &[1]).unwrap();
    assert_eq!((alone.est, alone.se, alone.df, alone.lonely), (0.75, None, 0, 1));
    assert_eq!(wilson_t(&alone, 0.95), None);
    let silent = people(&[(3, 4), (0, 0)]);
    assert_eq!(pooled(&[silent.as_stratum()], &[0], &[1]).unwrap().se, None);
    let yes = share(&[Binary { n: 1, answered: 1, satisfied: 1 }]).unwrap();
    assert!(wilson_t(&yes, 0.95).is_some());
}

#[test]
fn a_lonely_stratum_is_centred_at_zero() {
    let (lonely, others) = (people(&[(0, 1)]), people(&[(1, 1), (0, 1), (1, 1)]));
    let strata = [lonely.as_stratum(), others.as_stratum()];
    let got = pooled(&strata, &[0], &[1, 3]).unwrap();
    // R = 1/2, z = -1/8 for the lonely one; 1/8, -1/8, 1/8 with mean 1/24 for the others.
    let expected = 1.0 / 64.0 + 3.0 / 2.0 * (3.0 / 64.0 - 3.0 / 576.0);
    assert!((got.variance().unwrap() - expected).abs() < 1e-15);
    assert_eq!((got.df, got.lonely, got.without_lonely().se), (2, 1, None));
}

#[test]
fn everybody_satisfied_is_exact() {
    let mut sums = StratumSums::new(3);
    for answered in 1..20 {
        sums.add(&[(answered, answered), (1, 1), (7, 7)]).unwrap();
    }
    let atoms: [&[usize]; 3] = [&[0], &[1], &[2]];
    let weights = [3.0 / 22.0, 4.0 / 22.0, 1.0 / 7.0];
    let factors: Vec<_> =
        weights.iter().zip(atoms).map(|(&weight, atoms)| Factor { weight, atoms }).collect();
    let index = composite(&[sums.as_stratum()], &factors, &[19]).unwrap();
    assert_eq!((index.est, index.se), (1.0, Some(0.0)));
    let high = wilson_t(&index, 0.95).map(|interval| interval.high);
    assert_eq!(high, Some(1.0)); // exactly, without a rounding
    for undefined in [logit_t, korn_graubard, likelihood, wald_t] {
        assert_eq!(undefined(&index, 0.95), None);
    }
}

#[test]
fn large_sums_stay_exact() {
    // Thirty million people in one stratum: the variance is still that of independent answers.
    let half = 15_000_000_i64;
    let got = share(&[Binary { n: 2 * half, answered: 2 * half, satisfied: half }]).unwrap();
    let expected = 0.25 / (2 * half - 1) as f64;
    assert!((got.variance().unwrap() / expected - 1.0).abs() < 1e-12);
    let everyone = Binary { n: i64::MAX, answered: i64::MAX, satisfied: 1 };
    assert_eq!(share(&[everyone]), Err(Unavailable::TooLarge));
}

/// One satisfied and one dissatisfied respondent.
const GOOD: Stratum<'static> = Stratum { n: 2, sums: &[1, 2], products: &[1, 1, 2] };

#[test]
fn contradictions_are_named() {
    assert!(pooled(&[GOOD], &[0], &[2]).is_ok());
    let bad = [
        Stratum { n: -1, ..GOOD },
        Stratum { n: 0, ..GOOD },
        Stratum { sums: &[3, 2], ..GOOD },
        Stratum { sums: &[-1, 2], ..GOOD },
        Stratum { products: &[1, 9, 2], ..GOOD },
    ];
    for stratum in bad {
        let result = pooled(&[stratum], &[0], &[2]);
        assert!(matches!(result, Err(Unavailable::Inconsistent(_))), "{result:?}");
    }
    for answering in [0, 3, -1] {
        let result = pooled(&[GOOD], &[0], &[answering]);
        assert!(matches!(result, Err(Unavailable::Inconsistent(_))), "{result:?}");
    }
}

#[test]
fn wrong_shapes_are_named() {
    let odd = Stratum { sums: &[1, 2, 3], ..GOOD };
    let short = Stratum { products: &[1, 1], ..GOOD };
    let cases: [(Stratum<'_>, &[usize], &[i64]); 5] = [
        (odd, &[0], &[2]),
        (short, &[0], &[2]),
        (GOOD, &[1], &[2]),
        (GOOD, &[0, 0], &[2]),
        (GOOD, &[0], &[2, 2]),
    ];
    for (stratum, atoms, answering) in cases {
        let result = pooled(&[stratum], atoms, answering);
        assert!(matches!(result, Err(Unavailable::Malformed(_))), "{result:?}");
    }
    for weight in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let result = composite(&[GOOD], &[Factor { weight, atoms: &[0] }], &[2]);
        assert!(matches!(result, Err(Unavailable::Malformed(_))), "{result:?}");
    }
}

fn people_of(answered: i64, sum: i64) -> [ScoreCount; 1] {
    [ScoreCount { answered, respondents: 1, sum, squares: sum * sum }]
}

#[test]
fn cells_of_a_stratum_have_their_own_half() {
    // Three answers of eight are too few, of four enough; five of nine are.
    let (three, five) = (people_of(3, 15), people_of(5, 20));
    let cell = |items, counts| ScoreCell { items, counts };
    let cells = [cell(8, &three[..]), cell(4, &three), cell(9, &five)];
    let score = mean_score(&[ScoreStratum { n: 4, cells: &cells }]).unwrap();
    assert!((score.est - 87.5).abs() < 1e-12);
    assert_eq!((score.n, score.df, score.answers), (2, 1, 8));
}

#[test]
fn impossible_scores_are_refused() {
    let (fifteen, sixteen) = (people_of(3, 15), people_of(3, 16));
    for (n, items, counts) in [(1, 4, sixteen), (0, 4, fifteen), (1, 2, fifteen)] {
        let cells = [ScoreCell { items, counts: &counts }];
        let result = mean_score(&[ScoreStratum { n, cells: &cells }]);
        assert!(matches!(result, Err(Unavailable::Inconsistent(_))), "{result:?}");
    }
}

#[test]
fn the_floor_takes_the_peers_that_qualify() {
    let peer = |n, share, g: f64| Peer { n, share, variance: g * share * (1.0 - share) / n as f64 };
    let large = [peer(60, 0.5, 0.2), peer(100, 0.9, 0.4), peer(40_000, 0.985, 0.6)];
    let others = [peer(59, 0.9, 9.0), peer(500, 0.49, 9.0), peer(500, 0.99, 9.0)];
    let more = [peer(60, 0.6, 0.2), peer(100, 0.8, 0.4)];
    assert_eq!(peer_floor(large.into_iter().chain(others)), None);
    let got = peer_floor(large.into_iter().chain(others).chain(more)).unwrap();
    let expected = (120.0 * 0.2 + 200.0 * 0.4 + 40_000.0 * 0.6) / 40_320.0;
    assert!((got - expected).abs() < 1e-12);
    let broken = Peer { n: 100, share: f64::NAN, variance: f64::NAN };
    assert_eq!(peer_floor([broken; 9]), None);
}

#[test]
fn at_the_ends_the_floor_changes_n() {
    let all = Estimate { est: 1.0, se: Some(0.0), df: 19, n: 20, answers: 260, lonely: 0 };
    let shown = product_interval(&all, Some(0.5), 0.95).unwrap();
    let more = Estimate { n: 40, ..all };
    assert_eq!(Some(shown.interval), wilson_t(&more, 0.95));
    assert!(shown.floor_binding && !product_interval(&all, None, 0.95).unwrap().floor_binding);
}

#[test]
fn independent_variances_add() {
    let one = Estimate { est: 0.9, se: Some(0.03), df: 9, n: 10, answers: 20, lonely: 0 };
    let other = Estimate { est: 0.5, se: Some(0.04), df: 4, n: 6, answers: 12, lonely: 1 };
    let gap = one.minus_independent(&other);
    assert!((gap.est - 0.4).abs() < 1e-15 && (gap.variance().unwrap() - 0.0025).abs() < 1e-15);
    assert_eq!((gap.df, gap.n, gap.answers, gap.lonely), (13, 16, 32, 1));
    assert_eq!(one.minus_independent(&Estimate { se: None, ..other }).se, None);
}

#[test]
fn the_product_interval_says_what_made_it() {
    let own = Estimate { est: 0.9, se: Some(0.02), df: 99, n: 100, answers: 900, lonely: 0 };
    let plain = product_interval(&own, Some(0.1), 0.95).unwrap();
    assert!(!plain.floor_binding && Some(plain.interval) == wilson_t(&own, 0.95));
    let raised = product_interval(&own, Some(1.0), 0.95).unwrap();
    let same = Estimate { se: Some(0.03), ..own };
    assert!(raised.floor_binding);
    assert!((raised.interval.low - wilson_t(&same, 0.95).unwrap().low).abs() < 1e-12);
    // Everybody gave the same mixture: no variance, yet no certainty.
    let alike = Estimate { se: Some(0.0), ..own };
    assert!(wilson_t(&alike, 0.95).unwrap().width() > 0.1);
    assert_eq!(product_interval(&own, Some(f64::NAN), 0.95), product_interval(&own, None, 0.95));
}

#[test]
fn hypergeometric_agrees_with_counting() {
    let choose = |n: i64, k: i64| -> f64 {
        if k < 0 || k > n { 0.0 } else { (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product() }
    };
    for (population, n) in [(1, 1), (7, 3), (30, 20), (40, 40), (61, 5)] {
        for x in 0..=n {
            let probability = |all: i64, from: i64, to: i64| -> f64 {
                let ways = |j| choose(all, j) * choose(population - all, n - j);
                (from..=to).map(ways).sum::<f64>() / choose(population, n)
            };
            let possible = x..=population - (n - x);
            let low = possible.clone().find(|&all| probability(all, x, n) > 0.025).unwrap();
            let high = possible.rev().find(|&all| probability(all, 0, x) > 0.025).unwrap();
            let got = exact(population, n, x, 0.95).unwrap();
            assert_eq!((got.low, got.high), (low, high), "{x} of {n} of {population}");
        }
    }
    assert!(exact(1_000_000_000, 500_000_000, 499_999_999, 0.95).is_some());
}
