//! The province's batches of one-time codes: drawing, withdrawing, how many are used.

use super::asking::{Asked, done, mistakes};
use super::form::{UnitChoice, units};
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::console::slip::Occasion;
use crate::i18n::console::ConsoleText;
use crate::i18n::console::fill;
use crate::i18n::format::{count, date, month};
use crate::parts::wording::spoken;
use domain::language::Words;
use domain::period::Month;
use domain::survey::Channel;
use leptos::prelude::*;
use time::Date;

domain::survey::words! {
    /// What a batch is taken as.
    TakenAs, "file" {
        /// A file of codes.
        Csv = "csv",
        /// Slips on sheets.
        A4 = "a4",
        /// Slips on a roll.
        Thermal = "thermal",
    }
}

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLine {
    /// Number.
    pub number: i64,
    /// The deciding unit.
    pub deciding: Words,
    /// The receiving one, where it is another.
    pub receiving: Option<Words>,
    /// Name of the field.
    pub field: Words,
    /// How the dossiers are handed in.
    pub channel: Channel,
    /// Codes.
    pub issued: u64,
    /// The day; of a unit's own slips the first of the month.
    pub drawn_on: Date,
    /// Whether the unit prints them one by one.
    pub is_units: bool,
    /// When it was withdrawn.
    pub voided_on: Option<Date>,
}

/// Codes of a unit, rounded down to tens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeCountLine {
    /// The deciding unit.
    pub unit: Words,
    /// Given out, used, run out.
    pub counts: [u64; 3],
}

/// Codes against dossiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceLine {
    /// The deciding unit.
    pub unit: Words,
    /// Name of the field.
    pub field: Words,
    /// Codes, dossiers, excess.
    pub counts: [u64; 3],
}

/// Why nothing was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodesProblem {
    /// No unit, or it has no such field.
    Unit,
    /// Not a number of codes.
    Count(u32),
    /// Too many for one document.
    Slips(u32),
}

/// What the form asks for, and what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodesForm {
    /// Units that receive.
    pub units: Vec<UnitChoice>,
    /// Codes and names of fields.
    pub fields: Vec<(String, Words)>,
    /// What was typed: unit, field, channel, count.
    pub typed: [String; 4],
    /// What is wrong with it.
    pub problem: Option<CodesProblem>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodesPage {
    /// The newest first.
    pub batches: Vec<BatchLine>,
    /// By deciding unit.
    pub counts: Vec<CodeCountLine>,
    /// Codes against dossiers of a year.
    pub balances: Vec<BalanceLine>,
    /// That year.
    pub year: i32,
    /// For whoever may draw.
    pub form: Option<CodesForm>,
    /// Whether a batch was just withdrawn.
    pub voided: bool,
    /// Artificial answers.
    pub demo: bool,
}

/// The page as a document.
#[must_use]
pub fn render_codes(page: &CodesPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().code;
        let valid = page.batches.iter().filter(|batch| batch.voided_on.is_none() && !batch.is_units).count();
        let lead = match valid {
            0 => text.lead_none.to_owned(),
            n => fill(text.lead, &[("n", &count(n as u64, frame.language))]),
        };
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.codes}</h1>
                    <p class="soft">{text.under} " " {sample(page.demo, frame.text())}</p>
                </div>
                {page.voided.then(|| done(text.done_void.to_owned()))}
                <p class="lead"><b>{lead}</b></p>
            </div>
            {page.form.as_ref().map(|form| draw(form, frame))}
            {(!page.batches.is_empty()).then(|| batches(page, frame))}
            {(!page.counts.is_empty()).then(|| counts(page, frame))}
            {(!page.balances.is_empty()).then(|| balances(page, frame))}
        };
        let (title, area) = (text.codes.to_owned(), Some(Area::Administration));
        Page { title, area, main: main.into_any(), foot: None }
    })
}

/// Channels in words, for a list to choose from.
pub(super) fn channels(text: &ConsoleText) -> Vec<(String, String)> {
    let word = |channel: &Channel| (channel.code().to_owned(), channel_word(*channel, text).to_owned());
    Channel::ALL.iter().map(word).collect()
}

const fn channel_word(channel: Channel, text: &ConsoleText) -> &'static str {
    match channel {
        Channel::InPerson => text.code.in_person,
        Channel::Online => text.code.online,
        Channel::Post => text.code.post,
        Channel::Other => text.code.other,
    }
}

/// What a slip goes with, for a list to choose from.
pub(super) fn occasions(text: &ConsoleText) -> Vec<(String, String)> {
    let word = |occasion: &Occasion| {
        let says = match occasion {
            Occasion::Result => text.code.result,
            Occasion::Supplement => text.code.supplement,
            Occasion::Refusal => text.code.refusal,
        };
        (occasion.code().to_owned(), says.to_owned())
    };
    Occasion::ALL.iter().map(word).collect()
}

pub(super) fn fields(list: &[(String, Words)], frame: &Frame) -> Vec<(String, String)> {
    list.iter().map(|(code, name)| (code.clone(), name.text(frame.language).to_owned())).collect()
}

fn told(problem: CodesProblem, frame: &Frame) -> (&'static str, String) {
    let text = &frame.text().code;
    let most = |phrase, most: u32| fill(phrase, &[("most", &count(u64::from(most), frame.language))]);
    match problem {
        CodesProblem::Unit => ("unit", text.e_unit.to_owned()),
        CodesProblem::Count(n) => ("count", most(text.e_count, n)),
        CodesProblem::Slips(n) => ("count", most(text.e_most_slips, n)),
    }
}

