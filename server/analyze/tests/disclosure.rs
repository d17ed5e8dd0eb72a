//! The search for what published counts give away, against counting out all possibilities.

use analyze::disclosure::{
    DisclosureError, Sum, audit, complementary, margins, ranges, small_groups, with_hidden,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use stats::disclosure::{Range, determined, primary};
use std::collections::BTreeSet;

/// All tables of whole counts with the given sums, by trying every value in turn.
fn every(cells: usize, sums: &[Sum]) -> Vec<Vec<i64>> {
    fn go(at: usize, now: &mut Vec<i64>, sums: &[Sum], all: &mut Vec<Vec<i64>>) {
        let left = |sum: &Sum, now: &[i64]| {
            sum.total - sum.cells.iter().filter_map(|&cell| now.get(cell)).sum::<i64>()
        };
        let open = |sum: &&Sum| sum.cells.iter().any(|&cell| cell >= at);
        if sums.iter().filter(|sum| !open(sum)).any(|sum| left(sum, now) != 0) {
            return;
        }
        let Some(most) = sums.iter().filter(|sum| sum.cells.contains(&at)).map(|sum| left(sum, now)).min()
        else {
            all.push(now.clone());
            return;
        };
        for count in 0..=most {
            now.push(count);
            go(at + 1, now, sums, all);
            now.pop();
        }
    }
    let mut all = Vec::new();
    go(0, &mut Vec::new(), sums, &mut all);
    all.retain(|counts| counts.len() == cells);
    all
}

fn released(counts: &[i64], sums: &[Vec<usize>]) -> Vec<Sum> {
    sums.iter().map(|cells| Sum::of(counts, cells)).collect()
}

/// A table of small counts: rows, columns, counts.
fn table(most: i64, side: usize) -> impl Strategy<Value = (usize, usize, Vec<i64>)> {
    (2..=side, 2..=side).prop_flat_map(move |(rows, columns)| {
        (Just(rows), Just(columns), prop::collection::vec(0..=most, rows * columns))
    })
}

/// Cells, and sums of some of them.
fn system() -> impl Strategy<Value = (Vec<i64>, Vec<Vec<usize>>)> {
    (2..=7_usize).prop_flat_map(|cells| {
        let sum = prop::collection::btree_set(0..cells, 1..=cells);
        let sums = prop::collection::vec(sum.prop_map(|set| set.into_iter().collect()), 1..6);
        (prop::collection::vec(0..=9_i64, cells), sums)
    })
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, cases: 150, rng_seed: RngSeed::Fixed(1), ..Config::default() })]

    #[test]
    fn ranges_of_a_table_are_those_of_all_tables_with_its_totals(
        (rows, columns, counts) in table(4, 3),
        shown in prop::collection::btree_set(0..9_usize, 0..4),
    ) {
        let hidden: Vec<usize> = (0..counts.len()).filter(|cell| !shown.contains(cell)).collect();
        let sums = released(&counts, &with_hidden(counts.len(), &margins(rows, columns), &hidden));
        let all = every(counts.len(), &sums);
        prop_assert!(all.contains(&counts));
        for (cell, range) in ranges(counts.len(), &sums, &hidden).unwrap() {
            let values: BTreeSet<i64> = all.iter().map(|table| table[cell]).collect();
            let wanted = Range { low: *values.first().unwrap(), high: *values.last().unwrap() };
            prop_assert_eq!(range, wanted, "{:?}", &counts);
        }
    }

    #[test]
    fn ranges_of_any_sums_hold_the_true_counts((counts, sums) in system()) {
        let released = released(&counts, &sums);
        let wanted: Vec<usize> = (0..counts.len()).collect();
        for (cell, range) in ranges(counts.len(), &released, &wanted).unwrap() {
            prop_assert!(range.low <= counts[cell] && counts[cell] <= range.high, "{cell} {range:?}");
        }
        // What follows by subtraction is known, whatever else is.
        let found = ranges(counts.len(), &released, &determined(&sums).unwrap().cells()).unwrap();
        prop_assert!(found.iter().all(|(cell, range)| range.is_exact() && range.low == counts[*cell]));
    }

    #[test]
    fn a_pattern_of_ours_stands_and_none_is_missed((rows, columns, counts) in table(12, 5), k in 2..7_i64) {
        let margins = margins(rows, columns);
        let small = primary(&counts, k, true);
        match complementary(&counts, &margins, &small, k) {
            Ok(hidden) => {
                prop_assert!(small.iter().all(|cell| hidden.contains(cell)));
                let published = with_hidden(counts.len(), &margins, &hidden);
                for (cell, range) in ranges(counts.len(), &released(&counts, &published), &small).unwrap() {
                    prop_assert!(range.low <= counts[cell] && counts[cell] <= range.high);
                    prop_assert!(range.low < range.high && range.high >= k, "{cell} {range:?}");
                }
                let known = determined(&published).unwrap().cells();
                prop_assert!(small.iter().all(|cell| !known.contains(cell)));
            }
            Err(DisclosureError::Unprotectable(_)) => {
                // Then a table without a single published cell gives something away as well.
                let left = ranges(counts.len(), &released(&counts, &margins), &small).unwrap();
                prop_assert!(left.iter().any(|(_, range)| range.low == range.high || range.high < k));
            }
            Err(error) => prop_assert!(false, "{error}"),
        }
    }

    #[test]
    fn small_groups_are_those_found_by_trying_all((counts, sums) in system(), k in 2..8_i64) {
        let reduced = determined(&sums).unwrap();
        let inside = |set: u32| (0..counts.len()).filter(|at| set >> at & 1 == 1).collect::<Vec<usize>>();
        let people = |cells: &[usize]| cells.iter().map(|&cell| counts[cell]).sum::<i64>();
        let all: Vec<Vec<usize>> = (1..1_u32 << counts.len())
            .map(inside)
            .filter(|cells| (1..k).contains(&people(cells)) && reduced.follows(cells).unwrap())
            .collect();
        let groups = small_groups(&counts, &sums, k).unwrap();
        prop_assert!(groups.complete);
        for group in &groups.found {
            prop_assert!(all.contains(&group.cells), "{group:?}");
            prop_assert_eq!(people(&group.cells), group.people);
        }
        let least = all.iter().map(|cells| people(cells)).min();
        prop_assert_eq!(groups.found.first().map(|group| group.people), least);
        // Whatever else there is holds one that was named.
        let filled = |cells: &[usize]| cells.iter().copied().filter(|&at| counts[at] > 0).collect::<BTreeSet<_>>();
        for cells in &all {
            let held = |group: &analyze::disclosure::Group| filled(&group.cells).is_subset(&filled(cells));
            prop_assert!(groups.found.iter().any(held), "{cells:?} {groups:?}");
        }
    }

    #[test]
    fn the_order_of_the_sums_never_matters((counts, sums) in system(), k in 2..8_i64) {
        let one = audit(&counts, &sums, k).unwrap();
        let turned: Vec<Vec<usize>> = sums.iter().rev().map(|cells| cells.iter().rev().copied().collect()).collect();
        let other = audit(&counts, &turned, k).unwrap();
        prop_assert_eq!(&one.small_cells, &other.small_cells);
        prop_assert_eq!(&one.exposed, &other.exposed);
        prop_assert_eq!(one.unsafe_pairs.len(), other.unsafe_pairs.len());
        prop_assert_eq!(one.is_clean(), other.is_clean());
    }
}

