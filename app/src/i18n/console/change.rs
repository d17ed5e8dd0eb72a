//! What changed, on the agency page and on the province page.

super::phrases! {
    /// What changed.
    ChangeText {
        heading: "Thay đổi" / "Change",
        how: "So với cùng kỳ năm trước và theo mười hai tháng, không so quý liền kề: mùa vụ làm lệch. Chỉ viết “tăng” hay “giảm” khi phân biệt được với may rủi." / "Against the same months of the year before, and by twelve months, never against the quarter before: seasons mislead. “Up” and “down” are written only where they can be told from chance.",
        up: "Tăng" / "Up",
        down: "Giảm" / "Down",
        even: "Không thay đổi rõ rệt" / "No clear change",
        against: " so với {then}: {points} điểm (khoảng 95\u{a0}%: từ {low} đến {high}), từ {before} lên {after}." / " against {then}: {points} points (95% interval: {low} to {high}), from {before} to {after}.",
        against_down: " so với {then}: {points} điểm (khoảng 95\u{a0}%: từ {low} đến {high}), từ {before} xuống {after}." / " against {then}: {points} points (95% interval: {low} to {high}), from {before} to {after}.",
        no_comparison: "Chưa so được {now} với {then}: {why}." / "{now} cannot be compared with {then} yet: {why}.",
        why_then: "chưa có số của kỳ trước ({why})" / "no figure for the earlier months ({why})",
        why_now: "chưa có số của kỳ này ({why})" / "no figure for these months ({why})",
        why_indicative: "một trong hai số chỉ để tham khảo" / "one of the two figures is for orientation only",
        rolling: "Mười hai tháng gần nhất" / "The last twelve months",
        rolling_link: "Xem số mười hai tháng" / "See the twelve months",
        together: "“Tăng” và “giảm” xét đồng thời {n} đơn vị có đủ số của cả hai kỳ (Benjamini–Hochberg, 5\u{a0}%)." / "“Up” and “down” judge {n} units together that have both figures (Benjamini–Hochberg, 5%).",
        table: "thay đổi theo yếu tố và tiêu chí" / "change by factor and item",
        table_caption: "Thay đổi theo yếu tố và tiêu chí so với {then}" / "Change by factor and item against {then}",
        node_head: "Yếu tố, tiêu chí" / "Factor, item",
        change_head: "Thay đổi, điểm, khoảng 95\u{a0}%" / "Change in points, 95% interval",
        readings_head: "Trước, sau" / "Before, after",
        nodes_up: "Tăng: {nodes}." / "Up: {nodes}.",
        nodes_down: "Giảm: {nodes}." / "Down: {nodes}.",
        nodes_even: "Không yếu tố, tiêu chí nào thay đổi rõ rệt." / "No factor and no item has clearly changed.",
        nodes_how: "Các yếu tố, tiêu chí được xét đồng thời (Holm, 5\u{a0}%)." / "Factors and items are judged together (Holm, 5%).",
        not_compared: "chưa so được" / "not comparable yet",
        province_heading: "Thay đổi so với {then}" / "Change against {then}",
        province_how: "So cùng những tháng của năm trước. Khi xét nhiều đơn vị cùng lúc, trung bình không quá một trong hai mươi nơi được nêu là nêu nhầm." / "The same months of the year before. With many units looked at together, on average at most one in twenty of those named is named wrongly.",
        province_says: "Trong {n} đơn vị so được: {up} tăng, {down} giảm, {even} không thay đổi rõ rệt." / "Of {n} units that can be compared: {up} up, {down} down, {even} without a clear change.",
        province_table: "thay đổi của từng đơn vị" / "the change of each unit",
        province_listed: "{word}: " / "{word}: ",
        unit_head: "Đơn vị" / "Unit",
        word_head: "Thay đổi" / "Change",
    }
}
