//! What must hold for open collection, planning, anomaly measures and disclosure, whatever the data.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not find")]

use proptest::prelude::*;
use proptest::test_runner::Config;
use stats::careless::{longstring, straightline, variability};
use stats::disclosure::{determined, unsafe_pairs};
use stats::mahalanobis::squared_distances;
use stats::nonresponse::{Tipping, bounds, bounds_of_share, representativity, tipping};
use stats::planning::allocation::{NoAllocation, Rule, Stratum as Layer, allocate, shares};
use stats::planning::{Aim, Contrast, cluster_effect, size, visible, yamane};
use stats::poststratified::{Cell, Rules, ladder, weighted};
use stats::share::Factor;
use stats::stuffing::{burst_p, equal_gaps, largest_burst, largest_same, seconds};
use stats::{StratumSums, Unavailable, nonresponse};

const RULES: [Rule; 3] = [Rule::Proportional, Rule::Neyman, Rule::SquareRoot];

fn layers() -> impl Strategy<Value = Vec<Layer>> {
    let layer = (0..400_i64, prop_oneof![Just(0.0), 0.01..0.5_f64])
        .prop_map(|(population, deviation)| Layer { population, deviation });
    prop::collection::vec(layer, 1..9)
}

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
        people.iter().for_each(|atoms| sums.add(atoms).unwrap());
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
    let cell =
        |(sums, answering, dossiers): &'_ (StratumSums, i64, i64)| (*answering, *dossiers, sums.clone());
    collected
        .iter()
        .map(|part| {
            let (answering, dossiers, _) = cell(part);
            Cell { stratum: part.0.as_stratum(), answering, dossiers, group: 0 }
        })
        .collect()
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
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(300) })]

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
        prop_assert_eq!(pools.iter().map(people).sum::<i64>(), parts.iter().map(|part| part.0.len() as i64).sum::<i64>());
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
                *value = (*value * pivot[column] - own * factor).rem_euclid(PRIME)
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
