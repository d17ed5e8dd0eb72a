//! `/setup/{token}`: the first start. The link is asked for before anything that was sent is read.

mod upload;

use crate::failure::Failure;
use crate::guard::session::set_cookie;
use crate::http::page::{console_frame, console_language, html};
use crate::http::query::{Query, decode};
use crate::state::Shared;
use crate::words::say_fault;
use app::console::{
    AccountAsked, BadAddress, Setup, SetupProblem, SetupStep, UnitsAsked, render_setup, render_setup_over,
};
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::{AccountFault, check_name};
use domain::id::Tenant;
use domain::language::Language;
use usecase::UsecaseError;
use usecase::objection::Objection;
use usecase::password::check_password;
use usecase::setup::{UnitsSource, found_account, found_province, is_setup_open};
use usecase::sign_in;

pub use upload::BODY_LIMIT;
use upload::{FILE_LIMIT, Upload};

/// A request for the page of the first start.
struct Visit {
    state: Shared,
    token: String,
    query: Query,
    language: Language,
}

impl Visit {
    /// `Err` is a finished answer: the link is over, or the database is away.
    async fn of(state: Shared, token: String, uri: &Uri) -> Result<Self, Response> {
        let query = Query::of(uri).unwrap_or_default();
        let visit = Self { language: console_language(&query), state, token, query };
        match is_setup_open(&visit.state.office, &visit.token).await {
            Ok(true) => Ok(visit),
            Ok(false) => Err(visit.over()),
            Err(error) => Err(visit.fail(&Failure::from_error(&error, &visit.state))),
        }
    }

    fn path(&self) -> String {
        format!("/setup/{}", self.token)
    }

    fn over(&self) -> Response {
        // Nothing on the page leads back to the link, which may be anything that was typed.
        let here = self.query.address("/setup/-");
        html(StatusCode::GONE, render_setup_over(&console_frame(&self.state, self.language, None, here)))
    }

    fn fail(&self, failure: &Failure) -> Response {
        failure.page(&self.state, self.language, None, self.query.address("/setup/-"))
    }

    fn unreadable(&self) -> Response {
        self.fail(&Failure::BadRequest(BadAddress::Unreadable))
    }

    fn draw(&self, step: SetupStep, problems: Vec<SetupProblem>) -> Response {
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let frame = console_frame(&self.state, self.language, None, self.query.address(&self.path()));
        html(status, render_setup(&Setup { path: self.path(), step, problems }, &frame))
    }

    fn ask_for_units(&self, asked: UnitsAsked, problems: Vec<SetupProblem>) -> Response {
        self.draw(SetupStep::Units(asked), problems)
    }

    fn ask_for_account(&self, name: &str, problems: Vec<SetupProblem>) -> Response {
        let registry = self.state.office.registry();
        let Some(province) = registry.only() else { return self.over() };
        let named = province.unit(province.root).map(|unit| unit.name.clone()).unwrap_or_default();
        let asked = AccountAsked {
            name: name.chars().take(80).collect(),
            province: named,
            units: province.units().count() as u64,
        };
        self.draw(SetupStep::Account(asked), problems)
    }

    /// To the page itself, which asks for whatever is missing now.
    fn onwards(&self) -> Response {
        Redirect::to(&self.query.address(&self.path()).to_string()).into_response()
    }

    fn has_province(&self) -> bool {
        self.state.office.registry().provinces().next().is_some()
    }
}

/// `GET /setup/{token}`.
pub async fn show(State(state): State<Shared>, Path(token): Path<String>, uri: Uri) -> Response {
    match Visit::of(state, token, &uri).await {
        Err(response) => response,
        Ok(visit) if visit.has_province() => visit.ask_for_account("", Vec::new()),
        Ok(visit) => visit.ask_for_units(UnitsAsked::default(), Vec::new()),
    }
}

