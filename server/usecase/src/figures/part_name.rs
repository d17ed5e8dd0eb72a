//! What the bands of the families are called, and in which order they stand.

use crate::keys::hexadecimal;
use crate::registry::Province;
use domain::family::{BLANK, Family, NOT_ASKED, POOLED};
use domain::instrument::Instrument;
use domain::language::Words;
use domain::report::PartName;

/// The name of a band.
pub(super) fn name_of_part(
    family: Family,
    band: &str,
    instrument: &Instrument,
    province: &Province,
) -> PartName {
    match band {
        POOLED => return PartName::Pooled,
        BLANK => return PartName::Blank,
        NOT_ASKED => return PartName::NotAsked,
        _ => {}
    }
    let closed = || PartName::Closed(band.to_owned());
    match family {
        Family::Result | Family::FlagClass | Family::Helper => closed(),
        Family::Field => {
            let listed = province.fields().iter().find(|field| field.code == band);
            let name = listed.map(|field| field.name.clone()).or_else(|| offered(instrument, "field", band));
            name.map_or_else(closed, PartName::Data)
        }
        Family::Who => {
            let (kind, size) = band.split_once(':').map_or((band, None), |(kind, size)| (kind, Some(size)));
            let Some(kind) = offered(instrument, "kind", kind) else { return closed() };
            match size {
                None => PartName::Data(kind),
                Some(BLANK) => PartName::Pair(kind, None),
                Some(size) => offered(instrument, "size", size)
                    .map_or_else(closed, |size| PartName::Pair(kind, Some(size))),
            }
        }
        Family::ReceivingCounter => {
            let counter = province.units().find(|unit| hexadecimal(unit.id.as_bytes()) == band);
            counter.map_or_else(closed, |unit| PartName::Data(unit.name.clone()))
        }
        _ => offered(instrument, family.code(), band).map_or_else(closed, PartName::Data),
    }
}

fn offered(instrument: &Instrument, question: &str, value: &str) -> Option<Words> {
    let question = instrument.question(question)?;
    question.options.iter().find(|option| option.value == value).map(|option| option.text.clone())
}

/// The place of a band that has a natural order (ages, sizes, schooling: as the form offers them); the
/// same for all bands of a family without one, which then stand by size.
pub(super) fn order(family: Family, band: &str, instrument: &Instrument) -> usize {
    let place = |question: &str, value: &str| {
        let question = instrument.question(question)?;
        question.options.iter().position(|option| option.value == value)
    };
    let found = match family {
        Family::Result => Some(usize::from(band != "granted")),
        Family::Who => {
            let (kind, size) = band.split_once(':').unwrap_or((band, ""));
            place("kind", kind).map(|at| 100 * at + place("size", size).map_or(0, |at| at + 1))
        }
        Family::Complained | Family::Sex | Family::Age | Family::Education | Family::Occupation => {
            place(family.code(), band)
        }
        Family::Field | Family::FlagClass | Family::Helper | Family::ReceivingCounter => Some(0),
    };
    found.unwrap_or(usize::MAX)
}
