//! Helping people to answer: what a helper chose before the tablet is handed over, or before a telephone
//! interview begins, and how many answers each helper has helped with, in tens.

mod count;

pub use count::{Helped, count_help, helped};

use crate::chance::Chance;
use crate::form_token::{self, BadToken, FormToken};
use crate::keys::{Keys, Purpose};
use crate::office::Office;
use crate::record::{pick, position};
use crate::registry::{Province, RunningSurvey, SurveyAt};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::{AccountId, Tenant, UnitId};
use domain::right::Right;
use domain::scope::Principal;
use domain::survey::{Helper, Mode, Trust, Variant};

const VERSION: u8 = 1;
const PLAIN: usize = 1 + form_token::PLAIN + 16 + 16 + 1 + 1 + 1;
/// Characters of an address: the tenant's tag, then nonce, record and tag of the seal in base64.
const LENGTH: usize = 2 + ((24 + PLAIN + 16) * 4).div_ceil(3);

/// What a form is that somebody answers with help. It travels sealed in the address, and nothing of it but
/// the kind of helper is kept with the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// The tenant.
    pub tenant: Tenant,
    /// The form.
    pub form: FormToken,
    /// The counter that received.
    pub unit: UnitId,
    /// The account that helps, for its count.
    pub account: AccountId,
    /// With a helper, or by telephone.
    pub mode: Mode,
    /// The form that is shown.
    pub variant: Variant,
    /// Who helps; by telephone nobody else is there.
    pub helper: Option<Helper>,
}

/// The places at which an account may help people: its unit and what is below it, where a survey is open.
/// Empty for whoever may not help.
#[must_use]
pub fn places(office: &Office, province: &Province, principal: &Principal) -> Vec<UnitId> {
    let may = principal.role.may(Right::HelpAnswer);
    let inside = principal.unit.filter(|_| may).map(|unit| province.subtree(unit)).unwrap_or_default();
    let is_open = |unit: &UnitId| matches!(province.survey_at(*unit, office.today()), SurveyAt::Open(_));
    inside.into_iter().filter(is_open).collect()
}

impl Help {
    /// A fresh form of a survey, for somebody who is helped.
    #[must_use]
    pub fn new(
        office: &Office,
        principal: &Principal,
        survey: &RunningSurvey,
        unit: UnitId,
        (mode, helper): (Mode, Option<Helper>),
    ) -> Self {
        let form = FormToken {
            nonce: office.chance.bytes(),
            survey: survey.survey.id,
            version: survey.survey.instrument_version,
            trust: Trust::Open,
            issued: u32::try_from(office.now().unix_timestamp()).unwrap_or(0),
        };
        let variant = match survey.survey.variant {
            Variant::Short => Variant::Short,
            Variant::Full | Variant::Kiosk => Variant::Full,
        };
        Self { tenant: principal.tenant, form, unit, account: principal.account, mode, variant, helper }
    }

    /// As it stands in the address.
    #[must_use]
    pub fn write(&self, keys: &Keys, chance: &Chance) -> String {
        let mut plain = Vec::with_capacity(PLAIN);
        plain.push(VERSION);
        plain.extend_from_slice(&self.form.plain());
        plain.extend_from_slice(self.unit.as_bytes());
        plain.extend_from_slice(self.account.as_bytes());
        plain.push(position(&Mode::SINGLE, &self.mode));
        plain.push(position(Variant::ALL, &self.variant));
        plain.push(self.helper.map_or(0, |helper| position(Helper::ALL, &helper) + 1));
        let sealed = keys.seal(Purpose::Ticket, &plain, &about(self.tenant), chance);
        format!("{}{}", self.tenant, URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Reads an address.
    ///
    /// # Errors
    /// [`BadToken`] for anything that was not written here with these keys.
    pub fn read(text: &str, keys: &Keys) -> Result<Self, BadToken> {
        if text.len() != LENGTH {
            return Err(BadToken);
        }
        let (tag, rest) = text.split_at_checked(2).ok_or(BadToken)?;
        let tenant: Tenant = tag.parse().map_err(|_| BadToken)?;
        let sealed = URL_SAFE_NO_PAD.decode(rest).map_err(|_| BadToken)?;
        let plain = keys.unseal(Purpose::Ticket, &sealed, &about(tenant)).map_err(|_| BadToken)?;
        let (version, rest) = plain.split_first().ok_or(BadToken)?;
        let (form, rest) = rest.split_first_chunk().ok_or(BadToken)?;
        let (unit, rest) = rest.split_first_chunk::<16>().ok_or(BadToken)?;
        let (account, rest) = rest.split_first_chunk::<16>().ok_or(BadToken)?;
        let (VERSION, [mode, variant, helper]) = (*version, rest) else { return Err(BadToken) };
        let mode = Mode::SINGLE.get(usize::from(*mode)).ok_or(BadToken)?;
        let helper = helper.checked_sub(1).map(|at| pick(Helper::ALL, at)).transpose();
        Ok(Self {
            tenant,
            form: FormToken::of_plain(form)?,
            unit: UnitId::from_bytes(*unit),
            account: AccountId::from_bytes(*account),
            mode: mode.clone(),
            variant: pick(Variant::ALL, *variant).map_err(|_| BadToken)?,
            helper: helper.map_err(|_| BadToken)?,
        })
    }
}

fn about(tenant: Tenant) -> Vec<u8> {
    [tenant.as_str().as_bytes(), b"help"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::TICKET;
    use domain::id::SurveyId;

    #[test]
    fn an_address_of_a_helped_form_comes_back_never_written_alike_and_is_no_ticket_of_a_code() {
        let (keys, chance) = (Keys::from_secret(&[1; 32]), Chance::seeded([2; 32]));
        let form = FormToken {
            nonce: [9; 16],
            survey: SurveyId::from_bytes([4; 16]),
            version: 3,
            trust: Trust::Open,
            issued: 1_790_000_000,
        };
        for helper in [None, Some(Helper::Family), Some(Helper::Official)] {
            let help = Help {
                tenant: "CM".parse().unwrap(),
                form,
                unit: UnitId::from_bytes([5; 16]),
                account: AccountId::from_bytes([6; 16]),
                mode: if helper.is_some() { Mode::Assisted } else { Mode::Phone },
                variant: Variant::Full,
                helper,
            };
            let text = help.write(&keys, &chance);
            assert_ne!(text, help.write(&keys, &chance));
            assert_ne!(text.len(), TICKET);
            assert_eq!(Help::read(&text, &keys), Ok(help));
            assert!(Help::read(&text, &Keys::from_secret(&[2; 32])).is_err());
            assert!(Help::read(&text[..text.len() - 1], &keys).is_err());
        }
    }
}
