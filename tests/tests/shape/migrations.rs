//! Migrations come in pairs.

use std::collections::BTreeSet;

/// What is wrong with the two lists of file names.
fn wrong_pairs(sqlite: &[String], postgres: &[String]) -> Vec<String> {
    let (left, right): (BTreeSet<_>, BTreeSet<_>) = (sqlite.iter().collect(), postgres.iter().collect());
    let mut findings: Vec<String> = Vec::new();
    findings.extend(left.difference(&right).map(|name| format!("{name} is missing in migrations/postgres")));
    findings.extend(right.difference(&left).map(|name| format!("{name} is missing in migrations/sqlite")));
    for (place, name) in left.union(&right).enumerate() {
        let number = name.split('_').next().and_then(|digits| digits.parse::<usize>().ok());
        if number != Some(place + 1) {
            findings.push(format!("{name} should be number {}, then '_' and its name", place + 1));
        }
    }
    findings
}

fn names(engine: &str) -> Vec<String> {
    let files = tests::source::files(&format!("migrations/{engine}"), &[".sql"]);
    files.iter().filter_map(|file| file.path.rsplit('/').next().map(str::to_owned)).collect()
}

#[test]
fn migrations_come_in_pairs_and_in_order() {
    let (sqlite, postgres) = (names("sqlite"), names("postgres"));
    assert!(!sqlite.is_empty(), "there are no migrations in migrations/sqlite");
    super::nothing("migrations are not pairs", &wrong_pairs(&sqlite, &postgres));
}

#[test]
fn a_migration_without_its_pair_or_number_is_found() {
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let whole = names(&["0001_unit.sql", "0002_survey.sql"]);
    assert_eq!(wrong_pairs(&whole, &whole), Vec::<String>::new());
    assert_eq!(
        wrong_pairs(&whole, &names(&["0001_unit.sql"])),
        ["0002_survey.sql is missing in migrations/postgres"]
    );
    assert_eq!(
        wrong_pairs(&names(&["0001_unit.sql"]), &whole),
        ["0002_survey.sql is missing in migrations/sqlite"]
    );
    assert_eq!(wrong_pairs(&names(&["0002_a.sql"]), &names(&["0002_a.sql"])).len(), 1);
    assert_eq!(wrong_pairs(&names(&["0001_a.sql"]), &names(&["0001_b.sql"])).len(), 3);
}
