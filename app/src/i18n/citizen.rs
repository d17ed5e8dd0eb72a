//! What the product says to a citizen. One table a language; a phrase that is missing in one of
//! them does not compile. To change a word, change it in `vi.rs`, `en.rs` and `km.rs`.

mod en;
mod km;
mod vi;

use domain::language::Language;
use time::Date;

/// The phrases of the citizen's pages.
#[derive(Debug)]
pub struct CitizenText {
    /// Name of the language switch.
    pub languages: &'static str,
    /// Header and footer of every page.
    pub frame: FrameText,
    /// Start screen.
    pub start: StartText,
    /// Where a code is typed.
    pub code: CodeText,
    /// Pages of the form.
    pub step: StepText,
    /// What is wrong with a form.
    pub problem: ProblemText,
    /// After sending.
    pub thanks: ThanksText,
    /// When the form cannot be answered.
    pub notice: NoticeText,
    /// How answers are kept.
    pub privacy: PrivacyText,
    /// What is printed on the poster.
    pub poster: PosterText,
}

/// Header and footer of every page.
#[derive(Debug)]
pub struct FrameText {
    /// What is not kept, in one sentence.
    pub keeps_nothing: &'static str,
    /// Link to the page about it.
    pub privacy_link: &'static str,
}

/// Start screen.
#[derive(Debug)]
pub struct StartText {
    /// Title of the window.
    pub window: &'static str,
    /// The question that the whole form asks.
    pub title: &'static str,
    /// Who asks, and what to do in the wrong place; the province's name goes in.
    pub who_asks: fn(&str) -> String,
    /// First promise, and what it means.
    pub untied: [&'static str; 2],
    /// How long.
    pub time: &'static str,
    /// How many parts.
    pub parts: fn(usize) -> String,
    /// Everything stands on one page.
    pub one_page: &'static str,
    /// What for, and what it means.
    pub purpose: [&'static str; 2],
    /// Begin.
    pub begin: &'static str,
    /// Link to the same form with recordings.
    pub listen: &'static str,
    /// What is never asked.
    pub safety: &'static str,
    /// Where a newer poster hangs at the same place.
    pub newer_poster: &'static str,
    /// To whoever is helped, and to the helper.
    pub helped: &'static str,
}

/// Where a one-time code is typed.
#[derive(Debug)]
pub struct CodeText {
    /// Title.
    pub title: &'static str,
    /// Label of the field.
    pub label: &'static str,
    /// How a code looks; its first letters go in.
    pub sample: fn(&str) -> String,
    /// To the form.
    pub open: &'static str,
    /// What was typed cannot be a code.
    pub form: &'static str,
    /// There is no such code.
    pub unknown: &'static str,
    /// Whoever has no code.
    pub no_code: &'static str,
}

/// Pages of the form.
#[derive(Debug)]
pub struct StepText {
    /// "Part 4/7", as a line of its own.
    pub part: fn(usize, usize) -> String,
    /// "part 4/7" within the title of the window.
    pub part_in_title: fn(usize, usize) -> String,
    /// Heading when all is on one page.
    pub all: &'static str,
    /// To the next page.
    pub next: &'static str,
    /// To the next page, after the overall question.
    pub next_after_overall: &'static str,
    /// Send before the last page.
    pub send_now: &'static str,
    /// Send on the last page.
    pub send: &'static str,
    /// To the page before.
    pub back: &'static str,
    /// Nothing has been sent yet.
    pub nothing_sent: &'static str,
    /// One answer is enough.
    pub one_is_enough: &'static str,
    /// What "send now" does.
    pub send_now_means: &'static str,
    /// Blanks may be sent.
    pub blanks_may_stay: &'static str,
    /// Beside what may stay blank.
    pub optional: &'static str,
    /// Summary of the group of profile questions.
    pub about_you: &'static str,
    /// Why they are asked.
    pub about_you_why: &'static str,
    /// Under a question that depends on another; the other question and its answers go in.
    pub only_if: fn(&str, &str) -> String,
    /// Label of the field that nobody sees.
    pub leave_empty: &'static str,
    /// Name of the player of a question.
    pub play: fn(&str) -> String,
    /// Under a player whose voice is a machine's.
    pub synthetic: &'static str,
}

/// What is wrong with a form.
#[derive(Debug)]
pub struct ProblemText {
    /// How the title of the window begins.
    pub title: &'static str,
    /// One or more answers are missing.
    pub missing: fn(usize) -> String,
    /// Something else is wrong, in so many places.
    pub wrong: fn(usize) -> String,
    /// Nothing is lost.
    pub kept: &'static str,
    /// Item with this number was not answered, and "not applicable" is offered.
    pub item_or_not_applicable: fn(&str, &str) -> String,
    /// The overall question was not answered.
    pub overall: &'static str,
    /// A question was not answered.
    pub question: fn(&str) -> String,
    /// How an item is called that has a number on its page.
    pub numbered: fn(usize) -> String,
    /// How a question is called that has none.
    pub quoted: fn(&str) -> String,
    /// What was sent is not among the answers.
    pub unknown: fn(&str) -> String,
    /// Two answers to one question.
    pub twice: fn(&str) -> String,
    /// Characters that are no text were taken out.
    pub control: fn(&str) -> String,
    /// So many characters too long.
    pub too_long: fn(&str, usize) -> String,
}

/// After sending.
#[derive(Debug)]
pub struct ThanksText {
    /// Title of the window.
    pub window: &'static str,
    /// Received.
    pub title: &'static str,
    /// The page can be closed.
    pub close: &'static str,
    /// Heading of the part about counting.
    pub when: &'static str,
    /// With how many forms it counts.
    pub when_counted: fn(u32) -> String,
    /// What the agency sees.
    pub only_together: &'static str,
    /// Link to published results.
    pub results: &'static str,
    /// Heading of the part about complaints.
    pub complaint: &'static str,
    /// A survey is no complaint.
    pub no_complaint: &'static str,
    /// Button to the official channel.
    pub complaint_button: &'static str,
    /// Where that leads, and the other way.
    pub complaint_where: &'static str,
    /// Without a link to the official channel: the other way alone.
    pub complaint_elsewhere: &'static str,
    /// Heading of the part about shared phones.
    pub shared: &'static str,
    /// Button for the next person.
    pub again: &'static str,
}

/// When the form cannot be answered: what, and what to do now.
#[derive(Debug)]
pub struct NoticeText {
    /// This form was sent already.
    pub already_sent: [&'static str; 2],
    /// Link to the thank-you page.
    pub see_when: &'static str,
    /// The code has been used and the form was not sent.
    pub used_code: [&'static str; 2],
    /// Send it without a code.
    pub keep_without_code: &'static str,
    /// Do not send it.
    pub do_not_send: &'static str,
    /// The code has expired.
    pub expired_code: [&'static str; 2],
    /// The code was withdrawn.
    pub withdrawn_code: [&'static str; 2],
    /// Too many wrong codes at once, over everybody.
    pub too_many_codes: [&'static str; 2],
    /// The poster was withdrawn.
    pub revoked: [&'static str; 2],
    /// The survey closed on a day.
    pub closed: fn(Option<Date>) -> String,
    /// Thanks for coming.
    pub closed_then: &'static str,
    /// The survey opens on a day.
    pub not_yet_open: fn(Option<Date>) -> String,
    /// Come back then.
    pub not_yet_open_then: &'static str,
    /// The address is not one of ours.
    pub unknown: [&'static str; 2],
    /// The page was open for too long.
    pub stale: [&'static str; 2],
    /// The form is too large.
    pub too_large: [&'static str; 2],
    /// Too many at once.
    pub busy: [&'static str; 2],
    /// Something failed on our side.
    pub failed: [&'static str; 2],
    /// The number to tell when calling.
    pub failed_number: fn(&str) -> String,
    /// Begin again.
    pub start_again: &'static str,
    /// Questions by telephone; the number follows.
    pub call: &'static str,
}

/// A heading and its sentences.
pub type PrivacyPart = (&'static str, Vec<String>);

/// How answers are kept, in short.
#[derive(Debug)]
pub struct PrivacyText {
    /// Title.
    pub title: &'static str,
    /// In one sentence.
    pub lead: &'static str,
    /// Headings, each with its sentences; the least number of forms goes in.
    pub parts: fn(u32) -> Vec<PrivacyPart>,
    /// Link to the method page.
    pub method: &'static str,
    /// Back to the form.
    pub to_form: &'static str,
}

/// What is printed on the poster.
#[derive(Debug)]
pub struct PosterText {
    /// The question.
    pub title: &'static str,
    /// Beside the faces.
    pub call: &'static str,
    /// Scan, look, answer.
    pub steps: [&'static str; 3],
    /// The promise in bold, and help without a phone.
    pub free: [&'static str; 2],
    /// Above the public domain name.
    pub address_begins: &'static str,
    /// Before the whole address, for those who type it.
    pub type_in_full: &'static str,
    /// Never asked, in bold.
    pub safety: [&'static str; 2],
    /// Before the telephone number.
    pub phone: &'static str,
    /// One line in this language on a poster in another.
    pub short: &'static str,
    /// Who prints it; the province's name goes in.
    pub printed_by: fn(&str) -> String,
    /// Version and date at the foot.
    pub version: fn(u32, Date) -> String,
}

impl CitizenText {
    /// The phrases in a language.
    #[must_use]
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::Vi => &vi::TEXT,
            Language::En => &en::TEXT,
            Language::Km => &km::TEXT,
        }
    }
}

fn day_month_year(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), u8::from(day.month()), day.year())
}
