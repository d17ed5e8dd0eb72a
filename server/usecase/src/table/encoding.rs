//! What a file's text is written in: UTF-8, or Windows-1258, in which older Vietnamese spreadsheets
//! save. Windows-1258 writes most tones as marks behind the letter; they are put together again.

use crate::error::{Said, said};
use encoding_rs::WINDOWS_1258;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// What is said of a text that is neither.
pub(super) fn neither() -> Said {
    said!(
        "chữ trong tệp không phải UTF-8 hay Windows-1258 (có thể là TCVN3, VNI hoặc UTF-16); mở bằng bảng tính, lưu \
        thành “CSV UTF-8” rồi nạp tệp ấy"
            / "this is neither UTF-8 nor Windows-1258 text (it may be TCVN3, VNI or UTF-16); open the file in the \
            spreadsheet, save it as “CSV UTF-8” and import that file"
    )
}

fn mixed(above: Encoding) -> Said {
    said!(
        "các ô trên viết bằng {above}, ô này thì không; mở bằng bảng tính, lưu thành “CSV UTF-8” rồi nạp tệp ấy"
            / "the cells above are {above} and this one is not; open the file in the spreadsheet, save it as “CSV \
            UTF-8” and import that file"
    )
}

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Nothing but letters, digits and signs that all encodings share.
    #[default]
    Ascii,
    /// UTF-8.
    Utf8,
    /// Windows-1258.
    Windows1258,
}

impl std::fmt::Display for Encoding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Ascii | Self::Utf8 => "UTF-8",
            Self::Windows1258 => "Windows-1258",
        })
    }
}

impl Encoding {
    /// The text of a cell. The first cell with a letter that encodings write differently decides for
    /// the whole file.
    pub(super) fn read<'a>(&mut self, cell: &'a [u8]) -> Result<Cow<'a, str>, Said> {
        let utf8 = std::str::from_utf8(cell);
        match (*self, utf8) {
            (Self::Windows1258, Ok(_)) if !cell.is_ascii() => Err(mixed(*self)),
            (_, Ok(text)) => {
                if !cell.is_ascii() {
                    *self = Self::Utf8;
                }
                Ok(Cow::Borrowed(text))
            }
            (Self::Utf8, Err(_)) => Err(mixed(*self)),
            (Self::Ascii | Self::Windows1258, Err(_)) => {
                let text = windows_1258(cell).ok_or_else(neither)?;
                *self = Self::Windows1258;
                Ok(Cow::Owned(text))
            }
        }
    }
}

/// The text that these bytes are in Windows-1258; `None` where it would be no Vietnamese.
fn windows_1258(bytes: &[u8]) -> Option<String> {
    let text: String = WINDOWS_1258.decode_without_bom_handling(bytes).0.nfc().collect();
    let mut before = ' ';
    for letter in text.chars() {
        let is_loose = unicode_normalization::char::is_combining_mark(letter);
        let is_broken = letter.is_control() && !letter.is_ascii();
        // TCVN3 and VNI have letters where Windows-1258 has these signs and capitals; neither stands
        // beside or inside a word.
        let is_shouted = letter.is_uppercase() && !letter.is_ascii() && before.is_lowercase();
        let is_beside =
            is_sign(letter) && before.is_alphabetic() || is_sign(before) && letter.is_alphabetic();
        if is_loose || is_broken || is_shouted || is_beside {
            return None;
        }
        before = letter;
    }
    Some(text)
}

/// Signs of Windows-1258 that are letters of TCVN3.
const fn is_sign(letter: char) -> bool {
    matches!(letter, '¨'..='ª' | '¬'..='®' | 'µ' | '¶' | '¸' | '¹' | '¼'..='¾')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Windows writes it: letters with their breve, circumflex or horn, tones behind.
    fn in_windows(text: &str) -> Vec<u8> {
        let parted = text.nfc().flat_map(|letter| {
            let (tones, shape): (String, String) =
                letter.nfd().partition(|c| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*c));
            format!("{}{tones}", shape.nfc()).chars().collect::<Vec<_>>()
        });
        let parted: String = parted.collect();
        let (bytes, _, has_gaps) = WINDOWS_1258.encode(&parted);
        assert!(!has_gaps, "{text}");
        bytes.into_owned()
    }

    #[test]
    fn tones_behind_the_letter_are_put_together() {
        for text in
            ["Phường Bạc Liêu", "Xã Nguyễn Việt Khái", "Đất đai", "thủy sản", "Tỉnh Cà Mau", "Ơ Ẫ ổ ợ ữ"]
        {
            let mut encoding = Encoding::Ascii;
            assert_eq!(encoding.read(&in_windows(text)).unwrap(), text);
            assert_eq!(encoding, Encoding::Windows1258);
        }
    }

    #[test]
    fn one_file_has_one_encoding() {
        let mut encoding = Encoding::Ascii;
        assert_eq!(encoding.read(b"31825").unwrap(), "31825");
        assert_eq!(encoding, Encoding::Ascii);
        assert_eq!(encoding.read("Huế".as_bytes()).unwrap(), "Huế");
        assert_eq!(encoding.read(&in_windows("Huế")), Err(mixed(Encoding::Utf8)));
        let mut encoding = Encoding::Windows1258;
        assert_eq!(encoding.read("Huế".as_bytes()), Err(mixed(Encoding::Windows1258)));
    }

    #[test]
    fn tcvn3_is_not_read_as_something_else() {
        // "Cà Mau", "đất đai", "Phường" and "Huế" in TCVN3.
        for bytes in [&b"C\xb5 Mau"[..], b"\xae\xcat \xaeai", b"Ph\xad\xeang", b"Hu\xd5"] {
            assert!(Encoding::Ascii.read(bytes).is_err(), "{bytes:x?}");
        }
    }
}
