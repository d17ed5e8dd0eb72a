//! How often 95 % intervals hold the truth: simulated, 10 000 samples a setting, all settings named
//! before anything is drawn. `server/docs/coverage.md` is the table that the long case prints.
//!
//! The people of these samples answer thirteen items, each satisfied with probability p; one answer in ten
//! is blank. They come in two kinds. *Latent*: what somebody feels about an item is a normal number, two of
//! a person correlate by ρ, and above a threshold it is an answer 4 or 5. *Mood*, which is harsher: an item
//! repeats the person's own mood with probability √ρ and is a throw of its own otherwise, so that the
//! dissatisfied are few and dissatisfied with nearly everything.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot compute")]

use std::fmt::Write as _;

use stats::floor::{Peer, peer_floor, product_interval};
use stats::interval::wilson_t;
use stats::quantile::normal;
use stats::random::Random;
use stats::share::pooled;
use stats::{Estimate, Interval, StratumSums};

const ITEMS: u32 = 13;
const BLANK: f64 = 0.1;
const LEVEL: f64 = 0.95;
/// Correlation of two items of a person; real forms lie between 0.75 and 0.9 (statistics.md 2).
const CORRELATION: f64 = 0.8;
const SHARES: [f64; 6] = [0.7, 0.8, 0.9, 0.95, 0.97, 0.99];
const SIZES: [u32; 6] = [10, 20, 30, 60, 100, 200];
/// Provinces from whose units the floor is estimated, anew for each.
const PROVINCES: u32 = 50;
/// Units of a province, with so many respondents each, and shares between these.
const UNITS: u32 = 64;
const UNIT_RESPONDENTS: u32 = 100;
const UNIT_SHARES: (f64, f64) = (0.8, 0.98);

/// The one setting of which the promise is known to be broken: ten people at 99 %, of whom one in a mood
/// is enough to miss.
const BROKEN: (People, f64, u32) = (People::Mood, 0.99, 10);

/// How answers of a person hang together.
#[derive(Debug, Clone, Copy, PartialEq)]
enum People {
    Latent,
    Mood,
}

/// What came of a setting, in per cent of its samples.
#[derive(Debug, Clone, Copy)]
struct Covered {
    people: People,
    share: f64,
    size: u32,
    wilson: f64,
    product: f64,
    /// Mean width of the product interval over that of wilson_t.
    wider: f64,
}

/// The satisfied and the given answers of somebody.
fn answer(random: &mut Random, people: People, (share, threshold): (f64, f64)) -> (i64, i64) {
    let copies = CORRELATION.sqrt();
    let feeling = random.normal();
    let (mut satisfied, mut answered) = (0, 0);
    for _ in 0..ITEMS {
        if random.uniform() < BLANK {
            continue;
        }
        answered += 1;
        let yes = match people {
            People::Latent => copies * feeling + (1.0 - CORRELATION).sqrt() * random.normal() < threshold,
            People::Mood if random.uniform() < copies => feeling < threshold,
            People::Mood => random.uniform() < share,
        };
        satisfied += i64::from(yes);
    }
    (satisfied, answered)
}

fn sample(random: &mut Random, people: People, share: f64, size: u32) -> Estimate {
    let threshold = normal(share).unwrap();
    let mut sums = StratumSums::new(1);
    let mut answering = 0;
    for _ in 0..size {
        let person = answer(random, people, (share, threshold));
        answering += i64::from(person.1 > 0);
        sums.add(&[person]).unwrap();
    }
    pooled(&[sums.as_stratum()], &[0], &[answering]).unwrap()
}

fn floor_of_a_province(random: &mut Random, people: People) -> Option<f64> {
    let (low, high) = UNIT_SHARES;
    let peers: Vec<Peer> = (0..UNITS)
        .filter_map(|_| {
            let share = low + (high - low) * random.uniform();
            let unit = sample(random, people, share, UNIT_RESPONDENTS);
            Some(Peer { n: unit.n, share: unit.est, variance: unit.variance()? })
        })
        .collect();
    peer_floor(peers)
}

