//! A question set from a file. What is published stays as it is: a change is a new version.

use crate::error::UsecaseError;
use crate::keys::sha256;
use crate::objection::{Objection, Unequal};
use crate::office::Office;
use crate::registry::Province;
use crate::table::MOST_FAULTS;
use domain::id::Tenant;
use domain::instrument::{Equals, Instrument};
use domain::tally::layout::{base_items, items_of};
use std::io::Read;
use store::StoreError;

/// Most bytes of the file of an instrument.
const MOST_BYTES: u64 = 1_000_000;

/// What became of the file of an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentImported {
    /// Its code.
    pub code: String,
    /// Its version.
    pub version: u32,
    /// How many items it has.
    pub items: usize,
    /// Whether this version was not there before.
    pub is_new: bool,
}

/// Publishes an instrument.
///
/// # Errors
/// [`UsecaseError::Refused`] with everything that is wrong in the file, or where the version is there
/// with another text; nothing is stored then.
pub async fn import_instrument(
    office: &Office,
    tenant: Tenant,
    source: impl Read,
    dry_run: bool,
) -> Result<InstrumentImported, UsecaseError> {
    let document = read(source)?;
    let instrument = inspect(&document)?;
    office.refresh().await?;
    office.province(tenant)?;
    let key = (instrument.code.as_str(), instrument.version);
    inspect_equals(&*office.province(tenant)?, &instrument)?;
    let known = office.store.instruments(tenant).await?;
    let known = known.into_iter().find(|(code, version, _)| (code.as_str(), *version) == key);
    if known.as_ref().is_some_and(|(_, _, text)| *text != document) {
        return Err(taken(key).into());
    }
    if !dry_run && known.is_none() {
        publish(office, tenant, key, &document).await?;
    }
    Ok(InstrumentImported {
        items: items_of(&instrument).count(),
        version: instrument.version,
        code: instrument.code,
        is_new: known.is_none(),
    })
}

/// What a set declares of sets that are here, and what they declare of it. One that is not here yet is
/// looked at when it comes.
fn inspect_equals(province: &Province, instrument: &Instrument) -> Result<(), Objection> {
    for known in province.instruments().map(|set| &set.instrument) {
        for (by, of) in [(instrument, known), (known, instrument)] {
            let here = |e: &&Equals| e.instrument == of.code && e.version == of.version;
            let Some(equals) = by.equals.iter().find(here) else { continue };
            let item = |code: &&String| !base_items(of).any(|item| item.code == **code);
            let why = if by.population != of.population {
                Some(Unequal::Population)
            } else if by.is_in_points() != of.is_in_points() {
                Some(Unequal::Scale)
            } else {
                equals.items.values().find(item).cloned().map(Unequal::Item)
            };
            if let Some(why) = why {
                let other = format!("{} {}", of.code, of.version);
                return Err(Objection::Equals { instrument: by.code.clone(), other, why });
            }
        }
    }
    Ok(())
}

async fn publish(
    office: &Office,
    tenant: Tenant,
    key: (&str, u32),
    document: &str,
) -> Result<(), UsecaseError> {
    let hash = sha256(document.as_bytes());
    match office.store.publish_instrument(tenant, key, document, &hash, office.now()).await {
        Err(StoreError::Conflict(_)) => return Err(taken(key).into()),
        other => other?,
    }
    office.refresh().await
}

fn taken((code, version): (&str, u32)) -> Objection {
    Objection::InstrumentTaken { code: code.to_owned(), version }
}

