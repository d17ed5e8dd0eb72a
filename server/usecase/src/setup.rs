//! The first start: a link that is printed once leads to the province's units and to the first
//! account. There is no default password.

use crate::demo::{FIELDS, UNITS};
use crate::error::UsecaseError;
use crate::import::fields::import_fields;
use crate::import::instrument::import_instrument;
use crate::import::units::{UnitsWanted, import_units};
use crate::keys::sha256;
use crate::office::Office;
use crate::password::check_password;
use crate::sign_in::{NewAccount, add_account};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::account::check_name;
use domain::id::Tenant;
use domain::instrument::POST_SERVICE;
use domain::scope::Role;
use std::io::Read;
use time::Duration;

/// How long a setup link is good for.
pub const VALID: Duration = Duration::hours(24);

/// Makes a setup link where nobody can sign in yet, and voids the one before. `None` where there is an
/// account, where this is a demo, or where several provinces leave open whose account it would be.
///
/// # Errors
/// Where the database is away.
pub async fn offer_setup(office: &Office) -> Result<Option<String>, UsecaseError> {
    let several = office.registry().provinces().count() > 1;
    if several || office.is_demo() || office.store.has_accounts().await? {
        return Ok(None);
    }
    let token = URL_SAFE_NO_PAD.encode(office.chance.bytes::<24>());
    office.store.put_setup_link(&sha256(token.as_bytes()), office.now() + VALID).await?;
    Ok(Some(token))
}

/// Whether a token is that of the link that was printed last, and nobody has used it.
///
/// # Errors
/// Where the database is away.
pub async fn is_setup_open(office: &Office, token: &str) -> Result<bool, UsecaseError> {
    Ok(office.store.knows_setup_link(&sha256(token.as_bytes()), office.now()).await?)
}

/// Where the units of a new province come from.
#[derive(Debug, Clone, Copy)]
pub enum UnitsSource<'a> {
    /// The list of Cà Mau that ships with the product, with its fields of work.
    Shipped,
    /// A file.
    File {
        /// Its bytes.
        csv: &'a [u8],
        /// Code of the province to take out of a file of many.
        province: Option<&'a str>,
        /// The two letters of the new province.
        tag: &'a str,
    },
}

/// Makes the province from its units and gives it the question set that ships with the product.
///
/// # Errors
/// As [`import_units`]; where there is a province already.
pub async fn found_province(office: &Office, units: UnitsSource<'_>) -> Result<Tenant, UsecaseError> {
    office.refresh().await?;
    if let Some(province) = office.registry().provinces().next() {
        return Ok(province.tenant);
    }
    let tenant = match units {
        UnitsSource::Shipped => {
            let tenant = import(office, UNITS.as_bytes(), Some("96"), "CM").await?;
            import_fields(office, tenant, FIELDS.as_bytes(), office.today(), false).await?;
            tenant
        }
        UnitsSource::File { csv, province, tag } => import(office, csv, province, tag).await?,
    };
    import_instrument(office, tenant, POST_SERVICE.as_bytes(), false).await?;
    office.note(tenant, "setup", "import-units", "").await?;
    Ok(tenant)
}

async fn import(
    office: &Office,
    csv: impl Read,
    province: Option<&str>,
    tag: &str,
) -> Result<Tenant, UsecaseError> {
    let wanted = UnitsWanted { tag: Some(tag), province, ..UnitsWanted::default() };
    Ok(import_units(office, csv, wanted).await?.tenant)
}