/// `POST /setup/{token}`: units as `multipart/form-data`, the account as a plain form.
pub async fn take(State(state): State<Shared>, Path(token): Path<String>, request: Request) -> Response {
    let visit = match Visit::of(state, token, request.uri()).await {
        Ok(visit) => visit,
        Err(response) => return response,
    };
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let is_upload = kind.is_some_and(|kind| kind.starts_with("multipart/form-data"));
    if is_upload == visit.has_province() {
        return visit.onwards();
    }
    if is_upload {
        match Multipart::from_request(request, &()).await {
            Ok(parts) => take_units(&visit, parts).await,
            Err(_) => visit.unreadable(),
        }
    } else {
        match Bytes::from_request(request, &()).await {
            Ok(body) => take_account(&visit, &body).await,
            Err(refusal) => refusal.into_response(),
        }
    }
}

async fn take_units(visit: &Visit, parts: Multipart) -> Response {
    let upload = match Upload::read(parts).await {
        Ok(upload) => upload,
        Err(refusal) if refusal.status() == StatusCode::PAYLOAD_TOO_LARGE => return refusal.into_response(),
        Err(_) => return visit.unreadable(),
    };
    let (tag, province) = (upload.tag.to_ascii_uppercase(), upload.province.clone());
    let asked = UnitsAsked { own_file: upload.own_file, province: upload.province, tag: tag.clone() };
    let units = if upload.own_file {
        let mut problems = Vec::new();
        if upload.too_large {
            problems.push(SetupProblem::FileTooLarge((FILE_LIMIT / 1_000_000) as u64));
        } else if upload.file.is_empty() {
            problems.push(SetupProblem::NoFile);
        }
        if tag.parse::<Tenant>().is_err() {
            problems.push(SetupProblem::Tag);
        }
        if !problems.is_empty() {
            return visit.ask_for_units(asked, problems);
        }
        let province = (!province.is_empty()).then_some(province.as_str());
        UnitsSource::File { csv: &upload.file, province, tag: &tag }
    } else {
        UnitsSource::Shipped
    };
    match found_province(&visit.state.office, units).await {
        Ok(_) => visit.onwards(),
        Err(error) => match problem_of_units(&error, visit.language) {
            Some(problem) => visit.ask_for_units(asked, vec![problem]),
            None => visit.fail(&Failure::from_error(&error, &visit.state)),
        },
    }
}

/// What is wrong with the file, at its field; `None` where it is our fault.
fn problem_of_units(error: &UsecaseError, language: Language) -> Option<SetupProblem> {
    match error {
        UsecaseError::File(faults) => {
            Some(SetupProblem::File(faults.iter().map(|fault| say_fault(fault, language)).collect()))
        }
        UsecaseError::Objection(Objection::ProvinceNotInFile(code)) => {
            Some(SetupProblem::Province(code.clone()))
        }
        UsecaseError::Objection(Objection::SeveralProvincesInFile(many)) => {
            Some(SetupProblem::Provinces(*many))
        }
        UsecaseError::Objection(Objection::NoProvinceLine) => Some(SetupProblem::NoProvinceLine),
        _ => None,
    }
}

async fn take_account(visit: &Visit, body: &[u8]) -> Response {
    let Ok(pairs) = decode(body) else { return visit.unreadable() };
    let field =
        |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let (name, password) = (field("name").trim(), field("password"));
    let mut problems = problems_of_account(name, password);
    if password != field("again") {
        problems.push(SetupProblem::Account(AccountFault::PasswordsDiffer));
    }
    if !problems.is_empty() {
        return visit.ask_for_account(name, problems);
    }
    match found_account(&visit.state.office, &visit.token, name, password).await {
        Ok(true) => enter(visit, name, password).await,
        Ok(false) => visit.over(),
        Err(error) => visit.fail(&Failure::from_error(&error, &visit.state)),
    }
}

fn problems_of_account(name: &str, password: &str) -> Vec<SetupProblem> {
    let password = check_password(name, password).err();
    let name = check_name(name).err();
    name.into_iter().chain(password).map(SetupProblem::Account).collect()
}

async fn enter(visit: &Visit, name: &str, password: &str) -> Response {
    let home = visit.query.address("/").to_string();
    match sign_in::sign_in(&visit.state.office, &visit.state.throttle, name, password).await {
        Ok(Ok(signed_in)) => {
            let cookie = [(header::SET_COOKIE, set_cookie(&visit.state, &signed_in.token))];
            (cookie, Redirect::to(&home)).into_response()
        }
        // The account is there; the door asks once more.
        _ => Redirect::to("/sign-in").into_response(),
    }
}
