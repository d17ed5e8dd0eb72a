//! The citizen's side: `/s/{token}`, where the token is a touchpoint's, or the ticket of a one-time code.
//!
//! A step is answered with the next page itself (200), not with a redirect: answers so far travel as
//! hidden fields, which a redirect cannot carry without writing them into an address, and from there
//! into histories and logs. *Send* is answered with 303.

mod here;

pub(crate) use here::no_survey;

use crate::failure::Failure;
use crate::http::page::{citizen_frame, html};
use crate::http::query::{Query, decode};
use crate::state::{AppState, Shared};
use app::citizen::{Notice, NoticePage, StartPage, StepPage, ThanksPage, UsedCodePage};
use app::citizen::{render_notice, render_start, render_step, render_thanks, render_used_code};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::language::{Language, Words};
use domain::submission::{self, Context, Sheet, Step};
use domain::survey::Mode;
use here::Here;
use store::inbox::Outcome;
use time::Duration;
use usecase::UsecaseError;
use usecase::code::Ticket;
use usecase::form_token::FormToken;
use usecase::help::count_help;
use usecase::registry::{Province, RunningSurvey, SurveyAt};
use usecase::submit::{self, Origin};

/// Where complaints belong; a survey is none.
const COMPLAINTS: &str = "https://dichvucong.gov.vn/p/home/dvc-gioi-thieu-pakn.html";
/// Forms that were begun may be sent so long after a survey's last day.
const GRACE: Duration = Duration::days(1);

pub(crate) fn province_name(province: &Province) -> Words {
    province.unit(province.root).map(|unit| unit.name.clone()).unwrap_or_default()
}

/// The page for an address that is not one of ours.
pub(crate) fn unknown(state: &AppState, language: Language) -> Response {
    let registry = state.office.registry();
    let province = registry.only().map(|province| province_name(province)).unwrap_or_default();
    let frame = citizen_frame(language, province, None, Vec::new());
    html(StatusCode::NOT_FOUND, render_notice(&NoticePage { frame, notice: Notice::Unknown, phone: None }))
}

fn is_at_once(query: &Query) -> bool {
    query.get("layout") == Some("one")
}

/// `GET /s/{token}`: the first screen.
pub async fn start(State(state): State<Shared>, Path(token): Path<String>, uri: Uri) -> Response {
    let query = Query::of(&uri).unwrap_or_default();
    let Some(mut here) = Here::find(&state, &token, query.language(), is_at_once(&query)) else {
        return unknown(&state, query.language());
    };
    here.sound = query.get("sound") == Some("1");
    draw_start(&state, &here)
}

/// Whether the first screen of a touchpoint can be drawn: for the readiness of the server.
pub fn draw_start_of(state: &AppState, token: &str, language: Language, at_once: bool) -> Response {
    match Here::find(state, token, language, at_once) {
        Some(here) => draw_start(state, &here),
        None => unknown(state, language),
    }
}

/// The first screen of a touchpoint or a ticket, or why there is none.
fn draw_start(state: &AppState, here: &Here) -> Response {
    here.kept(start_of(state, here))
}

fn start_of(state: &AppState, here: &Here) -> Response {
    let survey = match here.survey(state) {
        Ok(survey) => survey,
        Err(response) => return *response,
    };
    let instrument = &survey.questions.instrument;
    let parts = domain::path::Path::of(instrument, &here.visit(), &Sheet::default()).pages.len();
    let form = here.form(state, &survey);
    let has_sound = !here.sound && !here.sounds(&survey).is_empty();
    let page = StartPage {
        frame: here.frame(true),
        action: here.path(),
        token: form.write(&state.office.keys),
        parts,
        at_once: here.at_once,
        newer_poster: here.has_newer_poster(),
        help: here.help.as_ref().map(|help| help.mode == Mode::Assisted),
        listen: has_sound.then(|| format!("{}&sound=1", here.link(here.language))),
        sound: here.sound,
    };
    html(StatusCode::OK, render_start(&page))
}

