//! The search for units.

super::phrases! {
    /// The search for units.
    FindText {
        title: "Tìm đơn vị" / "Find a unit",
        title_of: "Tìm đơn vị: {asked}" / "Find a unit: {asked}",
        label: "Tên hoặc mã đơn vị" / "Name or code of a unit",
        placeholder: "Tên hoặc mã đơn vị" / "Unit name or code",
        go: "Tìm" / "Find",
        how: "Gõ tên, một phần tên hoặc mã của đơn vị vào ô trên rồi bấm Tìm. Nếu chỉ có một đơn vị khớp, trang của đơn vị đó mở ngay." / "Type a name, a part of it, or a code into the box and press Find. Where only one unit matches, its page opens at once.",
        narrow: "Chỉ tìm trong các đơn vị mà tài khoản này được xem." / "Searches only the units that this account may open.",
        no_survey: "Chưa có khảo sát nào, nên chưa đơn vị nào có trang kết quả." / "There is no survey yet, so no unit has a page of results.",
        under: "thuộc {unit}" / "under {unit}",
        begins: "hoạt động từ {date}" / "in service from {date}",
        ends: "hết hiệu lực từ {date}" / "no longer valid from {date}",
    }
}
