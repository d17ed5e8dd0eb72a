//! One-time codes: one code, one answer, whoever races; a used one looks unused; terms, counts, guesses.

use domain::code::{Code, Written};
use domain::period::Month;
use domain::right::Actor;
use domain::survey::{Channel, Route, Trust};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use store::code::{RECORD, Spending, Term};
use store::inbox::Envelope;
use store::inbox::Outcome::{CodeSpent, New, SentBefore};
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::datetime;
use usecase::code::{
    Drawn, Opened, Wish, close_codes, count_codes, forget_codes, issue, open_code, reissue, void,
};
use usecase::office::Office;

pub(super) fn actor(desk: &Desk) -> Actor {
    Actor::of_the_command_line(desk.tenant)
}

pub(super) fn wish(desk: &Desk) -> Wish {
    let counter = desk.communes()[0];
    Wish::new(&desk.province(), (counter, None), "ho-tich", (Channel::InPerson, None)).unwrap()
}

pub(super) async fn drawn(desk: &Desk, count: u32) -> Vec<Code> {
    let mut codes = Vec::new();
    let take = &mut |drawn: &Drawn| {
        codes.push(drawn.code);
        Ok(())
    };
    issue(&desk.office, &actor(desk), &wish(desk), count, take).await.unwrap();
    codes
}

fn spending(office: &Office, code: &Code) -> Spending {
    let hash = office.keys.code_hash(&code.typed());
    Spending { code: hash, spent: office.keys.spent_hash(&hash), least: Month::of(office.today()) }
}

/// One answer for each code.
fn answers(desk: &Desk, codes: &[Code]) -> Vec<Envelope> {
    let unit = desk.communes()[0];
    let mut sealed = desk.answers(unit, Trust::Verified, Route::DoneInPerson, codes.len());
    for (envelope, code) in sealed.iter_mut().zip(codes) {
        envelope.spends = Some(spending(&desk.office, code));
    }
    sealed
}

async fn opened(desk: &Desk, code: &Code) -> Opened {
    open_code(&desk.office, &Written::Whole(*code)).await.unwrap()
}

fn is_form(opened: &Opened) -> bool {
    matches!(opened, Opened::Form(..))
}

#[tokio::test]
async fn one_code_is_one_answer_in_one_commit_and_in_the_next() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 100).await;
        let codes = drawn(&desk, 3).await;
        let batch = answers(&desk, &[codes[0], codes[1], codes[0], codes[2]]);
        let kept = desk.office.store.keep(&batch).await.unwrap();
        assert_eq!(kept, [New, New, CodeSpent, New], "{engine:?}");
        let later = answers(&desk, &[codes[1]]);
        assert_eq!(desk.office.store.keep(&later).await.unwrap(), [CodeSpent]);
        assert_eq!(desk.waiting().await, 3);
        // A second tap is a second tap, not a used code.
        assert_eq!(desk.office.store.keep(&batch[..2]).await.unwrap(), [SentBefore, SentBefore]);
    }
}

#[tokio::test]
async fn an_answer_whose_code_is_used_can_be_sent_again_without_it() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 101).await;
        let codes = drawn(&desk, 1).await;
        let twins = answers(&desk, &[codes[0], codes[0]]);
        assert_eq!(desk.office.store.keep(&twins).await.unwrap(), [New, CodeSpent], "{engine:?}");
        let open = [Envelope { spends: None, ..twins[1].clone() }];
        assert_eq!(desk.office.store.keep(&open).await.unwrap(), [New], "its nonce was given back");
        assert_eq!(desk.office.store.keep(&open).await.unwrap(), [SentBefore], "once");
        assert_eq!(desk.waiting().await, 2);
    }
}

#[tokio::test]
async fn a_code_is_used_in_the_transaction_that_keeps_the_answer_or_not_at_all() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 102).await;
        let codes = drawn(&desk, 2).await;
        let mut batch = answers(&desk, &codes);
        batch[1].survey = domain::id::SurveyId::from_bytes([0xee; 16]);
        assert!(desk.office.store.keep(&batch).await.is_err(), "no such survey");
        assert!(desk.office.store.spent(desk.tenant).await.unwrap().is_empty(), "nothing is half used");
        let again = answers(&desk, &codes);
        assert_eq!(desk.office.store.keep(&again).await.unwrap(), [New, New], "{engine:?}");
    }
}

/// Sends answers through a process's committer, all at once, and counts the outcomes.
async fn send_all(office: Office, envelopes: Vec<Envelope>) -> (usize, usize) {
    let mut sending = Vec::new();
    for envelope in envelopes {
        let committer = office.committer.clone();
        sending.push(tokio::spawn(async move { committer.keep(envelope).await.unwrap() }));
    }
    let mut outcomes = Vec::new();
    for one in sending {
        outcomes.push(one.await.unwrap());
    }
    let count = |wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    (count(New), count(CodeSpent))
}

