//! (b) Every record is as long as every other, whatever was asked, answered or written.

use super::raw::{Row, Table, Thief};
use domain::survey::{Route, Trust};
use std::collections::BTreeSet;
use tests::desk::Desk;
use tests::process::Engine;

const ROUTES: [Route; 4] = [Route::DoneInPerson, Route::DoneOnline, Route::NotDone, Route::Partial];

fn sizes(rows: &[Row], of: impl Fn(&Row) -> usize) -> BTreeSet<usize> {
    rows.iter().map(of).collect()
}

#[tokio::test]
async fn sealed_rows_are_of_one_size_on_the_pages() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 21).await;
        let mut thief = Thief::of(&desk);
        usecase::fold::fold_due(&desk.office, desk.tenant).await.expect("the calendar begins");
        for route in ROUTES {
            desk.submit(desk.communes()[0], Trust::Verified, route, 12).await;
            desk.submit(desk.communes()[1], Trust::Open, route, 5).await;
        }
        let waiting = thief.read(&[Table::Inbox, Table::Text]);
        assert_eq!((waiting[0].len(), waiting[1].len()), (68, 68), "{engine:?}");
        for rows in &waiting {
            assert_eq!(sizes(rows, |row| row.size).len(), 1, "{engine:?}: {:?}", sizes(rows, |row| row.size));
        }
        if let Some(database) = desk.database() {
            let stored = database.ask("select distinct pg_column_size(record) from inbox_text");
            assert_eq!(stored.lines().count(), 1, "some texts were packed smaller than others: {stored}");
        }
        desk.set_clock(time::macros::datetime!(2026-10-05 01:00 UTC));
        usecase::fold::fold_due(&desk.office, desk.tenant).await.expect("a run");
        let folded = thief.read(&[Table::Inbox, Table::Box]);
        // PostgreSQL's pages keep dead rows until they are vacuumed, which a run does at its end.
        assert_eq!((folded[0].len(), folded[1].len()), (20, 48), "{engine:?}");
        assert_eq!(sizes(&folded[0], |row| row.size), sizes(&waiting[0], |row| row.size));
        assert_eq!(sizes(&folded[1], |row| row.body.len()).len(), 1, "{engine:?}");
    }
}

#[test]
fn a_row_that_is_longer_than_the_others_is_found() {
    let row = |size| Row { size, ..Row::default() };
    assert_eq!(sizes(&[row(300), row(300), row(301)], |row| row.size).len(), 2);
}
