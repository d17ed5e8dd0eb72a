//! A backup holds everything of one moment, is refused when it is not what was written, and is put back into either
//! engine; the ledger is proved from its published file alone.

use domain::survey::{Route, Trust};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tests::desk::{Desk, Spare};
use tests::process::Engine;
use time::macros::datetime;
use usecase::UsecaseError;
use usecase::archive::{Archive, ArchiveWriter, Entry, Header};
use usecase::backup::back_up;
use usecase::chance::Chance;
use usecase::check::check;
use usecase::export::write_tallies;
use usecase::figures::aggregate::{Precision, write_aggregates};
use usecase::fold::fold_due;
use usecase::keys::KeyError;
use usecase::objection::{CopyFault, Objection};
use usecase::office::Office;
use usecase::release_file::{verify, write_releases};
use usecase::restore::{Restore, Restored};

/// A backup of a desk, in its folder.
pub async fn backup(desk: &Desk, name: &str) -> PathBuf {
    let path = desk.folder().join(name);
    back_up(&desk.office, &path).await.unwrap();
    path
}

/// A file of a desk's releases, in its folder.
pub async fn releases(desk: &Desk, from: i64, exact: bool, name: &str) -> PathBuf {
    let path = desk.folder().join(name);
    let mut file = std::fs::File::create(&path).unwrap();
    write_releases(&desk.office, &desk.province(), (from, exact), &mut file).await.unwrap();
    path
}

/// What a restore says, with the office where it was done.
pub async fn run(
    desk: &Desk,
    spare: &Spare,
    order: &Restore<'_>,
) -> Result<(Office, Vec<Restored>), UsecaseError> {
    order.run(spare.setup(), (desk.clock.clone(), Chance::seeded([9; 32]))).await
}

/// The desk as it was in a backup, with newer releases.
pub async fn restored(desk: &Desk, engine: Engine, backup: &Path, releases: &[PathBuf]) -> Desk {
    let spare = desk.spare(engine);
    let (office, _) = run(desk, &spare, &Restore::new(backup, releases)).await.unwrap();
    desk.moved(spare, office)
}

/// Everything that the office publishes and keeps of figures, row by row.
async fn figures(desk: &Desk) -> Vec<Vec<String>> {
    let (province, office) = (desk.province(), &desk.office);
    let releases = office.store.releases(desk.tenant).await.unwrap();
    let newest = releases.first().map_or(0, |release| release.number);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut take = |row: &[String]| {
        rows.push(row.to_vec());
        Ok(())
    };
    for release in 1..=newest {
        write_aggregates(office, &province, release, Precision::Exact, &mut take).await.unwrap();
    }
    write_tallies(office, &province, newest, &mut take).await.unwrap();
    rows.extend(releases.into_iter().map(|one| vec![one.number.to_string(), one.hash]));
    rows.sort_unstable();
    rows
}

/// Bit for bit.
pub async fn same_figures(one: &Desk, other: &Desk, said: &str) {
    let (one, other) = (figures(one).await, figures(other).await);
    let differs = one.iter().zip(&other).find(|(one, other)| one != other);
    assert!(one.len() > 50 && differs.is_none(), "{said}: {differs:?}");
    assert_eq!(one.len(), other.len(), "{said}");
}

