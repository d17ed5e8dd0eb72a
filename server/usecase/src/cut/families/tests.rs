use super::*;
use crate::chance::Chance;
use proptest::prelude::*;

const K: usize = 5;

/// By family, the band of everybody.
type Bands = Vec<(Family, Vec<Option<String>>)>;

fn rule(limit: usize, guard: Guard) -> Rule {
    Rule { k: K, limit, guard }
}

/// Bands written as runs: `&[("land", 12), ("health", 3)]`.
fn runs(runs: &[(&str, usize)]) -> Vec<Option<String>> {
    runs.iter().flat_map(|(band, n)| std::iter::repeat_n(Some((*band).to_owned()), *n)).collect()
}

fn parts(split: Option<&Split>) -> Vec<(&str, usize)> {
    let split = split.expect("the family is split");
    split.codes.iter().map(String::as_str).zip(split.partition.sizes().iter().copied()).collect()
}

/// The people of one unit, with the steps of their folds.
fn steps(partition: Partition) -> Known {
    Known { units: vec![0; partition.labels().len()], published: vec![Published { family: None, partition }] }
}

fn one_fold(people: usize) -> Known {
    steps(Partition::of(&vec![Some(1); people]))
}

fn split_one(bands: &[Option<String>], limit: usize) -> Option<Split> {
    let families = [(Family::Field, bands.to_vec())];
    split_families(&families, one_fold(bands.len()), rule(limit, Guard::PairCheck)).remove(0).1
}

#[test]
fn small_parts_are_pooled() {
    let split = split_one(&runs(&[("land", 40), ("health", 4), ("fishing", 3), ("birth", 25)]), K);
    assert_eq!(parts(split.as_ref()), [(POOLED, 7), ("birth", 25), ("land", 40)]);
}

#[test]
fn the_next_smallest_joins_a_pool_that_is_too_small() {
    let split = split_one(&runs(&[("land", 40), ("health", 3), ("birth", 6), ("fishing", 7)]), K);
    assert_eq!(parts(split.as_ref()), [(POOLED, 9), ("fishing", 7), ("land", 40)]);
}

#[test]
fn a_family_left_with_one_part_is_not_split() {
    assert_eq!(split_one(&runs(&[("granted", 60)]), K), None);
    assert_eq!(split_one(&runs(&[("granted", 60), ("refused", 4)]), K), None);
    assert_eq!(split_one(&runs(&[("a", 4), ("b", 4), ("c", 4)]), K), None);
}

#[test]
fn fakeable_levels_and_parents_need_three_times_k() {
    assert_eq!(Rule::new(10, false, false).limit, 10);
    assert_eq!(Rule::new(10, true, false).limit, 30);
    assert_eq!(Rule::new(10, false, true).limit, 30);
    assert_eq!(Rule::new(10, true, true).k, 10);
}

#[test]
fn a_family_that_differs_from_an_accepted_one_by_three_people_is_not_split() {
    let result = (Family::Result, runs(&[("granted", 30), ("refused", 20)]));
    let who = (Family::Who, runs(&[("self", 27), ("business", 23)]));
    let families = split_families(&[result, who], one_fold(50), rule(K, Guard::PairCheck));
    assert!(families[0].1.is_some());
    assert_eq!(families[1], (Family::Who, None));
}

#[test]
fn a_family_equal_to_an_accepted_one_tells_nothing_new_and_is_split() {
    let result = (Family::Result, runs(&[("granted", 30), ("refused", 20)]));
    let who = (Family::Who, runs(&[("self", 30), ("business", 20)]));
    let families = split_families(&[result, who], one_fold(50), rule(K, Guard::PairCheck));
    assert!(families.iter().all(|(_, split)| split.is_some()));
}

#[test]
fn a_part_that_is_three_folds_but_for_two_people_is_not_split() {
    let folds = Partition::of(&runs(&[("1", 10), ("2", 10), ("3", 10), ("4", 20)]));
    let field = vec![(Family::Field, runs(&[("land", 28), ("birth", 22)]))];
    assert_eq!(split_families(&field, steps(folds), rule(K, Guard::PairCheck))[0].1, None);
}

