//! Whether a message comes from the tablet that was paired: ECDSA on P-256 with SHA-256, as every
//! browser has it. The private key never leaves the tablet, not even for the page that signs with it.

use domain::device::PUBLIC_KEY;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

/// What stands before the message that pairs a tablet.
pub const PAIRING: &[u8] = b"hailong-pair-1\n";
/// What stands before everything that it sends later: a signature for one is none for the other.
pub const SYNCING: &[u8] = b"hailong-sync-1\n";

/// Whether a message was signed with the key of which this is the public half.
#[must_use]
pub fn is_signed(key: &[u8; PUBLIC_KEY], purpose: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &key[..]);
    key.verify(&[purpose, message].concat(), signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

    #[test]
    fn only_the_right_key_the_right_purpose_and_the_same_words_are_believed() {
        let chance = SystemRandom::new();
        let how = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let made = EcdsaKeyPair::generate_pkcs8(how, &chance).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(how, made.as_ref(), &chance).unwrap();
        let key: [u8; PUBLIC_KEY] = pair.public_key().as_ref().try_into().unwrap();
        let signature = pair.sign(&chance, &[SYNCING, b"words"].concat()).unwrap();
        let signature = signature.as_ref();
        assert!(is_signed(&key, SYNCING, b"words", signature));
        assert!(!is_signed(&key, PAIRING, b"words", signature));
        assert!(!is_signed(&key, SYNCING, b"wordS", signature));
        assert!(!is_signed(&key, SYNCING, b"words", &signature[..63]));
        assert!(!is_signed(&[4; PUBLIC_KEY], SYNCING, b"words", signature), "no point of the curve");
    }
}
