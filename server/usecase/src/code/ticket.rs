//! The ticket: what a code is swapped for before anything is shown. It is sealed, so an address in a
//! browser's history, or over somebody's shoulder, shows neither the code nor what it is about.

use super::record::{CodeRecord, SUBJECT, Subject};
use crate::chance::Chance;
use crate::error::UsecaseError;
use crate::form_token::{self, BadToken, FormToken};
use crate::keys::{Keys, Purpose};
use crate::office::Office;
use crate::registry::RunningSurvey;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::Tenant;
use domain::path::Visit;
use domain::survey::{Channel, Mode, Trust};

const VERSION: u8 = 2;
const PLAIN: usize = 1 + form_token::PLAIN + SUBJECT + 1 + 32;
/// Characters of a ticket: the tenant's tag, then nonce, record and tag of the seal in base64.
pub const TICKET: usize = 2 + ((24 + PLAIN + 16) * 4).div_ceil(3);

/// The right to send one form by a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The tenant.
    pub tenant: Tenant,
    /// The form.
    pub form: FormToken,
    /// What it is about.
    pub subject: Subject,
    /// Hash of the code; `None` where the answer is left without it.
    pub code: Option<[u8; 32]>,
}

impl Ticket {
    /// A fresh form of a survey for a code.
    #[must_use]
    pub fn new(
        office: &Office,
        tenant: Tenant,
        survey: &RunningSurvey,
        record: CodeRecord,
        hash: [u8; 32],
    ) -> Self {
        let form = FormToken {
            nonce: office.chance.bytes(),
            survey: survey.survey.id,
            version: survey.survey.instrument_version,
            trust: record.issuer.trust(),
            issued: u32::try_from(office.now().unix_timestamp()).unwrap_or(0),
        };
        Self { tenant, form, subject: record.subject, code: Some(hash) }
    }

    /// The same form without the code: an open answer, as from a poster, or as from a link where the
    /// dossier was handed in online. The nonce stays, so that it is still one answer.
    #[must_use]
    pub fn without_code(&self) -> Self {
        let mode = match self.subject.mode {
            // Whoever was drawn into a sample has no dossier to be handed in anywhere.
            Mode::Sample => Mode::Sample,
            _ if self.subject.channel == Channel::Online => Mode::Link,
            _ => Mode::Poster,
        };
        Self {
            form: FormToken { trust: Trust::Open, ..self.form },
            subject: Subject { mode, ..self.subject.clone() },
            code: None,
            ..*self
        }
    }

    /// How the person came. Field and channel stay known when the code is left out: they were never
    /// asked, and the answers belong to the questions of that channel.
    #[must_use]
    pub fn visit(&self) -> Visit {
        Visit {
            variant: self.subject.variant,
            mode: self.subject.mode.clone(),
            channel_of_code: Some(self.subject.channel),
            has_code: true,
        }
    }

    /// The ticket as it stands in the address.
    ///
    /// # Errors
    /// Where it does not fit.
    pub fn write(&self, keys: &Keys, chance: &Chance) -> Result<String, UsecaseError> {
        let mut plain = Vec::with_capacity(PLAIN);
        plain.push(VERSION);
        plain.extend_from_slice(&self.form.plain());
        plain.extend_from_slice(&self.subject.encode()?);
        plain.push(u8::from(self.code.is_some()));
        plain.extend_from_slice(&self.code.unwrap_or([0; 32]));
        let sealed = keys.seal(Purpose::Ticket, &plain, self.tenant.as_str().as_bytes(), chance);
        Ok(format!("{}{}", self.tenant, URL_SAFE_NO_PAD.encode(sealed)))
    }

    /// Reads a ticket.
    ///
    /// # Errors
    /// [`BadToken`] for anything that was not written here with these keys.
    pub fn read(text: &str, keys: &Keys) -> Result<Self, BadToken> {
        if text.len() != TICKET {
            return Err(BadToken);
        }
        let (tag, rest) = text.split_at_checked(2).ok_or(BadToken)?;
        let tenant: Tenant = tag.parse().map_err(|_| BadToken)?;
        let sealed = URL_SAFE_NO_PAD.decode(rest).map_err(|_| BadToken)?;
        let plain = keys.unseal(Purpose::Ticket, &sealed, tag.as_bytes()).map_err(|_| BadToken)?;
        let (version, rest) = plain.split_first().ok_or(BadToken)?;
        let (form, rest) = rest.split_first_chunk().ok_or(BadToken)?;
        let (subject, rest) = rest.split_at_checked(SUBJECT).ok_or(BadToken)?;
        let (has_code, hash) = rest.split_first().ok_or(BadToken)?;
        if *version != VERSION {
            return Err(BadToken);
        }
        let hash: [u8; 32] = hash.try_into().map_err(|_| BadToken)?;
        Ok(Self {
            tenant,
            form: FormToken::of_plain(form)?,
            subject: Subject::decode(subject).map_err(|_| BadToken)?,
            code: (*has_code == 1).then_some(hash),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::{SurveyId, UnitId};
    use domain::survey::Variant;

    fn ticket() -> Ticket {
        let form = FormToken {
            nonce: [9; 16],
            survey: SurveyId::from_bytes([4; 16]),
            version: 3,
            trust: Trust::Verified,
            issued: 1_790_000_000,
        };
        let subject = Subject {
            deciding: UnitId::from_bytes([1; 16]),
            receiving: UnitId::from_bytes([2; 16]),
            field: "ho-tich".into(),
            channel: Channel::Post,
            mode: Mode::Slip,
            variant: Variant::Full,
        };
        Ticket { tenant: "CM".parse().unwrap(), form, subject, code: Some([7; 32]) }
    }

    #[test]
    fn a_ticket_comes_back_always_equally_long_and_never_written_alike() {
        let (keys, chance) = (Keys::from_secret(&[1; 32]), Chance::seeded([2; 32]));
        for ticket in [ticket(), ticket().without_code()] {
            let text = ticket.write(&keys, &chance).unwrap();
            assert_eq!(text.len(), TICKET);
            assert_ne!(text, ticket.write(&keys, &chance).unwrap());
            assert_eq!(Ticket::read(&text, &keys), Ok(ticket));
            assert!(Ticket::read(&text, &Keys::from_secret(&[2; 32])).is_err());
        }
    }

    #[test]
    fn a_changed_ticket_is_refused() {
        let (keys, chance) = (Keys::from_secret(&[1; 32]), Chance::seeded([2; 32]));
        let text = ticket().write(&keys, &chance).unwrap();
        for at in 0..text.len() {
            let mut other = text.clone().into_bytes();
            other[at] = if other[at] == b'A' { b'B' } else { b'A' };
            assert!(Ticket::read(&String::from_utf8(other).unwrap(), &keys).is_err(), "position {at}");
        }
        assert!(Ticket::read("", &keys).is_err());
        assert!(Ticket::read(&"ề".repeat(TICKET / 3), &keys).is_err());
    }

    #[test]
    fn an_answer_that_is_left_without_its_code_is_open_and_the_same_form() {
        let open = ticket().without_code();
        assert_eq!((open.form.nonce, open.form.trust), ([9; 16], Trust::Open));
        assert_eq!((open.subject.mode.clone(), open.code), (Mode::Poster, None));
        assert_eq!(open.visit().known_channel(), Some(Channel::Post));
        let online = Ticket { subject: Subject { channel: Channel::Online, ..ticket().subject }, ..ticket() };
        assert_eq!(online.without_code().subject.mode, Mode::Link);
    }
}
