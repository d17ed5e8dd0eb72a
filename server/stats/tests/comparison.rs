//! Comparisons: what other software says, what must hold for any two sides, and how often a whole
//! province of units that are alike is said to hold one that is not.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not find")]

use proptest::prelude::*;
use stats::bands::{Verdict, bands, screened};
use stats::comparison::{Evidence, Side, difference_interval, smallest_visible};
use stats::floor::{Peer, peer_floor};
use stats::multiplicity::{benjamini_hochberg, holm};
use stats::share::{pooled, share};
use stats::{Estimate, StratumSums};

fn counts(satisfied: f64, n: f64) -> Side {
    Side { share: satisfied / n, effective: n, df: 1e12 }
}

#[test]
fn a_margin_is_tested_as_mee_does() {
    // Newcombe 1998, Stat Med 17:873, table II: limits of 95 % intervals by method 5 (Mee). At the
    // limits of its interval a difference has 2.5 % of evidence left.
    let known = [(56.0, 70.0, 48.0, 80.0, 0.0533, 0.3377), (9.0, 10.0, 3.0, 10.0, 0.1821, 0.8370)];
    for (x, n, y, m, low, high) in known {
        let (one, other) = (counts(x, n), counts(y, m));
        let above = |margin: f64| Evidence::between(&one, &other, margin).unwrap().above;
        assert!((above(low) - 0.025).abs() < 5e-5, "{x}/{n} {y}/{m}: {}", above(low));
        assert!((1.0 - above(high) - 0.025).abs() < 5e-5, "{x}/{n} {y}/{m}: {}", above(high));
    }
    // Farrington and Manning's estimates by numerical search: 60/60 against 850/1000 at 0.02.
    let found = Evidence::between(&counts(60.0, 60.0), &counts(850.0, 1000.0), 0.02).unwrap();
    assert!((found.above - 0.001_440_995_444_148).abs() < 1e-9, "{}", found.above);
    let found = Evidence::between(&counts(45.0, 60.0), &counts(850.0, 1000.0), 0.02).unwrap();
    assert!((found.below - (1.0 - 0.944_238_107_636_719)).abs() < 1e-9, "{}", found.below);
}

#[test]
fn intervals_of_differences_are_those_of_newcombe() {
    let known = [(56.0, 70.0, 48.0, 80.0, 0.0524, 0.3339), (9.0, 10.0, 3.0, 10.0, 0.1705, 0.8090)];
    for (x, n, y, m, low, high) in known {
        let found = difference_interval(&counts(x, n), &counts(y, m), 0.95).unwrap();
        assert!((found.low - low).abs() < 6e-5 && (found.high - high).abs() < 6e-5, "{found:?}");
    }
}

#[test]
fn a_difference_of_just_the_margin_is_no_evidence() {
    let (unit, peers) = (counts(870.0, 1000.0), counts(8_500.0, 10_000.0));
    let found = Evidence::between(&unit, &peers, 0.02).unwrap();
    assert!((found.above - 0.5).abs() < 1e-6 && found.p() > 0.99, "{found:?}");
    let ignored = Evidence::between(&unit, &peers, 0.0).unwrap();
    assert!(ignored.above < 0.05, "without the margin it would be named: {ignored:?}");
}

#[test]
fn everybody_satisfied_on_both_sides_is_no_difference() {
    let all = counts(60.0, 60.0);
    assert!(Evidence::between(&all, &counts(900.0, 900.0), 0.0).unwrap().p() > 0.999_999);
    let none = counts(0.0, 60.0);
    assert!(Evidence::between(&all, &none, 0.02).unwrap().above < 1e-12);
    let interval = difference_interval(&all, &all, 0.95).unwrap();
    assert!(interval.low < 0.0 && interval.high > 0.0, "{interval:?}");
}

#[test]
fn what_is_no_side_gives_no_evidence() {
    let good = counts(5.0, 10.0);
    for bad in [
        Side { share: f64::NAN, ..good },
        Side { share: 1.2, ..good },
        Side { effective: 0.0, ..good },
        Side { effective: f64::INFINITY, ..good },
        Side { df: 0.0, ..good },
    ] {
        assert_eq!(Evidence::between(&bad, &good, 0.02), None, "{bad:?}");
        assert_eq!(Evidence::between(&good, &bad, 0.02), None, "{bad:?}");
    }
    for margin in [-0.01, 1.0, f64::NAN] {
        assert_eq!(Evidence::between(&good, &good, margin), None);
    }
    let lonely = Estimate { est: 0.5, se: None, df: 0, n: 1, answers: 1, lonely: 1 };
    assert_eq!(Side::of(&lonely, Some(0.5)), None);
    let without = Estimate { est: 0.5, se: None, df: 9, n: 10, answers: 10, lonely: 0 };
    assert_eq!(Side::of(&without, None), None);
}

