//! A question set from a file. What is published stays as it is: a change is a new version.

use crate::error::UsecaseError;
use crate::keys::sha256;
use crate::objection::Objection;
use crate::office::Office;
use crate::table::MOST_FAULTS;
use domain::id::Tenant;
use domain::instrument::Instrument;
use domain::tally::layout::items_of;
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
    use domain::instrument::POST_SERVICE;

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
