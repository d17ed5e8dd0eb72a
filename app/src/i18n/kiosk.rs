//! The phrases of the tablet at the counter. What citizens see exists in three languages, what staff
//! see in two. They are handed to the tablet as data: it changes its language without a network.

use domain::language::Language;

/// Declares the phrases: name, Vietnamese, English, and Khmer where citizens see it.
macro_rules! kiosk_phrases {
    ($($key:ident: $vi:literal / $en:literal $(/ $km:literal)?,)+) => {
        const PHRASES: &[(&str, &str, &str, Option<&str>)] =
            &[$((stringify!($key), $vi, $en, kiosk_phrases!(@km $($km)?))),+];
    };
    (@km $km:literal) => { Some($km) };
    (@km) => { None };
}

kiosk_phrases! {
    title: "Ki‑ốt lấy ý kiến" / "Feedback kiosk" / "គីយ៉ូស្កមតិ",
    languages: "Ngôn ngữ" / "Language" / "ភាសា",
    once: "Chạm một ô là xong. Không ghi tên, không gắn với hồ sơ." / "One tap is all. No name, not tied to your dossier." / "ចុចតែម្តងគឺរួច។ មិនសួរឈ្មោះ មិនភ្ជាប់នឹងឯកសារ។",
    optional: "Không bắt buộc: ý kiến của ông/bà đã được ghi." / "Optional: your answer is recorded already." / "មិនចាំបាច់៖ មតិរបស់លោកអ្នកបានកត់ត្រារួចហើយ។",
    skip: "Bỏ qua" / "Skip" / "រំលង",
    thanks: "Cảm ơn ông/bà" / "Thank you" / "សូមអរគុណ",
    thanks_what: "Ý kiến đã được ghi. Kết quả chỉ công bố chung cho nhiều người." / "Your answer is recorded. Results are published for many people together only." / "មតិត្រូវបានកត់ត្រាហើយ។ លទ្ធផលផ្សាយជារួមសម្រាប់មនុស្សច្រើននាក់ប៉ុណ្ណោះ។",
    closed: "Đợt lấy ý kiến đã kết thúc" / "This survey has ended" / "ការសួរមតិបានបញ្ចប់ហើយ",
    not_yet: "Đợt lấy ý kiến chưa bắt đầu" / "This survey has not begun yet" / "ការសួរមតិមិនទាន់ចាប់ផ្តើមទេ",
    revoked: "Máy này không còn nhận ý kiến" / "This tablet takes no answers any more" / "ឧបករណ៍នេះលែងទទួលមតិហើយ",
    tell_the_counter: "Ông/bà cần góp ý? Xin báo quầy." / "Something to say? Please tell the counter." / "ចង់ផ្តល់មតិ? សូមប្រាប់បញ្ជរ។",
    not_kept: "Máy này chưa ghi được ý kiến" / "This tablet could not record the answer" / "ឧបករណ៍នេះមិនអាចកត់ត្រាមតិបានទេ",
    elsewhere: "Ki‑ốt đang mở ở cửa sổ khác của máy này" / "The kiosk is open in another window of this tablet" / "គីយ៉ូស្កកំពុងបើកនៅផ្ទាំងផ្សេងនៃឧបករណ៍នេះ",
    unsent: "{n} phiếu chưa gửi; sẽ tự gửi khi có mạng." / "{n} answers not sent yet; they go by themselves when there is a network." / "{n} សន្លឹកមិនទាន់ផ្ញើ; នឹងផ្ញើដោយស្វ័យប្រវត្តិពេលមានបណ្តាញ។",
    aside: "{n} phiếu máy chủ không nhận; nhân viên cần xem." / "{n} answers were not taken by the server; staff should look." / "{n} សន្លឹកម៉ាស៊ីនមេមិនទទួល; បុគ្គលិកត្រូវមើល។",
    staff: "Dành cho nhân viên" / "For staff" / "សម្រាប់បុគ្គលិក",
    back: "Quay lại" / "Back" / "ត្រឡប់",
    pin_title: "Nhập mã PIN của nhân viên" / "Enter the staff PIN",
    pin: "Mã PIN" / "PIN",
    pin_open: "Mở" / "Open",
    pin_wrong: "Mã PIN không đúng." / "The PIN is wrong.",
    pin_wait: "Sai nhiều lần. Xin chờ {n} giây." / "Wrong several times. Please wait {n} seconds.",
    staff_title: "Máy này" / "This tablet",
    name: "Tên máy" / "Name",
    place: "Nơi đặt" / "Place",
    waiting: "Phiếu chưa gửi" / "Answers not sent yet",
    refused: "Phiếu không được nhận" / "Answers not taken",
    refused_why: "Quá hạn: {late}. Không đọc được: {bad}." / "Too late: {late}. Unreadable: {bad}.",
    dropped: "Lần chạm lặp đã bỏ" / "Repeated taps dropped",
    connection: "Kết nối" / "Connection",
    online: "Gửi được" / "Sends",
    offline: "Chưa gửi được; thử lại sau {n} giây" / "Cannot send; tries again in {n} seconds",
    unknown_device: "Máy chủ không biết máy này nữa; xin ghép lại. Phiếu vẫn giữ." / "The server does not know this tablet any more; pair it again. Answers are kept.",
    until: "Đợt lấy ý kiến đến hết" / "The survey runs to",
    version: "Phiên bản" / "Version",
    send_now: "Gửi ngay" / "Send now",
    leave: "Thoát toàn màn hình" / "Leave full screen",
    forget: "Xoá phiếu không được nhận" / "Delete answers not taken",
    to_kiosk: "Về màn hình ý kiến" / "Back to the question",
    pair_title: "Ghép máy này" / "Pair this tablet",
    pair_none: "Máy này chưa được ghép. Quét mã QR ở trang Máy tính bảng của bảng điều khiển." / "This tablet is not paired. Scan the QR on the page Tablets of the console.",
    pair_how: "Đặt một mã PIN. Nhân viên cần mã này để rời màn hình ý kiến; mã chỉ nằm trong máy này." / "Choose a PIN. Staff need it to leave the question; it stays on this tablet.",
    pair_pin: "Mã PIN, 4 đến 8 chữ số" / "PIN, 4 to 8 digits",
    pair_again: "Nhập lại mã PIN" / "The PIN again",
    pair_do: "Ghép máy" / "Pair",
    pair_form: "Mã PIN có từ 4 đến 8 chữ số." / "A PIN has 4 to 8 digits.",
    pair_differ: "Hai lần nhập không giống nhau." / "The two are not the same.",
    pair_gone: "Mã ghép đã dùng hoặc quá 15 phút. Xin lập mã mới ở bảng điều khiển." / "The code was used or is over 15 minutes old. Make a new one in the console.",
    pair_network: "Không tới được máy chủ. Xin thử lại." / "The server cannot be reached. Please try again.",
    needs_https: "Ki‑ốt cần địa chỉ https, hoặc localhost khi dùng thử." / "The kiosk needs an https address, or localhost for trying it.",
    needs_script: "Ki‑ốt cần JavaScript." / "The kiosk needs JavaScript.",
}

/// Names and phrases in a language. Those that staff alone see do not exist in Khmer; the tablet then
/// shows the Vietnamese, marked as such.
pub fn phrases(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    PHRASES.iter().filter_map(move |(key, vi, en, km)| {
        let said = match language {
            Language::Vi => Some(*vi),
            Language::En => Some(*en),
            Language::Km => *km,
        };
        said.map(|said| (*key, said))
    })
}

/// A phrase in Vietnamese, for the page before the tablet has filled it.
pub(crate) fn vietnamese(key: &str) -> &'static str {
    PHRASES.iter().find(|(name, ..)| *name == key).map_or("", |(_, vi, ..)| *vi)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_places() {
        for (key, vi, en, km) in PHRASES {
            let places = |text: &str| text.matches('{').count();
            assert_eq!(places(vi), places(en), "{key}");
            assert!(km.is_none_or(|km| places(km) == places(vi)), "{key}");
        }
    }
}