fn cover(seed: u64, (people, share, size): (People, f64, u32), samples: u32) -> Covered {
    let mut random = Random::seeded(seed);
    let (mut wilson, mut product, mut widths) = (0_u32, 0_u32, (0.0, 0.0));
    for _ in 0..PROVINCES {
        let floor = floor_of_a_province(&mut random, people);
        for _ in 0..samples / PROVINCES {
            let estimate = sample(&mut random, people, share, size);
            let holds = |interval: Interval| u32::from(interval.low <= share && share <= interval.high);
            let plain = wilson_t(&estimate, LEVEL).unwrap();
            let shown = product_interval(&estimate, floor, LEVEL).unwrap().interval;
            wilson += holds(plain);
            product += holds(shown);
            widths = (widths.0 + plain.width(), widths.1 + shown.width());
        }
    }
    let percent = |hits: u32| 100.0 * f64::from(hits) / f64::from(samples);
    Covered {
        people,
        share,
        size,
        wilson: percent(wilson),
        product: percent(product),
        wider: widths.1 / widths.0,
    }
}

/// Every setting, with a seed of its own.
fn settings() -> Vec<(u64, (People, f64, u32))> {
    let sizes = |share: &f64| SIZES.map(|size| (*share, size));
    let pairs = SHARES.iter().flat_map(sizes);
    let all = pairs.flat_map(|(share, size)| [(People::Latent, share, size), (People::Mood, share, size)]);
    (1..).zip(all).collect()
}

fn table(covered: &[Covered]) -> String {
    let mut table = String::from(
        "| people | share | respondents | wilson_t, % | product interval, % | width of the product interval over wilson_t |\n\
         | --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for Covered { people, share, size, wilson, product, wider } in covered {
        let under = if *wilson < 93.0 { " (under)" } else { "" };
        writeln!(table, "| {people:?} | {share} | {size} | {wilson:.1}{under} | {product:.1} | {wider:.2} |")
            .unwrap();
    }
    table
}

/// What is promised of a setting and was not kept. `slack` is for fewer samples than 10 000.
fn broken(covered: &Covered, slack: f64) -> Vec<String> {
    let Covered { people, share, size, wilson, product, .. } = *covered;
    let mut broken = Vec::new();
    if share <= 0.9 && size >= 60 && !(93.0 - slack..=97.0 + slack).contains(&wilson) {
        broken.push(format!("wilson_t, {people:?} at {share} with {size}: {wilson:.2} %"));
    }
    if product < 94.0 - slack {
        broken.push(format!("product interval, {people:?} at {share} with {size}: {product:.2} %"));
    }
    broken
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say_at_three_settings() {
    // 1 000 samples: twice the standard error of such a share is 1.4 %.
    let chosen =
        [(101, People::Latent, 0.8, 60), (102, People::Latent, 0.95, 30), (103, People::Mood, 0.97, 20)];
    let covered = chosen.map(|(seed, people, share, size)| cover(seed, (people, share, size), 1_000));
    let broken: Vec<String> = covered.iter().flat_map(|one| broken(one, 1.5)).collect();
    assert!(broken.is_empty(), "{broken:?}");
    // The reason for the floor: without it the interval fails here, and the test can see it.
    assert!(covered[2].wilson < 90.0, "{:?}", covered[2]);
}

#[test]
#[ignore = "full"]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let settings = settings();
    println!("{} settings of 10 000 samples, correlation {CORRELATION}: {settings:?}", settings.len());
    let covered: Vec<Covered> =
        settings.into_iter().map(|(seed, setting)| cover(seed, setting, 10_000)).collect();
    println!("{}", table(&covered));
    let (known, others): (Vec<_>, Vec<_>) =
        covered.iter().partition(|one| (one.people, one.share, one.size) == BROKEN);
    let found: Vec<String> = others.into_iter().flat_map(|one| broken(one, 0.0)).collect();
    assert!(found.is_empty(), "{found:?}");
    assert!(known.into_iter().all(|one| !broken(one, 0.0).is_empty()), "the exception is one no longer");
}