/// Adds the first administrator of the only province. `false` where the link was used meanwhile.
///
/// # Errors
/// Where the name or the password is refused (the link stays good then), or the database is away.
pub async fn found_account(
    office: &Office,
    token: &str,
    name: &str,
    password: &str,
) -> Result<bool, UsecaseError> {
    let Some(tenant) = office.registry().only().map(|province| province.tenant) else { return Ok(false) };
    check_name(name)?;
    check_password(name, password)?;
    if !office.store.spend_setup_link(&sha256(token.as_bytes()), office.now()).await? {
        return Ok(false);
    }
    let role = Role::ProvinceAdmin;
    let new = NewAccount { name: name.to_owned(), password: password.to_owned(), role, unit: None };
    add_account(office, tenant, new).await?;
    office.note(tenant, "setup", "account-add", name).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tests::Desk;

    const PASSWORD: &str = "một câu đủ dài";

    #[tokio::test]
    async fn a_link_lets_one_person_in_once() {
        let desk = Desk::empty().await;
        let token = offer_setup(&desk.office).await.unwrap().unwrap();
        assert!(token.len() >= 22, "at least 128 bits: {token}");
        found_province(&desk.office, UnitsSource::Shipped).await.unwrap();
        assert!(!found_account(&desk.office, "another", "lan", PASSWORD).await.unwrap());
        assert!(found_account(&desk.office, &token, "lan", "short").await.is_err());
        assert!(is_setup_open(&desk.office, &token).await.unwrap(), "a refused password spends nothing");
        assert!(found_account(&desk.office, &token, "lan", PASSWORD).await.unwrap());
        assert!(!is_setup_open(&desk.office, &token).await.unwrap());
        assert!(!found_account(&desk.office, &token, "hoa", PASSWORD).await.unwrap());
        assert!(offer_setup(&desk.office).await.unwrap().is_none(), "nobody is offered a second way in");
    }

    #[tokio::test]
    async fn of_two_who_hold_the_link_only_one_gets_in() {
        let desk = Desk::empty().await;
        let token = offer_setup(&desk.office).await.unwrap().unwrap();
        let (hash, now) = (sha256(token.as_bytes()), desk.office.now());
        let spend = || desk.office.store.spend_setup_link(&hash, now);
        let (one, other) = tokio::join!(spend(), spend());
        assert_eq!([one.unwrap(), other.unwrap()].iter().filter(|spent| **spent).count(), 1);
    }

    #[tokio::test]
    async fn the_next_link_voids_the_one_before_and_the_database_holds_neither() {
        let desk = Desk::empty().await;
        let first = offer_setup(&desk.office).await.unwrap().unwrap();
        let second = offer_setup(&desk.office).await.unwrap().unwrap();
        assert!(!is_setup_open(&desk.office, &first).await.unwrap());
        assert!(is_setup_open(&desk.office, &second).await.unwrap());
        let kept = desk.office.store.setting("*", "setup").await.unwrap().unwrap();
        assert!(!kept.contains(&second), "{kept}");
    }

    #[tokio::test]
    async fn a_link_is_over_after_a_day() {
        let desk = Desk::empty().await;
        let token = offer_setup(&desk.office).await.unwrap().unwrap();
        found_province(&desk.office, UnitsSource::Shipped).await.unwrap();
        let now = desk.office.now();
        desk.clock.set(now + VALID - Duration::seconds(1));
        assert!(is_setup_open(&desk.office, &token).await.unwrap());
        desk.clock.set(now + VALID);
        assert!(!is_setup_open(&desk.office, &token).await.unwrap());
        assert!(!found_account(&desk.office, &token, "lan", PASSWORD).await.unwrap());
    }

    #[tokio::test]
    async fn an_account_from_the_command_line_closes_the_link() {
        let desk = Desk::empty().await;
        let token = offer_setup(&desk.office).await.unwrap().unwrap();
        let tenant = found_province(&desk.office, UnitsSource::Shipped).await.unwrap();
        let new = NewAccount {
            name: "hoa".into(),
            password: PASSWORD.into(),
            role: Role::ProvinceAdmin,
            unit: None,
        };
        add_account(&desk.office, tenant, new).await.unwrap();
        assert!(!is_setup_open(&desk.office, &token).await.unwrap());
        assert!(!found_account(&desk.office, &token, "lan", PASSWORD).await.unwrap());
    }

    #[tokio::test]
    async fn the_shipped_list_makes_a_province_that_can_ask() {
        let desk = Desk::empty().await;
        let tenant = found_province(&desk.office, UnitsSource::Shipped).await.unwrap();
        let province = desk.office.province(tenant).unwrap();
        assert_eq!(province.fields().len(), FIELDS.lines().count() - 1, "a line each, below the header");
        assert!(province.instrument("post-service", None).is_some());
        let again = found_province(&desk.office, UnitsSource::Shipped).await.unwrap();
        assert_eq!(again, tenant, "a second tap changes nothing");
    }
}
