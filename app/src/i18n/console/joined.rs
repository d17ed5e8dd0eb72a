//! Series over versions of the questions, and points of criteria.

super::phrases! {
    /// What stands beside an index without being one.
    JoinedText {
        heading: "Qua các phiên bản bộ câu hỏi" / "Over versions of the questions",
        how: "Chỉ tính trên các câu mà các phiên bản khai là hỏi giống nhau. Số này không phải chỉ số ở trên, và không cộng với nó." / "Counted only over the questions that the versions declare to be the same. This is not the index above and is never added to it.",
        says: "Tính trên {n} trong {of} câu: {items}." / "Over {n} of {of} questions: {items}.",
        caption: "Tỷ lệ hài lòng trên các câu hỏi giống nhau, theo năm" / "Share of the satisfied over the same questions, by year",
        year: "Năm, đợt, bộ câu hỏi" / "Year, survey, question set",
        version: "{title}, phiên bản {version}" / "{title}, version {version}",
        share: "Tỷ lệ, khoảng tin cậy" / "Share, interval",
        points_heading: "Điểm theo tiêu chí" / "Points of criteria",
        points_how: "Điểm của một tiêu chí là tổng điểm của các hồ sơ chia cho số hồ sơ, làm tròn một chữ số; tổng là cộng các tiêu chí. Đây không phải ý kiến của người dân." / "Points of a criterion are those of all dossiers by their number, rounded to one decimal; the total is the sum of the criteria. These are no opinions of citizens.",
        points_caption: "Điểm theo tiêu chí, kèm khoảng tin cậy 95 %" / "Points of criteria with their 95 % intervals",
        criterion: "Tiêu chí" / "Criterion",
        points: "Điểm" / "Points",
        points_of: "{points} trên {most} ({range})" / "{points} of {most} ({range})",
        dossiers: "Hồ sơ" / "Dossiers",
        total: "Tổng điểm" / "Total",
    }
}
