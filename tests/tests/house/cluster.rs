//! PostgreSQL for the tests.

use tests::cluster::Cluster;

#[test]
fn each_test_has_a_database_of_its_own() {
    let (one, other) = (Cluster::shared().database(), Cluster::shared().database());
    assert_eq!(
        one.ask("create table note (words text); insert into note values ('xã'); select words from note"),
        "xã"
    );
    assert_eq!(other.ask("select count(*) from pg_tables where tablename = 'note'"), "0");
    assert!(one.dump().contains("xã"), "a dump holds the rows");
    assert_ne!(one.url(), other.url());
}

#[test]
fn a_database_goes_with_its_test() {
    let database = Cluster::shared().database();
    let name = database.url().rsplit('/').next().map(str::to_owned).expect("a name");
    drop(database);
    let other = Cluster::shared().database();
    assert_eq!(other.ask(&format!("select count(*) from pg_database where datname = '{name}'")), "0");
}

#[test]
#[should_panic(expected = "syntax error")]
fn a_wrong_statement_is_not_passed_over() {
    let _ = Cluster::shared().database().ask("selekt 1");
}
