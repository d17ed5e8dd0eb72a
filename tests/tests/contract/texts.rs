//! Texts: sealed until at least k of a unit leave together, screened, without an order; hidden by the
//! province with a reason.

use domain::id::{AccountId, UnitId};
use domain::period::Month;
use domain::scope::{Principal, Role, Scope};
use domain::succession::{Share, Succession};
use domain::survey::{Mode, Route, Trust, Variant};
use domain::tally::Answer;
use store::StoreError;
use store::batch::Slab;
use store::inbox::Kind;
use store::text::TextStep;
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::{date, datetime};
use usecase::demo::generate::{Generator, Wish};
use usecase::fold::fold_due;
use usecase::keys::Purpose;
use usecase::record::KeptText;
use usecase::submit::{seal, seal_subject};
use usecase::texts::{Filter, Text, hide_text, read_texts, show_text};

/// Answers of one unit, with a code, that come with these texts.
async fn write(desk: &Desk, unit: UnitId, texts: &[&str]) {
    write_by(desk, unit, (Mode::Slip, Trust::Verified), texts).await;
}

async fn write_by(desk: &Desk, unit: UnitId, (mode, trust): (Mode, Trust), texts: &[&str]) {
    let survey = desk.survey();
    let mut generator = Generator::new(&survey.questions, 3);
    let truth = generator.truth(unit);
    let wish = Wish {
        deciding: unit,
        receiving: unit,
        touchpoint: None,
        mode,
        trust,
        variant: Variant::Full,
        route: Route::DoneInPerson,
        field: String::new(),
    };
    let mut envelopes = Vec::new();
    for text in texts {
        let (mut kept, _) = generator.answer(&wish, &truth);
        kept.overall = Answer::Level(4);
        let text =
            KeptText { unit, month: Month::of(desk.office.today()), mood: 2, text: (*text).to_owned() };
        envelopes.push(seal(&desk.office, desk.tenant, survey.survey.id, None, &kept, &text).unwrap());
    }
    desk.office.store.keep(&envelopes).await.unwrap();
}

async fn all(desk: &Desk) -> Vec<Text> {
    let province = desk.province();
    let scope = Scope::of_the_office(desk.tenant);
    let about = (&*desk.survey(), province.root);
    read_texts(&desk.office, &province, &scope, about, Filter::default()).await.unwrap()
}

async fn waiting(desk: &Desk) -> Vec<[u8; 16]> {
    let survey = desk.survey().survey.id;
    let page = desk.office.store.waiting_page(Kind::Text, desk.tenant, survey, &[], 100).await.unwrap();
    page.into_iter().map(|sealed| sealed.id).collect()
}

const NINE: [&str; 9] = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

#[tokio::test]
async fn texts_wait_until_ten_of_a_unit_leave_together_on_the_first_of_a_month() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 51).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        fold_due(office, tenant).await.unwrap();
        let (first, second) = (desk.communes()[0], desk.communes()[1]);
        write(&desk, first, &NINE).await;
        write(&desk, second, &["hỏi chị Hoa số 0913123456", ""]).await;
        let sealed = waiting(&desk).await;
        desk.set_clock(datetime!(2026-10-05 05:00 UTC));
        fold_due(office, tenant).await.unwrap();
        let resealed = waiting(&desk).await;
        assert_eq!((sealed.len(), resealed.len()), (11, 10), "{engine:?}: the empty one goes");
        assert!(resealed.iter().all(|id| !sealed.contains(id)), "what stays gets another id");
        write(&desk, first, &["mười, gặp anh Ba"]).await;
        desk.set_clock(datetime!(2026-10-12 05:00 UTC));
        fold_due(office, tenant).await.unwrap();
        assert!(all(&desk).await.is_empty(), "a Monday is not enough");
        desk.set_clock(datetime!(2026-11-01 05:00 UTC));
        fold_due(office, tenant).await.unwrap();
        let read = all(&desk).await;
        assert_eq!(read.len(), 10, "ten of one unit, none of the other");
        assert!(read.iter().all(|text| text.unit == first && text.month == Month::new(2026, 10).unwrap()));
        assert!(read.iter().any(|text| text.words == "mười, gặp anh […]"));
        assert_eq!(waiting(&desk).await.len(), 1);
    }
}