pub async fn nothing_is_wrong(desk: &Desk) {
    let findings = check(&desk.office, &desk.province()).await.unwrap();
    let faults: Vec<_> = findings.iter().filter(|one| one.fault.is_some()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    assert!(findings.len() > 5, "{findings:?}");
}

/// Three releases at two units, what waits for a third, and boxes that wait for a quarter's end.
pub async fn autumn(desk: &Desk) {
    fold_due(&desk.office, desk.tenant).await.unwrap();
    let [first, second, third] = desk.communes()[..] else { panic!("three communes") };
    desk.submit(first, Trust::Verified, Route::DoneInPerson, 60).await;
    desk.submit(first, Trust::Verified, Route::Partial, 10).await;
    desk.set_clock(datetime!(2026-10-05 05:00 UTC));
    fold_due(&desk.office, desk.tenant).await.unwrap();
    desk.submit(first, Trust::Verified, Route::DoneInPerson, 62).await;
    desk.submit(second, Trust::Open, Route::DoneInPerson, 14).await;
    desk.submit(third, Trust::Verified, Route::DoneOnline, 9).await;
    desk.set_clock(datetime!(2026-11-02 05:00 UTC));
    fold_due(&desk.office, desk.tenant).await.unwrap();
}

fn fault(result: Result<(Office, Vec<Restored>), UsecaseError>) -> CopyFault {
    match result.map(|_| ()) {
        Err(UsecaseError::Objection(Objection::Copy(fault))) => fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_backup_put_back_into_either_engine_has_the_same_figures_and_life_goes_on() {
    for (from, into) in [
        (Engine::Sqlite, Engine::Sqlite),
        (Engine::Sqlite, Engine::Postgres),
        (Engine::Postgres, Engine::Sqlite),
        (Engine::Postgres, Engine::Postgres),
    ] {
        let desk = Desk::open(from, 31).await;
        autumn(&desk).await;
        desk.set_clock(datetime!(2027-01-01 05:00 UTC));
        fold_due(&desk.office, desk.tenant).await.unwrap();
        let copy = restored(&desk, into, &backup(&desk, "b").await, &[]).await;
        same_figures(&copy, &desk, &format!("{from:?} into {into:?}")).await;
        assert_eq!(copy.waiting().await, 9);
        nothing_is_wrong(&copy).await;
        for place in [&desk, &copy] {
            place.submit(desk.communes()[2], Trust::Verified, Route::DoneOnline, 3).await;
            place.set_clock(datetime!(2027-01-04 05:00 UTC));
            fold_due(&place.office, place.tenant).await.unwrap();
            assert_eq!(place.waiting().await, 0, "{from:?} into {into:?}: the key opens what waits");
            assert_eq!(place.office.store.releases(place.tenant).await.unwrap()[0].number, 5);
        }
        nothing_is_wrong(&copy).await;
    }
}

#[tokio::test]
async fn whatever_was_acknowledged_before_a_backup_began_is_in_it_while_others_go_on_answering() {
    for engine in Engine::BOTH {
        let desk = Arc::new(Desk::open(engine, 32).await);
        autumn(&desk).await;
        let answers = desk.answers(desk.communes()[0], Trust::Verified, Route::DoneInPerson, 400);
        let (writer, (early, late)) = (desk.clone(), answers.split_at(100));
        desk.office.store.keep(early).await.unwrap();
        let before = desk.waiting().await;
        let late = late.to_vec();
        let others = tokio::spawn(async move {
            for answers in late.chunks(5) {
                writer.office.store.keep(answers).await.unwrap();
            }
        });
        let path = backup(&desk, "b").await;
        others.await.unwrap();
        let after = desk.waiting().await;
        let copy = restored(&desk, engine, &path, &[]).await;
        let held = copy.waiting().await;
        assert!((before..=after).contains(&held), "{engine:?}: {before} <= {held} <= {after}");
        assert_eq!(after, before + 300, "nobody was kept waiting in vain");
        nothing_is_wrong(&copy).await;
    }
}

#[tokio::test]
async fn a_backup_of_which_a_byte_was_changed_or_the_end_is_missing_is_refused_and_nothing_is_stored() {
    let desk = Desk::open(Engine::Sqlite, 33).await;
    autumn(&desk).await;
    let path = backup(&desk, "b").await;
    let whole = std::fs::read(&path).unwrap();
    let spare = desk.spare(Engine::Sqlite);
    let bad = desk.folder().join("bad");
    let places = (0..whole.len()).step_by(whole.len() / 150).chain([whole.len() - 1, whole.len() - 33]);
    for at in places {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        std::fs::write(&bad, &changed).unwrap();
        let fault = fault(run(&desk, &spare, &Restore::new(&bad, &[])).await);
        let named = matches!(
            fault,
            CopyFault::Damaged(_) | CopyFault::Truncated(_) | CopyFault::NotABackup(_) | CopyFault::Newer(_)
        );
        assert!(named, "byte {at}: {fault:?}");
    }
    for length in [20, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&bad, &whole[..length]).unwrap();
        let fault = fault(run(&desk, &spare, &Restore::new(&bad, &[])).await);
        assert!(matches!(fault, CopyFault::Truncated(_)), "{length}: {fault:?}");
    }
    std::fs::write(&bad, [&whole[..], b"x"].concat()).unwrap();
    assert!(matches!(fault(run(&desk, &spare, &Restore::new(&bad, &[])).await), CopyFault::Damaged(_)));
    run(&desk, &spare, &Restore::new(&path, &[])).await.unwrap();
}

#[tokio::test]
async fn a_backup_needs_its_own_key_and_an_empty_database() {
    for engine in Engine::BOTH {
        let (desk, other) = (Desk::open(engine, 34).await, Desk::open(engine, 35).await);
        autumn(&desk).await;
        let path = backup(&desk, "b").await;
        let without = Spare::new(engine);
        let missing = run(&desk, &without, &Restore::new(&path, &[])).await;
        assert!(matches!(missing, Err(UsecaseError::Key(KeyError::Missing(_)))), "{engine:?}: {missing:?}");
        let foreign = other.spare(engine);
        let refused = fault(run(&desk, &foreign, &Restore::new(&path, &[])).await);
        assert!(matches!(refused, CopyFault::OtherKey(_)), "{engine:?}: {refused:?}");
        let order = Restore::new(&path, &[]);
        let full = order.run(desk.setup(), (desk.clock.clone(), Chance::seeded([1; 32]))).await;
        assert_eq!(fault(full), CopyFault::NotEmpty, "{engine:?}");
        let spare = desk.spare(engine);
        run(&desk, &spare, &order).await.unwrap();
        assert_eq!(fault(run(&desk, &spare, &order).await), CopyFault::NotEmpty, "{engine:?}: not twice");
    }
}

#[tokio::test]
async fn a_backup_is_readable_by_its_owner_alone_holds_no_key_and_overwrites_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::open(Engine::Sqlite, 36).await;
    autumn(&desk).await;
    let path = backup(&desk, "b").await;
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let key = std::fs::read_to_string(&desk.setup().key_file).unwrap();
    let secret = key.trim().rsplit(' ').next().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let raw = usecase::ledger::unhexed(secret).unwrap();
    for needle in [secret.as_bytes(), &raw] {
        assert!(!bytes.windows(needle.len()).any(|window| window == needle), "the key is in the backup");
    }
    let again = back_up(&desk.office, &path).await;
    assert!(
        matches!(again, Err(UsecaseError::Objection(Objection::Copy(CopyFault::Exists(_))))),
        "{again:?}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

/// Tables of a later version, in which a run leaves rows.
const LATER: [&str; 2] = ["touchpoint_week", "touchpoint_count"];

/// A backup as a program of another version would have written it, without the newest column.
fn of_version(path: &Path, tables: i64, out: &Path) {
    let (mut archive, header) = Archive::open(path).unwrap();
    let header = Header { tables, ..header };
    let mut writer = ArchiveWriter::begin(std::fs::File::create(out).unwrap(), &header).unwrap();
    let (mut drops, mut skips) = (false, false);
    while let Some(entry) = archive.read().unwrap() {
        if let Entry::Table(name, _) = &entry {
            skips = LATER.contains(&name.as_str());
        }
        match entry {
            _ if skips => {}
            Entry::Table(name, columns) => {
                let table = store::archive::table(&name).unwrap();
                drops = columns.last().is_some_and(|last| last == "restored_at");
                let columns = &table.columns[..table.columns.len() - usize::from(drops)];
                writer.table(&store::archive::Table { columns, ..*table }).unwrap();
            }
            Entry::Row(cells) => writer.row(&cells[..cells.len() - usize::from(drops)]).unwrap(),
        }
    }
    writer.finish().unwrap();
}

#[tokio::test]
async fn a_backup_of_an_older_version_is_brought_to_this_one_and_one_of_a_newer_is_refused() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 38).await;
        autumn(&desk).await;
        let path = backup(&desk, "b").await;
        let (older, newer) = (desk.folder().join("older"), desk.folder().join("newer"));
        of_version(&path, 8, &older);
        of_version(&path, store::Store::version() + 1, &newer);
        let spare = desk.spare(engine);
        let refused = fault(run(&desk, &spare, &Restore::new(&newer, &[])).await);
        assert!(matches!(refused, CopyFault::Newer(_)), "{engine:?}: {refused:?}");
        let copy = restored(&desk, engine, &older, &[]).await;
        same_figures(&copy, &desk, &format!("{engine:?}")).await;
        nothing_is_wrong(&copy).await;
        desk.submit(desk.communes()[0], Trust::Verified, Route::DoneInPerson, 12).await;
        desk.set_clock(datetime!(2026-11-09 05:00 UTC));
        fold_due(&desk.office, desk.tenant).await.unwrap();
        let files = [releases(&desk, 1, true, "r").await];
        let refused = fault(run(&desk, &spare, &Restore::new(&older, &files)).await);
        assert_eq!(refused, CopyFault::Older, "{engine:?}");
    }
}

