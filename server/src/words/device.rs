//! Rules of tablets, in Vietnamese.

use domain::device::{DeviceFault, NAME};

/// One sentence.
pub(super) fn say(fault: &DeviceFault) -> String {
    match fault {
        DeviceFault::Name => format!("tên máy có từ 1 đến {NAME} ký tự trên một dòng"),
        DeviceFault::Unit => "xin chọn nơi đặt máy".into(),
        DeviceFault::Seconds { setting, range } => {
            format!("{setting} từ {} đến {} giây", range.start(), range.end())
        }
        DeviceFault::Secret => "mã ghép đã dùng hoặc quá hạn; xin lập mã mới ở trang Máy tính bảng".into(),
        DeviceFault::Key => "đây không phải là khóa mà máy này giữ".into(),
        DeviceFault::Revoked => "máy đã thu hồi rồi".into(),
        DeviceFault::Paired => "máy đã ghép rồi; xin thu hồi và thêm máy khác".into(),
        DeviceFault::Reason => "xin ghi lý do, từ 1 đến 200 ký tự".into(),
        DeviceFault::Over => "đợt khảo sát đã kết thúc; các phiếu này không tính được nữa".into(),
    }
}
