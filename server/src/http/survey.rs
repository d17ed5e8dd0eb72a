//! The citizen's side: `/s/{token}`.
//!
//! A step is answered with the next page itself (200), not with a redirect: answers so far travel as
//! hidden fields, which a redirect cannot carry without writing them into an address, and from there
//! into histories and logs. *Send* is answered with 303.

use crate::failure::Failure;
use crate::http::page::{citizen_frame, html};
use crate::http::query::{Query, decode};
use crate::state::{AppState, Shared};
use app::citizen::{Frame, Notice, NoticePage, Place, StartPage, StepPage, ThanksPage};
use app::citizen::{render_notice, render_start, render_step, render_thanks};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::language::{Language, Words};
use domain::path::Visit;
use domain::submission::{self, Context, Sheet, Step};
use domain::touchpoint::{Token, Touchpoint};
use std::sync::Arc;
use time::Duration;
use usecase::form_token::FormToken;
use usecase::registry::{Province, RunningSurvey, SurveyAt};
use usecase::submit::{self, Kind, Origin, trust_of};

/// Where complaints belong; a survey is none.
const COMPLAINTS: &str = "https://dichvucong.gov.vn/p/home/dvc-gioi-thieu-pakn.html";
/// Forms that were begun may be sent so long after a survey's last day.
const GRACE: Duration = Duration::days(1);

/// A touchpoint that exists.
struct Here {
    province: Arc<Province>,
    touchpoint: Touchpoint,
    language: Language,
    at_once: bool,
}

impl Here {
    fn find(state: &AppState, token: &Token, language: Language, at_once: bool) -> Option<Self> {
        let province = state.office.province(token.tenant()).ok()?;
        let touchpoint = province.touchpoint_on(token, state.office.today())?;
        Some(Self { province, touchpoint, language, at_once })
    }

    fn path(&self) -> String {
        format!("/s/{}", self.touchpoint.token)
    }

    fn link(&self, language: Language) -> String {
        let layout = if self.at_once { "&layout=one" } else { "" };
        format!("{}?lang={}{layout}", self.path(), language.code())
    }

    fn frame(&self, switch: bool) -> Frame {
        let unit = self.province.unit(self.touchpoint.unit);
        let place = unit.map(|unit| Place {
            name: unit.name.clone(),
            address: unit.address.as_ref().map(|address| Words::vi(address.as_str())),
        });
        let languages = if switch { &Language::ALL[..] } else { &[] };
        let switch = languages.iter().map(|language| (*language, self.link(*language))).collect();
        citizen_frame(self.language, province_name(&self.province), place, switch)
    }

    fn notice(&self, status: StatusCode, notice: Notice) -> Response {
        let phone = self.province.unit(self.province.root).and_then(|root| root.phone.clone());
        html(status, render_notice(&NoticePage { frame: self.frame(false), notice, phone }))
    }

    fn visit(&self) -> Visit {
        Visit {
            variant: self.touchpoint.variant,
            mode: self.touchpoint.mode.clone(),
            channel_of_code: None,
            has_code: false,
        }
    }

    fn survey(&self, state: &AppState) -> Result<Arc<RunningSurvey>, Box<Response>> {
        if self.touchpoint.revoked {
            return Err(Box::new(self.notice(StatusCode::GONE, Notice::Revoked)));
        }
        match self.province.survey_at(&self.touchpoint, state.office.today()) {
            SurveyAt::Open(survey) => Ok(survey.clone()),
            SurveyAt::NotYet(month) => Err(Box::new(
                self.notice(StatusCode::FORBIDDEN, Notice::NotYetOpen { on: month.first_day() }),
            )),
            SurveyAt::Closed => {
                Err(Box::new(self.notice(StatusCode::GONE, Notice::Closed { on: None, results: None })))
            }
            SurveyAt::Nothing => Err(Box::new(self.notice(StatusCode::NOT_FOUND, Notice::Unknown))),
        }
    }
}

fn province_name(province: &Province) -> Words {
    province.unit(province.root).map(|unit| unit.name.clone()).unwrap_or_default()
}

fn unknown(state: &AppState, language: Language) -> Response {
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
    match token.parse::<Token>() {
        Ok(token) => draw_start(&state, &token, query.language(), is_at_once(&query)),
        Err(_) => unknown(&state, query.language()),
    }
}