/// `POST /s/{token}`: a step, or *send*.
pub async fn step(
    State(state): State<Shared>,
    Path(token): Path<String>,
    uri: Uri,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let query = Query::of(&uri).unwrap_or_default();
    let Some(mut here) = Here::find(&state, &token, query.language(), is_at_once(&query)) else {
        return unknown(&state, query.language());
    };
    let Ok(body) = body else { return here.notice(StatusCode::PAYLOAD_TOO_LARGE, Notice::TooLarge) };
    let Ok(pairs) = decode(&body) else {
        return here.notice(StatusCode::BAD_REQUEST, Notice::Stale { again: Some(here.again()) });
    };
    if let Some(language) = value(&pairs, "lang").and_then(|text| text.parse().ok()) {
        here.language = language;
    }
    here.at_once = value(&pairs, "layout") == Some("one");
    here.sound = value(&pairs, "sound") == Some("1");
    here.kept(take_step(&state, &here, &pairs).await)
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

async fn take_step(state: &Shared, here: &Here, pairs: &[(String, String)]) -> Response {
    if here.revoked {
        return here.notice(StatusCode::GONE, Notice::Revoked);
    }
    let stale = || here.notice(StatusCode::BAD_REQUEST, Notice::Stale { again: Some(here.again()) });
    let token = value(pairs, "token").and_then(|text| FormToken::read(text, &state.office.keys).ok());
    let Some(token) = token.filter(|token| here.takes(token)) else { return stale() };
    let Some(survey) = here.province.survey_by_id(token.survey).cloned() else { return stale() };
    if !is_about(here, &survey) || token.version != survey.survey.instrument_version {
        return stale();
    }
    if !takes_answers(state, &survey) {
        return here.notice(StatusCode::GONE, Notice::Closed { on: None, results: None });
    }
    let fields = here.province.offered_fields(here.place.unit);
    let context = Context { instrument: &survey.questions.instrument, visit: here.visit(), fields: &fields };
    let form = Form { state, here, survey: &survey, token: &token, pairs, context: &context };
    match submission::read(pairs, &context) {
        Err(_) => here.notice(StatusCode::PAYLOAD_TOO_LARGE, Notice::TooLarge),
        Ok(Step::Page { at, sheet }) => form.page(StatusCode::OK, at, &sheet, &[]),
        Ok(Step::Problems { at, sheet, problems }) => {
            form.page(StatusCode::UNPROCESSABLE_ENTITY, at, &sheet, &problems)
        }
        Ok(Step::Send(answer)) => form.send(&answer).await,
    }
}

/// Whether a survey is about the place's unit or the committee it belongs to.
fn is_about(here: &Here, survey: &RunningSurvey) -> bool {
    let unit = here.place.unit;
    let committee = here.province.committee(unit).map(|unit| unit.id);
    here.province.is_about(survey, unit) || committee.is_some_and(|id| here.province.is_about(survey, id))
}

/// A form that was begun in time may still be sent a day after the survey's last one.
fn takes_answers(state: &AppState, survey: &RunningSurvey) -> bool {
    let survey = &survey.survey;
    let last = survey.to.last_day().map(|day| day.saturating_add(GRACE));
    !survey.closed && !survey.ended && last.is_some_and(|last| state.office.today() <= last)
}

struct Form<'a> {
    state: &'a Shared,
    here: &'a Here,
    survey: &'a RunningSurvey,
    token: &'a FormToken,
    pairs: &'a [(String, String)],
    context: &'a Context<'a>,
}

