//! Questions that are read aloud, and texts that a native reader has found right.

use crate::error::UsecaseError;
use crate::keys::sha256;
use crate::objection::Objection;
use crate::office::Office;
use crate::registry::QuestionSet;
use domain::right::{Actor, Right};
use domain::tally::layout::items_of;
use store::recording::{Recording, Review, Spoken};

/// Most bytes of a recording: a minute of a voice.
pub const MOST_BYTES: usize = 1024 * 1024;
/// Most characters of a reader's name.
pub const MOST_READER: usize = 80;

/// The media type of a sound, by its first bytes; `None` for everything that is no sound of a kind that
/// browsers play.
#[must_use]
pub fn kind_of(sound: &[u8]) -> Option<&'static str> {
    let at = |place: usize, bytes: &[u8]| sound.get(place..place + bytes.len()) == Some(bytes);
    // Eleven set bits, then a layer that is not the reserved one.
    let is_frame =
        sound.first() == Some(&0xff) && sound.get(1).is_some_and(|b| b & 0xe0 == 0xe0 && b & 6 != 0);
    if at(0, b"ID3") || is_frame {
        Some("audio/mpeg")
    } else if at(0, b"OggS") && (at(28, b"OpusHead") || at(28, b"\x01vorbis")) {
        Some("audio/ogg")
    } else if at(0, &[0x1a, 0x45, 0xdf, 0xa3]) {
        Some("audio/webm")
    } else if at(4, b"ftyp") && (at(8, b"M4A ") || at(8, b"mp42") || at(8, b"isom") || at(8, b"dash")) {
        Some("audio/mp4")
    } else if at(0, b"RIFF") && at(8, b"WAVE") {
        Some("audio/wav")
    } else {
        None
    }
}

/// Everything of a set that can be read aloud, in the order of the form.
#[must_use]
pub fn codes_of(set: &QuestionSet) -> Vec<String> {
    let instrument = &set.instrument;
    let overall = instrument.overall.iter().map(|_| "overall".to_owned());
    let items = items_of(instrument).map(|item| item.code.clone());
    let questions = instrument.questions.iter().map(|question| question.code.clone());
    overall.chain(items).chain(questions).collect()
}

/// Keeps a recording of a question.
///
/// # Errors
/// Where the actor may not, there is no such question, or the bytes are no sound; where the database is
/// away.
pub async fn keep_recording(
    office: &Office,
    actor: &Actor,
    (spoken, code): (&Spoken, &str),
    sound: &[u8],
    synthetic: bool,
) -> Result<(), UsecaseError> {
    let_edit(actor)?;
    known(office, actor, spoken, Some(code))?;
    if sound.len() > MOST_BYTES {
        return Err(Objection::SoundTooLarge.into());
    }
    let kind = kind_of(sound).ok_or(Objection::NoSound)?.to_owned();
    let hash = sha256(sound);
    let recording = Recording { spoken: spoken.clone(), code: code.to_owned(), kind, synthetic, hash };
    let when = (actor.name.as_str(), office.now());
    office.store.put_recording(actor.tenant, &recording, sound, when).await?;
    office.note(actor.tenant, &actor.name, "recording-keep", &detail(spoken, code)).await?;
    office.refresh().await
}

/// Takes a recording away.
///
/// # Errors
/// Where the actor may not, or there is none; where the database is away.
pub async fn drop_recording(
    office: &Office,
    actor: &Actor,
    (spoken, code): (&Spoken, &str),
) -> Result<(), UsecaseError> {
    let_edit(actor)?;
    if !office.store.remove_recording(actor.tenant, spoken, code).await? {
        return Err(UsecaseError::Unknown { what: "recording", name: code.chars().take(40).collect() });
    }
    office.note(actor.tenant, &actor.name, "recording-drop", &detail(spoken, code)).await?;
    office.refresh().await
}

/// Notes that a native reader has found the texts of a language right.
///
/// # Errors
/// Where the actor may not, there is no such set, or no reader was named; where the database is away.
pub async fn sign_off(
    office: &Office,
    actor: &Actor,
    spoken: &Spoken,
    reader: &str,
) -> Result<(), UsecaseError> {
    let_edit(actor)?;
    known(office, actor, spoken, None)?;
    let reader = reader.trim();
    let is_name = !reader.is_empty() && reader.chars().count() <= MOST_READER;
    if !is_name || reader.chars().any(char::is_control) {
        return Err(Objection::NoReader(MOST_READER).into());
    }
    let at = store::cell::micros(office.now());
    let review = Review { spoken: spoken.clone(), reader: reader.to_owned(), who: actor.name.clone(), at };
    if office.store.put_review(actor.tenant, &review).await? {
        office.note(actor.tenant, &actor.name, "language-review", &detail(spoken, reader)).await?;
    }
    office.refresh().await
}

fn let_edit(actor: &Actor) -> Result<(), UsecaseError> {
    if actor.may(Right::EditOffice) { Ok(()) } else { Err(UsecaseError::Forbidden) }
}

fn known(office: &Office, actor: &Actor, spoken: &Spoken, code: Option<&str>) -> Result<(), UsecaseError> {
    let province = office.province(actor.tenant)?;
    let set = province.instrument(&spoken.instrument, Some(spoken.version));
    let unknown = |what, name: &str| UsecaseError::Unknown { what, name: name.chars().take(40).collect() };
    let set = set.ok_or_else(|| unknown("instrument", &spoken.instrument))?;
    let is_there = code.is_none_or(|code| codes_of(set).iter().any(|known| known == code));
    if is_there { Ok(()) } else { Err(unknown("question", code.unwrap_or_default())) }
}

fn detail(spoken: &Spoken, what: &str) -> String {
    format!("{}@{} {}: {what}", spoken.instrument, spoken.version, spoken.language.code())
}

#[cfg(test)]
mod tests {
    use super::kind_of;

    #[test]
    fn sounds_are_known_by_their_first_bytes_and_nothing_else_is_a_sound() {
        let ogg = |inner: &[u8]| [b"OggS".as_slice(), &[0; 24], inner].concat();
        let sounds: [(Vec<u8>, &str); 7] = [
            (b"ID3\x04rest".to_vec(), "audio/mpeg"),
            (vec![0xff, 0xfb, 0x90, 0], "audio/mpeg"),
            (ogg(b"OpusHead"), "audio/ogg"),
            (ogg(b"\x01vorbis"), "audio/ogg"),
            (vec![0x1a, 0x45, 0xdf, 0xa3, 1], "audio/webm"),
            (b"\0\0\0\x20ftypM4A ".to_vec(), "audio/mp4"),
            (b"RIFF\0\0\0\0WAVEfmt ".to_vec(), "audio/wav"),
        ];
        for (sound, kind) in &sounds {
            assert_eq!(kind_of(sound), Some(*kind));
        }
        let others: [&[u8]; 7] =
            [b"", b"<html><script>", b"RIFF\0\0\0\0WEBP", b"\x89PNG", &[0xff, 0xd8, 0xff], b"OggS", b"%PDF"];
        for other in others {
            assert_eq!(kind_of(other), None, "{other:?}");
        }
    }
}