fn read(source: impl Read) -> Result<String, UsecaseError> {
    let mut bytes = Vec::new();
    if let Err(error) = source.take(MOST_BYTES + 1).read_to_end(&mut bytes) {
        return Err(Objection::FileUnreadable(error.to_string()).into());
    }
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Objection::InstrumentTooLarge.into());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].split(|b| *b == b'\n').count();
        Objection::LineNotUtf8(line)
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn inspect(document: &str) -> Result<Instrument, UsecaseError> {
    Ok(Instrument::read(document).map_err(|mut faults| {
        let more = faults.len().saturating_sub(MOST_FAULTS);
        faults.truncate(MOST_FAULTS);
        Objection::Instrument { faults, more }
    })?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tests::{Desk, tenant, told};
    use domain::instrument::{BUILT_IN, HOUSEHOLD, HOUSEHOLD_2022, POST_SERVICE};

    #[tokio::test]
    async fn a_version_is_published_once_and_never_changes() {
        let desk = Desk::ca_mau().await;
        let look = import_instrument(&desk.office, tenant(), POST_SERVICE.as_bytes(), true).await.unwrap();
        assert!(look.is_new && desk.province().instrument("post-service", None).is_none());
        let marked = format!("\u{feff}{POST_SERVICE}");
        let first = import_instrument(&desk.office, tenant(), marked.as_bytes(), false).await.unwrap();
        assert_eq!(first, look);
        assert!(desk.province().instrument("post-service", Some(1)).is_some());
        let again = import_instrument(&desk.office, tenant(), POST_SERVICE.as_bytes(), false).await.unwrap();
        assert!(!again.is_new);
        let other = POST_SERVICE.replace("Nói chung", "Nói chung là");
        for dry_run in [true, false] {
            let told = told(import_instrument(&desk.office, tenant(), other.as_bytes(), dry_run).await);
            assert!(
                told[0].starts_with("version 1 of post-service is published with another text"),
                "{told:?}"
            );
        }
    }

    /// The set without its own declaration.
    fn undeclared(json: &str) -> String {
        let from = json.find("  \"equals\"").expect("a declaration");
        let to = from + json[from..].find("  \"note\"").expect("a note");
        format!("{}{}", &json[..from], &json[to..])
    }

    #[tokio::test]
    async fn equal_items_are_declared_between_sets_of_the_same_people_only() {
        let desk = Desk::ca_mau().await;
        let import =
            async |json: &str| import_instrument(&desk.office, tenant(), json.as_bytes(), false).await;
        import(POST_SERVICE).await.unwrap();
        // The codes are the same in both sets; that proves nothing.
        let claim =
            r#""equals": [{"instrument": "post-service", "version": 1, "items": {"SB1": "SB1"}}], "note""#;
        let plain = undeclared(HOUSEHOLD);
        let told_of = told(import(&plain.replacen("\"note\"", claim, 1)).await);
        assert_eq!(told_of, ["household declares items equal to post-service 1, but other people answer it"]);
        // A set that is not here yet is looked at when it comes.
        import(HOUSEHOLD).await.unwrap();
        let other = HOUSEHOLD_2022.replace("\"SA2\"", "\"SA9\"");
        assert_eq!(
            told(import(&other).await),
            [
                "household declares items equal to household-2022 1, which has no item SA2 that everybody is asked"
            ]
        );
        import(HOUSEHOLD_2022).await.unwrap();
        for file in BUILT_IN {
            import(file).await.unwrap();
        }
    }

    #[tokio::test]
    async fn every_fault_of_the_file_is_told() {
        let desk = Desk::ca_mau().await;
        let broken = POST_SERVICE
            .replace("\"SA1\"", "\"SA 1\"")
            .replace("\"headline\": \"composite\"", "\"headline\": \"compost\"");
        let faults = told(import_instrument(&desk.office, tenant(), broken.as_bytes(), false).await);
        assert!(faults.len() > 1 && faults[0].contains("contents[0]"), "{faults:?}");
        let windows = [b"{\n\n\"code\": \"".as_slice(), &[0xD0], b"\"}"].concat();
        let told = told(import_instrument(&desk.office, tenant(), windows.as_slice(), false).await);
        assert_eq!(told, ["line 3 is not UTF-8 text; save the file as UTF-8"]);
    }
}