fn broken(path: &Path, head: Option<&str>) -> CopyFault {
    match verify(path, head) {
        Err(UsecaseError::Objection(Objection::Copy(fault))) => fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_ledger_is_computed_again_from_its_file_alone_and_says_where_it_breaks() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 37).await;
        autumn(&desk).await;
        let path = releases(&desk, 1, false, "r").await;
        let known = desk.office.store.releases(desk.tenant).await.unwrap();
        let verified = verify(&path, Some(&known[1].hash)).unwrap();
        assert_eq!((verified.from, verified.through, &verified.head), (1, 3, &known[0].hash), "{engine:?}");
        assert!(matches!(broken(&path, Some(&"0".repeat(64))), CopyFault::Head { .. }));
        let later = releases(&desk, 2, false, "later").await;
        assert_eq!(verify(&later, Some(&known[1].hash[..20])).unwrap().from, 2);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("\"record\":"), "exact sums are in no open file");
        let bad = desk.folder().join("bad");
        let said = |text: String| {
            std::fs::write(&bad, text).unwrap();
            broken(&bad, None)
        };
        let second = said(text.replacen("\"n\":62", "\"n\":63", 1));
        assert!(matches!(second, CopyFault::Broken { release: 2, .. }), "{engine:?}: {second:?}");
        let first = said(text.replacen("2026-10-05", "2026-10-12", 1));
        assert!(matches!(first, CopyFault::Broken { release: 1, .. }), "{engine:?}: {first:?}");
        let without: Vec<&str> = text.lines().filter(|line| !line.contains("\"n\":10,")).collect();
        assert!(matches!(said(without.join("\n") + "\n"), CopyFault::Broken { release: 1, .. }));
        assert!(matches!(said(text.replacen("\"fold\"", "\"told\"", 1)), CopyFault::Damaged(_)));
        assert!(matches!(said(text.lines().next().unwrap().to_owned() + "\n"), CopyFault::Truncated(_)));
        assert!(matches!(said(text[..text.len() - 20].to_owned()), CopyFault::Truncated(_)));
        assert!(matches!(said("n,answers\n".into()), CopyFault::NotReleases(_)));
    }
}
