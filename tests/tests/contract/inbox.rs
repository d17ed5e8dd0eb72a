//! The inbox: one tap, one answer; a poisoned one hurts nobody else; equal sizes; fresh ids.

use domain::id::SurveyId;
use domain::survey::{Route, Trust};
use std::collections::BTreeSet;
use store::inbox::Outcome::{New, SentBefore};
use store::inbox::{Kind, RECORD, Sealed, TEXT};
use tests::desk::Desk;
use tests::process::Engine;

#[tokio::test]
async fn a_second_tap_counts_once_in_one_commit_and_in_the_next() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 1).await;
        let unit = desk.communes()[0];
        let mut batch = desk.answers(unit, Trust::Open, Route::DoneInPerson, 3);
        let mut twin = desk.answers(unit, Trust::Open, Route::DoneInPerson, 1).remove(0);
        twin.nonce = batch[1].nonce;
        batch.push(twin.clone());
        assert_eq!(desk.office.store.keep(&batch).await.unwrap(), [New, New, New, SentBefore], "{engine:?}");
        assert_eq!(desk.office.store.keep(&[twin]).await.unwrap(), [SentBefore]);
        assert_eq!(desk.waiting().await, 3);
    }
}

#[tokio::test]
async fn one_poisoned_submission_among_sixty_four_hurts_nobody_else() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 2).await;
        let mut batch = desk.answers(desk.communes()[0], Trust::Open, Route::DoneInPerson, 64);
        batch[17].survey = SurveyId::from_bytes([0xee; 16]);
        assert!(desk.office.store.keep(&batch).await.is_err(), "the batch as a whole is refused");
        assert_eq!(desk.waiting().await, 0, "and nothing of it is half kept");
        let kept: Vec<_> = batch
            .into_iter()
            .map(|envelope| {
                let committer = desk.office.committer.clone();
                tokio::spawn(async move { committer.keep(envelope).await.is_ok_and(|one| one == New) })
            })
            .collect();
        let mut good = 0;
        for (at, answer) in kept.into_iter().enumerate() {
            let is_kept = answer.await.unwrap();
            assert_eq!(is_kept, at != 17, "{engine:?}: submission {at}");
            good += i64::from(is_kept);
        }
        assert_eq!((good, desk.waiting().await), (63, 63));
    }
}

#[tokio::test]
async fn two_processes_take_answers_and_the_same_form_counts_once() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 3).await;
        let other = desk.colleague(4).await;
        let forms = desk.answers(desk.communes()[0], Trust::Open, Route::DoneInPerson, 40);
        let backwards: Vec<_> = forms.iter().rev().cloned().collect();
        let keep = |office: &usecase::office::Office, forms: Vec<store::inbox::Envelope>| {
            let committer = office.committer.clone();
            tokio::spawn(async move {
                let mut new = 0;
                for form in forms {
                    new += i64::from(committer.keep(form).await.unwrap() == New);
                }
                new
            })
        };
        let (here, there) = (keep(&desk.office, forms), keep(&other, backwards));
        assert_eq!(here.await.unwrap() + there.await.unwrap(), 40, "{engine:?}");
        assert_eq!(desk.waiting().await, 40);
    }
}

async fn all(desk: &Desk, kind: Kind) -> Vec<Sealed> {
    desk.office.store.waiting_page(kind, desk.tenant, desk.survey().survey.id, &[], 1_000).await.unwrap()
}

async fn sizes(desk: &Desk, kind: Kind) -> BTreeSet<usize> {
    all(desk, kind).await.iter().map(|sealed| sealed.record.len()).collect()
}

#[tokio::test]
async fn records_are_of_one_size_whatever_was_answered() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 5).await;
        for route in [Route::DoneInPerson, Route::DoneOnline, Route::NotDone, Route::Partial] {
            desk.submit(desk.communes()[1], Trust::Verified, route, 9).await;
        }
        assert_eq!(sizes(&desk, Kind::Answer).await, BTreeSet::from([RECORD]));
        assert_eq!(sizes(&desk, Kind::Text).await, BTreeSet::from([TEXT]));
    }
}

#[tokio::test]
async fn whatever_stays_after_a_fold_has_a_fresh_id_and_a_fresh_seal() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 6).await;
        desk.submit(desk.communes()[0], Trust::Verified, Route::DoneInPerson, 12).await;
        desk.submit(desk.communes()[1], Trust::Verified, Route::DoneInPerson, 7).await;
        usecase::fold::fold_due(&desk.office, desk.tenant).await.unwrap();
        let before = all(&desk, Kind::Answer).await;
        desk.set_clock(time::macros::datetime!(2026-10-05 01:00 UTC));
        usecase::fold::fold_due(&desk.office, desk.tenant).await.unwrap();
        let after = all(&desk, Kind::Answer).await;
        assert_eq!((before.len(), after.len()), (19, 7), "{engine:?}");
        assert!(after.iter().all(|a| before.iter().all(|b| a.id != b.id && a.record != b.record)));
    }
}
