//! What is said of a cell in more than one kind of file.

use crate::error::{Said, said};
use domain::survey::UnknownWord;

pub(super) fn no_name() -> Said {
    said!("chưa ghi tên" / "the name is empty")
}

pub(super) fn too_long(most: usize) -> Said {
    said!("dài quá {most} chữ" / "this text is longer than {most} characters")
}

pub(super) fn not_a_day(text: &str) -> Said {
    said!(
        "{text:?} không phải là ngày; viết như 2025-07-01" / "{text:?} is not a day; write it as 2025-07-01"
    )
}

pub(super) fn not_a_code(text: &str, most: usize) -> Said {
    said!(
        "{text:?} không phải là mã; mã có 1 đến {most} chữ không dấu, chữ số, dấu gạch, dấu chấm"
            / "{text:?} is not a code; a code is 1 to {most} letters, digits, hyphens, dots or underscores"
    )
}

pub(super) fn unknown_word(error: &UnknownWord) -> Said {
    let UnknownWord { word, choices, .. } = error;
    Said { vi: format!("không có {word:?}; chọn một trong: {choices}"), en: error.to_string() }
}
