//! `/paper`: what there is to type.

use crate::console::admin::done;
use crate::console::frame::{Area, Frame, Page, document, sample};
use crate::i18n::console::fill;
use crate::i18n::format::count;
use crate::parts::wording::spoken;
use domain::language::{Language, Words};
use leptos::prelude::*;

/// A batch that can be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskLine {
    /// Number.
    pub number: i64,
    /// Where its forms were handed out.
    pub unit: Words,
    /// Language of the forms.
    pub language: Language,
    /// Untyped, typed once, differing, done.
    pub counts: [u64; 4],
}

/// What became of the form before, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperSaid {
    /// It waits for another unit.
    Waits(i64),
    /// Both match.
    Done(i64),
    /// It was settled.
    Settled(i64),
    /// It cannot be used.
    Out(i64),
}

impl PaperSaid {
    /// As it stands in an address: `waits-12`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (word, form) = text.split_once('-')?;
        let form = form.parse().ok()?;
        match word {
            "waits" => Some(Self::Waits(form)),
            "done" => Some(Self::Done(form)),
            "settled" => Some(Self::Settled(form)),
            "out" => Some(Self::Out(form)),
            _ => None,
        }
    }

    /// The same, written.
    #[must_use]
    pub fn write(self) -> String {
        match self {
            Self::Waits(form) => format!("waits-{form}"),
            Self::Done(form) => format!("done-{form}"),
            Self::Settled(form) => format!("settled-{form}"),
            Self::Out(form) => format!("out-{form}"),
        }
    }
}

/// The notice about the form before.
pub(super) fn said(said: Option<PaperSaid>, frame: &Frame) -> Option<AnyView> {
    let text = &frame.text().paper;
    let (phrase, form) = match said? {
        PaperSaid::Waits(form) => (text.said_waits, form),
        PaperSaid::Done(form) => (text.said_done, form),
        PaperSaid::Settled(form) => (text.said_settled, form),
        PaperSaid::Out(form) => (text.said_out, form),
    };
    Some(done(fill(phrase, &[("form", &form.to_string())])))
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperDesk {
    /// The newest first.
    pub batches: Vec<DeskLine>,
    /// What became of the form before.
    pub said: Option<PaperSaid>,
    /// The batch of which nothing is left for this reader.
    pub nothing: Option<i64>,
    /// Artificial answers.
    pub demo: bool,
}

/// The page as a document.
#[must_use]
pub fn render_desk(page: &PaperDesk, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().paper;
        let nothing = page.nothing.map(|batch| {
            let says = fill(text.desk_nothing, &[("batch", &batch.to_string())]);
            view! { <div class="notice" role="status"><p>{says}</p></div> }
        });
        let none = page.batches.is_empty().then(|| view! { <p class="lead"><b>{text.desk_none}</b></p> });
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.desk}</h1>
                    <p class="soft">{text.desk_under} " " {sample(page.demo, frame.text())}</p>
                </div>
                {said(page.said, frame)}
                {nothing}
                {none}
            </div>
            {(!page.batches.is_empty()).then(|| table(page, frame))}
        };
        Page { title: text.desk.to_owned(), area: Some(Area::Typing), main: main.into_any(), foot: None }
    })
}

fn table(page: &PaperDesk, frame: &Frame) -> AnyView {
    let text = &frame.text().paper;
    let heads = [text.fresh_head, text.once_head, text.differs_head, text.done_head];
    let heads = heads.map(|head| view! { <th scope="col" class="num">{head}</th> });
    let rows = page.batches.iter().map(|batch| row(batch, frame)).collect_view();
    view! {
        <div class="wide">
            <table>
                <caption class="unseen">{text.desk}</caption>
                <thead><tr>
                    <th scope="col">{text.batch_head}</th>
                    {heads.into_iter().collect_view()}
                    <th scope="col">{text.by_number}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(batch: &DeskLine, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().paper, frame.language);
    let number = batch.number.to_string();
    let path = frame.link(&format!("/paper/{number}"));
    let id = format!("form-{number}");
    let own = batch.language;
    let cells = batch.counts.map(|n| view! { <td class="num">{count(n, language)}</td> });
    view! {
        <tr>
            <th scope="row">
                <a href=path.clone()><b>{fill(text.go_on, &[("batch", &number)])}</b></a>
                <br/> {spoken(&batch.unit, language)} ", " <span lang=own.code()>{own.own_name()}</span>
            </th>
            {cells.into_iter().collect_view()}
            <td>
                <form method="get" action=path class="by-number">
                    <label class="unseen" for=id.clone()>{fill(text.by_number_of, &[("batch", &number)])}</label>
                    <input id=id name="form" type="text" inputmode="numeric" maxlength="3" size="3" autocomplete="off"/>
                    {(language == Language::En).then(|| view! { <input type="hidden" name="lang" value="en"/> })}
                    <button class="button plain low">{text.open}</button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}
