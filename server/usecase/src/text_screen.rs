//! Takes out of a text what could name a person, before anybody reads it: telephone, identity-card, tax
//! and account numbers, e-mail addresses, number plates, and names. Rather too much than too little: a
//! reader loses a word, a writer could lose his peace.
//!
//! ```
//! use usecase::text_screen::screen;
//! assert_eq!(screen("Gọi chị Hoa số 0913 123 456"), "Gọi chị […] số […]");
//! assert_eq!(screen("Lệ phí 1.500.000 đồng, chờ 15 ngày"), "Lệ phí 1.500.000 đồng, chờ 15 ngày");
//! ```

mod names;
mod numbers;

use unicode_normalization::UnicodeNormalization as _;

/// What stands where something was taken out.
pub const GAP: &str = "[…]";

/// The text without what could name a person.
#[must_use]
pub fn screen(text: &str) -> String {
    let text: String = text.nfc().collect();
    let text = replace(&text, numbers::addresses(&text));
    let text = replace(&text, numbers::plates(&text));
    let text = replace(&text, numbers::numbers(&text));
    replace(&text, names::names(&text))
}

/// The text with some spans of bytes, in order, taken out.
fn replace(text: &str, spans: Vec<std::ops::Range<usize>>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        if span.start < at {
            continue;
        }
        out.push_str(text.get(at..span.start).unwrap_or_default());
        out.push_str(GAP);
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(pairs: &[(&str, &str)]) {
        for (written, shown) in pairs {
            assert_eq!(screen(written), *shown, "{written}");
        }
    }

    #[test]
    fn telephone_numbers_go_however_they_are_written() {
        check(&[
            ("Gọi 0913123456 nhé", "Gọi […] nhé"),
            ("ĐT: 0913.123.456.", "ĐT: […]."),
            ("SĐT 091 312 3456, gọi buổi sáng", "SĐT […], gọi buổi sáng"),
            ("+84 913 123 456", "[…]"),
            ("(0290) 3831 234", "[…]"),
            ("số nhà 3831234", "số nhà […]"),
            ("tổng đài 1900-1234-56", "tổng đài […]"),
        ]);
    }

    #[test]
    fn identity_tax_and_account_numbers_and_codes_of_dossiers_go() {
        check(&[
            ("CCCD 096085001234", "CCCD […]"),
            ("CMND 381 234 567", "CMND […]"),
            ("mã số thuế 0312345678-001", "mã số thuế […]"),
            ("STK 1903 4567 8901 2345 ngân hàng", "STK […] ngân hàng"),
            ("hồ sơ 000.00.01.H12-250601-0001 trễ", "hồ sơ […] trễ"),
            ("hồ sơ H12.34.56-250601-0012 trễ", "hồ sơ […] trễ"),
        ]);
    }

    #[test]
    fn addresses_and_plates_go() {
        check(&[
            ("thư hoa.nguyen+1@gmail.com nhé", "thư […] nhé"),
            ("a@b", "a@b"),
            ("xe 69A-123.45 đậu", "xe […] đậu"),
            ("xe 69-B1 234.56", "xe […]"),
            ("xe 94h1 12345", "xe […]"),
            ("xe 69C 1234", "xe […]"),
        ]);
    }

    #[test]
    fn names_after_titles_go_and_offices_stay() {
        check(&[
            ("chị Hoa rất nhiệt tình", "chị […] rất nhiệt tình"),
            ("Anh Nguyễn Văn Tèo quầy 3", "Anh […] quầy 3"),
            ("ông Trần Văn A, bà Lê Thị B", "ông […], bà […]"),
            ("cán bộ Hoàng ở quầy 2", "cán bộ […] ở quầy 2"),
            ("đồng chí Sáu", "đồng chí […]"),
            ("đ/c Minh và Mr. John", "đ/c […] và Mr. […]"),
            ("anh nguyễn văn tèo", "anh […]"),
            ("CHỊ HOA LÀM LÂU", "CHỊ […]"),
            ("cán bộ Trung tâm vui vẻ", "cán bộ Trung tâm vui vẻ"),
            ("nhân viên Uỷ ban và công chức UBND phường", "nhân viên Uỷ ban và công chức UBND phường"),
            ("chị ấy, anh nói, cô giáo", "chị ấy, anh nói, cô giáo"),
            ("Ông/bà phục vụ tốt", "Ông/bà phục vụ tốt"),
        ]);
    }

    #[test]
    fn a_whole_name_goes_without_a_title_too_but_places_named_after_people_stay() {
        check(&[
            ("do Phạm Thị Mai tiếp", "do […] tiếp"),
            ("xã Nguyễn Việt Khái làm tốt", "xã Nguyễn Việt Khái làm tốt"),
            ("phường Lý Văn Lâm, đường Phan Ngọc Hiển", "phường Lý Văn Lâm, đường Phan Ngọc Hiển"),
        ]);
    }

    #[test]
    fn money_days_and_ordinary_numbers_stay() {
        check(&[
            ("mất 120.000.000 đồng", "mất 120.000.000 đồng"),
            ("lệ phí 1.500.000đ", "lệ phí 1.500.000đ"),
            ("thu 2500000 VND", "thu 2500000 VND"),
            ("ngày 05/10/2026 và 2026-10-05, 05-10-2026", "ngày 05/10/2026 và 2026-10-05, 05-10-2026"),
            ("chờ 3 tiếng 45 phút, quầy số 12", "chờ 3 tiếng 45 phút, quầy số 12"),
            ("Luật 91/2025, Nghị định 356/2025", "Luật 91/2025, Nghị định 356/2025"),
        ]);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_screen_panic_and_no_long_number_gets_through(text in "\\PC{0,200}") {
            drop(screen(&text));
        }

        #[test]
        fn nine_digits_or_more_never_get_through(before in "[a-zà-ỹ ,]{0,20}", digits in "[1-9][0-9]{8,18}") {
            let shown = screen(&format!("{before} {digits}"));
            prop_assert!(!shown.contains(&digits), "{}", shown);
        }

        #[test]
        fn what_was_screened_stays_as_it_is(text in "[A-Za-zÀ-ỹ0-9@. ,-]{0,80}") {
            let once = screen(&text);
            prop_assert_eq!(screen(&once), once);
        }
    }
}