#[tokio::test]
async fn two_processes_that_use_the_same_codes_in_opposite_order_keep_one_answer_each() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 103).await;
        let other = desk.colleague(104).await;
        let codes = drawn(&desk, 300).await;
        let backwards: Vec<Code> = codes.iter().rev().copied().collect();
        let (mine, theirs) = (answers(&desk, &codes), answers(&desk, &backwards));
        let here = tokio::spawn(send_all(desk.office.clone(), mine));
        let there = tokio::spawn(send_all(other, theirs));
        let (here, there) = (here.await.unwrap(), there.await.unwrap());
        assert_eq!((here.0 + there.0, here.1 + there.1), (300, 300), "{engine:?}: {here:?} {there:?}");
        assert_eq!(desk.waiting().await, 300);
        assert_eq!(desk.office.store.spent(desk.tenant).await.unwrap().len(), 300);
    }
}

#[tokio::test]
async fn a_used_code_is_found_as_an_unused_one_is() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 105).await;
        let codes = drawn(&desk, 2).await;
        let before = (opened(&desk, &codes[0]).await, opened(&desk, &codes[1]).await);
        desk.office.store.keep(&answers(&desk, &codes[..1])).await.unwrap();
        let after = (opened(&desk, &codes[0]).await, opened(&desk, &codes[1]).await);
        assert_eq!(before, after, "{engine:?}");
        assert!(is_form(&after.0) && is_form(&after.1));
        let hash = desk.office.keys.code_hash(&codes[0].typed());
        let row = desk.office.store.code(desk.tenant, &hash).await.unwrap().unwrap();
        assert_eq!((row.record.len(), row.term), (RECORD, Term::Through(Month::new(2027, 4).unwrap())));
    }
}

#[tokio::test]
async fn a_code_that_ran_out_or_was_withdrawn_opens_nothing_and_is_not_used() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 106).await;
        let codes = drawn(&desk, 2).await;
        void(&desk.office, &actor(&desk), 1).await.unwrap();
        assert_eq!(opened(&desk, &codes[0]).await, Opened::Withdrawn, "{engine:?}");
        assert_eq!(desk.office.store.keep(&answers(&desk, &codes[..1])).await.unwrap(), [CodeSpent]);
        assert!(void(&desk.office, &actor(&desk), 1).await.is_err(), "once");
        let mut fresh = Vec::new();
        let take = &mut |drawn: &Drawn| {
            fresh.push(drawn.code);
            Ok(())
        };
        let issued = reissue(&desk.office, &actor(&desk), 1, take).await.unwrap();
        assert_eq!((issued.batch, issued.count), (2, 2));
        assert!(is_form(&opened(&desk, &fresh[0]).await));
        desk.set_clock(datetime!(2027-04-30 16:59 UTC));
        assert!(is_form(&opened(&desk, &fresh[0]).await), "on the last evening of six months");
        desk.set_clock(datetime!(2027-04-30 17:00 UTC));
        assert_eq!(opened(&desk, &fresh[0]).await, Opened::Expired);
        assert_eq!(desk.office.store.keep(&answers(&desk, &fresh[..1])).await.unwrap(), [CodeSpent]);
        assert_eq!(desk.waiting().await, 0);
    }
}

#[tokio::test]
async fn a_closed_dossier_sets_the_term_to_the_end_of_the_next_month_all_or_nothing() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 107).await;
        let codes = drawn(&desk, 3).await;
        desk.office.store.keep(&answers(&desk, &codes[..1])).await.unwrap();
        let strange = Code::new(desk.tenant, [9; 16]);
        let mut file = format!("code,valid_through\n{},\n{},\n", codes[0], codes[1].typed());
        let broken = format!("{file}CM-XXXX,\n");
        let refused = close_codes(&desk.office, &actor(&desk), std::io::Cursor::new(broken)).await;
        assert!(refused.unwrap_err().to_string().contains("line 4, column 1 (code): this is not a code"));
        let _ = writeln!(file, "https://hailong.example/c/{strange},");
        let closed = close_codes(&desk.office, &actor(&desk), std::io::Cursor::new(file)).await.unwrap();
        assert_eq!((closed.set, closed.gone, closed.through.to_string()), (2, 1, "2026-11".into()));
        desk.set_clock(datetime!(2026-12-01 05:00 UTC));
        assert_eq!(opened(&desk, &codes[1]).await, Opened::Expired, "{engine:?}");
        assert!(is_form(&opened(&desk, &codes[2]).await), "without a signal six months");
        // Used or not, what ran out is forgotten at the same time.
        assert_eq!(
            forget_codes(&desk.office, desk.tenant, time::macros::date!(2027 - 02 - 01)).await.unwrap(),
            0
        );
        assert_eq!(
            forget_codes(&desk.office, desk.tenant, time::macros::date!(2027 - 03 - 01)).await.unwrap(),
            2
        );
        assert!(desk.office.store.spent(desk.tenant).await.unwrap().is_empty());
        assert_eq!(opened(&desk, &codes[0]).await, Opened::Unknown);
        assert!(is_form(&opened(&desk, &codes[2]).await));
    }
}

