//! One-time codes: the right to answer once, for one dossier.
//!
//! A code is the tenant's tag and 128 random bits. The QR holds all of them as 26 characters of
//! Crockford's base32; the first 12 of these, in three groups, are what people type. Reading forgives
//! what people do to such a text, writing never varies.
//!
//! ```
//! use domain::code::{Code, Written};
//! let code = Code::new("CM".parse().unwrap(), [0x5a; 16]);
//! assert_eq!(code.typed().to_string(), "CM-B9D5-MPJT-B9D5");
//! assert_eq!("cm b9d5 mpjt b9d5".parse(), Ok(Written::Typed(code.typed())));
//! assert_eq!(code.to_string().parse(), Ok(Written::Whole(code)));
//! ```

use crate::id::Tenant;
use crate::survey::{Trust, words};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Crockford's digits: no I, L, O (which are read as 1 and 0) and no U.
pub const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Digits that people type, after the tag: 60 bits.
pub const TYPED: usize = 12;
/// Digits in the QR, after the tag: 128 bits, and two that are always zero.
pub const WHOLE: usize = 26;
/// Digits of a group of the typed form.
const GROUP: usize = 4;
/// Longer texts are no code with spaces in it.
const MOST_BYTES: usize = 300;

words! {
    /// Who gave a code out.
    Issuer, "issuer" {
        /// The province drew it.
        Province = "province",
        /// The case system's key asked for it, for one dossier.
        CaseSystem = "case-system",
        /// The unit that is rated printed it.
        Unit = "unit",
    }
}

impl Issuer {
    /// How far an answer by such a code can be believed.
    #[must_use]
    pub const fn trust(self) -> Trust {
        match self {
            Self::Province | Self::CaseSystem => Trust::Verified,
            Self::Unit => Trust::UnitIssued,
        }
    }
}

/// The text cannot be a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a code is two letters and 12 letters and digits, such as CM-B9D5-MPJT-B9D5")]
pub struct NotACode;

/// A whole code, as it stands in the QR.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code {
    tenant: Tenant,
    bits: u128,
}

/// The part of a code that people type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Typed {
    tenant: Tenant,
    bits: u64,
}

/// What somebody handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// All of a code.
    Whole(Code),
    /// What people type.
    Typed(Typed),
}

// A code that slipped into a log would be spent by whoever reads the log.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({})", self.tenant)
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Typed({})", self.tenant)
    }
}

impl Code {
    /// The code with these random bits.
    #[must_use]
    pub const fn new(tenant: Tenant, bits: [u8; 16]) -> Self {
        Self { tenant, bits: u128::from_be_bytes(bits) }
    }

    /// The tenant.
    #[must_use]
    pub const fn tenant(&self) -> Tenant {
        self.tenant
    }

    /// All bits.
    #[must_use]
    pub const fn bytes(&self) -> [u8; 16] {
        self.bits.to_be_bytes()
    }

    /// What people type of it.
    #[must_use]
    pub fn typed(&self) -> Typed {
        let bits = u64::try_from(self.bits >> (128 - 5 * TYPED)).unwrap_or_default();
        Typed { tenant: self.tenant, bits }
    }
}

impl Typed {
    /// The tenant.
    #[must_use]
    pub const fn tenant(&self) -> Tenant {
        self.tenant
    }

    /// The sixty bits.
    #[must_use]
    pub const fn bytes(&self) -> [u8; 8] {
        self.bits.to_be_bytes()
    }
}

impl Written {
    /// Reads a code; one without a tag is the tenant's that is given.
    ///
    /// # Errors
    /// [`NotACode`] where the text cannot be one.
    pub fn read(text: &str, only: Option<Tenant>) -> Result<Self, NotACode> {
        if text.len() > MOST_BYTES {
            return Err(NotACode);
        }
        // Whoever pastes the whole address means the code at its end.
        let last = text.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let letters: Vec<u8> = last.chars().filter_map(letter).collect::<Option<_>>().ok_or(NotACode)?;
        let (tenant, digits) = match (letters.len(), only) {
            (TYPED | WHOLE, Some(tenant)) => (tenant, &letters[..]),
            (2.., _) => (tag(&letters[..2])?, &letters[2..]),
            _ => return Err(NotACode),
        };
        let digits: Vec<u8> = digits.iter().map(|c| digit(*c)).collect::<Option<_>>().ok_or(NotACode)?;
        let bits = digits.iter().try_fold(0u128, |bits, digit| {
            bits.checked_mul(32).map(|bits| bits | u128::from(*digit)).ok_or(NotACode)
        });
        match digits.len() {
            TYPED => Ok(Self::Typed(Typed { tenant, bits: u64::try_from(bits?).map_err(|_| NotACode)? })),
            WHOLE => Ok(Self::Whole(Code { tenant, bits: whole(&digits)? })),
            _ => Err(NotACode),
        }
    }

    /// The tenant.
    #[must_use]
    pub const fn tenant(&self) -> Tenant {
        match self {
            Self::Whole(code) => code.tenant(),
            Self::Typed(typed) => typed.tenant(),
        }
    }

    /// What people type of it.
    #[must_use]
    pub fn typed(&self) -> Typed {
        match self {
            Self::Whole(code) => code.typed(),
            Self::Typed(typed) => *typed,
        }
    }
}

/// Twenty-five digits of five bits, and one of three.
fn whole(digits: &[u8]) -> Result<u128, NotACode> {
    let (last, first) = digits.split_last().ok_or(NotACode)?;
    if last & 3 != 0 {
        return Err(NotACode);
    }
    let bits = first.iter().fold(0u128, |bits, digit| bits << 5 | u128::from(*digit));
    Ok(bits << 3 | u128::from(last >> 2))
}

