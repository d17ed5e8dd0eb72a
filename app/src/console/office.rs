//! The administrator's pages: the surveys, and the places with their posters.

use super::frame::{Area, Frame, Page, document, sample, section};
use super::poster::SheetSize;
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{count, date, months};
use crate::parts::address::Address;
use crate::parts::wording::{mode, spoken};
use domain::language::Words;
use domain::period::Month;
use domain::report::ReleaseStamp;
use domain::survey::Mode;
use leptos::prelude::*;
use time::Date;

/// The list of surveys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveys {
    /// The province.
    pub province: Words,
    /// Today, by the product's clock.
    pub today: Date,
    /// Artificial answers.
    pub demo: bool,
    /// Whether the reader may open one.
    pub may_change: bool,
    /// The surveys, newest first.
    pub surveys: Vec<SurveyLine>,
    /// The day of the next run of the calendar.
    pub next_run: Option<Date>,
    /// The latest release.
    pub release: Option<ReleaseStamp>,
}

/// One survey in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyLine {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Title of the question set.
    pub instrument: Words,
    /// Its version.
    pub version: u32,
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// Smallest number of respondents.
    pub k: u32,
    /// State.
    pub state: SurveyState,
    /// Answers that wait, rounded down to tens; `None` where they are not counted yet.
    pub waiting: Option<u64>,
    /// Places with a QR code.
    pub places: u64,
}

/// How far a survey is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurveyState {
    /// Its first month is still to come.
    NotYet,
    /// Takes answers.
    Open,
    /// Takes no more answers; some may still wait.
    Closed,
    /// Nothing waits any more.
    Ended,
}

/// The places of a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PosterPlaces {
    /// Code of the survey.
    pub survey: String,
    /// Its name.
    pub survey_name: String,
    /// Artificial answers.
    pub demo: bool,
    /// The places in official order.
    pub places: Vec<PosterPlace>,
}

/// One place with its own QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PosterPlace {
    /// What its URL ends in.
    pub token: String,
    /// The unit where it hangs.
    pub unit: Words,
    /// Postal address.
    pub address: Option<String>,
    /// Poster, link or kiosk.
    pub mode: Mode,
    /// Counts reprints.
    pub version: u32,
    /// Takes no more answers.
    pub revoked: bool,
}

/// The list of surveys as a document.
#[must_use]
pub fn render_surveys(page: &Surveys, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().office;
        let today = date(page.today, frame.language);
        let province = page.province.text(frame.language);
        let under = fill(text.surveys_under, &[("province", province), ("date", &today)]);
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.surveys}</h1>
                    <p class="soft">{under} {sample(page.demo, frame.text())}</p>
                </div>
                {lead(page, frame)}
                {deeds(page, frame)}
            </div>
            {(!page.surveys.is_empty()).then(|| list(page, frame))}
            {sealed(page, frame)}
        };
        Page { title: text.surveys.to_owned(), area: Some(Area::Surveys), main: main.into_any(), foot: None }
    })
}

fn lead(page: &Surveys, frame: &Frame) -> AnyView {
    let text = &frame.text().office;
    if page.surveys.is_empty() {
        return view! { <div class="notice ok"><p><b>{text.none}</b> " " {text.none_do}</p></div> }
            .into_any();
    }
    let open = page.surveys.iter().filter(|survey| survey.state == SurveyState::Open).count();
    let says = match open {
        0 => text.open_none.to_owned(),
        1 => text.open_one.to_owned(),
        n => fill(text.open_many, &[("n", &n.to_string())]),
    };
    view! { <p class="lead"><b>{says}</b></p> }.into_any()
}

fn deeds(page: &Surveys, frame: &Frame) -> AnyView {
    let text = frame.text();
    let new = page.may_change.then(|| {
        view! { <a class="button low" href=frame.link("/admin/surveys/new")>{text.desk.new}</a> }
    });
    let places = frame.link("/admin/touchpoints");
    view! {
        <p class="row screen">
            {new}
            <a class="button plain low" href=places>{text.touchpoint.see_places}</a>
        </p>
    }
    .into_any()
}

fn list(page: &Surveys, frame: &Frame) -> AnyView {
    let text = &frame.text().office;
    let rows = page.surveys.iter().map(|survey| survey_row(survey, frame)).collect_view();
    let body = view! {
        <table>
            <caption class="unseen">{text.list}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.survey_head}</th>
                    <th scope="col">{text.state_head}</th>
                    <th scope="col">{text.box_head}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    let how = view! { <p>{text.list_how}</p> };
    section("list", text.list.into_any(), how.into_any(), body.into_any())
}

