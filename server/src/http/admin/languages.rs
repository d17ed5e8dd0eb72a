//! `/admin/surveys/{code}/languages`: recordings, and who has read the texts.

use super::{answer, go_to, let_change, let_read, may_change};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{BadAddress, LanguagesPage, RecordingLine, render_languages};
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::id::Tenant;
use domain::language::{Language, Words};
use domain::path::Ask;
use domain::period::local_day;
use domain::right::Actor;
use std::collections::HashMap;
use store::cell::instant;
use store::recording::{Review, Spoken};
use time::Date;
use usecase::UsecaseError;
use usecase::recording::{codes_of, drop_recording, keep_recording, sign_off};
use usecase::registry::{Province, RunningSurvey};

/// Most bytes of a form with a recording.
pub const BODY_LIMIT: usize = usecase::recording::MOST_BYTES + 64 * 1024;

/// `GET /sounds/{tenant}/{hash}`: anybody may hear what anybody may read.
pub async fn sound(State(state): State<Shared>, Path((tenant, hash)): Path<(String, String)>) -> Response {
    let missing = || (StatusCode::NOT_FOUND, "there is no such recording\n").into_response();
    let Ok(tenant) = tenant.parse::<Tenant>() else { return missing() };
    match state.office.store.sound(tenant, &hash).await {
        Ok(Some((kind, sound))) => {
            let mut response = sound.into_response();
            let headers = response.headers_mut();
            let kind = HeaderValue::from_str(&kind);
            let plain = HeaderValue::from_static("application/octet-stream");
            headers.insert(header::CONTENT_TYPE, kind.unwrap_or(plain));
            let for_ever = HeaderValue::from_static("public, max-age=31536000, immutable");
            headers.insert(header::CACHE_CONTROL, for_ever);
            response
        }
        Ok(None) => missing(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

/// `GET /admin/surveys/{code}/languages`.
pub async fn languages(State(state): State<Shared>, Path(code): Path<String>, reader: Reader) -> Response {
    let page = let_read(&reader).and_then(|()| {
        let running = reader.province.survey(&code).ok_or(Failure::NotFound)?;
        let page = page(&state, &reader, running);
        Ok(html(StatusCode::OK, render_languages(&page, &reader.frame(&state))))
    });
    answer(&state, &reader, page)
}

/// Who has read the Khmer texts of a survey; `None` where it has none, or nobody has.
pub(super) fn review_of(province: &Province, running: &RunningSurvey) -> Option<(String, Date, String)> {
    let review: &Review = province.review(&spoken(running, Language::Km))?;
    let day = local_day(instant(review.at));
    Some((review.reader.clone(), day, review.who.clone()))
}

/// Whether citizens can read a survey in Khmer.
pub(super) fn has_khmer(running: &RunningSurvey) -> bool {
    let instrument = &running.questions.instrument;
    instrument.is_asked() && instrument.title.km.is_some()
}

fn spoken(running: &RunningSurvey, language: Language) -> Spoken {
    let survey = &running.survey;
    Spoken { instrument: survey.instrument.clone(), version: survey.instrument_version, language }
}

fn page(state: &Shared, reader: &Reader, running: &RunningSurvey) -> LanguagesPage {
    let instrument = &running.questions.instrument;
    let words = |code: &str| match Ask::find(instrument, code) {
        Some(Ask::Overall(overall)) => overall.text.clone(),
        Some(Ask::Item(item)) => item.text.clone(),
        Some(Ask::Question(question)) => question.text.clone(),
        None => Words::default(),
    };
    let of_language = |language| {
        let tenant = reader.province.tenant;
        let spoken = spoken(running, language);
        let lines = reader.province.recordings(&spoken).map(|one| RecordingLine {
            code: one.code.clone(),
            language,
            synthetic: one.synthetic,
            href: format!("/sounds/{tenant}/{}", one.hash),
        });
        lines.collect::<Vec<_>>()
    };
    LanguagesPage {
        survey: running.survey.code.clone(),
        name: running.survey.name.clone(),
        has_khmer: has_khmer(running),
        review: review_of(&reader.province, running),
        questions: codes_of(&running.questions)
            .into_iter()
            .map(|code| (code.clone(), words(&code)))
            .collect(),
        recordings: Language::ALL.into_iter().flat_map(of_language).collect(),
        may_change: may_change(reader),
        fault: None,
        demo: state.office.is_demo(),
    }
}

/// `POST /admin/surveys/{code}/languages`.
pub async fn change_languages(
    State(state): State<Shared>,
    Path(code): Path<String>,
    reader: Reader,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let page = change(&state, &reader, &code, form).await;
    answer(&state, &reader, page)
}

async fn change(
    state: &Shared,
    reader: &Reader,
    code: &str,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Failure> {
    let_change(reader)?;
    let running = reader.province.survey(code).ok_or(Failure::NotFound)?.clone();
    let fields = fields(form.map_err(|_| Failure::BadRequest(BadAddress::Unreadable))?).await?;
    let text = |name: &str| fields.get(name).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default();
    let language = || {
        let word = text("language");
        word.parse::<Language>().map_err(|_| Failure::bad_value("language", word))
    };
    let (actor, office) = (Actor::from(&reader.principal), &state.office);
    let result = match text("go") {
        "sign" => sign_off(office, &actor, &spoken(&running, Language::Km), text("reader")).await,
        "drop" => drop_recording(office, &actor, (&spoken(&running, language()?), text("code"))).await,
        "send" => {
            let sound = fields.get("file").map(Vec::as_slice).unwrap_or_default();
            let of = (&spoken(&running, language()?), text("code"));
            keep_recording(office, &actor, of, sound, text("synthetic") == "1").await
        }
        other => return Err(Failure::bad_value("go", other)),
    };
    match result {
        Ok(()) => Ok(go_to(reader, &format!("/admin/surveys/{code}/languages"), "")),
        Err(UsecaseError::Objection(why)) => {
            let said = why.told();
            let frame = reader.frame(state);
            let says = if frame.language == Language::Vi { said.vi } else { said.en };
            let page = LanguagesPage { fault: Some(says), ..page(state, reader, &running) };
            Ok(html(StatusCode::UNPROCESSABLE_ENTITY, render_languages(&page, &frame)))
        }
        Err(error) => Err(Failure::from_error(&error, state)),
    }
}

async fn fields(mut form: Multipart) -> Result<HashMap<String, Vec<u8>>, Failure> {
    let unreadable = |_| Failure::BadRequest(BadAddress::Unreadable);
    let mut fields = HashMap::new();
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        fields.insert(name, field.bytes().await.map_err(unreadable)?.to_vec());
    }
    Ok(fields)
}
