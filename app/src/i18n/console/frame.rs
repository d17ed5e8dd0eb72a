//! Head and foot of every page.

super::phrases! {
    /// Head and foot.
    FrameText {
        skip: "Đến nội dung chính" / "Skip to the main content",
        crumbs: "Đường dẫn" / "Where you are",
        main_menu: "Chính" / "Main",
        languages: "Ngôn ngữ" / "Language",
        unit: "Đơn vị" / "Agency",
        whole_province: "Toàn tỉnh" / "Province",
        surveys: "Khảo sát" / "Surveys",
        demonstration: "Dùng thử" / "Try it",
        method: "Cách tính" / "Method",
        method_and_limits: "Cách tính và giới hạn" / "Method and limits",
        privacy: "Quyền riêng tư" / "Privacy",
        sign_out: "Đăng xuất" / "Sign out",
        sign_in: "Đăng nhập" / "Sign in",
        sample: "Dữ liệu minh hoạ" / "Illustrative data",
        role_admin: "Quản trị viên tỉnh" / "Province administrator",
        role_analyst: "Phân tích viên cấp tỉnh" / "Province analyst",
        role_head: "Thủ trưởng đơn vị" / "Head of the agency",
        role_officer: "Cán bộ một cửa" / "Counter officer",
        role_interviewer: "Người hỗ trợ trả lời" / "Interviewer",
        role_auditor: "Kiểm toán" / "Auditor",
        foot_release: "Kỳ công bố số {number}, ngày {date}" / "Release no. {number}, {date}",
        foot_ledger: "đầu sổ công bố" / "head of the ledger",
        foot_definition: "cách tính chỉ số: {definition}" / "index definition: {definition}",
        foot_plain: "Khảo sát mức độ hài lòng của người dân, doanh nghiệp về dịch vụ hành chính công" / "Survey of the satisfaction of citizens and businesses with public administrative services",
    }
}
