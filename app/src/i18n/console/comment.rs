//! What people wrote.

super::phrases! {
    /// Texts.
    CommentText {
        title: "Người dân viết gì về {unit}" / "What people wrote about {unit}",
        under: "{survey}; cả các đơn vị trực thuộc" / "{survey}; units below included",
        lead: "{n} ý kiến." / "{n} texts.",
        lead_none: "Chưa có ý kiến nào." / "There is no text yet.",
        lead_none_why: "Ý kiến nằm niêm phong đến khi một đơn vị có từ {k} ý kiến; khi ấy tất cả cùng được mở vào ngày đầu tháng, theo thứ tự ngẫu nhiên." / "Texts stay sealed until a unit has {k} of them; then all are opened together on the first of the month, in random order.",
        how: "Đọc thế nào" / "How to read them",
        how_says: "Số điện thoại, số giấy tờ, tài khoản, thư điện tử, biển số xe, mã hồ sơ và tên người được thay bằng “[…]” trước khi có ai đọc. Chỉ biết đơn vị, tháng và người viết hài lòng hay không; thứ tự trong tháng là ngẫu nhiên." / "Telephone, document and account numbers, e-mail addresses, plates, codes of dossiers and names are replaced by “[…]” before anybody reads. Only unit, month and mood are known; the order within a month is random.",
        how_self: "Người viết tự chọn viết, nên đây không phải là ý kiến của mọi người; muốn biết bao nhiêu người hài lòng, xin xem chỉ số." / "Those who write chose to; this is not what everybody thinks. For how many are satisfied, see the index.",
        survey: "Đợt khảo sát" / "Survey",
        month: "Tháng" / "Month",
        month_all: "Mọi tháng" / "All months",
        mood: "Người viết" / "Writer",
        mood_all: "Mọi người viết" / "All writers",
        satisfied: "Hài lòng" / "Satisfied",
        neutral: "Bình thường" / "Neutral",
        dissatisfied: "Không hài lòng" / "Dissatisfied",
        unsaid: "Không cho biết" / "Did not say",
        show: "Xem" / "Show",
        list: "Ý kiến" / "Texts",
        list_how: "Mới nhất trước." / "Newest first.",
        foot: "{mood}, {month}, {unit}" / "{mood}, {month}, {unit}",
        hidden: "Tỉnh đã ẩn ý kiến này. Lý do: {reason}" / "The province has hidden this text. Reason: {reason}",
        hide: "Ẩn ý kiến này" / "Hide this text",
        reason: "Lý do, đơn vị sẽ thấy" / "Reason; the unit will see it",
        hide_button: "Ẩn" / "Hide",
        unhide_button: "Hiện lại" / "Show again",
        e_reason: "Xin ghi lý do, 1 đến 200 ký tự." / "Please give a reason, 1 to 200 characters.",
        done_hide: "Đã ẩn. Đơn vị thấy lý do, không thấy chữ." / "Hidden. The unit sees the reason, not the words.",
        done_show: "Đã hiện lại." / "Shown again.",
        next: "{n} ý kiến tiếp theo" / "The next {n}",
        link: "Người dân viết gì" / "What people wrote",
        home: "Ý kiến bằng lời, theo tháng, đã bỏ tên và số điện thoại." / "Texts by month, without names and telephone numbers.",
    }
}
