//! What must hold for open collection, anomaly measures and disclosure, whatever the data.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not find")]

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use stats::careless::{longstring, straightline, variability};
use stats::disclosure::{determined, unsafe_pairs};
use stats::mahalanobis::squared_distances;
use stats::nonresponse::{Tipping, bounds, bounds_of_share, representativity, tipping};
use stats::poststratified::{Cell, Rules, ladder, weighted};
use stats::share::Factor;
use stats::stuffing::{burst_p, equal_gaps, largest_burst, largest_same, seconds};
use stats::{StratumSums, Unavailable, nonresponse};

fn answers() -> impl Strategy<Value = Vec<Option<u8>>> {
    prop::collection::vec(prop_oneof![3 => (1..=5_u8).prop_map(Some), 1 => Just(None)], 0..24)
}

/// Parts: people as (satisfied, answered) of two atoms, and dossiers.
type Part = (Vec<[(i64, i64); 2]>, i64);

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let atom = || (0..=4_i64).prop_flat_map(|answered| (0..=answered, Just(answered)));
    let people = prop::collection::vec([atom(), atom()], 0..12);
    prop::collection::vec((people, 0..200_i64), 1..6)
}

fn collect(parts: &[Part]) -> Vec<(StratumSums, i64, i64)> {
    let sums = |people: &[[(i64, i64); 2]]| {
        let mut sums = StratumSums::new(2);
        for atoms in people {
            sums.add(atoms).unwrap();
        }
        let answering = people.iter().filter(|atoms| atoms.iter().any(|atom| atom.1 > 0)).count();
        (sums, i64::try_from(answering).unwrap())
    };
    let one = |(people, dossiers): &Part| {
        let (sums, answering) = sums(people);
        (sums, answering, *dossiers)
    };
    parts.iter().map(one).collect()
}

fn cells(collected: &[(StratumSums, i64, i64)]) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    for (sums, answering, dossiers) in collected {
        let stratum = sums.as_stratum();
        cells.push(Cell { stratum, answering: *answering, dossiers: *dossiers, group: 0 });
    }
    cells
}

