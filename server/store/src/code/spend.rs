//! Using a code, in the transaction that keeps the answer.

use super::HASH;
use crate::batch::Slab;
use crate::inbox::{Envelope, Outcome};
use domain::period::Month;
use std::collections::HashSet;

/// The code that an answer uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spending {
    /// Hash of the code.
    pub code: [u8; HASH],
    /// The other hash, under which it counts as used.
    pub spent: [u8; HASH],
    /// The first month in which a code may have run out and still be used.
    pub least: Month,
}

/// In the order of the hashes: two that use the same codes wait for each other, and never in a ring. The
/// code itself stays as it is; what is not there, withdrawn, run out or used is not returned.
pub(crate) const SPEND: &str = "insert into code_spent (tenant, spent_hash, expires_in)
    with recursive i(i) as (select 0 union all select i + 1 from i where i + 1 < $2)
    select $1, substr($4, 1 + i * 32, 32), code.expires_in
    from i join code on code.tenant = $1 and code.code_hash = substr($3, 1 + i * 32, 32)
    where code.expires_in >= $5
    order by i.i
    on conflict do nothing returning spent_hash";
pub(crate) const GIVE_BACK: &str =
    "delete from nonce_seen where tenant = $1 and survey_id = $2 and nonce = $3";

/// What is to be used by the answers that are new.
pub(crate) struct Wanted {
    pub(crate) codes: Slab,
    pub(crate) spent: Slab,
    pub(crate) least: i64,
}

/// `None` where no new answer has a code.
pub(crate) fn wanted(envelopes: &[Envelope], outcomes: &[Outcome]) -> Option<Wanted> {
    let new = envelopes.iter().zip(outcomes).filter(|(_, outcome)| **outcome == Outcome::New);
    let mut spendings: Vec<Spending> = new.filter_map(|(envelope, _)| envelope.spends).collect();
    spendings.sort_unstable_by_key(|one| one.spent);
    let least = spendings.iter().map(|one| one.least.number()).min()?;
    let mut wanted = Wanted { codes: Slab::new(HASH), spent: Slab::new(HASH), least };
    for one in spendings {
        wanted.codes.push(&one.code);
        wanted.spent.push(&one.spent);
    }
    Some(wanted)
}

/// Marks the new answers whose codes could not be used. Of two with one code in one commit the first
/// has it.
pub(crate) fn settle(envelopes: &[Envelope], outcomes: &mut [Outcome], used: Vec<Vec<u8>>) {
    let mut used: HashSet<Vec<u8>> = used.into_iter().collect();
    for (envelope, outcome) in envelopes.iter().zip(outcomes) {
        let Some(spending) = envelope.spends.filter(|_| *outcome == Outcome::New) else { continue };
        if !used.remove(&spending.spent[..]) {
            *outcome = Outcome::CodeSpent;
        }
    }
}

/// Uses the codes of new answers inside a transaction. An answer whose code is used already gives its
/// nonce back, so that the same form can be sent as an open one.
macro_rules! spend_codes {
    ($tx:expr, $tenant:expr, $envelopes:expr, $outcomes:expr) => {
        if let Some(wanted) = crate::code::spend::wanted($envelopes, $outcomes) {
            let used: Vec<Vec<u8>> = sqlx::query_scalar(crate::code::spend::SPEND)
                .bind($tenant.as_str().to_owned())
                .bind(wanted.codes.count())
                .bind(wanted.codes.bytes())
                .bind(wanted.spent.bytes())
                .bind(wanted.least)
                .fetch_all(&mut *$tx)
                .await?;
            crate::code::spend::settle($envelopes, $outcomes, used);
            for (envelope, outcome) in $envelopes.iter().zip($outcomes.iter()) {
                let Some(nonce) = envelope.nonce.filter(|_| *outcome == crate::inbox::Outcome::CodeSpent)
                else {
                    continue;
                };
                sqlx::query(crate::code::spend::GIVE_BACK)
                    .bind($tenant.as_str().to_owned())
                    .bind(&envelope.survey.as_bytes()[..])
                    .bind(&nonce[..])
                    .execute(&mut *$tx)
                    .await?;
            }
        }
    };
}
pub(crate) use spend_codes;
