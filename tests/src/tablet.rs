//! A tablet as the server sees it: a key that signs, messages of the kiosk's script, nothing else.

use crate::http::Visitor;
use crate::wire::Answer;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::device::PUBLIC_KEY;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

/// See the module.
pub struct Tablet {
    key: EcdsaKeyPair,
    chance: SystemRandom,
    /// What it calls itself once it is paired.
    pub device: String,
    /// Drawn at its start.
    pub session: [u8; 16],
}

impl Default for Tablet {
    fn default() -> Self {
        Self::new()
    }
}

/// Bytes as the wire has them.
#[must_use]
pub fn text64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Tablet {
    /// One that is not paired yet.
    ///
    /// # Panics
    /// Where the system has no randomness.
    #[must_use]
    pub fn new() -> Self {
        let (chance, how) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let made = EcdsaKeyPair::generate_pkcs8(how, &chance).expect("a key");
        let key = EcdsaKeyPair::from_pkcs8(how, made.as_ref(), &chance).expect("a key");
        let mut tablet = Self { key, chance, device: String::new(), session: [0; 16] };
        tablet.restart();
        tablet
    }

    /// Another start of the same tablet.
    pub fn restart(&mut self) {
        self.session = self.bytes();
    }

    /// Random bytes.
    ///
    /// # Panics
    /// Where the system has no randomness.
    #[must_use]
    pub fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.chance.fill(&mut bytes).expect("random bytes");
        bytes
    }

    /// The public half of its key.
    ///
    /// # Panics
    /// Where it is no point of the curve.
    #[must_use]
    pub fn public_key(&self) -> [u8; PUBLIC_KEY] {
        self.key.public_key().as_ref().try_into().expect("65 bytes")
    }

    /// A signature.
    ///
    /// # Panics
    /// Where the key does not sign.
    #[must_use]
    pub fn sign(&self, purpose: &[u8], message: &[u8]) -> Vec<u8> {
        let signed = self.key.sign(&self.chance, &[purpose, message].concat());
        signed.expect("a signature").as_ref().to_vec()
    }

    /// Pairs with the device of a secret.
    ///
    /// # Panics
    /// When no answer comes.
    pub async fn pair(&mut self, visitor: &mut Visitor, secret: &str) -> Answer {
        let body = json!({ "secret": secret, "key": text64(&self.public_key()) }).to_string();
        let signature = self.sign(usecase::kiosk::PAIRING, secret.as_bytes());
        let answer = post(visitor, "/k/pair", &body, &signature).await;
        if answer.status == 200 {
            let said: Value = serde_json::from_slice(&answer.body).expect("JSON");
            said["device"].as_str().expect("a device").clone_into(&mut self.device);
        }
        answer
    }

    /// A message with answers.
    #[must_use]
    pub fn message(&self, answers: &[Value]) -> Value {
        json!({
            "device": self.device, "session": text64(&self.session), "version": "test", "waiting": 0,
            "dropped": 0, "live": false, "answers": answers,
        })
    }

    /// An answer that waits on it.
    #[must_use]
    pub fn tap(&self, survey: &str, overall: u8) -> Value {
        json!({ "n": text64(&self.bytes()), "s": survey, "o": overall })
    }

    /// Sends a message.
    ///
    /// # Panics
    /// When no answer comes.
    pub async fn send(&self, visitor: &mut Visitor, message: &Value) -> Answer {
        let body = message.to_string();
        let signature = self.sign(usecase::kiosk::SYNCING, body.as_bytes());
        post(visitor, "/k/sync", &body, &signature).await
    }
}

/// Posts a message with a signature.
///
/// # Panics
/// When no answer comes.
pub async fn post(visitor: &mut Visitor, path: &str, body: &str, signature: &[u8]) -> Answer {
    let signature = text64(signature);
    let headers = [("content-type", "application/json"), ("x-hailong-signature", signature.as_str())];
    visitor.send("POST", path, &headers, body.as_bytes()).await.expect("an answer")
}

/// What became of each answer of a message.
///
/// # Panics
/// When that is not what came.
#[must_use]
pub fn fates(answer: &Answer) -> Vec<String> {
    let said: Value = serde_json::from_slice(&answer.body).expect("JSON");
    let fates = said["answers"].as_array().expect("fates");
    fates.iter().map(|fate| fate.as_str().unwrap_or_default().to_owned()).collect()
}