impl Form<'_> {
    fn page(
        &self,
        status: StatusCode,
        at: usize,
        sheet: &Sheet,
        problems: &[submission::Problem],
    ) -> Response {
        let path = submission::path_of(self.pairs, self.context, sheet);
        let sounds = self.here.sound.then(|| self.here.sounds(self.survey));
        let page = StepPage {
            sounds: sounds.as_ref(),
            frame: self.here.frame(false),
            action: self.here.path(),
            token: value(self.pairs, "token").unwrap_or_default().to_owned(),
            context: self.context,
            path: &path,
            at,
            sheet,
            problems,
        };
        html(status, render_step(&page))
    }

    async fn send(&self, answer: &submission::Submission) -> Response {
        let origin = Origin {
            province: &self.here.province,
            survey: self.survey,
            place: &self.here.place,
            token: self.token,
            ticket: self.here.ticket.as_ref(),
            helper: self.here.help.as_ref().and_then(|help| help.helper),
            trapped: submission::is_trapped(self.pairs),
        };
        let thanks = format!("{}/thanks?lang={}", self.here.path(), self.here.language.code());
        match submit::submit(&self.state.office, origin, answer).await {
            Ok(Outcome::New) => {
                self.count_help().await;
                Redirect::to(&thanks).into_response()
            }
            Ok(Outcome::SentBefore) => Redirect::to(&format!("{thanks}&sent=before")).into_response(),
            Ok(Outcome::CodeSpent) => self.ask_to_keep().unwrap_or_else(|error| self.failed(&error)),
            Err(error) => self.failed(&error),
        }
    }

    /// Counts for whoever helped. The answer is kept by now, so a count that fails is only logged.
    async fn count_help(&self) {
        let Some(help) = &self.here.help else { return };
        let by_phone = help.mode == Mode::Phone;
        let counted = count_help(&self.state.office, help.tenant, help.account, by_phone).await;
        if let Err(error) = counted {
            tracing::warn!("an answer with help was kept and not counted for its helper: {error}");
        }
    }

    /// The code is used; the answers may stay as those of somebody without one.
    fn ask_to_keep(&self) -> Result<Response, UsecaseError> {
        let damaged = || UsecaseError::Damaged("the ticket of a code".into());
        let open = self.here.ticket.as_ref().map(Ticket::without_code).ok_or_else(damaged)?;
        let office = &self.state.office;
        let address = open.write(&office.keys, &office.chance)?;
        let sheet = Sheet::read(self.pairs, self.context).map(|(sheet, _)| sheet).unwrap_or_default();
        let page = UsedCodePage {
            frame: self.here.frame(false),
            action: format!("/s/{address}"),
            token: open.form.write(&office.keys),
            sheet: &sheet,
            leave: self.here.again(),
        };
        Ok(html(StatusCode::GONE, render_used_code(&page)))
    }

    /// The answers are still in the form of the page before: going back, or sending again, loses and
    /// doubles nothing.
    fn failed(&self, error: &UsecaseError) -> Response {
        let failure = Failure::from_error(error, self.state);
        let notice = match &failure {
            Failure::Ours(id) => Notice::Failed { number: Some(id.clone()) },
            _ => Notice::Busy,
        };
        let mut response = self.here.notice(StatusCode::SERVICE_UNAVAILABLE, notice);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        response
    }
}

/// `GET /s/{token}/thanks`: shows no number that could identify the answer.
pub async fn thanks(State(state): State<Shared>, Path(token): Path<String>, uri: Uri) -> Response {
    let query = Query::of(&uri).unwrap_or_default();
    let here = Here::find(&state, &token, query.language(), false);
    let Some(here) = here else { return unknown(&state, query.language()) };
    let again = here.again();
    if query.get("sent") == Some("before") {
        let thanks = format!("{}/thanks?lang={}", here.path(), here.language.code());
        return here.kept(here.notice(StatusCode::OK, Notice::AlreadySent { again, thanks }));
    }
    let at_counter = || match here.province.survey_at(here.place.unit, state.office.today()) {
        SurveyAt::Open(survey) => Some(survey.survey.k),
        _ => None,
    };
    let of_ticket = here.ticket.as_ref().and_then(|t| here.province.survey_by_id(t.form.survey));
    let k = of_ticket.map(|survey| survey.survey.k).or_else(at_counter).unwrap_or(domain::survey::DEFAULT_K);
    let complaint = Some(COMPLAINTS.to_owned());
    let page = ThanksPage { frame: here.frame(false), k, results: None, complaint, again };
    here.kept(html(StatusCode::OK, render_thanks(&page)))
}