#[test]
fn unions_on_both_sides_are_compared() {
    // 20 + 20 of one and 19 + 18 of the other, three people apart, though no single part is near a union.
    let a = Partition::of(&runs(&[("a1", 20), ("a2", 20), ("a3", 40)]));
    let crossed = [("x", 10), ("y", 10), ("x", 9), ("y", 8), ("z", 43)];
    let b = Partition::of(&runs(&crossed));
    assert!(!may_stand_together(&a, &b, K));
    assert!(may_stand_together(&a, &b, 3));
}

#[test]
fn people_whose_family_is_not_in_the_box_are_in_no_part() {
    let with = |silent: usize| {
        let bands = runs(&[("yes", 20), ("no", 20)]).into_iter().chain(vec![None; silent]);
        [(Family::Complained, bands.collect::<Vec<_>>())]
    };
    let apart = Partition::of(&runs(&[("1", 40), ("2", 12)]));
    let families = split_families(&with(12), steps(apart), rule(K, Guard::PairCheck));
    assert_eq!(parts(families[0].1.as_ref()), [("no", 20), ("yes", 20)]);
    // A step that holds two people more than the parts together would give these two away.
    assert_eq!(split_families(&with(2), one_fold(42), rule(K, Guard::PairCheck))[0].1, None);
}

/// A parent's family is one with its parts below: 8 whose *field* was split below in their own box, and 12
/// whose *field* is split here, are nearly the 22 of a part of *who*.
#[test]
fn parts_below_and_here_are_one_family() {
    let below = [(Some("x"), 8), (Some("y"), 10), (None, 42)];
    let below: Vec<Option<&str>> =
        below.iter().flat_map(|(part, n)| std::iter::repeat_n(*part, *n)).collect();
    let here: Vec<Option<String>> = below
        .iter()
        .enumerate()
        .map(|(at, part)| part.is_none().then(|| if at < 30 { "a".into() } else { "b".into() }))
        .collect();
    let who: Vec<Option<String>> = (0..60)
        .map(|at| Some(if at < 8 || (18..32).contains(&at) { "self" } else { "business" }.into()))
        .collect();
    let below = Published { family: Some(Family::Field), partition: Partition::of(&below) };
    let bands = [(Family::Field, here), (Family::Who, who)];
    let mut known = one_fold(60);
    known.published.push(below.clone());
    let families = split_families(&bands, known, rule(K, Guard::PairCheck));
    assert!(families[0].1.is_some());
    assert_eq!(families[1], (Family::Who, None), "8 below and 12 here, and two more");
    let (fields, whose) = (
        families[0].1.as_ref().unwrap(),
        split_families(&bands[1..], one_fold(60), rule(K, Guard::PairCheck)),
    );
    let whose = &whose[0].1.as_ref().unwrap().partition;
    assert!(
        may_stand_together(&fields.partition, whose, K),
        "the new parts alone would have been let through"
    );
    assert!(may_stand_together(&below.partition, whose, K), "and so would those below");
}

/// All differences of unions, one by one.
fn leaks_by_hand(a: &Partition, b: &Partition, k: usize) -> bool {
    let masks = |partition: &Partition| {
        let mut sets = vec![0u128; partition.sizes().len()];
        for (person, label) in partition.labels().iter().enumerate() {
            if let Some(label) = label {
                sets[*label] |= 1 << person;
            }
        }
        let union = |choice: usize| {
            let chosen = sets.iter().enumerate().filter(|(at, _)| choice >> at & 1 == 1);
            chosen.fold(0u128, |all, (_, set)| all | set)
        };
        (1..1 << sets.len()).map(union).collect::<Vec<u128>>()
    };
    let (a, b) = (masks(a), masks(b));
    let differ = |inner: &u128, outer: &u128| {
        inner & !outer == 0 && (1..k).contains(&((outer & !inner).count_ones() as usize))
    };
    a.iter().any(|x| b.iter().any(|y| differ(x, y) || differ(y, x)))
}