fn survey_row(survey: &SurveyLine, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().office, frame.language);
    let version = survey.version.to_string();
    let instrument = survey.instrument.text(language);
    let values = [("instrument", instrument), ("version", &version), ("k", &survey.k.to_string())];
    let details = fill(text.version, &values);
    let (class, state) = state_words(survey.state, frame.text());
    let waiting = match (survey.state, survey.waiting) {
        (SurveyState::Ended, _) => text.waiting_none.to_owned(),
        (_, None) => text.waiting_uncounted.to_owned(),
        (_, Some(0)) => text.waiting_few.to_owned(),
        (_, Some(n)) => fill(text.waiting, &[("n", &count(n, language))]),
    };
    let open = frame.link(&format!("/admin/surveys/{}", survey.code));
    let why = frame.link(&format!("/admin/surveys/{}/waiting", survey.code));
    let posters = frame.here.carry("/admin/posters", &["lang"]).with("survey", &survey.code).to_string();
    let places = fill(text.see_posters, &[("n", &count(survey.places, language))]);
    view! {
        <tr>
            <th scope="row">
                <a href=open>{survey.name.clone()}</a>
                " "
                <span class="why under">{details}</span>
                " "
                <span class="under"><a href=posters>{places}</a></span>
            </th>
            <td>
                <span class=class>{state}</span>
                " "
                <span class="why under">{months(survey.from, survey.to, language)}</span>
            </td>
            <td><a href=why>{waiting}</a></td>
        </tr>
    }
    .into_any()
}

/// The state of a survey: class and word.
pub(super) const fn state_words(state: SurveyState, text: &ConsoleText) -> (&'static str, &'static str) {
    let text = &text.office;
    match state {
        SurveyState::NotYet => ("state draft", text.not_yet),
        SurveyState::Open => ("state on", text.open),
        SurveyState::Closed => ("state off", text.closed),
        SurveyState::Ended => ("state off", text.ended),
    }
}

fn sealed(page: &Surveys, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().office, frame.language);
    let next = page.next_run.map(|day| fill(text.next_run, &[("date", &date(day, language))]));
    let last = page.release.as_ref().map(|stamp| {
        let number = stamp.number.to_string();
        fill(text.last_release, &[("number", &number), ("date", &date(stamp.dated, language))])
    });
    let body = view! {
        <p>{text.sealed_when}</p>
        {last.map(|says| view! { <p>{says}</p> })}
        {next.map(|says| view! { <p>{says}</p> })}
    };
    let how = view! { <p>{text.sealed_how}</p> };
    section("sealed", text.sealed.into_any(), how.into_any(), body.into_any())
}

/// The places of a survey as a document.
#[must_use]
pub fn render_poster_places(page: &PosterPlaces, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().office;
        let heading = fill(text.posters, &[("survey", &page.survey_name)]);
        let lead = if page.places.is_empty() {
            view! { <div class="notice"><p>{text.no_posters}</p></div> }.into_any()
        } else {
            let n = count(page.places.len() as u64, frame.language);
            view! { <p class="lead">{fill(text.posters_lead, &[("n", &n)])}</p> }.into_any()
        };
        let back = frame.link("/admin/surveys");
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{heading.clone()}</h1>
                    <p class="soft">{text.posters_how} {sample(page.demo, frame.text())}</p>
                </div>
                {lead}
                <p><a href=back>{text.back_to_surveys}</a></p>
                {(!page.places.is_empty()).then(|| places(page, frame))}
            </div>
        };
        Page { title: heading, area: Some(Area::Surveys), main: main.into_any(), foot: None }
    })
}

fn places(page: &PosterPlaces, frame: &Frame) -> AnyView {
    let text = &frame.text().office;
    let rows = page.places.iter().map(|place| place_row(place, page, frame)).collect_view();
    view! {
        <table>
            <caption class="unseen">{text.posters_head}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.place_head}</th>
                    <th scope="col">{text.code_head}</th>
                    <th scope="col">{text.print_head}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn place_row(place: &PosterPlace, page: &PosterPlaces, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().office, frame.language);
    let name = place.unit.text(language);
    let print = if place.revoked {
        view! { <span class="why">{text.revoked}</span> }.into_any()
    } else {
        let sizes = SheetSize::ALL.map(|size| {
            let word = size.word(frame.text());
            let path = Address::new(format!("/admin/posters/{}", place.token));
            let href = path.with("survey", &page.survey).with("size", size.code()).to_string();
            let label = fill(text.print_of, &[("size", word), ("place", name)]);
            view! { <a href=href aria-label=label>{word}</a> }
        });
        view! { <span class="sizes">{sizes.into_iter().collect_view()}</span> }.into_any()
    };
    let version = fill(text.print_version, &[("version", &place.version.to_string())]);
    let address = place.address.clone().map(|address| view! { " " <span class="why under">{address}</span> });
    view! {
        <tr>
            <th scope="row">{spoken(&place.unit, language)} {address}</th>
            <td>
                <span class="num">{place.token.clone()}</span>
                " "
                <span class="why under">{format!("{}, {version}", mode(&place.mode, frame.text()))}</span>
            </td>
            <td>{print}</td>
        </tr>
    }
    .into_any()
}
