//! Giving codes out: a batch that the province draws, or one slip at a unit.

use super::record::{CodeRecord, Subject};
use crate::error::UsecaseError;
use crate::objection::Objection;
use crate::office::Office;
use crate::registry::Province;
use domain::code::{Code, Issuer};
use domain::id::{Tenant, UnitId};
use domain::period::Month;
use domain::right::{Actor, Right};
use domain::scope::{Principal, Role, Scope};
use domain::survey::{Channel, Mode, Variant};
use store::code::{CodeRow, NewBatch, Term};
use time::Date;

/// Months after its own for which a code is valid without a signal that the dossier is closed: somebody
/// whose dossier was ninety days late must be able to answer.
const MONTHS: i32 = 6;
/// Most codes of a batch.
pub const MOST: u32 = 1_000_000;

/// What codes are wanted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The counter that receives.
    pub receiving: UnitId,
    /// The unit that decides.
    pub deciding: UnitId,
    /// Code of the field.
    pub field: String,
    /// How the dossiers are handed in.
    pub channel: Channel,
    /// How the codes reach people.
    pub mode: Mode,
}

/// A code that was just given out. It is in no other place than this value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// The code.
    pub code: Code,
    /// The last month in which it is valid without a signal.
    pub through: Month,
}

/// What was given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Issued {
    /// Number of the batch.
    pub batch: i64,
    /// How many codes.
    pub count: u32,
    /// The last month in which they are valid without a signal.
    pub through: Month,
}

/// The last month of a code that is given out on a day.
#[must_use]
pub fn valid_through(day: Date) -> Month {
    Month::of(day).plus(MONTHS)
}

impl Wish {
    /// What is meant by a unit that receives, a field of its level and a channel; who decides is in the
    /// table of fields, unless `deciding` names another. A dossier that was handed in online brings its
    /// code by message, every other one on a slip, unless `mode` says otherwise.
    ///
    /// # Errors
    /// Where the unit's level has no such field.
    pub fn new(
        province: &Province,
        (receiving, deciding): (UnitId, Option<UnitId>),
        field: &str,
        (channel, mode): (Channel, Option<Mode>),
    ) -> Result<Self, UsecaseError> {
        let unknown = || UsecaseError::Unknown { what: "field", name: field.chars().take(40).collect() };
        let level = province.committee(receiving).map(|unit| unit.kind);
        let known = province.fields().iter().any(|line| line.code == field && Some(line.level) == level);
        let decides = province.deciding(receiving, Some(field)).filter(|_| known).ok_or_else(unknown)?;
        let usual = if channel == Channel::Online { Mode::Link } else { Mode::Slip };
        Ok(Self {
            receiving,
            deciding: deciding.unwrap_or(decides),
            field: field.to_owned(),
            channel,
            mode: mode.unwrap_or(usual),
        })
    }

    /// Alike for wishes whose codes can stand in one batch.
    pub(super) fn kind(&self) -> (UnitId, UnitId, &str, &'static str, String) {
        (self.receiving, self.deciding, &self.field, self.channel.code(), self.mode.to_string())
    }

    /// What is meant by a sample of a unit's residents: there is no dossier, so no field, and nobody
    /// decided or received anything but the unit itself.
    #[must_use]
    pub const fn of_residents(unit: UnitId) -> Self {
        Self {
            receiving: unit,
            deciding: unit,
            field: String::new(),
            channel: Channel::InPerson,
            mode: Mode::Sample,
        }
    }

    pub(super) fn batch(&self, issuer: Issuer, drawn_on: Date) -> NewBatch {
        NewBatch {
            deciding: self.deciding,
            receiving: self.receiving,
            field: self.field.clone(),
            channel: self.channel,
            mode: self.mode.clone(),
            issuer,
            drawn_on,
        }
    }

    pub(super) fn of_batch(batch: &NewBatch) -> Self {
        Self {
            receiving: batch.receiving,
            deciding: batch.deciding,
            field: batch.field.clone(),
            channel: batch.channel,
            mode: batch.mode.clone(),
        }
    }
}