fn draw(form: &CodesForm, frame: &Frame) -> AnyView {
    let text = &frame.text().code;
    let wrong = form.problem.map(|problem| told(problem, frame));
    let mistake =
        |name: &str| wrong.as_ref().filter(|(field, _)| *field == name).map(|(_, says)| says.clone());
    let asked = |name, label, hint| Asked { name, label, hint, mistake: mistake(name) };
    let [unit, field, channel, n] = &form.typed;
    let files = [("csv", text.file_csv), ("a4", text.file_a4), ("thermal", text.file_thermal)];
    let files = files.map(|(code, says)| (code.to_owned(), says.to_owned())).to_vec();
    let above = asked("unit", text.unit, None);
    let body = view! {
        <form class="asking flow" method="post" action=frame.link("/admin/codes")>
            {frame.csrf_field()}
            {mistakes(text.errors.to_owned(), &wrong.clone().into_iter().collect::<Vec<_>>())}
            <div class="field">
                <label for="unit">{text.unit}</label>
                {above.told()}
                <select id="unit" name="unit" aria-invalid=above.invalid() aria-describedby=above.described()>
                    {units(&form.units, unit, text.unit_none, frame)}
                </select>
            </div>
            {asked("field", text.field, None).list(fields(&form.fields, frame), field)}
            {asked("channel", text.channel, None).list(channels(frame.text()), channel)}
            {asked("count", text.count, Some(text.count_hint)).line(n, "number")}
            {asked("file", text.file, None).list(files, "csv")}
            {asked("occasion", text.occasion, None).list(occasions(frame.text()), "result")}
            <button class="button" name="go" value="draw">{text.draw_button}</button>
        </form>
    };
    let how = view! { <p>{text.draw_how}</p> };
    section("draw", text.draw.into_any(), how.into_any(), body.into_any())
}

fn batches(page: &CodesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().code;
    let rows = page.batches.iter().map(|batch| batch_row(batch, page.form.is_some(), frame)).collect_view();
    let body = view! {
        <table>
            <caption class="unseen">{text.batches}</caption>
            <thead><tr>
                <th scope="col">{text.batch_head}</th>
                <th scope="col">{text.about_head}</th>
                <th scope="col">{text.field}</th>
                <th scope="col" class="num">{text.issued_head}</th>
                <th scope="col">{text.deed_head}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    };
    let how = view! { <p>{text.batches_how}</p> };
    section("batches", text.batches.into_any(), how.into_any(), body.into_any())
}

fn batch_row(batch: &BatchLine, may_change: bool, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().code, frame.language);
    let day = if batch.is_units {
        fill(text.by_unit, &[("month", &month(Month::of(batch.drawn_on), language))])
    } else {
        date(batch.drawn_on, language)
    };
    let receiving = batch.receiving.as_ref().map(|unit| view! { <br/> {spoken(unit, language)} });
    let deed = match batch.voided_on {
        Some(on) => fill(text.voided, &[("date", &date(on, language))]).into_any(),
        None if may_change => deeds(batch, frame),
        None => ().into_any(),
    };
    view! {
        <tr>
            <th scope="row">{batch.number} ", " {day}</th>
            <td>{spoken(&batch.deciding, language)} {receiving}</td>
            <td>{spoken(&batch.field, language)} ", " {channel_word(batch.channel, frame.text())}</td>
            <td class="num">{count(batch.issued, language)}</td>
            <td>{deed}</td>
        </tr>
    }
    .into_any()
}

fn deeds(batch: &BatchLine, frame: &Frame) -> AnyView {
    let text = &frame.text().code;
    let reissue = (!batch.is_units).then(|| {
        view! { <button class="button plain low" name="go" value="reissue">{text.reissue}</button> }
    });
    view! {
        <form method="post" action=frame.link("/admin/codes")>
            {frame.csrf_field()}
            <input type="hidden" name="batch" value=batch.number.to_string()/>
            <button class="button plain low" name="go" value="void">{text.void}</button>
            {reissue}
        </form>
    }
    .into_any()
}

/// A table of names and three numbers.
fn numbers(title: &str, heads: [&'static str; 4], rows: Vec<(AnyView, [u64; 3])>, frame: &Frame) -> AnyView {
    let language = frame.language;
    let [name, heads @ ..] = heads;
    let heads = heads.map(|head| view! { <th scope="col" class="num">{head}</th> });
    let rows = rows.into_iter().map(|(name, numbers)| {
        let cells = numbers.map(|n| view! { <td class="num">{count(n, language)}</td> });
        view! { <tr><th scope="row">{name}</th>{cells.into_iter().collect_view()}</tr> }
    });
    view! {
        <table>
            <caption class="unseen">{title.to_owned()}</caption>
            <thead><tr><th scope="col">{name}</th>{heads.into_iter().collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn counts(page: &CodesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().code;
    let rows = page.counts.iter().map(|line| (spoken(&line.unit, frame.language), line.counts)).collect();
    let heads = [text.unit_head, text.issued, text.used, text.expired];
    let body = numbers(text.counts, heads, rows, frame);
    section("counts", text.counts.into_any(), view! { <p>{text.counts_how}</p> }.into_any(), body)
}

fn balances(page: &CodesPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().code, frame.language);
    let title = fill(text.balance, &[("year", &page.year.to_string())]);
    let name = |line: &BalanceLine| {
        view! { {spoken(&line.unit, language)} ", " {spoken(&line.field, language)} }.into_any()
    };
    let rows = page.balances.iter().map(|line| (name(line), line.counts)).collect();
    let body = numbers(&title, [text.unit_head, text.issued_head, text.dossiers, text.excess], rows, frame);
    section("balance", title.clone().into_any(), view! { <p>{text.balance_how}</p> }.into_any(), body)
}
