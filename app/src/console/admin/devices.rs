//! Tablets at counters: how they are, pairing, revoking, and what revoked ones still sent.

mod form;

pub use form::{DeviceForm, DeviceTyped};

use super::asking::{Asked, done, mistakes};
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date};
use crate::parts::qr::QrModules;
use crate::parts::wording::spoken;
use domain::device::{DeviceFault, DeviceState};
use domain::language::Words;
use leptos::prelude::*;
use time::Date;

domain::survey::words! {
    /// What was done; it stands in the address after a form was sent.
    DeviceDone, "deed" {
        /// A device was revoked.
        Revoked = "revoked",
        /// Its name or its times were changed.
        Changed = "changed",
        /// What it sent counts.
        Released = "released",
        /// What it sent was dropped.
        Dropped = "dropped",
    }
}

/// A device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceLine {
    /// Its id, as forms name it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The counter.
    pub counter: Words,
    /// How far it has come.
    pub state: DeviceState,
    /// The day of pairing, or of revoking.
    pub on: Option<Date>,
    /// The day and the hour in which it was last heard of.
    pub seen: Option<(Date, u8)>,
    /// Whether that is over a day ago.
    pub silent: bool,
    /// What waits on it, whole tens.
    pub waiting: u32,
    /// What it dropped, whole tens.
    pub dropped: u32,
    /// What it runs.
    pub version: String,
    /// Whether that is the newest.
    pub newest: bool,
    /// The day on which two tablets used its key.
    pub twins: Option<Date>,
    /// What waits for a decision, whole tens; `None` where nothing does.
    pub held: Option<u32>,
}

/// A device that is to be paired now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairingPage {
    /// Where the list is.
    pub list: String,
    /// Its name.
    pub name: String,
    /// The link that the QR carries.
    pub url: String,
    /// The QR, level M.
    pub qr: QrModules,
    /// How long it is good.
    pub minutes: i64,
    /// Artificial answers.
    pub demo: bool,
}

/// The devices of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevicesPage {
    /// The unit; `None` for the province.
    pub unit: Option<Words>,
    /// The address of the page, without the language.
    pub path: String,
    /// The devices, by name.
    pub lines: Vec<DeviceLine>,
    /// For whoever may make some.
    pub form: Option<DeviceForm>,
    /// Whether the reader decides about quarantine.
    pub may_decide: bool,
    /// What stands against a decision.
    pub problem: Option<DeviceFault>,
    /// What was just done.
    pub done: Option<DeviceDone>,
    /// Artificial answers.
    pub demo: bool,
}

/// The page as a document.
#[must_use]
pub fn render_devices(page: &DevicesPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().device;
        let title = page.unit.as_ref().map_or_else(
            || text.title.to_owned(),
            |unit| fill(text.title_of, &[("unit", unit.text(frame.language))]),
        );
        let wrong = page.problem.as_ref().map(|fault| ("held", form::told(fault, frame)));
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{title.clone()}</h1>
                    <p class="soft">{text.under} " " {sample(page.demo, frame.text())}</p>
                </div>
                {page.done.map(|deed| done(deed_words(deed, frame).to_owned()))}
                {mistakes(text.errors.to_owned(), &wrong.into_iter().collect::<Vec<_>>())}
                {lead(page, frame)}
            </div>
            {(!page.lines.is_empty()).then(|| list(page, frame))}
            {page.may_decide.then(|| held(page, frame))}
            {page.form.as_ref().map(|asked| form::draw(asked, &page.path, frame))}
        };
        let area = if page.unit.is_some() { Area::Unit } else { Area::Administration };
        Page { title, area: Some(area), main: main.into_any(), foot: None }
    })
}

const fn deed_words(deed: DeviceDone, frame: &Frame) -> &'static str {
    let text = &crate::i18n::console::ConsoleText::of(frame.language).device;
    match deed {
        DeviceDone::Revoked => text.done_revoked,
        DeviceDone::Changed => text.done_changed,
        DeviceDone::Released => text.done_released,
        DeviceDone::Dropped => text.done_dropped,
    }
}

fn lead(page: &DevicesPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().device, frame.language);
    let used = page.lines.iter().filter(|line| line.state == DeviceState::Paired);
    let silent = used.clone().filter(|line| line.silent).count();
    let says = match used.count() {
        0 => text.lead_none.to_owned(),
        n => fill(text.lead, &[("n", &count(n as u64, language))]),
    };
    let silent = (silent > 0).then(|| fill(text.lead_silent, &[("n", &count(silent as u64, language))]));
    view! { <p class="lead"><b>{says}</b> " " {silent}</p> }.into_any()
}

fn list(page: &DevicesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().device;
    let lines = page.lines.iter().map(|line| device(line, page, frame)).collect_view();
    let body = view! { <ul class="points">{lines}</ul> };
    let how = view! { <p>{text.list_how}</p> };
    section("devices", text.list.into_any(), how.into_any(), body.into_any())
}

/// A number that is told in tens.
pub(super) fn tens(n: u32, frame: &Frame) -> String {
    let text = &frame.text().device;
    if n == 0 {
        text.few.to_owned()
    } else {
        fill(text.at_least, &[("n", &count(u64::from(n), frame.language))])
    }
}

fn state_words(line: &DeviceLine, frame: &Frame) -> String {
    let text = &frame.text().device;
    let on = line.on.map(|day| date(day, frame.language)).unwrap_or_default();
    match line.state {
        DeviceState::Waiting => text.waiting.to_owned(),
        DeviceState::Paired => fill(text.paired, &[("date", &on)]),
        DeviceState::Revoked => fill(text.revoked, &[("date", &on)]),
    }
}

