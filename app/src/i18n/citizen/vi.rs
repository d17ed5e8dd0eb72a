//! Vietnamese.

use super::{
    CitizenText, CodeText, FrameText, NoticeText, PosterText, PrivacyText, ProblemText, StartText, StepText,
    ThanksText, day_month_year,
};

pub(super) const TEXT: CitizenText = CitizenText {
    languages: "Ngôn ngữ",
    frame: FrameText {
        keeps_nothing: "Không lưu tên, số điện thoại, địa chỉ máy.",
        privacy_link: "Cách chúng tôi giữ kín câu trả lời",
    },
    start: StartText {
        window: "Ý kiến của ông/bà",
        title: "Ông/bà thấy việc phục vụ ở đây thế nào?",
        who_asks: |province| {
            format!(
                "{province} hỏi ý kiến về nơi này. Không đúng nơi ông/bà đã đến? Xin đừng trả lời, và báo cho quầy."
            )
        },
        untied: ["Không gắn với hồ sơ của ông/bà", "Không hỏi tên. Không ai biết phiếu nào của ai."],
        time: "Khoảng một phút",
        parts: |parts| format!("{parts} phần ngắn. Sau câu hỏi chung thì gửi lúc nào cũng được."),
        one_page: "Tất cả câu hỏi trên một trang. Trả lời câu hỏi chung là đã gửi được.",
        purpose: ["Để sửa những gì chưa tốt", "Cơ quan chỉ xem kết quả chung của nhiều người."],
        begin: "Bắt đầu",
        listen: "Nghe câu hỏi",
        safety: "Không hỏi OTP, số tài khoản. Không cài ứng dụng.",
        helped: "Người giúp chỉ đọc câu hỏi và bấm hộ. Trả lời thế nào là do ông/bà, người giúp không trả lời thay.",
        newer_poster: "Ở đây đã có áp phích mới hơn. Ông/bà cứ trả lời: ý kiến vẫn được tính như nhau.",
    },
    code: CodeText {
        title: "Trả lời bằng mã trên phiếu",
        label: "Mã trên phiếu hẹn",
        sample: |tag| {
            format!(
                "Gồm {tag} và 12 chữ, số, ví dụ {tag}-7K3M-Q9TB-4XWE. Viết hoa hay thường, có gạch hay không đều được."
            )
        },
        open: "Mở phiếu",
        form: "Mã gõ chưa đủ hoặc có chữ lạ. Mã gồm hai chữ đầu và 12 chữ, số.",
        unknown: "Không có mã này. Có thể nhầm một chữ; xin so lại với phiếu.",
        no_code: "Không có mã? Ông/bà vẫn trả lời được bằng mã QR trên áp phích ở quầy.",
    },
    step: StepText {
        part: |at, of| format!("Phần {at}/{of}"),
        part_in_title: |at, of| format!("phần {at}/{of}"),
        all: "Ý kiến của ông/bà",
        next: "Tiếp tục",
        next_after_overall: "Tiếp tục, nói rõ hơn",
        send_now: "Gửi luôn",
        send: "Gửi phiếu",
        back: "Quay lại phần trước",
        nothing_sent: "Chưa có gì được gửi cho đến khi ông/bà bấm Gửi.",
        one_is_enough: "Chọn một mức rồi “Gửi luôn” là đủ một phiếu. Trả lời tiếp giúp biết cần sửa ở đâu.",
        send_now_means: "“Gửi luôn” gửi những câu đã chọn và kết thúc ở đây.",
        blanks_may_stay: "Câu nào không muốn trả lời thì để trống, vẫn gửi được.",
        optional: "(không bắt buộc)",
        about_you: "Đôi điều về ông/bà",
        about_you_why: "Để biết mọi nhóm người có được phục vụ như nhau không. Bỏ qua câu nào cũng được.",
        only_if: |question, answer| format!("Chỉ trả lời nếu ở câu “{question}” ông/bà chọn “{answer}”."),
        leave_empty: "Xin để trống ô này",
        play: |question| format!("Nghe: {question}"),
        synthetic: "Giọng đọc do máy tạo",
    },
    problem: ProblemText {
        title: "Lỗi",
        missing: |n| {
            if n == 1 {
                "Còn một câu chưa trả lời".into()
            } else {
                format!("Còn {n} câu chưa trả lời")
            }
        },
        wrong: |n| {
            if n == 1 {
                "Có một chỗ cần xem lại".into()
            } else {
                format!("Có {n} chỗ cần xem lại")
            }
        },
        kept: "Những câu đã chọn vẫn còn nguyên.",
        item_or_not_applicable: |item, not_applicable| {
            format!("{item}: ông/bà chưa chọn mức nào. Nếu không rõ, hãy chọn “{not_applicable}”.")
        },
        overall: "Ông/bà chưa chọn mức hài lòng chung.",
        question: |question| format!("{question}: ông/bà chưa chọn."),
        numbered: |n| format!("Câu {n}"),
        quoted: |text| format!("Câu “{text}”"),
        unknown: |question| format!("{question}: lựa chọn vừa gửi không có trong danh sách. Xin chọn lại."),
        twice: |question| format!("{question}: có hai câu trả lời khác nhau. Xin chọn một."),
        control: |question| format!("{question}: có ký tự lạ, đã bỏ đi. Xin xem lại rồi bấm gửi."),
        too_long: |question, over| format!("{question}: dài quá. Xin bớt khoảng {over} chữ cái."),
    },
    thanks: ThanksText {
        window: "Cảm ơn ông/bà",
        title: "Cảm ơn ông/bà. Phiếu đã được nhận.",
        close: "Ông/bà có thể đóng trang này. Bấm “quay lại” cũng không gửi phiếu lần nữa.",
        when: "Khi nào phiếu được tính?",
        when_counted: |k| {
            format!(
                "Khi đã có ít nhất {k} phiếu cùng loại. Các phiếu đó được trộn với nhau rồi mới tính, và hiện ra ở kỳ công bố kế tiếp. Chưa đủ {k} thì phiếu nằm yên trong hộp kín, không ai xem được."
            )
        },
        only_together: "Cơ quan chỉ xem kết quả chung, không xem được từng phiếu.",
        results: "Xem kết quả đã công bố",
        complaint: "Cần khiếu nại hoặc hỏi về hồ sơ?",
        no_complaint: "Phiếu này không phải đơn khiếu nại: không ai trả lời riêng cho ông/bà được, vì không ai biết phiếu là của ông/bà.",
        complaint_button: "Gửi phản ánh, kiến nghị chính thức",
        complaint_where: "Mở Cổng Dịch vụ công quốc gia, mục Phản ánh, kiến nghị. Cũng có thể đến bộ phận tiếp công dân của cơ quan.",
        complaint_elsewhere: "Xin đến bộ phận tiếp công dân của cơ quan, hoặc vào Cổng Dịch vụ công quốc gia, mục Phản ánh, kiến nghị.",
        shared: "Máy dùng chung?",
        again: "Trả lời thay người khác",
    },
    notice: NoticeText {
        already_sent: [
            "Phiếu này đã gửi.",
            "Bấm “quay lại” rồi gửi nữa cũng chỉ tính một lần. Máy dùng chung, người khác muốn trả lời?",
        ],
        see_when: "Xem khi nào phiếu được tính",
        used_code: [
            "Mã này không dùng được nữa; phiếu vừa điền chưa gửi.",
            "Mỗi mã trả lời được một lần, và mã này đã có phiếu, hoặc đã bị thu hồi. Những gì ông/bà vừa chọn vẫn còn nguyên. Giữ lại như phiếu không có mã? Phiếu khi đó tính cùng phiếu quét mã QR công khai.",
        ],
        keep_without_code: "Giữ lại, gửi không có mã",
        do_not_send: "Thôi, không gửi",
        expired_code: [
            "Mã này đã hết hạn.",
            "Mã dùng được đến hết tháng sau khi hồ sơ xong. Ông/bà vẫn trả lời được bằng mã QR trên áp phích ở quầy.",
        ],
        withdrawn_code: [
            "Mã này đã được thu hồi.",
            "Quầy đã có phiếu mới. Ông/bà vẫn trả lời được bằng mã QR trên áp phích ở quầy.",
        ],
        too_many_codes: [
            "Đang có quá nhiều mã gõ sai; chưa mở được phiếu.",
            "Xin đợi một phút rồi gõ lại, hoặc quét mã QR trên phiếu.",
        ],
        revoked: [
            "Tờ áp phích này không còn dùng.",
            "Quầy đã có tờ mới. Xin quét tờ đang treo ở quầy, hoặc hỏi người ở quầy.",
        ],
        closed: |on| match on {
            Some(day) => format!("Đợt khảo sát đã đóng ngày {}.", day_month_year(day)),
            None => "Đợt khảo sát đã đóng.".into(),
        },
        closed_then: "Cảm ơn ông/bà đã ghé. Không cần làm gì thêm.",
        not_yet_open: |on| match on {
            Some(day) => format!("Đợt khảo sát bắt đầu ngày {}.", day_month_year(day)),
            None => "Đợt khảo sát chưa bắt đầu.".into(),
        },
        not_yet_open_then: "Mã vẫn dùng được. Xin quay lại khi đợt khảo sát bắt đầu.",
        unknown: [
            "Không tìm thấy phiếu ở địa chỉ này.",
            "Có thể gõ thiếu hoặc nhầm một chữ. Xin xem lại địa chỉ trên áp phích, hoặc quét lại mã.",
        ],
        stale: [
            "Trang này mở đã lâu nên chưa gửi được.",
            "Phiếu chưa được nhận. Xin bắt đầu lại, chỉ mất khoảng một phút.",
        ],
        too_large: [
            "Phiếu này lớn quá nên chưa nhận được.",
            "Xin quay lại, viết ngắn hơn rồi gửi lại. Những câu đã chọn vẫn còn trên trang trước.",
        ],
        busy: [
            "Đang có nhiều người gửi cùng lúc; phiếu chưa được nhận.",
            "Xin đợi một phút, quay lại trang trước rồi bấm gửi lần nữa. Gửi lại không tính hai lần.",
        ],
        failed: [
            "Có trục trặc ở phía chúng tôi; phiếu chưa được nhận.",
            "Xin quay lại trang trước và bấm gửi lần nữa sau ít phút. Gửi lại không tính hai lần.",
        ],
        failed_number: |number| format!("Nếu vẫn không được, xin báo mã {number}."),
        start_again: "Bắt đầu lại",
        call: "Hỏi thêm, xin gọi",
    },
    privacy: PrivacyText {
        title: "Cách chúng tôi giữ kín câu trả lời",
        lead: "Không ai, kể cả cơ quan ông/bà đã đến, biết được phiếu nào là của ông/bà.",
        parts: |k| {
            vec![
                (
                    "Không lưu những gì",
                    vec![
                        "Không lưu tên, số điện thoại, số hồ sơ, địa chỉ máy, loại máy, ngày giờ trả lời.".into(),
                        "Mã trên phiếu hẹn chỉ để mỗi hồ sơ trả lời một lần. Mã không nằm trong sổ; dùng xong, trong sổ chỉ thêm một dấu vết để mã không dùng lại được, và dấu vết ấy không nối được với câu trả lời.".into(),
                    ],
                ),
                (
                    "Lưu những gì",
                    vec![
                        "Những câu ông/bà đã chọn và lời ông/bà viết, nằm kín cho đến khi được tính.".into(),
                        "Khi tính: cơ quan, tháng, kênh trả lời và các câu trả lời. Việc gì, tuổi, công việc… chỉ được cộng thành số chung, không nằm cùng phiếu.".into(),
                    ],
                ),
                (
                    "Phiếu thành con số thế nào",
                    vec![
                        format!("Phiếu nằm trong hộp kín cho đến khi có ít nhất {k} phiếu cùng loại. Khi đó tất cả được mở cùng lúc, trộn thứ tự, rồi mới cộng."),
                        format!("Không con số nào nói về dưới {k} người, và không thể lấy số này trừ số kia để suy ra một người."),
                        "Lời góp ý cũng phải đợi như vậy, và được lọc số điện thoại, số giấy tờ và những tên dễ nhận ra trước khi có ai đọc.".into(),
                    ],
                ),
                (
                    "Giữ bao lâu",
                    vec!["Lời góp ý: nhiều nhất 24 tháng. Câu trả lời đã trộn: đến hết năm thứ năm. Số chung: giữ lại để so sánh qua các năm.".into()],
                ),
                (
                    "Những điều chúng tôi không hứa được",
                    vec![
                        "Nếu ông/bà tự viết tên hay chuyện chỉ mình ông/bà biết vào lời góp ý, người đọc có thể đoán ra.".into(),
                        "Nếu cả nhóm cùng trả lời như nhau, ai xem kết quả cũng biết câu trả lời chung đó.".into(),
                        "Ai đó tự gửi hết những phiếu còn lại của một nhóm thì có thể đoán được phiếu còn lại. Vì vậy phiếu quét mã công khai luôn đứng riêng, không cộng với phiếu có mã.".into(),
                        "Người quản trị nắm cả máy chủ đang chạy lẫn chìa khóa thì về kỹ thuật có thể đọc phiếu chưa trộn.".into(),
                    ],
                ),
                (
                    "Quyền của ông/bà",
                    vec!["Trả lời hay không là tùy ông/bà, và không ảnh hưởng gì đến hồ sơ. Vì không biết phiếu nào của ai nên gửi rồi thì không tìm lại để sửa hay xóa riêng được.".into()],
                ),
            ]
        },
        method: "Cách tính và giới hạn",
        to_form: "Về trang trả lời",
    },
    poster: PosterText {
        title: "Ông/bà thấy việc phục vụ ở đây thế nào?",
        call: "Xin cho biết, khoảng một phút.",
        steps: ["Hướng máy ảnh vào mã", "Xem đúng địa chỉ, chạm vào", "Trả lời, rồi bấm Gửi"],
        free: ["Không hỏi tên. Không gắn với hồ sơ.", "Không có điện thoại? Hỏi tổ công nghệ số."],
        address_begins: "Địa chỉ phải bắt đầu bằng",
        type_in_full: "Gõ đủ:",
        safety: ["Không hỏi OTP, số tài khoản;", "không cài ứng dụng."],
        phone: "Hỏi thêm, hoặc thấy mã bị dán đè, xin gọi",
        short: "Quét mã và cho biết ý kiến. Không hỏi tên.",
        printed_by: |province| format!("{province} in và quản lý. Mọi lĩnh vực."),
        version: |version, day| format!("bản {version} · {}", day_month_year(day)),
    },
};