#[test]
fn a_pattern_that_hides_too_little_is_seen() {
    // Only the small cells hidden: each is the last unknown of its row.
    let counts = [23, 44, 3, 16, 36, 2, 30, 30, 30];
    let published = with_hidden(9, &margins(3, 3), &[2, 5]);
    let found = audit(&counts, &published, 5).unwrap();
    assert_eq!((found.small_cells, found.exposed.len(), found.groups.found.len()), (vec![2, 5], 2, 2));
    let hidden = complementary(&counts, &margins(3, 3), &[2, 5], 5).unwrap();
    let found = audit(&counts, &with_hidden(9, &margins(3, 3), &hidden), 5).unwrap();
    assert!(found.small_cells.is_empty() && found.exposed.is_empty(), "{found:?}");
}

#[test]
fn a_table_without_small_cells_hides_nothing() {
    let counts = [10, 0, 20, 30];
    assert_eq!(complementary(&counts, &margins(2, 2), &primary(&counts, 5, true), 5), Ok(Vec::new()));
    assert!(audit(&[10, 20, 30, 40], &margins(2, 2), 5).unwrap().is_clean());
    assert!(audit(&[], &[], 5).unwrap().is_clean());
    assert!(audit(&[0, 0], &[vec![0, 1]], 5).unwrap().is_clean());
}

#[test]
fn what_cannot_be_hidden_is_named() {
    let counts = [3, 0, 20, 30];
    let result = complementary(&counts, &margins(2, 2), &[0], 5);
    assert_eq!(result, Err(DisclosureError::Unprotectable(0)), "its row has three people");
}

#[test]
fn nonsense_is_an_error() {
    let sum = |cells: &[usize], total| Sum { cells: cells.to_vec(), total };
    assert!(matches!(ranges(1, &[sum(&[4], 1)], &[0]), Err(DisclosureError::Malformed(_))));
    assert!(matches!(ranges(1, &[], &[1]), Err(DisclosureError::Malformed(_))));
    assert!(matches!(audit(&[-1], &[vec![0]], 5), Err(DisclosureError::Malformed(_))));
    assert!(matches!(audit(&[i64::MAX, 5], &[vec![0]], 5), Err(DisclosureError::Malformed(_))));
    assert!(matches!(audit(&[1], &[vec![0]], 0), Err(DisclosureError::Malformed(_))));
    let contrary = [sum(&[0, 1], 3), sum(&[0, 1, 2], 2)];
    assert_eq!(ranges(3, &contrary, &[0]), Err(DisclosureError::Contradictory));
    assert_eq!(ranges(2, &[sum(&[0], 3)], &[1]), Ok(vec![(1, Range { low: 0, high: i64::MAX })]));
}

#[test]
fn a_large_table_is_protected() {
    // 40 units by 12 services, counts 0 to 40 in a fixed disorder.
    let counts: Vec<i64> = (0..480_i64).map(|at| at * 7919 % 6007 % 41).collect();
    let margins = margins(40, 12);
    let small = primary(&counts, 5, true);
    assert!(small.len() > 40, "{}", small.len());
    let hidden = complementary(&counts, &margins, &small, 5).unwrap();
    assert!(hidden.len() < 2 * small.len(), "{} for {}", hidden.len(), small.len());
}

#[test]
fn that_people_are_whole_gives_away_more_than_the_relaxation_says() {
    // From the sums 2 x₀ = 13 + x₃: the program says 6.5 to 7, and only 7 is a number of people.
    let sum = |cells: &[usize], total| Sum { cells: cells.to_vec(), total };
    let sums = [sum(&[0, 1], 8), sum(&[0, 2], 7), sum(&[1, 2, 3], 2)];
    let found = ranges(4, &sums, &[0, 1]);
    assert_eq!(found, Ok(vec![(0, Range { low: 7, high: 7 }), (1, Range { low: 1, high: 1 })]));
}