#[tokio::test]
async fn a_run_that_broke_off_after_its_texts_is_resumed_under_its_number() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 52).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        fold_due(office, tenant).await.unwrap();
        let (unit, survey) = (desk.communes()[0], desk.survey().survey.id);
        // Two groups of five: no answer moves, only texts.
        write_by(&desk, unit, (Mode::Slip, Trust::Verified), &NINE[..5]).await;
        write_by(&desk, unit, (Mode::Poster, Trust::Open), &NINE[..5]).await;
        // The process dies after the texts of a unit have moved.
        let when = (date!(2026 - 11 - 01), Month::new(2026, 10).unwrap());
        desk.set_clock(datetime!(2026-11-01 05:00 UTC));
        let run = office.store.begin_run(tenant, "fold", when, [7; 16], office.now()).await.unwrap().unwrap();
        let ids = waiting(&desk).await;
        let taken: Slab = ids.iter().map(|id| &id[..]).collect();
        let about = seal_subject(tenant, survey);
        let record = || {
            let kept = KeptText { unit, month: when.1, mood: 2, text: "chữ".into() };
            office.keys.seal(Purpose::Text, &kept.encode(), &about, &office.chance)
        };
        let comments = ids.iter().map(|id| (*id, 2, record())).collect();
        let step = TextStep { survey, unit, month: when.1, taken, comments };
        office.store.move_texts(&run, &step, office.now()).await.unwrap();
        assert!(all(&desk).await.is_empty(), "{engine:?}: nothing of it is visible");
        let twice = office.store.move_texts(&run, &step, office.now()).await.unwrap_err();
        assert!(matches!(twice, StoreError::LeaseLost), "{twice}");
        office.store.end_lease(&run).await.unwrap();
        fold_due(office, tenant).await.unwrap();
        let releases = office.store.releases(tenant).await.unwrap();
        assert!(releases.iter().any(|release| release.number == run.release));
        assert_eq!(all(&desk).await.len(), 10);
    }
}

#[tokio::test]
async fn a_run_that_moves_texts_alone_makes_a_release() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 54).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        fold_due(office, tenant).await.unwrap();
        let unit = desk.communes()[0];
        // Two groups of five: their answers wait on, their texts are ten.
        write_by(&desk, unit, (Mode::Slip, Trust::Verified), &NINE[..5]).await;
        write_by(&desk, unit, (Mode::Poster, Trust::Open), &NINE[..5]).await;
        desk.set_clock(datetime!(2026-11-01 05:00 UTC));
        fold_due(office, tenant).await.unwrap();
        assert_eq!(all(&desk).await.len(), 10, "{engine:?}");
        assert_eq!(desk.waiting().await, 10, "no answer moved");
        let releases = office.store.releases(tenant).await.unwrap();
        assert_eq!(releases.len(), 1);
        let findings = usecase::check::check(office, &desk.province()).await.unwrap();
        assert!(findings.iter().all(|finding| finding.fault.is_none()), "{findings:?}");
    }
}

#[tokio::test]
async fn an_agency_reads_its_own_texts_and_a_hidden_one_keeps_its_reason() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 53).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        fold_due(office, tenant).await.unwrap();
        let (own, other) = (desk.communes()[0], desk.communes()[1]);
        for unit in [own, other] {
            write(&desk, unit, &NINE).await;
            write(&desk, unit, &["mười"]).await;
        }
        desk.set_clock(datetime!(2026-11-01 05:00 UTC));
        fold_due(office, tenant).await.unwrap();
        let province = desk.province();
        let principal = Principal {
            account: AccountId::from_bytes([1; 16]),
            name: "lan".into(),
            tenant,
            role: Role::AgencyHead,
            unit: Some(own),
        };
        let scope = Scope::of(&principal, vec![own]);
        let survey = desk.survey();
        let mine = read_texts(office, &province, &scope, (&survey, own), Filter::default()).await.unwrap();
        assert_eq!(mine.len(), 10, "{engine:?}");
        assert!(read_texts(office, &province, &scope, (&survey, other), Filter::default()).await.is_err());
        let neutral = Filter { mood: Some(1), ..Filter::default() };
        assert!(read_texts(office, &province, &scope, (&survey, own), neutral).await.unwrap().is_empty());
        let one = (mine[0].survey, mine[0].id);
        hide_text(office, tenant, "ha", (one.0, one.1, "xúc phạm")).await.unwrap();
        assert!(hide_text(office, tenant, "ha", (one.0, one.1, "lại")).await.is_err(), "it is hidden");
        let hidden: Vec<Option<String>> = all(&desk).await.into_iter().map(|text| text.hidden).collect();
        assert_eq!(hidden.iter().flatten().collect::<Vec<_>>(), ["xúc phạm"]);
        show_text(office, tenant, "ha", one).await.unwrap();
        assert!(show_text(office, tenant, "ha", one).await.is_err(), "it is shown");
        assert!(all(&desk).await.iter().all(|text| text.hidden.is_none()));
        let log = office.store.audit(tenant).await.unwrap();
        let noted: Vec<&str> = log.iter().map(|line| line.what.as_str()).collect();
        assert!(noted.ends_with(&["text-hide", "text-show"]), "{noted:?}");
    }
}