/// The first screen of a touchpoint, or why there is none.
pub fn draw_start(state: &AppState, token: &Token, language: Language, at_once: bool) -> Response {
    let Some(here) = Here::find(state, token, language, at_once) else { return unknown(state, language) };
    let survey = match here.survey(state) {
        Ok(survey) => survey,
        Err(response) => return *response,
    };
    let instrument = &survey.questions.instrument;
    let parts = domain::path::Path::of(instrument, &here.visit(), &Sheet::default()).pages.len();
    let form = FormToken {
        nonce: state.office.chance.bytes(),
        survey: survey.survey.id,
        version: survey.survey.instrument_version,
        trust: trust_of(&here.touchpoint.mode),
        issued: u32::try_from(state.office.now().unix_timestamp()).unwrap_or(0),
    };
    let page = StartPage {
        frame: here.frame(true),
        action: here.path(),
        token: form.write(&state.office.keys),
        parts,
        at_once,
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
    let Some(mut here) =
        token.parse().ok().and_then(|token| Here::find(&state, &token, query.language(), is_at_once(&query)))
    else {
        return unknown(&state, query.language());
    };
    let Ok(body) = body else { return here.notice(StatusCode::PAYLOAD_TOO_LARGE, Notice::TooLarge) };
    let Ok(pairs) = decode(&body) else {
        return here.notice(StatusCode::BAD_REQUEST, Notice::Stale { again: Some(here.link(here.language)) });
    };
    if let Some(language) = value(&pairs, "lang").and_then(|text| text.parse().ok()) {
        here.language = language;
    }
    here.at_once = value(&pairs, "layout") == Some("one");
    take_step(&state, &here, &pairs).await
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

async fn take_step(state: &Shared, here: &Here, pairs: &[(String, String)]) -> Response {
    if here.touchpoint.revoked {
        return here.notice(StatusCode::GONE, Notice::Revoked);
    }
    let stale =
        || here.notice(StatusCode::BAD_REQUEST, Notice::Stale { again: Some(here.link(here.language)) });
    let token = value(pairs, "token").and_then(|text| FormToken::read(text, &state.office.keys).ok());
    let Some(token) = token.filter(|token| token.trust == trust_of(&here.touchpoint.mode)) else {
        return stale();
    };
    let Some(survey) = here.province.survey_by_id(token.survey).cloned() else { return stale() };
    if !is_about(here, &survey) || token.version != survey.survey.instrument_version {
        return stale();
    }
    if !takes_answers(state, &survey) {
        return here.notice(StatusCode::GONE, Notice::Closed { on: None, results: None });
    }
    let fields = here.province.offered_fields(here.touchpoint.unit);
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
    let unit = here.touchpoint.unit;
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
        let page = StepPage {
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
            touchpoint: &self.here.touchpoint,
            token: self.token,
            trapped: submission::is_trapped(self.pairs),
        };
        let thanks = format!("{}/thanks?lang={}", self.here.path(), self.here.language.code());
        match submit::submit(&self.state.office, origin, answer).await {
            Ok(Kind::New) => Redirect::to(&thanks).into_response(),
            Ok(Kind::SentBefore) => Redirect::to(&format!("{thanks}&sent=before")).into_response(),
            Err(error) => self.failed(&error),
        }
    }

    /// The answers are still in the form of the page before: going back, or sending again, loses and
    /// doubles nothing.
    fn failed(&self, error: &usecase::UsecaseError) -> Response {
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
    let here = token.parse().ok().and_then(|token| Here::find(&state, &token, query.language(), false));
    let Some(here) = here else { return unknown(&state, query.language()) };
    let again = here.link(here.language);
    if query.get("sent") == Some("before") {
        let thanks = format!("{}/thanks?lang={}", here.path(), here.language.code());
        return here.notice(StatusCode::OK, Notice::AlreadySent { again, thanks });
    }
    let survey = here.province.survey_at(&here.touchpoint, state.office.today());
    let k = match survey {
        SurveyAt::Open(survey) => survey.survey.k,
        _ => domain::survey::DEFAULT_K,
    };
    let complaint = Some(COMPLAINTS.to_owned());
    let page = ThanksPage { frame: here.frame(false), k, results: None, complaint, again };
    html(StatusCode::OK, render_thanks(&page))
}
