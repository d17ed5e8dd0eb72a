//! `/calls`: an interviewer's lists, and one person to call with the words to say.

use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::count;
use crate::parts::wording::spoken;
use domain::call::CallOutcome;
use domain::language::Words;
use leptos::prelude::*;

/// The words of an outcome.
pub(super) const fn outcome_word(outcome: CallOutcome, text: &ConsoleText) -> &'static str {
    match outcome {
        CallOutcome::Reached => text.assist.reached,
        CallOutcome::Refused => text.assist.refused,
        CallOutcome::NoAnswer => text.assist.no_answer,
        CallOutcome::WrongNumber => text.assist.wrong_number,
        CallOutcome::CallAgain => text.assist.call_again,
    }
}

/// A list of one's own places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallDeskLine {
    /// Number.
    pub number: i64,
    /// Whose visitors are called.
    pub unit: Words,
    /// People.
    pub tasks: u64,
    /// People whom nobody has called.
    pub fresh: u64,
}

/// One's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallDesk {
    /// The newest first.
    pub lists: Vec<CallDeskLine>,
    /// The list of which nobody is left to call.
    pub nothing: Option<i64>,
    /// Artificial answers.
    pub demo: bool,
}

/// One's lists as a document.
#[must_use]
pub fn render_call_desk(page: &CallDesk, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().assist;
        let nothing = page.nothing.map(|list| {
            let says = fill(text.calls_nothing, &[("list", &list.to_string())]);
            view! { <div class="notice" role="status"><p>{says}</p></div> }
        });
        let rows = page.lists.iter().map(|line| {
            let number = line.number.to_string();
            let href = frame.link(&format!("/calls/{number}"));
            let values =
                [("fresh", count(line.fresh, frame.language)), ("all", count(line.tasks, frame.language))];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            view! {
                <li>
                    <b><a href=href>{fill(text.calls_open, &[("list", &number)])}</a></b> " "
                    {spoken(&line.unit, frame.language)} ". " {fill(text.calls_left, &values)}
                </li>
            }
        });
        let lists = if page.lists.is_empty() {
            view! { <p class="lead"><b>{text.calls_none}</b></p> }.into_any()
        } else {
            view! { <ul class="points doors">{rows.collect_view()}</ul> }.into_any()
        };
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.calls}</h1>
                    <p class="soft">{text.calls_under} " " {sample(page.demo, frame.text())}</p>
                </div>
                {nothing}
                {lists}
            </div>
        };
        Page { title: text.calls.to_owned(), area: Some(Area::Calling), main: main.into_any(), foot: None }
    })
}

/// A person to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallPage {
    /// Number of the list.
    pub list: i64,
    /// Serial number of the person.
    pub task: i64,
    /// How often somebody rang.
    pub attempts: i64,
    /// The province, which asks.
    pub province: Words,
    /// Where the person was served.
    pub unit: Words,
    /// Whether somebody else has just called the one before.
    pub overtaken: bool,
    /// Artificial answers.
    pub demo: bool,
}

/// A person to call as a document.
#[must_use]
pub fn render_call(page: &CallPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().assist;
        let (list, task) = (page.list.to_string(), page.task.to_string());
        let title = fill(text.call_title, &[("list", &list), ("task", &task)]);
        let again = (page.attempts > 0)
            .then(|| fill(text.call_tries, &[("n", &count(page.attempts.unsigned_abs(), frame.language))]));
        let overtaken = page
            .overtaken
            .then(|| view! { <div class="notice" role="status"><p>{text.call_overtaken}</p></div> });
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{title.clone()}</h1>
                    <p class="soft">{spoken(&page.unit, frame.language)} ". " {again} " " {sample(page.demo, frame.text())}</p>
                </div>
                {overtaken}
                <p>{text.call_number}</p>
            </div>
            {script(page, frame)}
            {outcomes(page, frame)}
        };
        Page { title, area: Some(Area::Calling), main: main.into_any(), foot: None }
    })
}

/// What to say, in the language of most people who are called.
fn script(page: &CallPage, frame: &Frame) -> AnyView {
    let text = &frame.text().assist;
    let values = [("province", page.province.vi.as_str()), ("unit", page.unit.vi.as_str())];
    let says = [SCRIPT[0].to_owned(), fill(SCRIPT[1], &values), SCRIPT[2].to_owned(), SCRIPT[3].to_owned()];
    let says = says.map(|line| view! { <li>{line}</li> });
    let body = view! { <ol lang="vi">{says.into_iter().collect_view()}</ol> };
    let how = view! { <p>{text.script_how}</p> };
    section("script", text.script.into_any(), how.into_any(), body.into_any())
}

const SCRIPT: [&str; 4] = [
    "Xin chào ông/bà. Ông/bà có tiện nói chuyện khoảng ba phút không?",
    "Tôi gọi thay mặt {province} để hỏi ý kiến về lần ông/bà làm hồ sơ ở {unit}.",
    "Tôi không hỏi tên, số hồ sơ, OTP hay số tài khoản. Số điện thoại này không được ghi cùng câu trả lời. Ông/bà có thể từ chối, bỏ qua câu nào cũng được.",
    "Nếu ông/bà đồng ý, tôi đọc câu hỏi và các mức trả lời; ông/bà chọn.",
];

fn outcomes(page: &CallPage, frame: &Frame) -> AnyView {
    let text = frame.text();
    let others = CallOutcome::ALL.iter().filter(|outcome| **outcome != CallOutcome::Reached);
    let others = others.map(|outcome| {
        view! { <button class="button plain low" name="go" value=outcome.code()>{outcome_word(*outcome, text)}</button> " " }
    });
    let reached = CallOutcome::Reached;
    let body = view! {
        <form class="flow" method="post" action=frame.link(&format!("/calls/{}", page.list))>
            {frame.csrf_field()}
            <input type="hidden" name="task" value=page.task.to_string()/>
            <input type="hidden" name="attempts" value=page.attempts.to_string()/>
            <p><button class="button" name="go" value=reached.code()>{text.assist.begin}</button></p>
            <p class="row">{others.collect_view()}</p>
        </form>
    };
    let how = view! { <p>{text.assist.outcome_how}</p> };
    section("outcome", text.assist.outcome.into_any(), how.into_any(), body.into_any())
}
