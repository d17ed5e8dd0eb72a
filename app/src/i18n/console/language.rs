//! Languages of a survey: recordings, and who has read the texts.

super::phrases! {
    /// Recordings and reviews.
    LanguageText {
        heading: "Ngôn ngữ và bản ghi âm" / "Languages and recordings",
        link: "Ngôn ngữ, bản ghi âm" / "Languages, recordings",
        unreviewed: "Bản tiếng Khmer chưa được người đọc tiếng Khmer duyệt." / "The Khmer texts have not been reviewed by a native reader.",
        reviewed: "Bản tiếng Khmer do {reader} đọc duyệt ngày {date}; {who} ghi nhận." / "The Khmer texts were reviewed by {reader} on {date}; noted by {who}.",
        texts: "Bản tiếng Khmer" / "The Khmer texts",
        texts_how: "Dấu “chưa duyệt” đứng ở trang đợt khảo sát cho đến khi một người đọc tiếng Khmer mẹ đẻ đã đọc hết các câu và thấy đúng." / "The mark “unreviewed” stays on the survey’s pages until a native reader of Khmer has read all texts and found them right.",
        reader: "Người đã đọc duyệt" / "Who has read them",
        sign: "Ghi nhận đã duyệt" / "Note the review",
        recordings: "Bản ghi âm" / "Recordings",
        recordings_how: "Có bản ghi âm thì trang đầu của phiếu mời “Nghe câu hỏi”. Giọng máy đọc được phép dùng, nhưng phải đánh dấu." / "Where there are recordings, the first page of the form offers to listen. A synthetic voice may be used but must be marked.",
        none: "Chưa có bản ghi âm nào." / "There are no recordings yet.",
        question: "Câu hỏi" / "Question",
        language: "Ngôn ngữ" / "Language",
        listen: "Nghe" / "Listen",
        voice: "Giọng" / "Voice",
        human: "người đọc" / "a person",
        synthetic: "máy đọc" / "synthetic",
        drop: "Bỏ" / "Remove",
        file: "Tệp âm thanh" / "Sound file",
        file_hint: "MP3, Ogg, WebM, M4A hoặc WAV, nhiều nhất 1 MB." / "MP3, Ogg, WebM, M4A or WAV, at most 1 MB.",
        is_synthetic: "Giọng này do máy tạo" / "This voice is synthetic",
        send: "Gửi bản ghi âm" / "Send the recording",
        fault: "Chưa làm được gì: {why}" / "Nothing was done: {why}",
    }
}