#[tokio::test]
async fn codes_are_counted_in_tens_and_never_one_by_one() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 108).await;
        let codes = drawn(&desk, 47).await;
        desk.office.store.keep(&answers(&desk, &codes[..19])).await.unwrap();
        count_codes(&desk.office, desk.tenant).await.unwrap();
        let counts = desk.office.store.code_counts(desk.tenant).await.unwrap();
        assert_eq!(counts.len(), 1);
        assert_eq!((counts[0].issued, counts[0].used, counts[0].expired), (40, 10, 0), "{engine:?}");
        desk.set_clock(datetime!(2027-05-01 05:00 UTC));
        count_codes(&desk.office, desk.tenant).await.unwrap();
        let counts = desk.office.store.code_counts(desk.tenant).await.unwrap();
        assert_eq!((counts[0].used, counts[0].expired), (10, 20));
    }
}

#[tokio::test]
async fn a_million_random_codes_find_none_and_slow_nobody_else() {
    let desk = Desk::open(Engine::Sqlite, 109).await;
    let codes = drawn(&desk, 50).await;
    let mut found = 0;
    let mut looked_up = 0;
    for _ in 0..1_000_000 {
        let guess = Code::new(desk.tenant, desk.office.chance.bytes());
        match open_code(&desk.office, &Written::Typed(guess.typed())).await.unwrap() {
            Opened::Unknown => looked_up += 1,
            Opened::TooMany => {}
            _ => found += 1,
        }
    }
    assert_eq!((found, looked_up), (0, 3_000), "so many in a minute, over everybody");
    // Whoever scans has 128 bits that nobody guesses, and waits for nobody.
    assert!(is_form(&opened(&desk, &codes[0]).await));
    let typed = Written::Typed(codes[0].typed());
    assert_eq!(open_code(&desk.office, &typed).await.unwrap(), Opened::TooMany);
    desk.set_clock(datetime!(2026-10-01 05:01 UTC));
    assert!(is_form(&open_code(&desk.office, &typed).await.unwrap()));
}

#[tokio::test]
async fn twelve_good_digits_are_no_whole_code() {
    let desk = Desk::open(Engine::Sqlite, 110).await;
    let code = drawn(&desk, 1).await[0];
    let mut bits = code.bytes();
    bits[15] ^= 1;
    let made_up = Code::new(desk.tenant, bits);
    assert_eq!(made_up.typed(), code.typed());
    assert_eq!(opened(&desk, &made_up).await, Opened::Unknown);
    let elsewhere = Code::new("BL".parse().unwrap(), code.bytes());
    assert_eq!(opened(&desk, &elsewhere).await, Opened::Unknown);
}

#[tokio::test]
async fn a_batch_that_cannot_be_handed_over_is_withdrawn() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 111).await;
        let mut taken = Vec::new();
        let take = &mut |drawn: &Drawn| {
            taken.push(drawn.code);
            if taken.len() == 7 { Err(std::io::Error::other("the disk is full")) } else { Ok(()) }
        };
        assert!(issue(&desk.office, &actor(&desk), &wish(&desk), 20, take).await.is_err());
        assert_eq!(opened(&desk, &taken[0]).await, Opened::Withdrawn, "{engine:?}");
        let batches = desk.office.store.code_batches(desk.tenant).await.unwrap();
        assert!(batches.len() == 1 && batches[0].voided_on.is_some());
    }
}

#[tokio::test]
async fn rows_of_codes_lie_in_the_order_of_their_hashes() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 112).await;
        let codes = drawn(&desk, 200).await;
        let rows = desk.office.store.codes_page(desk.tenant, &[], 1_000).await.unwrap();
        assert_eq!(rows.len(), 200);
        assert!(rows.is_sorted_by_key(|row| row.hash), "{engine:?}");
        assert_eq!(
            rows.iter().map(|row| row.record.len()).collect::<BTreeSet<_>>(),
            BTreeSet::from([RECORD])
        );
        let spent = answers(&desk, &codes);
        assert_eq!(desk.office.store.keep(&spent).await.unwrap(), vec![New; 200]);
        // What is used lies under another hash: neither table alone says which of the other it is.
        let used = desk.office.store.spent(desk.tenant).await.unwrap();
        assert!(rows.iter().all(|row| !used.contains(&row.hash[..])));
    }
}
