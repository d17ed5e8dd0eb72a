//! What is wrong with what somebody wants of an account, in Vietnamese.

use domain::account::{AccountFault, PASSWORD_LEAST, PASSWORD_MOST};
use domain::api_key::{KeyFault, MOST_DAYS};

/// One sentence.
pub(super) fn say(fault: AccountFault) -> String {
    let says = match fault {
        AccountFault::PasswordLength => {
            return format!("mật khẩu có từ {PASSWORD_LEAST} đến {PASSWORD_MOST} ký tự");
        }
        AccountFault::Name => {
            "tên tài khoản có từ 1 đến 40 chữ không dấu, số, - . hay _, và bắt đầu bằng chữ hoặc số"
        }
        AccountFault::Taken => "tên này đã có tài khoản",
        AccountFault::Role => "xin chọn một vai trò",
        AccountFault::UnitTooMuch => "vai trò này thuộc toàn tỉnh: xin bỏ đơn vị",
        AccountFault::UnitMissing => "vai trò này cần một đơn vị",
        AccountFault::UnitUnknown => "hôm nay không có đơn vị nào mang mã này",
        AccountFault::LastAdmin => {
            "đây là tài khoản quản trị tỉnh cuối cùng; xin lập thêm một tài khoản quản trị trước"
        }
        AccountFault::Disabled => "tài khoản đang khoá; xin mở lại trước",
        AccountFault::PasswordCommon => "đây là một trong những mật khẩu ai cũng thử trước tiên",
        AccountFault::PasswordName => "mật khẩu không được chứa tên tài khoản",
        AccountFault::PasswordsDiffer => "hai lần gõ mật khẩu không giống nhau",
        AccountFault::PasswordWrong => "mật khẩu đang dùng không đúng",
        AccountFault::Link => "liên kết này không dùng được nữa; xin một liên kết mới",
    };
    says.into()
}

/// One sentence on a key of another system.
pub(super) fn say_of_key(fault: KeyFault) -> String {
    match fault {
        KeyFault::Name => {
            "tên khoá có từ 3 đến 40 chữ thường không dấu, số, dấu chấm, gạch nối, ví dụ mot-cua".into()
        }
        KeyFault::Taken => "tên này đã dùng cho một khoá khác; xin chọn tên khác".into(),
        KeyFault::Verbs => "xin chọn việc khoá được làm".into(),
        KeyFault::Days => format!("khoá có hạn từ 1 đến {MOST_DAYS} ngày"),
        KeyFault::Unit => "hôm nay không có đơn vị nào mang mã này".into(),
    }
}