/// Draws a batch for the province and hands each code over as soon as it is kept; `take` may refuse.
///
/// # Errors
/// Where the actor may not draw codes, the number is out of range, the database is away, or a code could
/// not be handed over: then the batch is withdrawn.
pub async fn issue(
    office: &Office,
    actor: &Actor,
    wish: &Wish,
    count: u32,
    take: &mut (dyn FnMut(&Drawn) -> std::io::Result<()> + Send),
) -> Result<Issued, UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    if !(1..=MOST).contains(&count) {
        return Err(Objection::CodeCount(MOST).into());
    }
    let batch = wish.batch(Issuer::Province, office.today());
    let number = office.store.begin_codes(actor.tenant, &batch, false).await?;
    let given = give_out(office, actor.tenant, (number, &batch), count, take).await;
    let issued = match given {
        Ok(issued) => issued,
        Err(error) => {
            // Whoever asked has no list: nobody may have its codes.
            super::batch::withdraw(office, actor.tenant, number).await?;
            return Err(error);
        }
    };
    let detail = format!("batch {number}: {count} codes, {} {}", wish.field, wish.channel);
    office.note(actor.tenant, &actor.name, "codes-issue", &detail).await?;
    Ok(issued)
}

async fn give_out(
    office: &Office,
    tenant: Tenant,
    (number, batch): (i64, &NewBatch),
    count: u32,
    take: &mut (dyn FnMut(&Drawn) -> std::io::Result<()> + Send),
) -> Result<Issued, UsecaseError> {
    let through = valid_through(office.today());
    let at_once = u32::try_from(office.store.rows_at_once()).unwrap_or(1);
    let mut left = count;
    while left > 0 {
        let piece = left.min(at_once);
        for drawn in draw(office, tenant, (number, batch), piece, through).await? {
            take(&drawn).map_err(|source| UsecaseError::Read { path: "the output".into(), source })?;
        }
        left -= piece;
    }
    Ok(Issued { batch: number, count, through })
}

/// Draws some codes of a batch in one transaction.
///
/// # Errors
/// Where the database is away.
pub async fn draw(
    office: &Office,
    tenant: Tenant,
    (number, batch): (i64, &NewBatch),
    count: u32,
    through: Month,
) -> Result<Vec<Drawn>, UsecaseError> {
    let subject = Subject {
        deciding: batch.deciding,
        receiving: batch.receiving,
        field: batch.field.clone(),
        channel: batch.channel,
        mode: batch.mode.clone(),
        variant: Variant::Full,
    };
    let number_kept = u32::try_from(number).map_err(|_| UsecaseError::Damaged("a batch of codes".into()))?;
    let (mut codes, mut rows) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let code = Code::new(tenant, office.chance.bytes());
        let hash = office.keys.code_hash(&code.typed());
        let record = CodeRecord {
            subject: subject.clone(),
            issuer: batch.issuer,
            batch: number_kept,
            check: office.keys.code_check(&code),
        };
        let record = record.seal(office, tenant, &hash)?;
        rows.push(CodeRow { hash, record, term: Term::Through(through) });
        codes.push(Drawn { code, through });
    }
    office.store.issue_codes(tenant, number, &rows).await?;
    Ok(codes)
}

/// Whether somebody may print slips at a unit, one at a time: those who work there.
#[must_use]
pub fn may_print(principal: &Principal, scope: &Scope, unit: UnitId) -> bool {
    matches!(principal.role, Role::AgencyHead | Role::AgencyOfficer) && scope.covers(unit)
}

/// One code that a unit prints for the person at its counter. It is never in a list, its trust is
/// *unit-issued*, and what is counted of it is its month.
///
/// # Errors
/// Where the reader does not work there, or the database is away.
pub async fn issue_slip(
    office: &Office,
    (principal, scope): (&Principal, &Scope),
    wish: &Wish,
) -> Result<Drawn, UsecaseError> {
    if !may_print(principal, scope, wish.receiving) {
        return Err(UsecaseError::Forbidden);
    }
    let today = office.today();
    let batch = wish.batch(Issuer::Unit, today.replace_day(1).unwrap_or(today));
    let number = office.store.begin_codes(principal.tenant, &batch, true).await?;
    let drawn = draw(office, principal.tenant, (number, &batch), 1, valid_through(today)).await?;
    drawn.first().copied().ok_or_else(|| UsecaseError::Damaged("a batch of codes".into()))
}
