//! The key file and the keys made from it. It lies outside the database and outside every backup:
//! without it nothing that waits can be opened, with it alone nothing can be found.

use crate::chance::Chance;
use crate::mutant::{Fault, Mutant};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use domain::code::{Code, Typed};
use domain::id::Tenant;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::path::Path;
use thiserror::Error;

/// Why there is no key.
#[derive(Debug, Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("the key file {path} cannot be used: {source}")]
    File {
        /// The path.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not a key file.
    #[error("{0} is not a key file of this program")]
    Form(String),
    /// There is data, but no key file.
    #[error(
        "the key file {0} is missing, and the database was made with one; put the file back (a new one would not open what waits)"
    )]
    Missing(String),
    /// There is data, and the file is another one.
    #[error("the key file {0} does not belong to this database")]
    Wrong(String),
}

/// A record could not be opened: not ours, or changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a sealed record does not open")]
pub struct SealBroken;

const HEADER: &str = "hailong-key-1 ";

/// What a record is sealed for; a record of one purpose never opens as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Answers in the inbox.
    Inbox,
    /// Texts.
    Text,
    /// Box entries.
    Box,
    /// What a one-time code is about.
    Code,
    /// The address that a one-time code is swapped for.
    Ticket,
    /// What revoked tablets sent.
    Quarantine,
    /// What was typed from paper and waits to be typed again.
    Paper,
    /// Exact counts, of which only tens are ever written down in the clear.
    Count,
}

/// The keys of an office.
#[derive(Clone)]
pub struct Keys {
    inbox: XChaCha20Poly1305,
    text: XChaCha20Poly1305,
    boxes: XChaCha20Poly1305,
    codes: XChaCha20Poly1305,
    tickets: XChaCha20Poly1305,
    quarantine: XChaCha20Poly1305,
    paper: XChaCha20Poly1305,
    counts: XChaCha20Poly1305,
    form: [u8; 32],
    code_hash: [u8; 32],
    code_check: [u8; 32],
    code_spent: [u8; 32],
    paper_nonce: [u8; 32],
    fingerprint: String,
    fault: Fault,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({})", self.fingerprint)
    }
}

