//! What a poster says: Vietnamese first, a line of Khmer and of English.

/// The phrases of a poster.
pub(super) struct PosterText {
    /// The question.
    pub heading: &'static str,
    /// Under the faces, two lines.
    pub call: [&'static str; 2],
    /// What to do, in three steps.
    pub steps: [&'static str; 3],
    /// That it is anonymous, in bold.
    pub free: &'static str,
    /// Who helps without a telephone.
    pub helped: &'static str,
    /// Before the domain.
    pub begins_with: &'static str,
    /// Before the short address, for those who hear the page.
    pub typed: &'static str,
    /// What is never asked, in bold, two parts that do not break.
    pub never: [&'static str; 2],
    /// Before the telephone number.
    pub phone: &'static str,
    /// When there is no telephone number.
    pub no_phone: &'static str,
    /// Who prints; `{province}`.
    pub printed_by: &'static str,
    /// `{token}`, `{version}`, `{date}`.
    pub colophon: &'static str,
    /// Title of the code; `{url}`.
    pub qr: &'static str,
    /// Khmer, unreviewed.
    pub khmer: &'static str,
    /// English.
    pub english: &'static str,
}

/// The poster's phrases.
pub(super) const POSTER: PosterText = PosterText {
    heading: "Ông/bà thấy việc phục vụ ở đây thế nào?",
    call: ["Xin cho biết,", "khoảng một phút."],
    steps: ["Hướng máy ảnh vào mã", "Xem đúng địa chỉ, chạm vào", "Trả lời, rồi bấm Gửi"],
    free: "Không hỏi tên. Không gắn với hồ sơ.",
    helped: "Không có điện thoại? Hỏi tổ công nghệ số.",
    begins_with: "Địa chỉ phải bắt đầu bằng",
    typed: "Gõ đủ: ",
    never: ["Không hỏi OTP, số tài khoản;", "không cài ứng dụng."],
    phone: "Hỏi thêm, hoặc thấy mã bị dán đè, xin gọi",
    no_phone: "Thấy mã bị dán đè, xin báo ngay cho cán bộ ở quầy.",
    printed_by: "{province} in và quản lý. Mọi lĩnh vực.",
    colophon: "{token} · bản {version} · {date}",
    qr: "Mã QR dẫn tới {url}",
    khmer: "សូមស្កេនកូដ ហើយផ្តល់មតិរបស់អ្នក។ មិនសួរឈ្មោះ។",
    english: "Scan the code and tell us how it went. Anonymous.",
};
