//! Artificial dossiers, so that a demo has response rates: every agency and field, month by month, but
//! for one commune that has entered none and one that has forgotten a month, as in life.

use super::plan::living;
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::id::UnitId;
use domain::period::Month;
use domain::unit::{Unit, UnitKind};
use domain::volume::{Dossiers, Volume};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use store::volume::ROWS;

/// Dossiers of one field of a commune in a month, from and to.
const COMMUNE: (i64, i64) = (4, 34);
/// The same of a department, which has fewer fields.
const DEPARTMENT: (i64, i64) = (30, 200);

/// Adds dossiers of some months, the first given and the following ones.
///
/// # Errors
/// Where the database is away.
pub(super) async fn add_volumes(
    office: &Office,
    province: &Province,
    (first, months): (Month, usize),
    seed: u64,
) -> Result<(), UsecaseError> {
    // Another stream than that of the answers, so that neither moves the other.
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    rng.set_stream(1);
    let mut volumes = Vec::new();
    let communes = living(province, UnitKind::Commune);
    let forgotten: Vec<UnitId> = communes.skip(5).step_by(20).take(2).map(|unit| unit.id).collect();
    let kinds = [UnitKind::Commune, UnitKind::Department];
    for unit in kinds.into_iter().flat_map(|kind| living(province, kind)) {
        for (at, month) in (0..months).scan(first, |month, at| {
            let this = *month;
            *month = month.next();
            Some((at, this))
        }) {
            let entered_none = forgotten.first() == Some(&unit.id);
            let misses_one = forgotten.last() == Some(&unit.id) && at == 6;
            if !entered_none && !misses_one {
                volumes.extend(month_of(province, unit, month, &mut rng));
            }
        }
    }
    volumes.sort_unstable_by(|a, b| (a.unit, a.month, &a.field).cmp(&(b.unit, b.month, &b.field)));
    let batch = office.store.begin_volumes(province.tenant, ("demo", "demo.csv"), office.now()).await?;
    for part in volumes.chunks(ROWS) {
        office.store.add_volumes(province.tenant, batch, part).await?;
    }
    let rows = i64::try_from(volumes.len()).unwrap_or(i64::MAX);
    Ok(office.store.publish_volumes(province.tenant, batch, rows, office.now()).await?)
}

/// What a unit closed in a month: of each field that it decides.
fn month_of(province: &Province, unit: &Unit, month: Month, rng: &mut ChaCha20Rng) -> Vec<Volume> {
    let decides = |deciding: Option<UnitId>| match unit.kind {
        UnitKind::Commune => deciding.is_none(),
        _ => deciding == Some(unit.id),
    };
    let lines = province.fields().iter();
    let mut fields: Vec<&str> = lines
        .filter(|field| {
            decides(field.deciding) && (unit.kind != UnitKind::Commune || field.level == unit.kind)
        })
        .map(|field| field.code.as_str())
        .collect();
    fields.sort_unstable();
    fields.dedup();
    let inside = province.subtree(unit.id);
    let receiving = inside.into_iter().find(|id| *id != unit.id);
    let (least, most) = if unit.kind == UnitKind::Commune { COMMUNE } else { DEPARTMENT };
    let volume = |field: &str| {
        let closed = rng.random_range(least..=most);
        let late = closed * rng.random_range(0..6) / 100;
        let dossiers = Dossiers {
            closed,
            on_time: Some(closed - late),
            late: Some(late),
            online: Some(closed * rng.random_range(20..70) / 100),
            refused: Some(closed * rng.random_range(0..3) / 100),
        };
        Volume { month, unit: unit.id, receiving, field: field.to_owned(), dossiers }
    };
    fields.into_iter().map(volume).collect()
}