impl Keys {
    /// The keys made from thirty-two secret bytes.
    #[must_use]
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        let derive = |purpose: &str| {
            let mut key = [0; 32];
            // Thirty-two bytes are far below the limit of HKDF-SHA-256, the only error it knows.
            let _ = Hkdf::<Sha256>::new(Some(b"hailong"), secret).expand(purpose.as_bytes(), &mut key);
            key
        };
        let cipher = |purpose| XChaCha20Poly1305::new(&Key::from(derive(purpose)));
        Self {
            inbox: cipher("inbox"),
            text: cipher("text"),
            boxes: cipher("box"),
            codes: cipher("code"),
            tickets: cipher("ticket"),
            quarantine: cipher("quarantine"),
            paper: cipher("paper"),
            counts: cipher("count"),
            form: derive("form token"),
            code_hash: derive("code hash"),
            code_check: derive("code check"),
            code_spent: derive("code spent"),
            paper_nonce: derive("paper nonce"),
            fingerprint: hexadecimal(&derive("fingerprint")[..8]),
            fault: Fault::default(),
        }
    }

    #[cfg(feature = "mutant")]
    pub(crate) fn with_fault(&self, fault: Fault) -> Self {
        Self { fault, ..self.clone() }
    }

    fn leaves_open(&self, purpose: Purpose) -> bool {
        purpose == Purpose::Inbox && self.fault.is(Mutant::UnsealedInbox)
    }

    /// Reads the key file; makes one only where there is no data yet (`known` is the fingerprint
    /// that the database remembers).
    ///
    /// # Errors
    /// Where the file is missing beside existing data, wrong, or unreadable.
    pub fn open(path: &Path, known: Option<&str>, chance: &Chance) -> Result<Self, KeyError> {
        let name = path.display().to_string();
        let keys = match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).ok_or_else(|| KeyError::Form(name.clone()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if known.is_some() {
                    return Err(KeyError::Missing(name));
                }
                let secret: [u8; 32] = chance.bytes();
                write_new(path, &format!("{HEADER}{}\n", hexadecimal(&secret)))
                    .map_err(|source| KeyError::File { path: name.clone(), source })?;
                Self::from_secret(&secret)
            }
            Err(source) => return Err(KeyError::File { path: name, source }),
        };
        if known.is_some_and(|known| known != keys.fingerprint) {
            return Err(KeyError::Wrong(name));
        }
        Ok(keys)
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix(HEADER)?;
        let bytes: Vec<u8> = (0..digits.len())
            .step_by(2)
            .map(|i| u8::from_str_radix(digits.get(i..i + 2)?, 16).ok())
            .collect::<Option<_>>()?;
        Some(Self::from_secret(&bytes.try_into().ok()?))
    }

    /// What the database may know of the key.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Seals a record: 24 bytes of nonce, the ciphertext, 16 bytes of tag.
    #[must_use]
    pub fn seal(&self, purpose: Purpose, record: &[u8], about: &[u8], chance: &Chance) -> Vec<u8> {
        let nonce: [u8; 24] = chance.bytes();
        if self.leaves_open(purpose) {
            return [&nonce[..], record, &[0; 16]].concat();
        }
        let payload = Payload { msg: record, aad: about };
        // The cipher only fails beyond 256 GiB.
        let sealed = self.cipher(purpose).encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        [&nonce[..], &sealed].concat()
    }

    /// Opens a record sealed for this purpose about this.
    ///
    /// # Errors
    /// [`SealBroken`] where it was changed, or sealed for something else.
    pub fn unseal(&self, purpose: Purpose, sealed: &[u8], about: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let (nonce, rest) = sealed.split_first_chunk::<24>().ok_or(SealBroken)?;
        if self.leaves_open(purpose) {
            return Ok(rest[..rest.len().saturating_sub(16)].to_vec());
        }
        let payload = Payload { msg: rest, aad: about };
        self.cipher(purpose).decrypt(&XNonce::from(*nonce), payload).map_err(|_| SealBroken)
    }

    const fn cipher(&self, purpose: Purpose) -> &XChaCha20Poly1305 {
        match purpose {
            Purpose::Inbox => &self.inbox,
            Purpose::Text => &self.text,
            Purpose::Box => &self.boxes,
            Purpose::Code => &self.codes,
            Purpose::Ticket => &self.tickets,
            Purpose::Quarantine => &self.quarantine,
            Purpose::Paper => &self.paper,
            Purpose::Count => &self.counts,
        }
    }

    /// The first sixteen bytes of HMAC-SHA-256 over a form's token.
    #[must_use]
    pub fn sign_form(&self, text: &[u8]) -> [u8; 16] {
        let mut signature = [0; 16];
        signature.copy_from_slice(&hmac(&self.form, &[text])[..16]);
        signature
    }

    /// The hash under which a code is kept: of what people type of it.
    #[must_use]
    pub fn code_hash(&self, typed: &Typed) -> [u8; 32] {
        if self.fault.is(Mutant::PlainCodeHash) {
            return Sha256::digest([typed.tenant().as_str().as_bytes(), &typed.bytes()].concat()).into();
        }
        hmac(&self.code_hash, &[typed.tenant().as_str().as_bytes(), &typed.bytes()])
    }

    /// What is kept of all bits of a code, so that one from a QR is told from one that was made up
    /// around twelve good digits.
    #[must_use]
    pub fn code_check(&self, code: &Code) -> [u8; 16] {
        let mut check = [0; 16];
        let bits = hmac(&self.code_check, &[code.tenant().as_str().as_bytes(), &code.bytes()]);
        check.copy_from_slice(&bits[..16]);
        check
    }

    /// The hash under which a code counts as used: of the hash under which it is kept.
    #[must_use]
    pub fn spent_hash(&self, code_hash: &[u8; 32]) -> [u8; 32] {
        if self.fault.is(Mutant::SpentUnderItsHash) {
            return *code_hash;
        }
        hmac(&self.code_spent, &[code_hash])
    }

    /// The nonce of a form on paper: always the same, so that a form that is sent twice is one answer, and
    /// nobody without the key finds it among those of other forms.
    #[must_use]
    pub fn paper_nonce(&self, tenant: Tenant, batch: i64, form: i64) -> [u8; 16] {
        let about = [tenant.as_str().as_bytes(), &batch.to_le_bytes(), &form.to_le_bytes()];
        let mut nonce = [0; 16];
        nonce.copy_from_slice(&hmac(&self.paper_nonce, &about)[..16]);
        nonce
    }
}

/// HMAC-SHA-256.
fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = [0; 32];
    // A key of any length makes an HMAC; the error is one of the trait, not of this algorithm.
    if let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) {
        for part in parts {
            mac.update(part);
        }
        hash.copy_from_slice(&mac.finalize().into_bytes());
    }
    hash
}

/// Writes a file that only its owner may read, and that must not exist yet.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Lower-case hexadecimal digits.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 as hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_opens_only_for_its_purpose_and_its_subject() {
        let (keys, chance) = (Keys::from_secret(&[7; 32]), Chance::seeded([1; 32]));
        let sealed = keys.seal(Purpose::Inbox, b"answer", b"CM", &chance);
        assert_eq!(keys.unseal(Purpose::Inbox, &sealed, b"CM").unwrap(), b"answer");
        assert!(keys.unseal(Purpose::Box, &sealed, b"CM").is_err());
        assert!(keys.unseal(Purpose::Inbox, &sealed, b"BL").is_err());
        assert!(keys.unseal(Purpose::Inbox, &sealed[1..], b"CM").is_err());
    }

    #[test]
    fn a_key_file_is_made_once_and_never_beside_existing_data() {
        let folder = std::env::temp_dir().join(format!("hailong-key-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (path, chance) = (folder.join("k"), Chance::seeded([2; 32]));
        assert!(matches!(Keys::open(&path, Some("abc"), &chance), Err(KeyError::Missing(_))));
        let made = Keys::open(&path, None, &chance).unwrap();
        let again = Keys::open(&path, Some(made.fingerprint()), &chance).unwrap();
        assert_eq!(made.fingerprint(), again.fingerprint());
        assert!(matches!(Keys::open(&path, Some("abc"), &chance), Err(KeyError::Wrong(_))));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