const BOTH: [Factor<'static>; 2] = [Factor { weight: 2.0, atoms: &[0] }, Factor { weight: 1.0, atoms: &[1] }];

/// The formula of the weighted composite written out person by person, from the weights.
fn by_hand(parts: &[Part], pools: &[Vec<usize>], weights: &[f64]) -> (f64, f64) {
    let mut index = 0.0;
    let mut values: Vec<Vec<f64>> = parts.iter().map(|part| vec![0.0; part.0.len()]).collect();
    for (atom, omega) in [(0, 2.0 / 3.0), (1, 1.0 / 3.0)] {
        let total = |pick: fn((i64, i64)) -> i64| -> f64 {
            let part = |(part, weight): (&Part, &f64)| {
                weight * part.0.iter().map(|atoms| pick(atoms[atom]) as f64).sum::<f64>()
            };
            parts.iter().zip(weights).map(part).sum()
        };
        let (yes, all) = (total(|atom| atom.0), total(|atom| atom.1));
        index += omega * yes / all;
        for (at, part) in parts.iter().enumerate() {
            for (value, atoms) in values[at].iter_mut().zip(&part.0) {
                *value +=
                    weights[at] * omega * (atoms[atom].0 as f64 - yes / all * atoms[atom].1 as f64) / all;
            }
        }
    }
    let spread = |pool: &Vec<usize>| {
        let z: Vec<f64> = pool.iter().flat_map(|&at| values[at].iter().copied()).collect();
        let n = z.len() as f64;
        let mean = if z.len() > 1 { z.iter().sum::<f64>() / n } else { 0.0 };
        let squares: f64 = z.iter().map(|z| (z - mean).powi(2)).sum();
        if z.len() > 1 { squares * n / (n - 1.0) } else { squares }
    };
    (index, pools.iter().map(spread).sum::<f64>().sqrt())
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, cases: 300, rng_seed: RngSeed::Fixed(1), ..Config::default() })]

    #[test]
    fn the_weighted_figure_is_the_formula_written_out(parts in parts(), smallest in 1..4_i64) {
        let collected = collect(&parts);
        let rules = Rules { smallest, ..Rules::default() };
        let Ok(figure) = weighted(&cells(&collected), &BOTH, &rules) else { return Ok(()) };
        let mut pools = figure.pooled.clone();
        let single = |at: &usize| figure.weights[*at] > 0.0 && !figure.pooled.iter().flatten().any(|one| one == at);
        pools.extend((0..parts.len()).filter(single).map(|at| vec![at]));
        let (est, se) = by_hand(&parts, &pools, &figure.weights);
        prop_assert!((figure.estimate.est - est).abs() < 1e-12, "{figure:?} {est}");
        if let Some(own) = figure.estimate.se {
            prop_assert!((own - se).abs() < 1e-7 * se + 1e-9, "{figure:?} {se}");
        }
        prop_assert!((0.0..=1.0).contains(&figure.coverage));
        let weights: Vec<f64> = figure.weights.iter().copied().filter(|weight| *weight > 0.0).collect();
        let ends = weights.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), &w| (low.min(w), high.max(w)));
        prop_assert!(ends.0 >= 1.0 && ends.1 <= 5.0 * ends.0 + 1e-9, "{ends:?}");
        // Pools are large enough, unless the whole is not; every respondent is somewhere.
        let people = |pool: &Vec<usize>| pool.iter().map(|&at| collected[at].0.as_stratum().n).sum::<i64>();
        prop_assert!(pools.len() == 1 || pools.iter().all(|pool| people(pool) >= smallest), "{pools:?}");
        prop_assert_eq!(pools.iter().map(people).sum::<i64>(), collected.iter().map(|part| part.0.as_stratum().n).sum::<i64>());
        let finite = weighted(&cells(&collected), &BOTH, &Rules { finite: true, ..rules }).unwrap();
        prop_assert!(finite.estimate.se <= figure.estimate.se);
    }

    #[test]
    fn weighting_does_nothing_where_everybody_answered_alike(parts in parts()) {
        // Two dossiers for every answer.
        let mut collected = collect(&parts);
        for part in &mut collected {
            part.2 = 2 * part.0.as_stratum().n;
        }
        let Ok(ladder) = ladder(&cells(&collected), &BOTH, &Rules::default()) else { return Ok(()) };
        let Ok(figure) = ladder.weighted else { return Ok(()) };
        prop_assert!((figure.estimate.est - ladder.open.est).abs() < 1e-12);
        let bounds = ladder.bounds.unwrap();
        prop_assert!(bounds.low <= ladder.open.est && ladder.open.est <= bounds.high);
        prop_assert!((bounds.width() - 0.5).abs() < 1e-12);
    }

    #[test]
    fn the_order_of_people_never_matters(parts in parts(), answers in prop::collection::vec(answers(), 0..20), times in prop::collection::vec(0..2000_u16, 0..40)) {
        let turned: Vec<Part> = parts.iter().map(|(people, n)| (people.iter().rev().copied().collect(), *n)).collect();
        let (one, other) = (collect(&parts), collect(&turned));
        prop_assert_eq!(weighted(&cells(&one), &BOTH, &Rules::default()), weighted(&cells(&other), &BOTH, &Rules::default()));
        let back: Vec<Vec<Option<u8>>> = answers.iter().rev().cloned().collect();
        prop_assert_eq!(largest_same(&answers, 3), largest_same(&back, 3));
        let times: Vec<f64> = times.into_iter().map(f64::from).collect();
        let reversed: Vec<f64> = times.iter().rev().copied().collect();
        prop_assert_eq!(largest_burst(&times, 60.0), largest_burst(&reversed, 60.0));
        prop_assert_eq!(equal_gaps(&times), equal_gaps(&reversed));
    }

    #[test]
    fn a_burst_is_the_fullest_window(times in prop::collection::vec(0..3000_u16, 0..40), window in 1..900_u16) {
        let times: Vec<f64> = times.into_iter().map(f64::from).collect();
        let within = |from: f64| times.iter().filter(|time| **time >= from && **time < from + f64::from(window)).count();
        let most = times.iter().map(|&from| within(from)).max().unwrap_or(0);
        prop_assert_eq!(largest_burst(&times, f64::from(window)), most);
    }

    #[test]
    fn a_straight_line_has_no_variability_and_one_run(answers in answers(), least in 0..12_usize) {
        let given = answers.iter().flatten().count();
        let straight = straightline(&answers, least);
        prop_assert!(longstring(&answers) <= given);
        prop_assert_eq!(straight, given >= least.max(1) && longstring(&answers) == given);
        if straight && given > 1 {
            prop_assert_eq!(variability(&answers), Some(0.0));
        }
    }

    #[test]
    fn the_tipping_point_brings_the_whole_to_the_target(p in 0.0..=1.0_f64, rate in 0.0..=1.0_f64, target in 0.0..=1.0_f64) {
        let whole = |others: f64| rate * p + (1.0 - rate) * others;
        match tipping(p, rate, target).unwrap() {
            Tipping::Safe => prop_assert!(whole(0.0) >= target - 1e-12),
            Tipping::OutOfReach => prop_assert!(whole(1.0) < target + 1e-12),
            Tipping::At(others) => {
                prop_assert!((0.0..=1.0).contains(&others));
                prop_assert!((whole(others) - target).abs() < 1e-12);
            }
        }
        let bounds = bounds_of_share(p, rate).unwrap();
        prop_assert!(bounds.low <= p + 1e-12 && p <= bounds.high + 1e-12);
    }

    #[test]
    fn bias_lies_within_the_bound(cells in prop::collection::vec((1..300_i64, 0.0..=1.0_f64, 0..2_i64), 1..8)) {
        // Every cell is satisfied or not as one: the worst that selection between cells can do.
        let made: Vec<nonresponse::Cell> = cells
            .iter()
            .map(|(dossiers, part, _)| {
                #[expect(clippy::cast_possible_truncation, reason = "a part of a count")]
                let responses = (*dossiers as f64 * part) as i64;
                nonresponse::Cell { dossiers: *dossiers, responses }
            })
            .collect();
        let seen = representativity(&made).unwrap();
        let Some(bound) = seen.bias_bound(0.5) else { return Ok(()) };
        let sum = |of: &dyn Fn(&nonresponse::Cell, i64) -> i64| made.iter().zip(&cells).map(|(cell, (_, _, yes))| of(cell, *yes)).sum::<i64>() as f64;
        let truth = sum(&|cell, yes| cell.dossiers * yes) / sum(&|cell, _| cell.dossiers);
        let seen_share = sum(&|cell, yes| cell.responses * yes) / sum(&|cell, _| cell.responses);
        prop_assert!((seen_share - truth).abs() <= bound + 1e-9);
        prop_assert!(seen.r_indicator <= 1.0 && seen.r_indicator >= -1e-12);
    }

    #[test]
    fn a_cell_follows_exactly_when_it_adds_no_rank(sums in prop::collection::vec(prop::collection::btree_set(0..9_usize, 1..7), 0..8)) {
        let sums: Vec<Vec<usize>> = sums.into_iter().map(|set| set.into_iter().collect()).collect();
        let reduced = determined(&sums).unwrap();
        let base = rank(&sums);
        prop_assert_eq!(reduced.equations().count(), base);
        for cell in 0..9 {
            let mut more = sums.clone();
            more.push(vec![cell]);
            prop_assert_eq!(reduced.cells().contains(&cell), rank(&more) == base);
            prop_assert_eq!(reduced.follows(&[cell]).unwrap(), rank(&more) == base);
        }
    }

    #[test]
    fn distances_do_not_depend_on_order_or_unit(rows in prop::collection::vec(prop::collection::vec(1..=5_u8, 3), 8..30)) {
        let rows: Vec<Vec<f64>> = rows.into_iter().map(|row| row.into_iter().map(f64::from).collect()).collect();
        let Ok(one) = squared_distances(&rows) else { return Ok(()) };
        let scaled: Vec<Vec<f64>> = rows.iter().rev().map(|row| vec![row[2] * 25.0, row[0] - 1.0, row[1]]).collect();
        let other = squared_distances(&scaled).unwrap();
        for (a, b) in one.iter().zip(other.iter().rev()) {
            prop_assert!((a - b).abs() < 1e-7 * (1.0 + a), "{a} {b}");
        }
    }
}

