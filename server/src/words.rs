//! Errors in the reader's words. English is what the errors say of themselves; Vietnamese stands here
//! where an error does not bring it along, one sentence a variant, so that a new error without its
//! sentence does not compile.

mod account;
mod device;
mod survey;

use domain::language::Language;
use store::StoreError;
use usecase::UsecaseError;
use usecase::error::FileFault;
use usecase::keys::KeyError;
use usecase::record::RecordError;

/// A sentence in the reader's language: Vietnamese, then English, with the same names in braces.
macro_rules! told {
    ($language:expr, $vi:literal, $en:literal $(,)?) => {
        match $language {
            ::domain::language::Language::En => format!($en),
            _ => format!($vi),
        }
    };
}
pub(crate) use told;

/// An error in a language; several lines where several things are wrong.
#[must_use]
pub fn say(error: &UsecaseError, language: Language) -> String {
    if language == Language::En { error.to_string() } else { in_vietnamese(error) }
}

/// What is wrong in a file. The place stands in front in the form that scripts rely on.
#[must_use]
pub fn say_fault(fault: &FileFault, language: Language) -> String {
    if language == Language::En {
        fault.to_string()
    } else {
        let FileFault { line, column, name, vi, .. } = fault;
        format!("line {line}, column {column} ({name}): {vi}")
    }
}

fn in_vietnamese(error: &UsecaseError) -> String {
    match error {
        UsecaseError::Store(error) => store(error),
        UsecaseError::Key(error) => key(error),
        UsecaseError::Chance(_) => "hệ thống không cho số ngẫu nhiên".into(),
        UsecaseError::Seal(_) => {
            "một bản ghi niêm phong không mở được; tệp khoá có đúng là của cơ sở dữ liệu này không?".into()
        }
        UsecaseError::Record(RecordError::TooMany) => {
            "bộ câu hỏi có nhiều mục hơn một phiếu chứa được".into()
        }
        UsecaseError::Record(RecordError::Damaged) => {
            "một bản ghi bị hỏng, hoặc do phiên bản khác ghi".into()
        }
        UsecaseError::Unit(error) => error.said().vi,
        UsecaseError::Damaged(what) => {
            format!(
                "dữ liệu bị hỏng trong cơ sở dữ liệu ({what}); hãy khôi phục bản sao lưu, hoặc nhờ trợ giúp"
            )
        }
        UsecaseError::Unknown { what, name } => format!("không có {} “{name}”", thing(what)),
        UsecaseError::Account(fault) => account::say(*fault),
        UsecaseError::ApiKey(fault) => account::say_of_key(*fault),
        UsecaseError::Device(fault) => device::say(fault),
        UsecaseError::Forbidden => "tài khoản này không được làm việc này".into(),
        UsecaseError::Objection(objection) => objection.told().vi,
        UsecaseError::Survey(faults) => faults.iter().map(survey::say).collect::<Vec<_>>().join("\n"),
        UsecaseError::Term(fault) => survey::say_term(*fault),
        UsecaseError::Refused(sentence) => sentence.clone(),
        UsecaseError::File(faults) => {
            faults.iter().map(|fault| say_fault(fault, Language::Vi)).collect::<Vec<_>>().join("\n")
        }
        UsecaseError::Read { path, source } => format!("không đọc được {}: {source}", place(path)),
    }
}

fn store(error: &StoreError) -> String {
    match error {
        StoreError::Db(error) => format!("cơ sở dữ liệu không trả lời như mong đợi: {error}"),
        StoreError::Migration(error) => format!("cơ sở dữ liệu do phiên bản khác ghi: {error}"),
        StoreError::Corrupt { table, column, what } => {
            format!("{table}.{column} chứa một giá trị không phải là {what}")
        }
        StoreError::Conflict(what) => format!("đã có rồi: {what}"),
        StoreError::LeaseLost => "một tiến trình khác đã nhận lần nhập sổ này".into(),
        StoreError::Full => "nhiều phiếu đến cùng lúc; xin thử lại sau giây lát".into(),
    }
}

fn key(error: &KeyError) -> String {
    match error {
        KeyError::File { path, source } => format!("không dùng được tệp khoá {path}: {source}"),
        KeyError::Form(path) => format!("{path} không phải là tệp khoá của chương trình này"),
        KeyError::Missing(path) => format!(
            "thiếu tệp khoá {path}, mà cơ sở dữ liệu đã được lập với tệp ấy; hãy đặt lại tệp (tệp mới không mở được \
             phiếu đang chờ)"
        ),
        KeyError::Wrong(path) => format!("tệp khoá {path} không phải của cơ sở dữ liệu này"),
    }
}

/// Kinds of things; a kind that is not listed keeps its English name.
fn thing(what: &'static str) -> &'static str {
    match what {
        "account" => "tài khoản",
        "batch" => "đợt mã",
        "demo" => "bản dùng thử",
        "device" => "máy tính bảng",
        "field" => "lĩnh vực",
        "file" => "tệp",
        "index definition" => "cách tính chỉ số",
        "instrument" => "bộ câu hỏi",
        "invitation" => "lời mời",
        "release" => "kỳ công bố",
        "session" => "phiên đăng nhập",
        "survey" => "đợt khảo sát",
        "tenant" => "tỉnh với ký hiệu",
        "touchpoint" => "điểm tiếp cận",
        "unit" => "đơn vị",
        other => other,
    }
}

/// Sources that are no files.
fn place(path: &str) -> &str {
    match path {
        "the network" => "từ mạng",
        "the output" => "đầu ra",
        "standard input" => "đầu vào chuẩn",
        "signals" => "tín hiệu hệ thống",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::account::AccountFault;
    use usecase::objection::Objection;

    #[test]
    fn an_error_is_told_in_either_language() {
        let error = UsecaseError::from(AccountFault::PasswordLength);
        assert_eq!(say(&error, Language::En), "a password has 12 to 128 characters");
        assert_eq!(say(&error, Language::Vi), "mật khẩu có từ 12 đến 128 ký tự");
        let error = UsecaseError::from(Objection::Tag("ca".into()));
        assert_eq!(
            say(&error, Language::En),
            "a tag is two capital letters, not \"ca\"; write it as --tag CM"
        );
        assert!(say(&error, Language::Vi).ends_with("không phải “ca”; xin viết như --tag CM"));
    }

    #[test]
    fn the_place_of_a_fault_is_the_same_in_both() {
        let (message, vi) = ("the name is empty".to_owned(), "chưa ghi tên".to_owned());
        let fault = FileFault { line: 12, column: 3, name: "name".into(), message, vi };
        assert_eq!(say_fault(&fault, Language::En), "line 12, column 3 (name): the name is empty");
        assert_eq!(say_fault(&fault, Language::Vi), "line 12, column 3 (name): chưa ghi tên");
    }
}