#[test]
fn a_side_rests_on_what_its_interval_rests_on() {
    let all = Estimate { est: 1.0, se: Some(0.0), df: 59, n: 60, answers: 780, lonely: 0 };
    assert!((Side::of(&all, Some(0.5)).unwrap().effective - 120.0).abs() < 1e-9);
    assert!((Side::of(&all, None).unwrap().effective - 60.0).abs() < 1e-9);
    let narrow = Estimate { est: 0.9, se: Some(0.001), ..all };
    assert!((Side::of(&narrow, Some(0.5)).unwrap().effective - 120.0).abs() < 1e-9);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn evidence_is_bounded_symmetric_and_shrinks_with_the_margin(
        p in 0.0..=1.0_f64, q in 0.0..=1.0_f64, n in 1.0..2e4_f64, m in 1.0..2e4_f64, margin in 0.0..0.3_f64,
    ) {
        let (one, other) = (Side { share: p, effective: n, df: n }, Side { share: q, effective: m, df: m });
        let found = Evidence::between(&one, &other, margin).unwrap();
        prop_assert!((0.0..=1.0).contains(&found.above) && (0.0..=1.0).contains(&found.below));
        let turned = Evidence::between(&other, &one, margin).unwrap();
        prop_assert!((found.above - turned.below).abs() < 1e-15);
        let wider = Evidence::between(&one, &other, margin + 0.05).unwrap();
        prop_assert!(wider.p() >= found.p() - 1e-9);
        prop_assert!((p - q).abs() > margin || found.p() > 0.99, "a difference within the margin");
    }

    #[test]
    fn a_named_difference_is_at_least_the_smallest_visible(
        q in 0.5..0.99_f64, p in 0.0..=1.0_f64, n in 30.0..500.0_f64, units in 2..80_i32,
    ) {
        let peers = Side { share: q, effective: 5e3, df: 4e3 };
        let unit = Side { share: p, effective: n, df: n };
        let level = 0.05 / f64::from(units);
        let (below, above) = smallest_visible(&peers, (n, n), 0.02, level);
        let named = Evidence::between(&unit, &peers, 0.02).unwrap().p() <= level;
        let seen = if p < q { below.is_some_and(|x| q - p >= x) } else { above.is_some_and(|x| p - q >= x) };
        let at_the_edge = below.is_some_and(|x| (q - p - x).abs() < 1e-9) || above.is_some_and(|x| (p - q - x).abs() < 1e-9);
        prop_assert!(named == seen || at_the_edge);
        prop_assert!(below.into_iter().chain(above).all(|x| x > 0.02));
    }

    #[test]
    fn adjusted_values_keep_order_and_lie_between_raw_and_bonferroni(p in prop::collection::vec(0.0..=1.0_f64, 1..40)) {
        let (claims, screening) = (holm(&p), benjamini_hochberg(&p));
        let many = p.len() as f64;
        for (at, raw) in p.iter().enumerate() {
            prop_assert!(*raw <= screening[at] && screening[at] <= claims[at] + 1e-15);
            prop_assert!(claims[at] <= (many * raw).min(1.0) + 1e-15);
            for (other, less) in p.iter().enumerate().filter(|(_, less)| *less < raw) {
                prop_assert!(claims[other] <= claims[at] && screening[other] <= screening[at], "{}", less);
            }
        }
    }

    #[test]
    fn the_interval_of_a_difference_holds_it_and_turns_with_its_sides(
        p in 0.0..=1.0_f64, q in 0.0..=1.0_f64, n in 5.0..1e4_f64, m in 5.0..1e4_f64,
    ) {
        let (one, other) = (Side { share: p, effective: n, df: n }, Side { share: q, effective: m, df: m });
        let there = difference_interval(&one, &other, 0.95).unwrap();
        let back = difference_interval(&other, &one, 0.95).unwrap();
        prop_assert!(there.low <= p - q + 1e-12 && p - q <= there.high + 1e-12);
        prop_assert!((there.low + back.high).abs() < 1e-12 && (there.high + back.low).abs() < 1e-12);
    }
}

