//! The province page.

super::phrases! {
    /// The province page.
    ProvinceText {
        find_label: "Tìm đơn vị trong bảng" / "Find a unit in the table",
        find_hint: "Gõ một phần tên, có dấu hay không dấu đều được" / "Type part of a name, with or without diacritics",
        find_found: "Đang hiện {shown} trên {total} đơn vị" / "Showing {shown} of {total} units",
        find_none: "Không có đơn vị nào khớp" / "No unit matches",
        heading: "Toàn tỉnh {province}" / "{province} as a whole",
        units: "Đơn vị có số" / "Units with a figure",
        units_value: "{shown} trên {all}" / "{shown} of {all}",
        units_why: "{few} nơi dưới 60 phiếu hoặc sai số quá 10 điểm; {withheld} nơi chưa có số" / "{few} have under 60 answers or a margin over 10 points; {withheld} have no figure",
        pick_kind: "Loại đơn vị" / "Kind of unit",
        all_kinds: "Tất cả" / "All",
        pick_order: "Thứ tự" / "Order",
        order_official: "Chính thức" / "Official",
        order_index: "Theo giá trị (một phần do ngẫu nhiên)" / "By value (partly chance)",
        order_name: "Theo tên" / "By name",
        by_chance: "Thứ tự này một phần do ngẫu nhiên." / "This order is partly chance.",
        by_chance_why: "Nơi nào có khoảng chồng lên nhau thì chưa biết bên nào hơn. Trang này không có thứ hạng." / "Where intervals overlap it is not known which is higher. This page has no places.",
        how: "Mỗi hàng một đơn vị. Chấm là ước tính, râu là khoảng tin cậy 95\u{a0}% của riêng đơn vị đó: râu dài là ít phiếu." / "One row a unit. The dot is the estimate, the whisker that unit's own 95% confidence interval: a long whisker means few answers.",
        how_order: "Theo thứ tự chính thức; không có thứ hạng." / "In the official order; there are no places.",
        chart_title: "{kind}: chỉ số hài lòng, {period}" / "{kind}: satisfaction index, {period}",
        chart_title_part: "{kind} {from}–{to} trên {all}: chỉ số hài lòng, {period}" / "{kind} {from}–{to} of {all}: satisfaction index, {period}",
        peers_commune: "Tất cả xã, phường" / "All communes",
        peers_department: "Tất cả sở, ban, ngành" / "All departments",
        peers_other: "Tất cả" / "All",
        peers_caption: "Đường đứt: {peers} gộp lại, " / "Dashed line: {peers} together, ",
        peers_n: ", {n} người trả lời. Râu có thể không chạm đường đứt mà vẫn do may rủi: ở đây xem nhiều đơn vị cùng lúc." / ", {n} respondents. A whisker may miss the dashed line by chance alone: many units are looked at together here.",
        peers_withheld: "Không có đường chung: {why}." / "No common line: {why}.",
        unit_head: "Đơn vị" / "Unit",
        mark_head: "Độ chắc" / "Reliability",
        overall_head: "Câu hỏi chung, khoảng 95\u{a0}%" / "Overall question, 95% interval",
        more_table: "câu hỏi chung, điểm trung bình, tỷ lệ phản hồi, {kind}" / "overall question, mean score, response rate, {kind}",
        no_units: "Không có đơn vị nào thuộc loại này trong đợt khảo sát." / "The survey has no unit of this kind.",
    }
}
