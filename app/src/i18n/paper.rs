//! What a form on paper says, in every language of citizens. `{name}` is a place for a value.
//!
//! The Khmer texts have not been reviewed by a native reader.

use domain::language::Language;

/// The phrases of a printed form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PaperWords {
    pub title: &'static str,
    pub number: &'static str,
    pub specimen: &'static str,
    pub untied: &'static str,
    pub how: &'static str,
    pub only: &'static str,
    pub term: &'static str,
    pub and: &'static str,
    pub or: &'static str,
    pub go_on: &'static str,
    pub go_end: &'static str,
    pub one_box: &'static str,
    pub thanks: &'static str,
    pub never: &'static str,
    pub phone: &'static str,
}

const VI: PaperWords = PaperWords {
    title: "Phiếu lấy ý kiến",
    number: "Đợt {batch} · Phiếu {form}",
    specimen: "Bản mẫu, không dùng để trả lời",
    untied: "Không ghi tên, số hồ sơ, số điện thoại. Không ai biết phiếu này là của ông/bà. Khoảng năm phút.",
    how: "Mỗi câu đánh dấu × vào một ô. Đánh nhầm thì bôi đen cả ô rồi đánh lại. Câu nào không muốn trả lời thì bỏ trống.",
    only: "Chỉ trả lời nếu {terms}.",
    term: "câu {question} đánh ô {boxes}",
    and: " và ",
    or: " hoặc ",
    go_on: "Nếu không, đến câu {question}.",
    go_end: "Nếu không, đến đây là hết.",
    one_box: "Đánh dấu một ô ở mỗi dòng",
    thanks: "Xin cảm ơn ông/bà. Gấp phiếu lại và bỏ vào thùng phiếu.",
    never: "Không hỏi OTP, số tài khoản; không cài ứng dụng.",
    phone: "Hỏi thêm: {phone}.",
};

const EN: PaperWords = PaperWords {
    title: "Your opinion",
    number: "Batch {batch} · Form {form}",
    specimen: "Specimen, not for answers",
    untied: "Write no name, no dossier number, no telephone number. Nobody knows that this form is yours. About five minutes.",
    how: "Put a × into one box for each question. If you ticked the wrong box, fill it in black and tick again. Leave blank what you do not want to answer.",
    only: "Only if {terms}.",
    term: "question {question} has box {boxes}",
    and: " and ",
    or: " or ",
    go_on: "If not, go to question {question}.",
    go_end: "If not, you have reached the end.",
    one_box: "Tick one box in each row",
    thanks: "Thank you. Fold the form and put it into the box.",
    never: "We never ask for an OTP or an account number, or to install an app.",
    phone: "Questions: {phone}.",
};

const KM: PaperWords = PaperWords {
    title: "ក្រដាសសួរមតិ",
    number: "ក្រុម {batch} · ក្រដាស {form}",
    specimen: "គំរូ មិនប្រើសម្រាប់ឆ្លើយទេ",
    untied: "កុំសរសេរឈ្មោះ លេខឯកសារ លេខទូរស័ព្ទ។ គ្មាននរណាដឹងថាក្រដាសនេះជារបស់លោកអ្នកទេ។ ប្រហែលប្រាំនាទី។",
    how: "សំណួរនីមួយៗ សូមគូស × ក្នុងប្រអប់មួយ។ បើគូសខុស សូមលាបប្រអប់នោះឲ្យខ្មៅ ហើយគូសម្តងទៀត។ សំណួរដែលមិនចង់ឆ្លើយ សូមទុកទំនេរ។",
    only: "ឆ្លើយតែបើ {terms}។",
    term: "សំណួរ {question} គូសប្រអប់ {boxes}",
    and: " និង ",
    or: " ឬ ",
    go_on: "បើមិនដូច្នេះ សូមទៅសំណួរ {question}។",
    go_end: "បើមិនដូច្នេះ ចប់ត្រឹមនេះ។",
    one_box: "គូសប្រអប់មួយក្នុងជួរនីមួយៗ",
    thanks: "សូមអរគុណ។ សូមបត់ក្រដាស ហើយដាក់ក្នុងប្រអប់។",
    never: "មិនសួរ OTP ឬលេខគណនី មិនឲ្យដំឡើងកម្មវិធីទេ។",
    phone: "សួរបន្ថែម៖ {phone}។",
};

impl PaperWords {
    /// The phrases in a language.
    pub(crate) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Vi => &VI,
            Language::En => &EN,
            Language::Km => &KM,
        }
    }
}
