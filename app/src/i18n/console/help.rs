//! Statistical words explained, for somebody who has never met them.

super::phrases! {
    /// Statistical words and what they mean.
    HelpText {
        heading: "Giải thích từ ngữ" / "Words explained",
        label: "Giải thích: {term}" / "Explain: {term}",
        close: "Đóng" / "Close",
        index: "Chỉ số hài lòng" / "Satisfaction index",
        index_why: "Tỷ lệ câu trả lời mức 4 và 5 (hài lòng, rất hài lòng). Chỉ số chung gộp các yếu tố theo trọng số cố định. Đây là ước tính, không phải con số đếm." / "The share of answers 4 and 5 (satisfied, very satisfied). The headline combines the factors with fixed weights. It is an estimate, not a count.",
        interval: "Khoảng tin cậy 95\u{a0}%" / "95% confidence interval",
        interval_why: "Nếu lặp lại cuộc khảo sát nhiều lần, khoảng tính theo cách này chứa giá trị thật trong khoảng 95 trên 100 lần. Khoảng càng rộng thì số càng kém chắc; muốn hẹp hơn thì cần nhiều phiếu hơn. Khoảng không nói gì về người không trả lời." / "If the survey were repeated many times, intervals computed this way would hold the true value about 95 times in 100. The wider the interval, the less certain the figure; more answers make it narrower. It says nothing about people who did not answer.",
        respondents: "Người trả lời" / "Respondents",
        respondents_why: "Số người đã trả lời ít nhất một câu của phần đó. Mỗi người tính một lần dù trả lời nhiều câu: các câu của cùng một người giống nhau, nên mười câu của một người không bằng mười người." / "How many people answered at least one question of that part. A person counts once however many questions they answered: one person's answers resemble each other, so ten answers of one person are not ten people.",
        release: "Kỳ công bố" / "Release",
        release_why: "Phiếu được mở theo đợt, mỗi đợt đủ số phiếu cùng nhóm theo ngưỡng công bố, rồi ra một kỳ có số thứ tự. Kỳ đã công bố không sửa; trang nào cũng xem lại được kỳ cũ." / "Answers are opened in runs, enough of one group at a time for the publication threshold, and each run makes a numbered release. A release is never changed; every page can show an older one.",
        trust: "Mức xác thực" / "Level of trust",
        trust_why: "Phiếu có mã: mỗi hồ sơ một mã, một phiếu. Mã QR công khai và ki\u{2011}ốt: ai cũng trả lời được, nên người trả lời tự chọn. Các mức không bao giờ cộng với nhau." / "With a code: one code, one answer for each dossier. Public QR code and kiosk: anybody can answer, so respondents choose themselves. Levels are never added up.",
        threshold: "Ngưỡng công bố" / "Publication threshold",
        threshold_why: "Dưới ngưỡng thì không có số, vì số của vài người có thể làm lộ ý kiến của từng người. Từ ngưỡng đến 29 phiếu, hoặc sai số trên 10 điểm: chỉ để tham khảo. Từ 60 phiếu: bình thường." / "Below the threshold there is no figure, because a figure of a few people could give away what each said. From there to 29 answers, or with a margin over 10 points: for orientation only. From 60: normal.",
        self_selection: "Sai lệch tự chọn" / "Self-selection",
        self_selection_why: "Người tự đến trả lời có thể hài lòng hơn hoặc kém hơn người không trả lời. Nhiều phiếu hơn không chữa được điều này; tỷ lệ phản hồi cao hơn thì có." / "People who choose to answer may be more or less satisfied than those who do not. More answers do not cure this; a higher response rate does.",
        score: "Điểm trung bình 0–100" / "Mean score 0–100",
        score_why: "Mức 1 là 0 điểm, mức 5 là 100 điểm; trung bình của những người trả lời ít nhất nửa số câu. Khác với chỉ số, điểm này phân biệt “hài lòng” với “rất hài lòng”." / "Answer 1 is 0 points, answer 5 is 100; the mean over people who answered at least half of the questions. Unlike the index it tells “satisfied” from “very satisfied”.",
    }
}
