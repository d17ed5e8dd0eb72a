//! Codes of the province against closed dossiers: what is more than there were dossiers is shown first.

use super::codes::{actor, drawn, wish};
use super::volumes::{publish, volume};
use domain::code::Issuer;
use domain::scope::Scope;
use domain::survey::{Channel, Mode};
use store::code::NewBatch;
use tests::desk::Desk;
use tests::process::Engine;
use usecase::code::{balances, draw, valid_through, void};

async fn excesses(desk: &Desk, year: i32) -> Vec<(i64, i64, i64)> {
    let all = balances(&desk.office, &Scope::of_the_office(desk.tenant), year).await.unwrap();
    all.iter().map(|one| (one.codes, one.dossiers, one.excess())).collect()
}

#[tokio::test]
async fn codes_beyond_the_closed_dossiers_are_an_excess_and_those_of_units_or_withdrawn_count_for_nothing() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 124).await;
        let unit = desk.communes()[0];
        drawn(&desk, 30).await;
        assert_eq!(
            excesses(&desk, 2026).await,
            [(30, 0, 30)],
            "{engine:?}: nothing is known of dossiers yet"
        );
        publish(&desk, &[volume(unit, 8, 12), volume(unit, 9, 10)]).await;
        assert_eq!(excesses(&desk, 2026).await, [(30, 22, 8)]);
        assert!(excesses(&desk, 2025).await.is_empty(), "codes count in the year in which they were drawn");
        let slips = NewBatch {
            deciding: unit,
            receiving: unit,
            field: wish(&desk).field,
            channel: Channel::InPerson,
            mode: Mode::Slip,
            issuer: Issuer::Unit,
            drawn_on: desk.office.today(),
        };
        let number = desk.office.store.begin_codes(desk.tenant, &slips, true).await.unwrap();
        let through = valid_through(desk.office.today());
        draw(&desk.office, desk.tenant, (number, &slips), 9, through).await.unwrap();
        assert_eq!(excesses(&desk, 2026).await, [(30, 22, 8)], "slips of a unit prove nothing of a dossier");
        publish(&desk, &[volume(unit, 9, 40)]).await;
        assert_eq!(excesses(&desk, 2026).await, [(30, 52, 0)], "never less than none");
        void(&desk.office, &actor(&desk), 1).await.unwrap();
        assert!(excesses(&desk, 2026).await.is_empty(), "a withdrawn batch opens nothing");
    }
}
