//! What a tablet sends, read from JSON. Nothing in it is believed before its signature.

use crate::http::kiosk::wire::read::{Pairing, Syncing};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::device::PUBLIC_KEY;
use domain::id::{DeviceId, Tenant};
use usecase::keys::hexadecimal;
use usecase::kiosk::{Fate, MOST_TAPS, Report, Secret, Tap};

mod read {
    use serde::Deserialize;

    #[derive(Deserialize)]
    pub(super) struct Pairing {
        pub secret: String,
        pub key: String,
    }

    #[derive(Deserialize)]
    pub(super) struct Syncing {
        pub device: String,
        pub session: String,
        pub version: String,
        pub waiting: u32,
        pub dropped: u32,
        pub live: bool,
        pub answers: Vec<Answer>,
    }

    #[derive(Deserialize)]
    pub(super) struct Answer {
        pub n: String,
        pub s: String,
        pub o: u8,
        #[serde(default)]
        pub f: Option<String>,
    }
}

/// The message that pairs a tablet.
pub(super) struct PairMessage {
    pub secret: Secret,
    pub key: [u8; PUBLIC_KEY],
}

/// The message that a paired tablet sends.
pub(super) struct SyncMessage {
    pub tenant: Tenant,
    pub device: DeviceId,
    pub report: Report,
}

/// Bytes written in base64 without padding.
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    if text.len() > 200 { None } else { URL_SAFE_NO_PAD.decode(text).ok() }
}

fn exactly<const N: usize>(text: &str) -> Option<[u8; N]> {
    bytes(text)?.try_into().ok()
}

impl PairMessage {
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let read: Pairing = serde_json::from_slice(body).ok()?;
        Some(Self { secret: read.secret.parse().ok()?, key: exactly(&read.key)? })
    }
}

impl SyncMessage {
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let read: Syncing = serde_json::from_slice(body).ok()?;
        if read.answers.len() > MOST_TAPS {
            return None;
        }
        let (tenant, device) = device_of(&read.device)?;
        let taps = read.answers.into_iter().map(|answer| {
            Some(Tap { nonce: exactly(&answer.n)?, survey: answer.s, overall: answer.o, field: answer.f })
        });
        let report = Report {
            session: exactly(&read.session)?,
            version: read.version,
            waiting: read.waiting,
            dropped: read.dropped,
            live: read.live,
            taps: taps.collect::<Option<_>>()?,
        };
        Some(Self { tenant, device, report })
    }
}

/// What a tablet calls itself: the tenant's tag and the id of its device.
pub(super) fn name_of(tenant: Tenant, device: DeviceId) -> String {
    format!("{tenant}{}", hexadecimal(device.as_bytes()))
}

fn device_of(name: &str) -> Option<(Tenant, DeviceId)> {
    let (tag, digits) = name.split_at_checked(2)?;
    Some((tag.parse().ok()?, id_of(digits)?))
}

/// The device of 32 hexadecimal digits.
pub(in crate::http) fn id_of(digits: &str) -> Option<DeviceId> {
    if digits.len() != 32 {
        return None;
    }
    u128::from_str_radix(digits, 16).ok().map(|bits| DeviceId::from_bytes(bits.to_be_bytes()))
}

/// What became of an answer, as the tablet reads it.
pub(super) const fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::Kept => "kept",
        Fate::Held => "held",
        Fate::Late => "late",
        Fate::Unreadable => "unreadable",
        Fate::Again => "again",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_keeps_its_name() {
        let (tenant, device) = ("CM".parse().unwrap(), DeviceId::from_bytes([0x0a; 16]));
        assert_eq!(device_of(&name_of(tenant, device)), Some((tenant, device)));
        for bad in ["", "CM", "CMxyz", "cm0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a", "ệ"] {
            assert_eq!(device_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_no_message_is_none() {
        let good = r#"{"device":"CM0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","session":"AAAAAAAAAAAAAAAAAAAAAA","version":"1",
            "waiting":0,"dropped":0,"live":false,"answers":[{"n":"AAAAAAAAAAAAAAAAAAAAAA","s":"S","o":5}]}"#;
        assert!(SyncMessage::read(good.as_bytes()).is_some());
        for (from, to) in [("\"o\":5", "\"o\":500"), ("CM0a", "CM0"), ("AAAA\",\"s", "AA\",\"s"), ("}]", "}")]
        {
            assert!(SyncMessage::read(good.replacen(from, to, 1).as_bytes()).is_none(), "{to}");
        }
        let many =
            format!("[{}]", vec![r#"{"n":"AAAAAAAAAAAAAAAAAAAAAA","s":"S","o":5}"#; MOST_TAPS + 1].join(","));
        let start = good.find('[').unwrap();
        assert!(SyncMessage::read(format!("{}{many}}}", &good[..start]).as_bytes()).is_none());
    }
}
