//! (b) Issued codes are in no copy, in no form that somebody without the key could make; and what is
//! used cannot be told from what is not, nor joined to an answer.

use super::copy::{Trace, bytes_of, find, unhex};
use domain::code::Code;
use domain::right::Actor;
use domain::survey::{Channel, Route, Trust};
use std::collections::HashSet;
use store::code::Spending;
use store::inbox::Outcome;
use tests::cluster::Cluster;
use tests::desk::Desk;
use tests::process::Engine;
use usecase::code::{Drawn, Wish, issue};
use usecase::keys::sha256;
use usecase::mutant::Mutant;

/// A desk with thirty codes, ten of them used and folded.
async fn used(engine: Engine, seed: u8, mutant: Option<Mutant>) -> (Desk, Vec<Code>) {
    let mut desk = Desk::open(engine, seed).await;
    if let Some(mutant) = mutant {
        desk.office = desk.office.clone().with_mutant(mutant);
    }
    usecase::fold::fold_due(&desk.office, desk.tenant).await.expect("the calendar begins");
    let counter = desk.communes()[0];
    let wish = Wish::new(&desk.province(), (counter, None), "ho-tich", (Channel::InPerson, None));
    let mut codes = Vec::new();
    let take = &mut |drawn: &Drawn| {
        codes.push(drawn.code);
        Ok(())
    };
    let actor = Actor::of_the_command_line(desk.tenant);
    issue(&desk.office, &actor, &wish.expect("a wish"), 30, take).await.expect("codes");
    let mut answers = desk.answers(counter, Trust::Verified, Route::DoneInPerson, 10);
    for (answer, code) in answers.iter_mut().zip(&codes) {
        let hash = desk.office.keys.code_hash(&code.typed());
        let least = domain::period::Month::of(desk.office.today());
        answer.spends = Some(Spending { code: hash, spent: desk.office.keys.spent_hash(&hash), least });
    }
    let outcomes = desk.office.store.keep(&answers).await.expect("kept");
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::New));
    (desk, codes)
}

/// All bytes of the database.
fn copy_of(desk: &Desk) -> Vec<u8> {
    let Some(database) = desk.database() else {
        return bytes_of(desk.file().parent().expect("a folder"));
    };
    let _ = database.ask("checkpoint");
    let mut copy = database.dump().into_bytes();
    copy.extend(bytes_of(&Cluster::shared().data()));
    copy
}

/// What a code could be kept as by mistake: its texts, its bits, and their hashes without the key.
fn traces(codes: &[Code]) -> Vec<Trace> {
    let mut traces = Vec::new();
    for code in codes {
        let (whole, typed) = (code.to_string(), code.typed().to_string());
        let tenant = code.tenant();
        let tag = tenant.as_str().as_bytes();
        let mut forms: Vec<Vec<u8>> =
            [&whole, &typed, &typed.replace('-', "")].map(|t| t.as_bytes().to_vec()).into();
        forms.push(code.bytes().to_vec());
        forms.push(code.typed().bytes().to_vec());
        forms.push([tag, &code.typed().bytes()].concat());
        forms.push([tag, &code.bytes()].concat());
        let hashes: Vec<Vec<u8>> = forms.iter().map(|form| unhex(&sha256(form)[..16])).collect();
        forms.extend(hashes);
        traces.extend(forms.into_iter().map(|form| (whole.clone(), form)));
    }
    traces
}

#[tokio::test]
async fn no_issued_code_nor_a_hash_of_it_without_the_key_is_in_a_full_copy() {
    for engine in Engine::BOTH {
        let (desk, codes) = used(engine, 80, None).await;
        let copy = copy_of(&desk);
        assert_eq!(find(&copy, &traces(&codes)), None, "{engine:?}");
        // The search itself is awake: the hash with the key is there.
        let kept = desk.office.keys.code_hash(&codes[3].typed());
        assert!(find(&copy, &[("kept".into(), kept[..8].to_vec())]).is_some(), "{engine:?}");
    }
}

#[tokio::test]
async fn a_hash_without_the_key_would_be_found() {
    for engine in Engine::BOTH {
        let (desk, codes) = used(engine, 81, Some(Mutant::PlainCodeHash)).await;
        assert!(find(&copy_of(&desk), &traces(&codes)).is_some(), "{engine:?}");
    }
}

/// The rows of codes before and after ten were used.
async fn rows(desk: &Desk) -> Vec<store::code::CodeRow> {
    desk.office.store.codes_page(desk.tenant, &[], 1_000).await.expect("codes")
}

/// Whether the bytes of used codes stand in any row of codes, or any row of codes has changed by use.
async fn is_told_by_the_rows(engine: Engine, mutant: Option<Mutant>) -> bool {
    let (desk, codes) = used(engine, 82, mutant).await;
    let spent = desk.office.store.spent(desk.tenant).await.expect("used codes");
    assert_eq!(spent.len(), 10);
    let hashes: HashSet<Vec<u8>> = rows(&desk).await.into_iter().map(|row| row.hash.to_vec()).collect();
    assert_eq!(hashes.len(), codes.len(), "a used code has its row");
    !spent.is_disjoint(&hashes)
}

#[tokio::test]
async fn two_tables_together_do_not_say_which_code_was_used() {
    for engine in Engine::BOTH {
        assert!(!is_told_by_the_rows(engine, None).await, "{engine:?}");
        assert!(
            is_told_by_the_rows(engine, Some(Mutant::SpentUnderItsHash)).await,
            "{engine:?}: the guard sleeps"
        );
    }
}
