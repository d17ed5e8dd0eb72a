//! Why something is not done, in Vietnamese.

use super::{Objection, Unequal, copy, instrument};
use crate::import::responses::{MOST_MIXTURE, MapFault, Unfit};
use crate::office::write_day;

/// One sentence; for an instrument one line a fault.
#[expect(clippy::too_many_lines, reason = "a table: one line a rule")]
pub(super) fn say(objection: &Objection) -> String {
    match objection {
        Objection::PasswordUnchecked => "chưa kiểm tra được mật khẩu; xin thử lại".into(),
        Objection::PasswordUnhashed => "chưa ghi được mật khẩu; xin thử lại".into(),
        Objection::Version(version) => format!("“{version}” không phải là số bản; xin viết như @2"),
        Objection::Retention { months, years } => format!(
            "ý kiến giữ được từ {} đến {} tháng, phiếu từ {} đến {} năm",
            months.start(),
            months.end(),
            years.start(),
            years.end()
        ),
        Objection::Margin { most, points } => {
            format!("khoảng dung sai từ 0 đến {most} điểm, ví dụ 2; không phải {points}")
        }
        Objection::Target { least, most, percent } => {
            format!("mục tiêu từ {least} đến {most} phần trăm, ví dụ 85; không phải {percent}")
        }
        Objection::NoPast => "chỉ bản dùng thử mới có quá khứ chưa từng diễn ra".into(),
        Objection::Period(period) => {
            format!("“{}” không phải là kỳ; xin viết 2026-10, 2026-Q3, 2026 hay 12m", period.0)
        }
        Objection::Day(text) => format!("{text} không phải là ngày; xin viết như 2026-10-01"),
        Objection::Tag(tag) => {
            format!("ký hiệu tỉnh là hai chữ cái in hoa, không phải “{tag}”; xin viết như --tag CM")
        }
        Objection::NoTag => "xin cho biết hai chữ cái của tỉnh, như --tag CM".into(),
        Objection::NoProvince => {
            "chưa có tỉnh nào; xin nhập đơn vị trước (hailong import units FILE --province CODE --tag XX)"
                .into()
        }
        Objection::SeveralTenants => "có nhiều tỉnh; xin chọn bằng --tenant".into(),
        Objection::DemoNotEmpty => "bản dùng thử cần một cơ sở dữ liệu trống".into(),
        Objection::RealService => "cơ sở dữ liệu này đang dùng thật, không thể thành bản dùng thử".into(),
        Objection::Copy(fault) => copy::say(fault),
        Objection::ClockIsReal => "chỉ đồng hồ của bản dùng thử mới chỉnh được".into(),
        Objection::ClockShows(day) => format!("đồng hồ của bản dùng thử đã chỉ {}", write_day(*day)),
        Objection::AddressTooLong => "địa chỉ công khai quá dài đối với mã QR".into(),
        Objection::CodeCount(most) => format!("một đợt mã có từ 1 đến {most} mã"),
        Objection::BatchWithdrawn(number) => format!("đợt mã {number} đã thu hồi rồi"),
        Objection::NoSuchCode(line) => format!("dòng {line}: không có mã nào như vậy đang dùng được"),
        Objection::FileThere(path) => format!("đã có tệp {path}; xin đặt tên khác"),
        Objection::RunInterrupted => {
            "một lần nhập sổ bị ngắt giữa chừng; xin chạy `hailong fold` cho xong rồi nhập lại".into()
        }
        Objection::FoldUnderWay => "đang nhập sổ; xin thử lại sau một phút".into(),
        Objection::NotUtf8(path) => format!("{path} không phải UTF-8; xin lưu thành UTF-8 rồi thử lại"),
        Objection::LineNotUtf8(line) => {
            format!("dòng {line} không phải văn bản UTF-8; xin lưu tệp thành UTF-8")
        }
        Objection::FileUnreadable(why) => format!("không đọc được tệp: {why}"),
        Objection::InstrumentTooLarge => "tệp bộ câu hỏi có nhiều nhất 1 MB".into(),
        Objection::Instrument { faults, more } => {
            let mut lines: Vec<String> = faults.iter().map(instrument::say).collect();
            if *more > 0 {
                lines.push(format!("còn {more} chỗ sai nữa; xin sửa những chỗ này trước"));
            }
            lines.join("\n")
        }
        Objection::NoSound => {
            "tệp này không phải âm thanh: xin gửi MP3, Ogg (Opus, Vorbis), WebM, M4A hoặc WAV".into()
        }
        Objection::SoundTooLarge => "bản ghi âm nhiều nhất một megabyte".into(),
        Objection::NoReader(most) => format!("xin ghi tên người đã đọc duyệt, từ 1 đến {most} ký tự"),
        Objection::Equals { instrument, other, why } => {
            let why = match why {
                Unequal::Population => "nhưng người trả lời hai bộ là khác nhau".to_owned(),
                Unequal::Scale => "nhưng một trong hai bộ tính bằng điểm".to_owned(),
                Unequal::Item(item) => format!("nhưng bộ đó không có mục {item} hỏi tất cả mọi người"),
            };
            format!("{instrument} khai có mục giống với {other}, {why}")
        }
        Objection::InstrumentTaken { code, version } => format!(
            "bản {version} của {code} đã công bố với nội dung khác và giữ nguyên; xin đặt số bản mới cho tệp này"
        ),
        Objection::NoMap => "xin cho biết cột nào là gì bằng --map MAP.json (xem README)".into(),
        Objection::Map(fault) => map(fault),
        Objection::SameBytes(survey) => format!("đợt khảo sát {survey} đã có đúng tệp này"),
        Objection::NoProvinceLine => {
            "tệp không có dòng nào ở cấp province, mà tỉnh này chưa có trong danh mục".into()
        }
        Objection::ProvinceNotInFile(code) => format!("tệp không có tỉnh nào mang mã {code}"),
        Objection::SeveralProvincesInFile(many) => {
            format!("tệp có {many} tỉnh; chọn một, chẳng hạn --province 96")
        }
        Objection::OtherProvince { own, theirs } => {
            format!("danh mục này là của tỉnh {own}; tệp là của tỉnh {theirs}")
        }
    }
}

