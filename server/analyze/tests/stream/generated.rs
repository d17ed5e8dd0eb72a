//! Artificial responses.

use crate::random::{Scratch, compare};
use analyze::generate::{Options, description, responses};
use analyze::stream::{Plan, Reading, Rules, Stat, Tallies, tally};

fn generated(options: Options) -> Vec<u8> {
    let mut bytes = Vec::new();
    responses(&options, &mut bytes).unwrap();
    bytes
}

fn plan(options: &Options) -> Plan {
    Plan {
        strata: vec!["agency".into()],
        domains: vec!["service".into()],
        factors: options.factors(),
        items: Vec::new(),
        overall: Some("overall".into()),
    }
}

fn tallied(options: Options) -> Tallies {
    let scratch = Scratch::of(&generated(options));
    tally(&scratch.0, &plan(&options)).unwrap()
}

#[test]
fn the_same_options_give_the_same_bytes_and_another_seed_others() {
    let options = Options { rows: 300, ..Options::default() };
    assert_eq!(generated(options), generated(options));
    // Of a respondent, not only of the agencies and items.
    let services = |options| {
        let text = String::from_utf8(generated(options)).unwrap();
        text.lines().map(|row| row.split(',').nth(2).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_ne!(services(options), services(Options { seed: 2, ..options }));
    assert_ne!(generated(options), generated(Options { agencies: 39, ..options }));
    let first = generated(options);
    assert_eq!(String::from_utf8(first).unwrap().lines().count(), 301);
}

#[test]
fn the_bytes_never_change_from_one_version_to_the_next() {
    let text = String::from_utf8(generated(Options { rows: 2, agencies: 3, items: 6, ..Options::default() }));
    let expected = "id,agency,service,period,sex,age_group,q01,q02,q03,q04,q05,q06,overall\n\
                    1,A02,S2,2025-06,M,30-44,4,4,4,4,3,,\n\
                    2,A01,S3,2025-07,M,18-29,4,4,5,5,5,4,5\n";
    assert_eq!(text.unwrap(), expected);
}

#[test]
fn options_outside_their_range_are_refused_in_words() {
    let refused = |options: Options| responses(&options, &mut Vec::new()).unwrap_err().to_string();
    let usual = Options::default();
    assert_eq!(refused(Options { rows: 0, ..usual }), "rows: 0 is not between 1 and 1000000000");
    assert_eq!(refused(Options { agencies: 10_000, ..usual }), "agencies: 10000 is not between 1 and 9999");
    assert_eq!(refused(Options { services: 0, ..usual }), "services: 0 is not between 1 and 99");
    assert_eq!(refused(Options { items: 4, ..usual }), "items: 4 is not between 5 and 200");
    assert!(description(&Options { items: 201, ..usual }).is_err());
}

#[test]
fn every_number_of_items_falls_into_five_factors() {
    for items in 5..=200 {
        let factors = Options { items, ..Options::default() }.factors();
        assert_eq!(factors.len(), 5);
        assert!(factors.iter().all(|(_, items)| !items.is_empty()), "{items} items: {factors:?}");
        assert_eq!(factors.iter().map(|(_, items)| items.len()).sum::<usize>(), items as usize);
    }
    let sizes = Options::default().factors().into_iter().map(|(_, items)| items.len());
    assert_eq!(sizes.collect::<Vec<_>>(), [3, 4, 8, 3, 4]);
}

#[test]
fn answers_are_as_realistic_as_the_measurement_needs() {
    let rows = 20_000;
    let tallies = tallied(Options { rows, ..Options::default() });
    let everybody = tallies.estimates(&[Vec::new()], &Rules::default()).unwrap();
    let find = |stat, over: &str| everybody.iter().find(|f| f.stat == stat && f.over == over).unwrap();
    let asked = rows as f64;
    let blank = 1.0 - find(Stat::SharePooled, "F1").answers as f64 / (3.0 * asked);
    assert!((0.05..0.10).contains(&blank), "{blank} of F1 are blank");
    let petitions = find(Stat::SharePooled, "F5").n as f64 / asked;
    assert!((0.08..0.16).contains(&petitions), "{petitions} lodged a petition");
    // Independent answers would have a variance of p(1−p)/answers.
    let pooled = find(Stat::SharePooled, "ALL");
    let (p, se) = (pooled.est.unwrap(), pooled.se.unwrap());
    let effect = se * se / (p * (1.0 - p) / pooled.answers as f64);
    assert!((3.0..15.0).contains(&effect), "answers of one person are worth {effect}");
    let agencies = tallies.estimates(&tallies.domains(&["agency"]).unwrap(), &Rules::default()).unwrap();
    let shares: Vec<f64> = agencies
        .iter()
        .filter(|figure| figure.stat == Stat::SharePooled && figure.over == "ALL")
        .filter_map(|figure| figure.est)
        .collect();
    assert_eq!(shares.len(), 40);
    let spread = shares.iter().copied().fold(0.0, f64::max) - shares.iter().copied().fold(1.0, f64::min);
    assert!(spread > 0.15, "agencies differ by {spread}");
    assert_eq!(tallies.domains(&["service"]).unwrap().len(), 5);
}

#[test]
fn a_generated_file_gives_the_figures_of_the_table() {
    let options = Options { rows: 1_000, agencies: 7, ..Options::default() };
    let scratch = Scratch::of(&generated(options));
    let reading = Reading { block: 4096, ..Reading::default() };
    assert_eq!(compare(&scratch.0, &plan(&options), reading), Ok(true));
}
