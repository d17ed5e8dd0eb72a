//! What is wrong in the file of an instrument, in Vietnamese.

use domain::instrument::{Fault, Rule};

/// One line: the place, then what is wrong.
pub(super) fn say(fault: &Fault) -> String {
    let says = rule(&fault.rule);
    if fault.path.is_empty() { says } else { format!("{}: {says}", fault.path) }
}

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Unreadable(why) => format!("đây không phải là tệp bộ câu hỏi: {why}"),
        Rule::Code(code) => {
            format!("“{code}” không phải là mã: một chữ cái, rồi nhiều nhất 15 chữ, số hay gạch ngang")
        }
        Rule::Reserved(name) => format!("“{name}” là tên trường của chính phiếu; xin chọn mã khác"),
        Rule::Twice(code) => format!("mã “{code}” đứng ở đây lần thứ hai"),
        Rule::Vietnamese => "thiếu câu tiếng Việt".into(),
        Rule::Empty => "câu ở ngôn ngữ này trống; xin bỏ hẳn ngôn ngữ đó".into(),
        Rule::Unknown(code) => format!("trong bộ câu hỏi này không có gì tên là “{code}”"),
        Rule::OnNoPage(code) => format!("“{code}” thuộc mẫu phiếu này nhưng không nằm ở trang nào"),
        Rule::OnTwoPages(code) => format!("“{code}” đã nằm ở một trang khác của mẫu phiếu này"),
        Rule::NoSuchAnswer { code, value } => format!("câu hỏi “{code}” không có câu trả lời “{value}”"),
        Rule::AskedLater(code) => format!("chỗ này tuỳ vào “{code}”, mà câu đó hỏi sau"),
        Rule::Nested(code) => format!("chỗ này tuỳ vào “{code}”, mà câu đó không hỏi tất cả mọi người"),
        Rule::FixedAnswers { code, value, known } => {
            format!("câu hỏi “{code}” chỉ có thể có các câu trả lời {known}, không có “{value}”")
        }
        Rule::BranchInIndex(code) => {
            format!("yếu tố “{code}” có mục chỉ hỏi một số người; yếu tố đó không thể có trọng số")
        }
        Rule::Weight => "trọng số là một số lớn hơn không".into(),
        Rule::NoWeights => "cách tính này không có trọng số nào".into(),
        Rule::TooMany { what, found, most } => format!("có {found} ({what}); nhiều nhất là {most}"),
        Rule::NoAnswers => "câu hỏi này không có câu trả lời nào để chọn".into(),
        Rule::ScaleLength(found) => format!("thang có {found} mức; mức hài lòng có năm, điểm có ba"),
        Rule::PointsFormula => {
            "điểm và mức hài lòng không đi với nhau: thang ba mức chỉ tính theo điểm, thang khác thì không"
                .into()
        }
        Rule::AskedAgain => "bộ câu hỏi có năm là để nhập kết quả đã có; nó không có trang để hỏi".into(),
        Rule::Years => "năm đầu đứng sau năm cuối".into(),
        Rule::OwnEqual => "một phiên bản không thể khai mục giống với chính nó".into(),
    }
}
