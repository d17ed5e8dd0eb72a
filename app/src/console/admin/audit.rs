//! The audit log.

use crate::console::agency::lower_first;
use crate::console::frame::{Area, Frame, Page, document, section};
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{count, moment};
use leptos::prelude::*;
use time::OffsetDateTime;

/// A page of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The lines that match, newest first.
    pub lines: Vec<AuditLine>,
    /// Whether the chain holds.
    pub chain: ChainState,
    /// What the log was asked for: who, what, outcome, first day, last day, as they stand in the form.
    pub asked: [String; 5],
    /// Every kind of deed that the log holds.
    pub words: Vec<String>,
    /// Where older lines stand, if there are any.
    pub older: Option<i64>,
    /// Whether this is not the newest page.
    pub is_older: bool,
}

/// Whether the chain of the whole log holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainState {
    /// It does: lines, hash of the last.
    Whole(u64, String),
    /// It does not, at this line.
    Broken(u64),
    /// It has more lines than are looked at without being asked.
    Unchecked(u64),
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Number.
    pub number: u64,
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// Whether it was done; else it was refused.
    pub is_done: bool,
    /// Details.
    pub detail: String,
    /// Whether its hash follows from its text and the line before it.
    pub holds: bool,
}

/// A kind of deed in the reader's words; one that has none is shown as the log has it.
fn deed<'a>(what: &'a str, text: &ConsoleText) -> &'a str {
    let text = &text.audit;
    match what {
        "sign-in" => text.sign_in,
        "account-add" => text.account_add,
        "account-invite" => text.account_invite,
        "account-link" => text.account_link,
        "account-revoke" => text.account_revoke,
        "account-accept" => text.account_accept,
        "account-part" => text.account_part,
        "account-disable" => text.account_disable,
        "account-enable" => text.account_enable,
        "account-sessions" => text.account_sessions,
        "own-sessions" => text.own_sessions,
        "password-change" => text.password_change,
        "audit-export" => text.audit_export,
        "import-volumes" => text.import_volumes,
        "volume-edit" => text.volume_edit,
        other => other,
    }
}

/// The page as a document.
#[must_use]
pub fn render_audit(page: &AuditPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().audit;
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.audit}</h1>
                    <p class="soft">{text.how}</p>
                </div>
                {chain(page, frame)}
                {filter(page, frame)}
            </div>
            {lines(page, frame)}
        };
        let (title, area) = (text.audit.to_owned(), Some(Area::Administration));
        Page { title, area, main: main.into_any(), foot: None }
    })
}

fn chain(page: &AuditPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().audit, frame.language);
    match &page.chain {
        ChainState::Whole(lines, head) => {
            let says = fill(text.whole, &[("n", &count(*lines, language))]);
            view! {
                <div class="notice ok">
                    <p><b>{says}</b></p>
                    <p>{text.head} ": " <code class="hash">{head.clone()}</code></p>
                    <p class="soft">{text.head_why}</p>
                </div>
            }
            .into_any()
        }
        ChainState::Broken(line) => {
            let says = fill(text.broken, &[("n", &count(*line, language))]);
            view! { <div class="notice bad" role="alert"><p><b>{says}</b> " " {text.broken_do}</p></div> }
                .into_any()
        }
        ChainState::Unchecked(lines) => {
            let says = fill(text.unchecked, &[("n", &count(*lines, language))]);
            let href = frame.here.with("verify", "all").to_string();
            view! { <div class="notice"><p>{says} " " <a href=href>{text.check}</a></p></div> }.into_any()
        }
    }
}

fn filter(page: &AuditPage, frame: &Frame) -> AnyView {
    let text = &frame.text().audit;
    let [who, what, outcome, from, to] = page.asked.clone();
    let kept = frame.here.query.iter().filter(|(name, _)| name == "lang").cloned();
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let option = |value: &str, words: &str, chosen: &str| {
        let is_chosen = value == chosen;
        view! { <option value=value.to_owned() selected=is_chosen>{words.to_owned()}</option> }
    };
    let words = page.words.iter().map(|word| option(word, deed(word, frame.text()), &what)).collect_view();
    let day = |id: &'static str, label: &'static str, value: String| {
        view! { <div class="field"><label for=id>{label}</label><input id=id name=id type="date" value=value/></div> }
    };
    view! {
        <form class="filter" method="get" action="/admin/audit">
            {kept.collect_view()}
            <div class="field">
                <label for="who">{text.who}</label>
                <input id="who" name="who" value=who autocapitalize="none" spellcheck="false"/>
            </div>
            <div class="field">
                <label for="what">{text.what}</label>
                <select id="what" name="what"><option value="">{text.any}</option>{words}</select>
            </div>
            <div class="field">
                <label for="outcome">{text.outcome}</label>
                <select id="outcome" name="outcome">
                    <option value="">{text.any}</option>
                    {option("done", text.done, &outcome)}
                    {option("refused", text.refused, &outcome)}
                </select>
            </div>
            {day("from", text.from, from)}
            {day("to", text.to, to)}
            <button class="button low">{text.show}</button>
        </form>
    }
    .into_any()
}

fn lines(page: &AuditPage, frame: &Frame) -> AnyView {
    let text = &frame.text().audit;
    let csv = frame.here.carry("/admin/audit.csv", &["who", "what", "outcome", "from", "to"]).to_string();
    let how = view! { <p><a class="reach" href=csv>{text.csv}</a></p> };
    if page.lines.is_empty() {
        let body = view! { <p>{text.none}</p> };
        return section("lines", text.list.into_any(), ().into_any(), body.into_any());
    }
    let rows = page.lines.iter().map(|line| row(line, frame)).collect_view();
    let newest = page.is_older.then(|| {
        let href = frame.here.without(&["before", "verify"]).to_string();
        view! { <a class="reach" href=href>{text.newest}</a> }
    });
    let older = page.older.map(|before| {
        let href = frame.here.without(&["verify"]).with("before", &before.to_string()).to_string();
        view! { <a class="reach" href=href>{text.older}</a> }
    });
    let body = view! {
        <table>
            <caption class="unseen">{text.list}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.number}</th>
                    <th scope="col">{format!("{}, {}", text.who, lower_first(text.time))}</th>
                    <th scope="col">{text.what}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p class="row">{newest} " " {older}</p>
    };
    section("lines", text.list.into_any(), how.into_any(), body.into_any())
}

fn row(line: &AuditLine, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().audit, frame.language);
    let refused = (!line.is_done).then(|| view! { " " <span class="state off">{text.refused}</span> });
    let broken = (!line.holds).then(|| view! { " " <b class="wrong">{text.line_broken}</b> });
    view! {
        <tr>
            <td class="num">{line.number.to_string()}</td>
            <th scope="row">
                {line.who.clone()} " " <span class="why under">{moment(line.at, language)}</span>
            </th>
            <td>
                {deed(&line.what, frame.text()).to_owned()}
                {refused}
                {broken}
                " "
                <span class="why under">{line.detail.clone()}</span>
            </td>
        </tr>
    }
    .into_any()
}