/// The rank of the sums modulo a prime far above their minors.
fn rank(sums: &[Vec<usize>]) -> usize {
    const PRIME: i128 = (1 << 61) - 1;
    let row = |cells: &Vec<usize>| (0..9).map(|at| i128::from(cells.contains(&at))).collect::<Vec<i128>>();
    let mut rows: Vec<Vec<i128>> = sums.iter().map(row).collect();
    let mut rank = 0;
    for column in 0..9 {
        let Some(at) = (rank..rows.len()).find(|&at| rows[at][column] != 0) else { continue };
        rows.swap(rank, at);
        let pivot = rows[rank].clone();
        for row in rows.iter_mut().skip(rank + 1) {
            let factor = row[column];
            let cross = |(value, own): (&mut i128, &i128)| {
                *value = (*value * pivot[column] - own * factor).rem_euclid(PRIME);
            };
            row.iter_mut().zip(&pivot).for_each(cross);
        }
        rank += 1;
    }
    rank
}

#[test]
fn nobody_and_nothing_give_a_reason() {
    let empty = StratumSums::new(2);
    let cell = |dossiers| Cell { stratum: empty.as_stratum(), answering: 0, dossiers, group: 0 };
    for cells in [vec![], vec![cell(0)], vec![cell(50)]] {
        assert!(weighted(&cells, &BOTH, &Rules::default()).is_err(), "{cells:?}");
        assert!(ladder(&cells, &BOTH, &Rules::default()).is_err());
    }
    let mut one = StratumSums::new(2);
    one.add(&[(1, 1), (2, 3)]).unwrap();
    let lone = Cell { stratum: one.as_stratum(), answering: 1, dossiers: 0, group: 0 };
    assert_eq!(
        weighted(&[lone], &BOTH, &Rules::default()),
        Err(Unavailable::NoAnswers),
        "no dossiers at all"
    );
    let figure = weighted(&[Cell { dossiers: 9, ..lone }], &BOTH, &Rules::default()).unwrap();
    assert_eq!((figure.estimate.se, figure.estimate.df, figure.estimate.n), (None, 0, 1));
    let open = ladder(&[lone], &BOTH, &Rules::default()).unwrap();
    assert_eq!(open.bounds.map(|bounds| bounds.width()), Some(0.0), "all who could answer did");
    assert_eq!(bounds(3, 3, 0).map(|bounds| (bounds.low, bounds.high)), Some((1.0, 1.0)));
}