/// A letter or digit of a code in capitals; nothing for what people write between them, `None` for
/// what is in no code.
#[expect(clippy::option_option, reason = "the outer says whether it is between, the inner whether it fits")]
fn letter(c: char) -> Option<Option<u8>> {
    let between =
        c.is_whitespace() || matches!(c, '-' | '.' | '_' | ',' | '\u{2010}'..='\u{2015}' | '\u{200b}');
    if between {
        return None;
    }
    Some(u8::try_from(c).ok().filter(u8::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()))
}

fn digit(c: u8) -> Option<u8> {
    let c = match c {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    DIGITS.iter().position(|digit| *digit == c).and_then(|at| u8::try_from(at).ok())
}

/// A tag has letters only.
fn tag(letters: &[u8]) -> Result<Tenant, NotACode> {
    let letter = |c: &u8| match c {
        b'0' => 'O',
        b'1' => 'I',
        other => char::from(*other),
    };
    letters.iter().map(letter).collect::<String>().parse().map_err(|_| NotACode)
}

impl FromStr for Written {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        Self::read(text, None)
    }
}

fn digit_at(bits: u128, shift: u32) -> char {
    let place = usize::try_from(bits >> shift & 31).unwrap_or_default();
    char::from(DIGITS[place])
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tenant.as_str())?;
        for place in 0..25 {
            write!(f, "{}", digit_at(self.bits, 123 - 5 * place))?;
        }
        write!(f, "{}", digit_at(self.bits << 2, 0))
    }
}

impl fmt::Display for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tenant.as_str())?;
        for place in 0..TYPED {
            let between = if place % GROUP == 0 { "-" } else { "" };
            let shift = 5 * u32::try_from(TYPED - 1 - place).unwrap_or_default();
            write!(f, "{between}{}", digit_at(u128::from(self.bits), shift))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cm() -> Tenant {
        "CM".parse().unwrap()
    }

    /// What people make of a typed code.
    fn scrawled(text: &str, how: &[u8]) -> String {
        let changed = text.chars().zip(how.iter().cycle()).enumerate().map(|(at, (c, how))| {
            let c = match (c, how % 3) {
                ('0', 1) if at > 1 => 'O',
                ('0', 2) if at > 1 => 'o',
                ('1', 1) if at > 1 => 'l',
                ('1', 2) if at > 1 => 'I',
                (c, 0) => c.to_ascii_lowercase(),
                (c, _) => c,
            };
            let between = ["", " ", "-", "\u{a0}", "\u{2013} "][usize::from(how / 3) % 5];
            if c == '-' { between.to_owned() } else { format!("{c}{between}") }
        });
        format!(" {} ", changed.collect::<String>())
    }

    proptest! {
        #[test]
        fn a_code_comes_back_from_its_qr(bits in any::<[u8; 16]>()) {
            let code = Code::new(cm(), bits);
            let text = code.to_string();
            prop_assert_eq!(text.len(), 2 + WHOLE);
            prop_assert_eq!(text.parse(), Ok(Written::Whole(code)));
            prop_assert_eq!(&text[2..14], &code.typed().to_string().replace('-', "")[2..]);
            let url = format!("https://hailong.camau.gov.vn/c/{}", text.to_lowercase());
            prop_assert_eq!(url.parse(), Ok(Written::Whole(code)));
        }

        #[test]
        fn a_typed_code_is_read_however_it_was_scrawled(
            bits in any::<[u8; 16]>(),
            how in prop::collection::vec(any::<u8>(), 1..20),
        ) {
            let typed = Code::new(cm(), bits).typed();
            let text = typed.to_string();
            prop_assert_eq!(scrawled(&text, &how).parse(), Ok(Written::Typed(typed)));
            let bare = scrawled(&text[3..], &how);
            prop_assert_eq!(Written::read(&bare, Some(cm())), Ok(Written::Typed(typed)));
            prop_assert!(Written::read(&bare, None).is_err());
        }

        #[test]
        fn one_letter_less_more_or_other_is_another_code_or_none(
            bits in any::<[u8; 16]>(), at in 0usize..12, other in 0usize..32,
        ) {
            let typed = Code::new(cm(), bits).typed();
            let text = typed.to_string().replace('-', "");
            prop_assert!(text[..13].parse::<Written>().is_err());
            let longer = format!("{text}7");
            prop_assert!(longer.parse::<Written>().is_err());
            let mut letters = text.clone().into_bytes();
            letters[2 + at] = DIGITS[other];
            let changed = String::from_utf8(letters).unwrap();
            prop_assert_eq!(changed.parse() == Ok(Written::Typed(typed)), changed == text);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,40}") {
            let _ = text.parse::<Written>();
        }
    }

    #[test]
    fn what_cannot_be_a_code_is_refused() {
        let long = "A".repeat(4_000);
        for text in ["", "CM", "CM-B9D5-MPJT-B9DU", "12-B9D5-MPJT-B9D5", "CM-B9D5-MPJT-B9Dế", &long] {
            assert_eq!(text.parse::<Written>(), Err(NotACode), "{text}");
        }
        // The last digit of a whole code holds three bits: the other two say that it was cut or mistyped.
        let whole = Code::new(cm(), [7; 16]).to_string();
        assert!(format!("{}Z", &whole[..27]).parse::<Written>().is_err());
    }

    #[test]
    fn a_code_never_shows_in_a_debug_line() {
        let code = Code::new(cm(), [0x5a; 16]);
        let shown = format!("{code:?} {:?} {:?}", code.typed(), Written::Whole(code));
        assert!(!shown.contains("B9D5") && !shown.contains("90"), "{shown}");
    }
}
