//! How many answers somebody has helped with. Exact numbers are sealed; only tens as of the last midnight
//! come out, so that nobody sees by a number that somebody has just answered.

use crate::error::UsecaseError;
use crate::keys::Purpose;
use crate::office::Office;
use crate::record::RecordError;
use domain::id::{AccountId, Tenant};
use domain::right::{Actor, Right};
use store::StoreError;

/// Bytes of a count before it is sealed: version, day, and for each way the days before and this day.
const PLAIN: usize = 1 + 4 + 2 * 2 * 4;
/// How often a count is tried where others count at the same moment.
const TRIES: usize = 16;

/// The ways in which somebody helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Assisted = 0,
    Phone = 1,
}

/// Answers that somebody has helped with, rounded down to tens, as of the last midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Helped {
    /// Who.
    pub account: AccountId,
    /// On a tablet.
    pub assisted: u64,
    /// By telephone.
    pub phone: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Count {
    day: u32,
    /// By way: up to the last midnight, and since.
    ways: [(u32, u32); 2],
}

impl Count {
    /// Today's answers become those of the days before where a day has passed.
    fn on(mut self, day: u32) -> Self {
        if day > self.day {
            for (before, today) in &mut self.ways {
                *before = before.saturating_add(*today);
                *today = 0;
            }
            self.day = day;
        }
        self
    }

    fn plain(self) -> Vec<u8> {
        let mut bytes = vec![1];
        bytes.extend_from_slice(&self.day.to_le_bytes());
        for number in self.ways.iter().flat_map(|(before, today)| [before, today]) {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.resize(PLAIN, 0);
        bytes
    }

    fn of_plain(bytes: &[u8]) -> Result<Self, RecordError> {
        let four = |at: usize| {
            let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
            four.map(u32::from_le_bytes).ok_or(RecordError::Damaged)
        };
        let way = |at: usize| Ok::<_, RecordError>((four(at)?, four(at + 4)?));
        Ok(Self { day: four(1)?, ways: [way(5)?, way(13)?] })
    }
}

fn about(tenant: Tenant, who: AccountId) -> Vec<u8> {
    [tenant.as_str().as_bytes(), who.as_bytes()].concat()
}

fn today(office: &Office) -> u32 {
    u32::try_from(store::cell::day_number(office.today())).unwrap_or(0)
}

/// Counts an answer that somebody has helped with.
///
/// # Errors
/// Where the database is away, or too many count at once.
pub async fn count_help(
    office: &Office,
    tenant: Tenant,
    who: AccountId,
    by_phone: bool,
) -> Result<(), UsecaseError> {
    let way = if by_phone { Way::Phone } else { Way::Assisted } as usize;
    let about = about(tenant, who);
    for _ in 0..TRIES {
        let old = office.store.helper_count(tenant, who).await?;
        let count = match &old {
            None => Count::default(),
            Some(record) => Count::of_plain(&office.keys.unseal(Purpose::Count, record, &about)?)?,
        };
        let mut count = count.on(today(office));
        count.ways[way].1 = count.ways[way].1.saturating_add(1);
        let fresh = office.keys.seal(Purpose::Count, &count.plain(), &about, &office.chance);
        if office.store.put_helper_count(tenant, who, (old.as_deref(), &fresh)).await? {
            return Ok(());
        }
    }
    Err(StoreError::Full.into())
}

/// How many answers each helper has helped with.
///
/// # Errors
/// Where the actor may not see it; where the database is away.
pub async fn helped(office: &Office, actor: &Actor) -> Result<Vec<Helped>, UsecaseError> {
    if !actor.may(Right::ReadOffice) {
        return Err(UsecaseError::Forbidden);
    }
    let mut all = Vec::new();
    for (account, record) in office.store.helper_counts(actor.tenant).await? {
        let plain = office.keys.unseal(Purpose::Count, &record, &about(actor.tenant, account))?;
        let count = Count::of_plain(&plain)?.on(today(office));
        let [assisted, phone] = count.ways.map(|(before, _)| u64::from(before / 10 * 10));
        all.push(Helped { account, assisted, phone });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_comes_back_and_shows_nothing_of_its_own_day() {
        let mut count = Count::default().on(20_261_005);
        count.ways[0].1 = 14;
        assert_eq!(count.ways[0], (0, 14));
        assert_eq!(Count::of_plain(&count.plain()), Ok(count));
        assert_eq!(count.plain().len() + 40, store::helper_count::RECORD);
        assert_eq!(count.on(20_261_005).ways[0], (0, 14), "the same day");
        assert_eq!(count.on(20_261_004).ways[0], (0, 14), "a clock that goes back");
        assert_eq!(count.on(20_261_006).ways[0], (14, 0), "the day after");
    }
}