/// A box of 30 to 100 people: folds in sequence, families that follow each other closely, as age
/// and occupation do.
fn box_of(chance: &Chance) -> (Vec<Partition>, Bands) {
    let people = 30 + chance.below(71) as usize;
    let fold = (people / (2 + chance.below(7) as usize)).max(K);
    let mut bands: Vec<Vec<u32>> = Vec::new();
    let most = 2 + chance.below(3);
    for _ in 0..4 {
        let before = bands.last().filter(|_| chance.below(3) > 0).cloned();
        let noise = 4 + chance.below(40);
        let person = |at: usize| {
            let follows = before.as_ref().filter(|_| chance.below(noise) > 0);
            follows.map_or_else(|| chance.below(most).min(chance.below(most)), |before| before[at])
        };
        bands.push((0..people).map(person).collect());
    }
    let folds: Vec<Option<usize>> = (0..people).map(|at| Some((at / fold).min(people / fold - 1))).collect();
    let named = |band: &u32| Some(format!("band {band}"));
    let families = Family::ALL.iter().zip(bands).map(|(f, b)| (*f, b.iter().map(named).collect()));
    (vec![Partition::of(&folds)], families.collect())
}

/// Over many boxes: families accepted, refused, and pairs that give somebody away.
fn survey_boxes(guard: Guard) -> (usize, usize, usize) {
    let chance = Chance::seeded([5; 32]);
    let (mut accepted, mut refused, mut leaks) = (0, 0, 0);
    for _ in 0..400 {
        let (mut published, bands) = box_of(&chance);
        for (_, split) in split_families(&bands, steps(published[0].clone()), rule(K, guard)) {
            match split {
                Some(split) => {
                    accepted += 1;
                    assert!(split.partition.sizes().iter().all(|n| *n >= K));
                    published.push(split.partition);
                }
                None => refused += 1,
            }
        }
        for (at, a) in published.iter().enumerate() {
            leaks += published[..at].iter().filter(|b| leaks_by_hand(a, b, K)).count();
        }
    }
    (accepted, refused, leaks)
}

#[test]
fn no_accepted_pair_gives_away_fewer_than_k_people() {
    let (accepted, refused, leaks) = survey_boxes(Guard::PairCheck);
    assert_eq!(leaks, 0);
    assert!(
        accepted > 400 && refused > 100,
        "{accepted} accepted, {refused} refused: the boxes test nothing"
    );
}

#[test]
fn without_the_pair_check_the_same_boxes_give_people_away() {
    let (_, _, leaks) = survey_boxes(Guard::Nothing);
    assert!(leaks > 100, "{leaks} leaks: the search by hand is blind");
}

fn labels(sets: u8) -> impl Strategy<Value = Vec<Option<u8>>> {
    prop::collection::vec(prop::option::weighted(0.95, 0..sets), 40)
}

proptest! {
    #[test]
    fn the_check_agrees_with_a_search_by_hand(a in labels(4), b in labels(5), noise in 0usize..40, k in 1usize..9) {
        // Mostly the same sets, so that small differences are not rare.
        let mixed: Vec<Option<u8>> = (0..40).map(|at| if at < noise { b[at] } else { a[at] }).collect();
        let (mut a, mut b) = (Partition::of(&a), Partition::of(&mixed));
        // What is smaller than k is never published.
        for partition in [&mut a, &mut b] {
            let keep = |label: &Option<usize>| label.filter(|label| partition.sizes()[*label] >= k);
            *partition = Partition::of(&partition.labels().iter().map(keep).collect::<Vec<_>>());
        }
        prop_assert_eq!(!may_stand_together(&a, &b, k), leaks_by_hand(&a, &b, k));
    }

    #[test]
    fn parts_are_never_below_the_limit_and_hold_everybody_once(
        bands in prop::collection::vec(0u8..9, 10..300),
        limit in 5usize..31,
    ) {
        let bands: Vec<Option<String>> = bands.iter().map(|b| Some((b * b / 9).to_string())).collect();
        if let Some(split) = pool(&bands, limit) {
            prop_assert!(split.partition.sizes().iter().all(|n| *n >= limit));
            prop_assert!(split.codes.len() >= 2);
            prop_assert_eq!(split.partition.sizes().iter().sum::<usize>(), bands.len());
            for (label, band) in split.partition.labels().iter().zip(&bands) {
                let code = &split.codes[label.unwrap()];
                prop_assert!(code == POOLED || Some(code) == band.as_ref());
            }
        }
    }
}
