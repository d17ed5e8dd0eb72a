//! Who took over from whom, from a file: the successions, and the units of the past that it names.

mod cast;
mod line;
mod rules;
#[cfg(test)]
mod tests;

use crate::error::UsecaseError;
use crate::import::units::compare;
use crate::import::units::order::parents_first;
use crate::import::{Changes, Difference, Planned, Subject, Verdict};
use crate::office::{Office, write_day};
use crate::registry::Province;
use crate::table::{Faults, Manner, Shape, Table};
use cast::Cast;
use domain::id::{Tenant, UnitId};
use domain::succession::Succession;
use domain::unit::Unit;
use line::Line;
use std::collections::HashMap;
use std::io::Read;

/// The columns of a file of successions.
pub const SHAPE: Shape<'static> = Shape {
    required: &[
        "old_code",
        "old_name",
        "old_district",
        "old_province",
        "new_code",
        "new_name",
        "share",
        "main_successor",
        "effective_on",
    ],
    optional: &["old_district_code", "old_province_code"],
    open: false,
};

/// What became of a file of successions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuccessionImported {
    /// The successions that were, or would be, stored.
    pub successions: Changes,
    /// The units of the past that were, or would be, made or given their end.
    pub units: Changes,
    /// Both line by line, units first.
    pub lines: Vec<Planned>,
    /// How the file is written.
    pub manner: Manner,
}

/// What is to be stored.
struct Outcome {
    units: Vec<Unit>,
    olds: Vec<UnitId>,
    successions: Vec<Succession>,
    lines: Vec<Planned>,
}

/// Takes successions from a file. Units of the past that are not in the registry are made: they end
/// on the day of the succession, their first day is not recorded. Of each old unit in the file all
/// successors that were known before are replaced.
///
/// # Errors
/// [`UsecaseError::File`] with everything that is wrong in the file; nothing is stored then.
pub async fn import_succession(
    office: &Office,
    tenant: Tenant,
    source: impl Read,
    dry_run: bool,
) -> Result<SuccessionImported, UsecaseError> {
    office.refresh().await?;
    let province = office.province(tenant)?;
    let mut table = Table::open(source, SHAPE)?;
    let (mut faults, mut lines) = (Faults::default(), Vec::new());
    while let Some(row) = table.row(&mut faults) {
        lines.extend(line::read(row, &mut faults));
    }
    faults.outcome()?;
    let (header, manner) = (table.header().clone(), table.manner());
    let mut faults = Faults::default();
    let apart = rules::check(&lines, &header, &mut faults);
    let mut cast = Cast::new(office, &province);
    let agreed = lines.iter().filter(|line| !apart.contains(&line.number));
    let pairs: Vec<_> = agreed.map(|line| cast.pair(line, &header, &mut faults)).collect();
    cast.overlaps(&header, &mut faults);
    faults.outcome()?;
    let made = lines.iter().zip(pairs.into_iter().flatten());
    let outcome = settle(&province, &made.collect::<Vec<_>>(), cast.into_units());
    if !dry_run && outcome.lines.iter().any(|line| line.verdict != Verdict::Unchanged) {
        let units = (province.root, outcome.units.as_slice());
        let store = &office.store;
        store.put_successions(tenant, units, &outcome.olds, &outcome.successions, office.now()).await?;
        office.refresh().await?;
    }
    Ok(SuccessionImported {
        successions: Changes::of(&outcome.lines, Subject::Succession),
        units: Changes::of(&outcome.lines, Subject::Unit),
        lines: outcome.lines,
        manner,
    })
}

/// A succession with the line that says it; the old unit and its name for the preview.
type Made<'a> = (&'a Line, (UnitId, UnitId));

fn settle(province: &Province, made: &[Made<'_>], cast: cast::Units) -> Outcome {
    let (mut lines, successions) = successions(province, made, &cast);
    let mut olds: Vec<UnitId> = Vec::new();
    for one in &successions {
        if !olds.contains(&one.old) {
            olds.push(one.old);
        }
    }
    let file_lines: HashMap<UnitId, u64> = cast.iter().map(|(line, unit)| (unit.id, *line)).collect();
    let units = parents_first(cast.into_iter().map(|(_, unit)| unit).collect()).into_iter();
    let units = units.map(|unit| (file_lines.get(&unit.id).copied().unwrap_or_default(), unit));
    let (mut told, units) = compare(units.collect(), Some(province));
    lines.extend(removed(province, &olds, &successions));
    told.append(&mut lines);
    Outcome { units, olds, successions, lines: told }
}

fn successions(
    province: &Province,
    made: &[Made<'_>],
    cast: &cast::Units,
) -> (Vec<Planned>, Vec<Succession>) {
    let (mut lines, mut all) = (Vec::new(), Vec::new());
    for (line, (old, new)) in made {
        let (old, new) = (*old, *new);
        let one = Succession {
            old,
            new,
            share: line.share,
            is_main: line.is_main,
            effective_on: line.effective_on,
        };
        let code = format!("{} → {}", line.old_code, line.new_code);
        let name = format!("{} → {}", line.old_name, line.new_name);
        lines.push(planned(province, &one, line.number, (code, name)));
        all.push(one);
    }
    // A province of the past is over when its communes have gone on to this one.
    let name = |id: UnitId| province.unit(id).map_or("", |unit| unit.name.vi.as_str());
    for (line, unit) in cast.iter().filter(|(_, unit)| unit.kind == domain::unit::UnitKind::Province) {
        let Some(effective_on) = unit.valid_to else { continue };
        let (new, share) = (province.root, domain::succession::Share::Whole);
        let one = Succession { old: unit.id, new, share, is_main: true, effective_on };
        let told = format!("{} → {}", unit.name.vi, name(new));
        lines.push(planned(province, &one, *line, (unit.code.clone(), told)));
        all.push(one);
    }
    (lines, all)
}

fn planned(province: &Province, one: &Succession, line: u64, (code, name): (String, String)) -> Planned {
    let known = province.successors(one.old).iter().find(|old| old.new == one.new);
    let yes = |is_main| if is_main { "yes" } else { "no" }.to_owned();
    let differences = known.map(|old| {
        Difference::all([
            ("share", old.share.to_string(), one.share.to_string()),
            ("main_successor", yes(old.is_main), yes(one.is_main)),
            ("effective_on", write_day(old.effective_on), write_day(one.effective_on)),
        ])
    });
    let verdict = match &differences {
        None => Verdict::New,
        Some(differences) if differences.is_empty() => Verdict::Unchanged,
        Some(_) => Verdict::Changed,
    };
    let differences = differences.unwrap_or_default();
    Planned { subject: Subject::Succession, line, code, name, verdict, differences }
}

/// The successors that a file leaves out of an old unit that it names.
fn removed(province: &Province, olds: &[UnitId], kept: &[Succession]) -> Vec<Planned> {
    let is_kept = |one: &Succession| kept.iter().any(|k| k.old == one.old && k.new == one.new);
    let gone = olds.iter().flat_map(|old| province.successors(*old)).filter(|one| !is_kept(one));
    gone.map(|one| {
        let told = |id| province.unit(id).map(|unit| (unit.code.clone(), unit.name.vi.clone()));
        let ((old, old_name), (new, new_name)) =
            (told(one.old).unwrap_or_default(), told(one.new).unwrap_or_default());
        Planned {
            subject: Subject::Succession,
            line: 0,
            code: format!("{old} → {new}"),
            name: format!("{old_name} → {new_name}"),
            verdict: Verdict::Removed,
            differences: Vec::new(),
        }
    })
    .collect()
}
