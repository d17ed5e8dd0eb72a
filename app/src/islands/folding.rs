//! Folding: what is left of a Vietnamese name when case and marks do not count. People look for *Cà Mau*
//! with "ca mau", because that is what a keyboard types without further ado.

/// A text without case, marks and fancy spaces. Both ways of writing a mark count, the one sign (ế) and the
/// letter with its marks after it (e + ◌̂ + ◌́).
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter(|sign| !is_mark(*sign)).map(bare).collect()
}

/// Combining marks, and hyphens that are only there for the end of a line.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}' | '\u{ad}')
}

/// The letter under the marks.
fn bare(sign: char) -> char {
    match sign {
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ' | 'ẫ'
        | 'ậ' => 'a',
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở' | 'ỡ'
        | 'ợ' => 'o',
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        'đ' => 'd',
        '\u{a0}' | '\u{202f}' => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        other => other,
    }
}

/// What somebody looks for: words that must all occur, in any order, each at the start of a word or inside.
pub struct Wanted {
    words: Vec<String>,
}

impl Wanted {
    /// Reads what was typed.
    pub fn new(typed: &str) -> Self {
        Self { words: fold(typed).split_whitespace().map(str::to_owned).collect() }
    }

    /// Whether nothing was asked for, so that everything fits.
    pub fn is_anything(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a folded name holds every word.
    pub fn fits(&self, folded: &str) -> bool {
        self.words.iter().all(|word| folded.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, fold};

    fn finds(typed: &str, name: &str) -> bool {
        Wanted::new(typed).fits(&fold(name))
    }

    #[test]
    fn marks_and_case_do_not_count() {
        assert_eq!(fold("Phường TÂN THÀNH, Đất Mũi"), "phuong tan thanh, dat mui");
        assert!(finds("dat mui", "Xã Đất Mũi"));
        assert!(finds("ĐẤT", "Xã Đất Mũi"));
    }

    #[test]
    fn every_vietnamese_letter_folds_to_plain_latin() {
        let letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ";
        for text in [letters.to_owned(), letters.to_uppercase()] {
            assert!(fold(&text).is_ascii(), "{}", fold(&text));
        }
    }

    #[test]
    fn both_ways_of_writing_a_mark_are_the_same() {
        assert_eq!(fold("Ca\u{300} Mau"), fold("Cà Mau"));
        assert_eq!(fold("e\u{302}\u{301}"), fold("ế"));
    }

    #[test]
    fn words_count_in_any_order() {
        assert!(finds("mui dat", "Xã Đất Mũi"));
        assert!(!finds("mui ne", "Xã Đất Mũi"));
    }

    #[test]
    fn spaces_and_hyphens_that_do_not_break_are_the_plain_ones() {
        assert!(finds("ki-ot", "Ki\u{2011}ốt"));
        assert!(finds("ca mau", "Cà\u{a0}Mau"));
    }

    #[test]
    fn nothing_typed_fits_everything() {
        assert!(Wanted::new(" \u{a0} ").is_anything());
        assert!(finds("", "Xã Đất Mũi"));
    }

    #[test]
    fn other_scripts_are_left_as_they_are() {
        assert_eq!(fold("ខេត្តកាម៉ៅ"), "ខេត្តកាម៉ៅ");
    }
}