fn device(line: &DeviceLine, page: &DevicesPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().device, frame.language);
    let twins = line.twins.map(|day| {
        let says = fill(text.twins, &[("date", &date(day, language))]);
        view! { <div class="notice bad"><p>{says}</p></div> }
    });
    let heard = (line.state != DeviceState::Waiting).then(|| heard(line, frame));
    let deeds = (page.form.is_some() && line.state != DeviceState::Revoked).then(|| deeds(line, page, frame));
    view! {
        <li>
            <b>{line.name.clone()}</b>
            <dl class="terms">
                <dt>{text.place}</dt> <dd>{spoken(&line.counter, language)}</dd>
                <dt>{text.state}</dt> <dd>{state_words(line, frame)}</dd>
                {heard}
            </dl>
            {twins}
            {deeds}
        </li>
    }
    .into_any()
}

fn heard(line: &DeviceLine, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().device, frame.language);
    let seen = line.seen.map_or_else(
        || text.seen_never.to_owned(),
        |(day, hour)| fill(text.seen_at, &[("hour", &hour.to_string()), ("date", &date(day, language))]),
    );
    let phrase = if line.newest { text.version_new } else { text.version_old };
    let version = (!line.version.is_empty()).then(|| fill(phrase, &[("version", &line.version)]));
    view! {
        <dt>{text.seen}</dt> <dd>{seen}</dd>
        <dt>{text.unsent}</dt> <dd>{tens(line.waiting, frame)}</dd>
        <dt>{text.dropped}</dt> <dd>{tens(line.dropped, frame)}</dd>
        {version.map(|version| view! { <dt>{text.version}</dt> <dd>{version}</dd> })}
    }
    .into_any()
}

/// What each button is about, for whoever does not see where it stands.
fn about(says: &'static str, line: &DeviceLine) -> String {
    format!("{says}: {}", line.name)
}

fn deeds(line: &DeviceLine, page: &DevicesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().device;
    let change = frame.here.carry(&page.path, &["lang"]).with("device", &line.id).to_string();
    let again = (line.state == DeviceState::Waiting).then(|| {
        view! {
            <button class="button plain low" name="go" value="invite" aria-label=about(text.again, line)>{text.again}</button>
        }
    });
    view! {
        <form class="row" method="post" action=frame.link(&page.path)>
            {frame.csrf_field()}
            <input type="hidden" name="device" value=line.id.clone()/>
            {again}
            <a class="button plain low" href=format!("{change}#make") aria-label=about(text.change, line)>{text.change}</a>
            <button class="button plain low" name="go" value="revoke" aria-label=about(text.revoke, line)>{text.revoke}</button>
        </form>
    }
    .into_any()
}

fn held(page: &DevicesPage, frame: &Frame) -> Option<AnyView> {
    let text = &frame.text().device;
    let waiting: Vec<_> = page.lines.iter().filter_map(|line| Some((line, line.held?))).collect();
    if waiting.is_empty() {
        return None;
    }
    let lines = waiting.into_iter().map(|(line, n)| {
        let id = format!("reason-{}", line.id);
        view! {
            <li>
                <b>{line.name.clone()}</b>
                <p>{text.held_count} ": " {tens(n, frame)}</p>
                <form class="asking flow" method="post" action=frame.link(&page.path)>
                    {frame.csrf_field()}
                    <input type="hidden" name="device" value=line.id.clone()/>
                    <p><button class="button plain low" name="go" value="release" aria-label=about(text.release, line)>{text.release}</button></p>
                    <div class="field">
                        <label for=id.clone()>{text.reason}</label>
                        <input id=id name="reason" autocomplete="off"/>
                    </div>
                    <p><button class="button plain low" name="go" value="drop" aria-label=about(text.drop, line)>{text.drop}</button></p>
                </form>
            </li>
        }
    });
    let body = view! { <ul class="points">{lines.collect_view()}</ul> };
    let how = view! { <p>{text.held_how}</p> };
    Some(section("held", text.held.into_any(), how.into_any(), body.into_any()))
}

/// The page with the QR, which is shown once.
#[must_use]
pub fn render_pairing(page: &PairingPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().device;
        let title = fill(text.pair, &[("name", &page.name)]);
        let how = fill(text.pair_how, &[("n", &page.minutes.to_string())]);
        let side = page.qr.full_width().to_string();
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{title.clone()}</h1>
                    <p class="soft">{how} " " {sample(page.demo, frame.text())}</p>
                </div>
                <svg class="pairing" role="img" aria-label=text.pair_qr viewBox=format!("0 0 {side} {side}")
                    shape-rendering="crispEdges">
                    <path d=page.qr.path()></path>
                </svg>
                <p class="row">
                    <a class="button plain low" id="pair-here" href=page.url.clone()>{text.pair_here}</a>
                    <a class="button plain low" href=frame.link(&page.list)>{text.pair_list}</a>
                </p>
            </div>
        };
        Page { title, area: Some(Area::Administration), main: main.into_any(), foot: None }
    })
}

/// A line of a form whose mistake is told beside it.
pub(super) fn asked(
    name: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    wrong: Option<&(&'static str, String)>,
) -> Asked {
    let mistake = wrong.filter(|(field, _)| *field == name).map(|(_, says)| says.clone());
    Asked { name, label, hint, mistake }
}