fn map(fault: &MapFault) -> String {
    match fault {
        MapFault::Unreadable(why) => format!("không đọc được bản đồ cột: {why}"),
        MapFault::Weight => {
            "bản đồ cột nêu trọng số, nhưng mỗi phiếu nhập vào tính là một; xin viết \"weight\": null".into()
        }
        MapFault::NoMode => {
            "bản đồ cột phải cho biết phiếu đến bằng kênh nào: \"mode\", hoặc \"mixture\" cho nhiều kênh"
                .into()
        }
        MapFault::Mixture(bytes) => {
            format!("tên hỗn hợp có từ 1 đến {MOST_MIXTURE} byte, không phải {bytes}")
        }
        MapFault::Blank(answer) => format!("bản đồ cột coi “{answer}” là trống, nhưng đó là câu trả lời"),
        MapFault::Nothing => "bản đồ cột không nêu mục nào, cũng không nêu câu hỏi chung".into(),
        MapFault::Instrument { survey, own, theirs } => {
            format!("đợt khảo sát {survey} dùng bộ câu hỏi {own}, bản đồ cột nêu {theirs}")
        }
        MapFault::NoOverall(instrument) => format!("bộ câu hỏi {instrument} không có câu hỏi chung"),
        MapFault::Item { column, item, why } => {
            format!("bản đồ cột đưa cột “{column}” vào {item}, {}", unfit(why))
        }
        MapFault::Twice(item) => format!("bản đồ cột đưa hai cột vào {item}"),
        MapFault::NoColumn(column) => format!("tệp không có cột “{column}”"),
        MapFault::Word { key, wrong } => format!("khoá {key} của bản đồ cột: {}", wrong.vi),
    }
}

fn unfit(why: &Unfit) -> String {
    match why {
        Unfit::Unknown { instrument, item } => format!("nhưng {instrument} không có mục {item}"),
        Unfit::OfSome => "mục chỉ hỏi một số người; nhập vào sẽ làm lộ những người đó".into(),
        Unfit::NotAsked(variant) => format!("mà mẫu {variant} của đợt khảo sát không hỏi"),
    }
}
