//! Why a survey is not opened, or its last month stays, in Vietnamese.

use domain::new_survey::{SurveyFault, TermFault};
use domain::survey::LEAST_K;

/// One sentence.
pub(super) fn say(fault: &SurveyFault) -> String {
    match fault {
        SurveyFault::Code => "mã đợt có từ 1 đến 40 chữ không dấu, số, - hay .".into(),
        SurveyFault::CodeTaken(code) => format!("đã có đợt khảo sát mang mã {code}"),
        SurveyFault::Name => "tên đợt có từ 1 đến 200 ký tự trên một dòng".into(),
        SurveyFault::Instrument(name) => format!("không có bộ câu hỏi “{name}”"),
        SurveyFault::TooLarge(name) => format!("{name} có nhiều câu hỏi hơn một phiếu chứa được"),
        SurveyFault::Variant { instrument, variant } => format!("{instrument} không có mẫu phiếu {variant}"),
        SurveyFault::From(text) => format!("tháng đầu “{text}” không phải là tháng như 2026-10"),
        SurveyFault::To(text) => format!("tháng cuối “{text}” không phải là tháng như 2026-12"),
        SurveyFault::Reversed { from, to } => format!("tháng cuối {to} đứng trước tháng đầu {from}"),
        SurveyFault::Over(to) => format!("tháng cuối {to} đã qua; không ai còn trả lời được"),
        SurveyFault::BackData { instrument, from, to } => format!(
            "{instrument} chỉ để nhập kết quả đã có của các năm {from}–{to}, không dùng để hỏi; xin mở đợt trong những năm ấy rồi nhập kết quả"
        ),
        SurveyFault::Unit(says) => format!("có đơn vị không tồn tại trong thời gian ấy: {says}"),
        SurveyFault::NoUnit => "đợt khảo sát không có đơn vị nào; xin nhập đơn vị trước".into(),
        SurveyFault::NoFields(names) => {
            format!("chưa có lĩnh vực nào cho: {}; xin nhập lĩnh vực trước", names.join(", "))
        }
        SurveyFault::K(_) => format!("k là một số từ {LEAST_K} trở lên, để không nhận ra được ai"),
        SurveyFault::Definition(name) => format!("không có cách tính chỉ số “{name}”"),
    }
}

/// One sentence.
pub(super) fn say_term(fault: TermFault) -> String {
    match fault {
        TermFault::NotAMonth => "đây không phải là tháng như 2026-12".into(),
        TermFault::Same(month) => format!("{month} đang là tháng cuối"),
        TermFault::BeforeFirst(month) => format!("tháng cuối không thể đứng trước tháng đầu, {month}"),
        TermFault::Past(month) => format!("tháng cuối không thể đứng trước tháng này, {month}"),
        TermFault::Over(days) => {
            format!("đợt đã kết sổ {days} ngày sau tháng cuối, không gia hạn được; xin mở đợt mới")
        }
        TermFault::Closed => "đợt đang đóng; xin mở lại trước".into(),
        TermFault::Changed => "có người vừa đổi đợt này; xin xem lại rồi làm tiếp".into(),
    }
}