/// Random numbers that are the same every time (Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// 60 to 179.
    fn people(&mut self) -> i64 {
        60 + (0..119).map(|_| i64::from(self.next() < 0.5)).sum::<i64>()
    }

    /// Sums of people whose answers to four items mostly agree: with the chance 0.8 all four are
    /// the person's own mood.
    fn unit(&mut self, people: i64, truth: f64) -> StratumSums {
        let mut sums = StratumSums::new(1);
        for _ in 0..people {
            let mood = i64::from(self.next() < truth);
            let items = (0..4).map(|_| if self.next() < 0.8 { mood } else { i64::from(self.next() < truth) });
            sums.add(&[(items.sum(), 4)]).unwrap();
        }
        sums
    }
}

/// The evidence of every unit against the others, as pages compute it.
fn against_others(units: &[(StratumSums, i64)], margin: f64) -> Vec<Evidence> {
    let estimate = |of: &dyn Fn(usize) -> bool| {
        let chosen = units.iter().enumerate().filter(|(at, _)| of(*at));
        let (strata, answering): (Vec<_>, Vec<_>) =
            chosen.map(|(_, (sums, n))| (sums.as_stratum(), *n)).unzip();
        pooled(&strata, &[0], &answering).unwrap()
    };
    let own: Vec<Estimate> = (0..units.len()).map(|at| estimate(&|other| other == at)).collect();
    let floor = peer_floor(own.iter().map(|e| Peer {
        n: e.n,
        share: e.est,
        variance: e.variance().unwrap_or_default(),
    }));
    let evidence = own.iter().enumerate().map(|(at, own)| {
        let others = Side::of(&estimate(&|other| other != at), None).unwrap();
        Evidence::between(&Side::of(own, floor).unwrap(), &others, margin).unwrap()
    });
    evidence.collect()
}

#[test]
fn a_province_of_like_units_names_one_of_them_in_at_most_one_of_twenty() {
    let mut chance = Chance(2026);
    let provinces = 200;
    let (mut claims, mut raw) = (0, 0);
    for _ in 0..provinces {
        let units: Vec<_> = (0..24)
            .map(|_| {
                let people = chance.people();
                (chance.unit(people, 0.95), people)
            })
            .collect();
        let evidence = against_others(&units, 0.0);
        claims += usize::from(bands(&evidence, 0.05).iter().any(|verdict| *verdict != Verdict::Even));
        raw += usize::from(evidence.iter().any(|found| found.p() <= 0.05));
    }
    // 5 % of 200 and three standard errors.
    assert!(claims <= 19, "{claims} of {provinces} provinces named a unit that is like the others");
    assert!(raw > 80, "without Holm {raw} would have");
}

#[test]
fn a_unit_that_is_worse_by_twenty_points_is_named() {
    let mut chance = Chance(7);
    let mut units: Vec<_> = (0..24).map(|_| (chance.unit(120, 0.9), 120)).collect();
    units[5].0 = chance.unit(120, 0.65);
    let verdicts = bands(&against_others(&units, 0.02), 0.05);
    assert_eq!(verdicts[5], Verdict::Below);
    assert_eq!(verdicts.iter().filter(|verdict| **verdict != Verdict::Even).count(), 1);
}

#[test]
fn screening_names_at_least_what_claims_name() {
    let at = |p: f64| Evidence { difference: 0.1, above: p / 2.0, below: 1.0 - p / 2.0 };
    let evidence = [at(0.001), at(0.02), at(0.03), at(0.6)];
    let named = |verdicts: Vec<Verdict>| verdicts.iter().filter(|v| **v == Verdict::Above).count();
    assert_eq!((named(bands(&evidence, 0.05)), named(screened(&evidence, 0.05))), (1, 3));
}

#[test]
fn a_binary_question_is_compared_like_any_share() {
    let yes = |satisfied, n| share(&[stats::share::Binary { n, answered: n, satisfied }]).unwrap();
    let (one, other) = (Side::of(&yes(50, 100), None).unwrap(), Side::of(&yes(400, 500), None).unwrap());
    // 99 rather than 100 answers: the variance of the sample has n − 1 below.
    assert!((one.effective - 99.0).abs() < 1e-9);
    assert_eq!(bands(&[Evidence::between(&one, &other, 0.02).unwrap()], 0.05), [Verdict::Below]);
}