#[test]
fn a_group_without_answers_is_left_out_and_lowers_the_coverage() {
    let mut sums = StratumSums::new(2);
    (0..4).for_each(|at| sums.add(&[(at % 2, 1), (1, 1)]).unwrap());
    let empty = StratumSums::new(2);
    let cell = |sums: &'static StratumSums, answering, dossiers, group| Cell {
        stratum: sums.as_stratum(),
        answering,
        dossiers,
        group,
    };
    let (sums, empty) = (Box::leak(Box::new(sums)), Box::leak(Box::new(empty)));
    let cells = [cell(sums, 4, 3, 0), cell(empty, 0, 5, 0), cell(empty, 0, 8, 1)];
    let figure = weighted(&cells, &BOTH, &Rules::default()).unwrap();
    assert_eq!((figure.coverage, figure.left_out), (3.0 / 16.0, vec![2]));
    assert_eq!((figure.pooled, figure.exceeding), (vec![vec![0, 1]], Vec::new()));
    let figure = weighted(&cells[..1], &BOTH, &Rules::default()).unwrap();
    assert_eq!((figure.exceeding, figure.weights), (vec![0], vec![1.0]), "four answers to three dossiers");
}

#[test]
fn the_cap_cuts_the_weights_and_says_so() {
    let mut sums = StratumSums::new(2);
    (0..4).for_each(|at| sums.add(&[(at % 2, 1), (1, 1)]).unwrap());
    let cell = |dossiers| Cell { stratum: sums.as_stratum(), answering: 4, dossiers, group: 0 };
    let figure = weighted(&[cell(8), cell(40), cell(400)], &BOTH, &Rules::default()).unwrap();
    assert_eq!((figure.weights, figure.capped), (vec![2.0, 10.0, 10.0], vec![2]));
}

#[test]
fn small_gaps_between_sets_that_only_overlap_are_no_pairs() {
    assert_eq!(unsafe_pairs(&[10, 1, 3], &[vec![0, 1], vec![0, 2]], 5), []);
    assert_eq!(unsafe_pairs(&[10, 0], &[vec![0, 1], vec![0]], 5), [], "nobody is in the difference");
    assert_eq!(unsafe_pairs(&[10, 4, 9], &[vec![2, 1, 0], vec![0, 2]], 4), [], "four are enough for four");
}

#[test]
fn rare_bursts_keep_their_digits() {
    // P(X ≥ 35), mean 0.18: far below what 1 − F could show.
    let p = burst_p(35, 97, 600.0, 324_000.0).unwrap();
    assert!(p > 0.0 && p < 1e-40, "{p}");
    assert!(seconds(&[7; 60]).unwrap().p < 1e-50);
}
