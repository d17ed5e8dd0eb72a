//! One cell of volumes, corrected by hand. What it was stays in the history.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::id::UnitId;
use domain::period::Month;
use domain::right::{Actor, Right};
use domain::scope::Scope;
use domain::volume::{Dossiers, Volume, VolumeFault};

/// A correction that was refused, or could not be stored.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The cell is wrong.
    #[error(transparent)]
    Fault(#[from] VolumeFault),
    /// Something else.
    #[error(transparent)]
    Other(#[from] UsecaseError),
}

impl From<store::StoreError> for EditError {
    fn from(error: store::StoreError) -> Self {
        Self::Other(error.into())
    }
}

/// Stores a cell.
///
/// # Errors
/// Where the actor may not, the counts contradict each other, or the same dossiers would count twice.
pub async fn edit_volume(office: &Office, actor: &Actor, mut cell: Volume) -> Result<(), EditError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden.into());
    }
    let province = office.province(actor.tenant)?;
    cell.receiving = cell.receiving.filter(|receiving| *receiving != cell.unit);
    check(office, &province, &cell)?;
    let scope = Scope::of_the_office(actor.tenant);
    let known = office.store.volumes_of(&scope, cell.unit, cell.month).await?;
    let same = |other: &&Volume| other.field == cell.field && other.receiving == cell.receiving;
    if known.iter().find(same).is_some_and(|old| old.dossiers == cell.dossiers) {
        return Ok(());
    }
    let contradicts = |other: &&Volume| {
        let other_way = other.receiving.is_some() != cell.receiving.is_some();
        other.field == cell.field && other_way && other.dossiers.closed > 0
    };
    if cell.dossiers.closed > 0 && known.iter().any(|other| contradicts(&other)) {
        return Err(VolumeFault::TwoWays(cell.month).into());
    }
    let batch = office.store.begin_volumes(actor.tenant, (&actor.name, ""), office.now()).await?;
    office.store.add_volumes(actor.tenant, batch, std::slice::from_ref(&cell)).await?;
    office.store.publish_volumes(actor.tenant, batch, 1, office.now()).await?;
    Ok(office.note(actor.tenant, &actor.name, "volume-edit", &detail(&province, &cell)).await?)
}

fn detail(province: &Province, cell: &Volume) -> String {
    let code = |unit: UnitId| province.unit(unit).map_or("?", |unit| unit.code.as_str());
    let receiving = cell.receiving.map(|unit| format!(" {}", code(unit))).unwrap_or_default();
    let Dossiers { closed, .. } = cell.dossiers;
    format!("{} {}{receiving} {}: {closed}", cell.month, code(cell.unit), cell.field)
}

fn check(office: &Office, province: &Province, cell: &Volume) -> Result<(), VolumeFault> {
    let this_month = Month::of(office.today());
    if cell.month > this_month {
        return Err(VolumeFault::StillToCome { month: cell.month, this_month });
    }
    let is_field = cell.field == "other" || province.fields().iter().any(|field| field.code == cell.field);
    if !is_field {
        return Err(VolumeFault::UnknownField(cell.field.chars().take(40).collect()));
    }
    Ok(cell.dossiers.check()?)
}