#[tokio::test]
async fn published_texts_go_with_the_retention_and_not_a_month_earlier() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 58).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        fold_due(office, tenant).await.unwrap();
        let unit = desk.communes()[0];
        write(&desk, unit, &NINE).await;
        write(&desk, unit, &["mười"]).await;
        desk.set_clock(datetime!(2026-11-01 05:00 UTC));
        fold_due(office, tenant).await.unwrap();
        for (done, now, left) in [
            ("2028-10-30", datetime!(2028-10-31 05:00 UTC), 10),
            ("2028-10-31", datetime!(2028-11-01 05:00 UTC), 0),
        ] {
            office.store.set(tenant.as_str(), "calendar", done).await.unwrap();
            desk.set_clock(now);
            fold_due(office, tenant).await.unwrap();
            assert_eq!(all(&desk).await.len(), left, "{engine:?}, {now}");
        }
    }
}

#[tokio::test]
async fn texts_of_a_unit_whose_work_went_to_another_leave_with_those_of_the_other() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 58).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        fold_due(office, tenant).await.unwrap();
        let (old, new) = (desk.communes()[0], desk.communes()[1]);
        let effective_on = date!(2026 - 10 - 15);
        let line = Succession { old, new, share: Share::Whole, is_main: true, effective_on };
        let root = desk.province().root;
        office.store.put_successions(tenant, (root, &[]), &[old], &[line], office.now()).await.unwrap();
        office.refresh().await.unwrap();
        write(&desk, old, &NINE[..6]).await;
        write(&desk, new, &NINE[4..]).await;
        desk.set_clock(datetime!(2026-11-03 01:00 UTC));
        fold_due(office, tenant).await.unwrap();
        let texts = all(&desk).await;
        assert_eq!((texts.len(), waiting(&desk).await.len()), (11, 0), "{engine:?}");
        assert!(texts.iter().all(|text| text.unit == new), "{engine:?}");
    }
}

#[tokio::test]
async fn an_older_release_shows_the_texts_that_it_knew() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 59).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        fold_due(office, tenant).await.unwrap();
        let unit = desk.communes()[0];
        let mut numbers = Vec::new();
        for month in [11, 12] {
            write(&desk, unit, &[&NINE[..], &["mười"]].concat()).await;
            let day = time::Date::from_calendar_date(2026, time::Month::try_from(month).unwrap(), 3).unwrap();
            desk.set_clock(day.midnight().assume_utc());
            let reports = fold_due(office, tenant).await.unwrap();
            numbers.extend(reports.iter().filter_map(|report| report.release).next_back());
        }
        let (province, scope) = (desk.province(), Scope::of_the_office(tenant));
        let survey = desk.survey();
        let up_to = async |release| {
            let filter = Filter { release: Some(release), ..Filter::default() };
            read_texts(office, &province, &scope, (&survey, unit), filter).await.map(|texts| texts.len())
        };
        assert_eq!(up_to(numbers[0]).await.unwrap(), 10, "{engine:?}: {numbers:?}");
        assert_eq!(up_to(numbers[1]).await.unwrap(), 20, "{engine:?}");
        assert!(up_to(99).await.is_err(), "{engine:?}: there is no such release");
    }
}
