//! Passwords: their rules, and their hashes.

mod memory;

use crate::error::UsecaseError;
use crate::objection::Objection;
use crate::office::Office;
use argon2::Params;
use argon2::password_hash::phc::PasswordHash;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::account::{AccountFault, PASSWORD_LEAST, PASSWORD_MOST};
use std::sync::LazyLock;
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

/// Passwords of twelve and more characters that are tried first: those of the twenty thousand most
/// common ones that Django (BSD licence) ships, and what is common in Vietnamese offices.
const COMMON: &str = include_str!("password/common.txt");

/// Two at a time: each takes 19 MiB and a core.
static HASHING: Semaphore = Semaphore::const_new(2);

/// How every hash of today begins. OWASP: 19 MiB, two passes, one lane.
const TODAYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

/// Compared with when a name does not exist, so that its absence takes as long as a wrong password.
static DUMMY: LazyLock<String> = LazyLock::new(|| hash_now("no such account", [7; 16]).unwrap_or_default());

fn hash_now(password: &str, salt: [u8; 16]) -> Option<String> {
    let hash = memory::derive(Params::new(19 * 1024, 2, 1, None).ok()?, password.as_bytes(), &salt)?;
    Some(format!("{TODAYS}{}${}", STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash)))
}

async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, UsecaseError> {
    let failed = || UsecaseError::from(Objection::PasswordUnchecked);
    let _permit = HASHING.acquire().await.map_err(|_| failed())?;
    tokio::task::spawn_blocking(work).await.map_err(|_| failed())
}

/// Checks the rules of a new password: length, none of the most common ones, not a short word over
/// and over, not the name of its account.
///
/// # Errors
/// The rule that is broken.
pub fn check_password(name: &str, password: &str) -> Result<(), AccountFault> {
    if !(PASSWORD_LEAST..=PASSWORD_MOST).contains(&password.chars().count()) {
        return Err(AccountFault::PasswordLength);
    }
    let plain = password.to_lowercase();
    if COMMON.lines().any(|common| common == plain) || is_repeated(&plain) || is_row(&plain) {
        return Err(AccountFault::PasswordCommon);
    }
    if name.len() >= 4 && plain.contains(&name.to_lowercase()) {
        return Err(AccountFault::PasswordName);
    }
    Ok(())
}

/// A word of at most six characters over and over.
fn is_repeated(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    (1..=6).any(|width| letters.iter().enumerate().all(|(at, letter)| letters[at % width] == *letter))
}

/// Every character follows the one before it: 123456789…, abcdefg…, and backwards.
fn is_row(text: &str) -> bool {
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    let all = |step: fn(u32, u32) -> bool| codes.windows(2).all(|pair| step(pair[0], pair[1]));
    all(|a, b| a + 1 == b) || all(|a, b| b + 1 == a)
}

/// The hash of a new password.
///
/// # Errors
/// Where hashing fails.
pub async fn hash_password(office: &Office, password: &str) -> Result<String, UsecaseError> {
    let (salt, password) = (office.chance.bytes(), password.to_owned());
    let hash = in_background(move || hash_now(&password, salt)).await?;
    Ok(hash.ok_or(Objection::PasswordUnhashed)?)
}

/// Whether a password is the one of a stored hash; without one it takes as long and is wrong.
///
/// # Errors
/// Where checking fails.
pub async fn is_password(stored: Option<&str>, given: &str) -> Result<bool, UsecaseError> {
    let is_there = stored.is_some();
    let stored = stored.map_or_else(|| DUMMY.clone(), str::to_owned);
    let given = given.chars().take(PASSWORD_MOST + 1).collect::<String>();
    Ok(in_background(move || verify(&stored, &given)).await? && is_there)
}

fn verify(stored: &str, given: &str) -> bool {
    let derived = || {
        let stored = PasswordHash::new(stored).ok().filter(|hash| hash.algorithm.as_str() == "argon2id")?;
        let params = Params::try_from(&stored).ok()?;
        let hash = memory::derive(params, given.as_bytes(), stored.salt.as_ref()?.as_ref())?;
        Some(bool::from(hash[..].ct_eq(stored.hash.as_ref()?.as_ref())))
    };
    derived().unwrap_or(false)
}

/// Whether a hash was made with weaker parameters than those of today.
#[must_use]
pub fn is_dated(hash: &str) -> bool {
    !hash.starts_with(TODAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_letters_and_not_bytes() {
        assert_eq!(check_password("lan", "mười hai chữ"), Ok(()));
        assert_eq!(check_password("lan", "mười một chữ"[..13].trim()), Err(AccountFault::PasswordLength));
        assert_eq!(check_password("lan", &"x y".repeat(50)), Err(AccountFault::PasswordLength));
    }

    #[test]
    fn what_anybody_would_try_is_refused() {
        for common in ["Matkhau12345", "1Q2W3E4R5T6Y", "aaaaaaaaaaaa", "abcabcabcabc", "hanoi1hanoi1h"] {
            assert_eq!(check_password("lan", common), Err(AccountFault::PasswordCommon), "{common}");
        }
        for row in ["abcdefghijklm", "zyxwvutsrqpon"] {
            assert!(check_password("lan", row).is_err(), "{row}");
        }
        assert_eq!(check_password("lan.tran", "x-Lan.Tran-2026"), Err(AccountFault::PasswordName));
        assert_eq!(check_password("lan", "lang thang bờ biển"), Ok(()));
    }

    #[test]
    fn the_list_of_common_ones_is_lower_case_and_long_enough_to_matter() {
        let count = COMMON.lines().count();
        assert!(count > 200, "{count}");
        for line in COMMON.lines() {
            assert!(line.chars().count() >= PASSWORD_LEAST && line == line.to_lowercase(), "{line}");
        }
    }

    #[test]
    fn a_hash_opens_for_its_password_alone() {
        for hash in [hash_now("mười hai chữ", [1; 16]).unwrap(), other("mười hai chữ")] {
            assert!(verify(&hash, "mười hai chữ") && !verify(&hash, "mười hai chũ"), "{hash}");
        }
        assert!(!verify("", "") && !verify("$argon2id$v=19$m=19456,t=2,p=1$", ""));
    }

    /// As the library itself writes one.
    fn other(password: &str) -> String {
        use argon2::password_hash::PasswordHasher;
        let argon = argon2::Argon2::from(Params::new(4_096, 3, 1, None).unwrap());
        argon.hash_password_with_salt(password.as_bytes(), &[2; 16]).unwrap().to_string()
    }

    #[test]
    fn a_hash_of_today_says_so() {
        assert!(!is_dated(&hash_now("mười hai chữ", [1; 16]).unwrap()));
        assert!(is_dated("$argon2id$v=19$m=4096,t=3,p=1$abc$def"));
    }
}
