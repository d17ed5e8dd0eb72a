//! What pages have around them.

use crate::failure::Failure;
use crate::guard::session::principal_of;
use crate::http::query::Query;
use crate::state::{AppState, Shared};
use app::console::{Area, Assets, Frame, Viewer};
use app::parts::address::Address;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::language::{Language, Words};
use domain::right::Right;
use domain::scope::{Principal, Role, Scope};
use std::sync::Arc;
use usecase::registry::Province;
use usecase::sign_in::scope_of;

/// A document.
#[must_use]
pub fn html(status: StatusCode, body: String) -> Response {
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))];
    (status, kind, body).into_response()
}

/// The frame of the console's pages.
#[must_use]
pub fn console_frame(
    state: &AppState,
    language: Language,
    principal: Option<&Principal>,
    here: Address,
) -> Frame {
    let province = principal.and_then(|p| state.office.province(p.tenant).ok());
    Frame {
        language,
        assets: Assets {
            stylesheet: site::CONSOLE_CSS.to_owned(),
            script: site::START_JS.map(str::to_owned),
            icon: site::ICON.to_owned(),
        },
        viewer: principal.map(|p| Viewer { name: p.name.clone(), role: p.role }),
        province: province.as_ref().and_then(|p| p.unit(p.root)).map(|unit| unit.name.clone()),
        places: principal.zip(province.as_ref()).map(|(who, p)| places(state, who, p)).unwrap_or_default(),
        finds_units: principal.zip(province.as_ref()).is_some_and(|(who, p)| finds_units(who, p)),
        here,
        csrf: None,
    }
}

/// Units have pages from the first survey on.
fn finds_units(who: &Principal, province: &Province) -> bool {
    who.role.reads_figures() && !province.surveys().is_empty()
}

fn places(state: &AppState, who: &Principal, province: &Province) -> Vec<(Area, String)> {
    let mut places = Vec::new();
    // Before the first survey there is nothing to show.
    let asks = !province.surveys().is_empty();
    if let Some(unit) = who.unit.and_then(|unit| province.unit(unit)).filter(|_| asks) {
        places.push((Area::Unit, format!("/a/{}", unit.code)));
    }
    if who.role.is_provincial() {
        if let Some(root) = province.unit(province.root).filter(|_| asks) {
            places.push((Area::Province, format!("/p/{}", root.code)));
        }
        places.push((Area::Surveys, "/admin/surveys".to_owned()));
        places.push((Area::Administration, "/admin".to_owned()));
        places.push((Area::Releases, "/admin/releases".to_owned()));
        places.push((Area::Registry, "/admin/units".to_owned()));
    }
    if asks && who.role.may(Right::TypePaper) && !who.role.is_provincial() {
        places.push((Area::Typing, "/paper".to_owned()));
    }
    if asks && who.role.may(Right::HelpAnswer) {
        places.push((Area::Helping, "/help".to_owned()));
        places.push((Area::Calling, "/calls".to_owned()));
    }
    if state.office.is_demo() {
        places.push((Area::Demonstration, "/demo".to_owned()));
    }
    places.push((Area::Method, "/method".to_owned()));
    places
}

/// The frame of citizens' pages.
#[must_use]
pub fn citizen_frame(
    language: Language,
    province: Words,
    place: Option<app::citizen::Place>,
    switch: Vec<(Language, String)>,
) -> app::citizen::Frame {
    app::citizen::Frame {
        language,
        stylesheet: site::CITIZEN_CSS.to_owned(),
        icon: site::ICON.to_owned(),
        province,
        place,
        privacy: format!("/privacy?lang={}", language.code()),
        switch,
    }
}

/// A reader of the console: who, what they may read, and the page they asked for.
#[derive(Debug)]
pub struct Reader {
    /// Who.
    pub principal: Principal,
    /// What they may read.
    pub scope: Scope,
    /// Their province.
    pub province: Arc<Province>,
    /// Parameters.
    pub query: Query,
    /// Language.
    pub language: Language,
    /// Address.
    pub here: Address,
}

impl Reader {
    /// Finds out who asks; whoever is not signed in is sent to the door and comes back after it.
    async fn of(state: &Shared, headers: &HeaderMap, uri: &Uri) -> Result<Self, Box<Response>> {
        let bare = || Address::new(uri.path());
        let fail = |failure: Failure| Box::new(failure.page(state, Language::Vi, None, bare()));
        let query = Query::of(uri).map_err(fail)?;
        let language = console_language(&query);
        let here = query.address(uri.path());
        let fail = |failure: Failure| Box::new(failure.page(state, language, None, bare()));
        let Some(principal) = principal_of(state, headers).await.map_err(fail)? else {
            let door = Address::new("/sign-in").with("next", &here.to_string());
            let door = if language == Language::En { door.with("lang", "en") } else { door };
            return Err(Box::new(Redirect::to(&door.to_string()).into_response()));
        };
        let known = |error| Failure::from_error(&error, state);
        let scope = scope_of(&state.office, &principal).map_err(known).map_err(fail)?;
        let province = state.office.province(principal.tenant).map_err(known).map_err(fail)?;
        Ok(Self { principal, scope, province, query, language, here })
    }

    /// The frame around this reader's page.
    #[must_use]
    pub fn frame(&self, state: &AppState) -> Frame {
        console_frame(state, self.language, Some(&self.principal), self.here.clone())
    }

    /// Whether the reader may change the registry.
    #[must_use]
    pub fn may_administer(&self) -> bool {
        self.principal.role == Role::ProvinceAdmin
    }

    /// A path in this reader's language, and whether something was stored before.
    #[must_use]
    pub fn link(&self, path: &str, saved: bool) -> String {
        let address = self.here.carry(path, &["lang"]);
        if saved { address.with("saved", "1") } else { address }.to_string()
    }

    /// A failure, drawn for this reader.
    #[must_use]
    pub fn fail(&self, state: &AppState, failure: &Failure) -> Response {
        failure.page(state, self.language, Some(&self.principal), self.here.clone())
    }
}

impl FromRequestParts<Shared> for Reader {
    /// A finished answer: the door, or a failure.
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Response> {
        Self::of(state, &parts.headers, &parts.uri).await.map_err(|response| *response)
    }
}

/// The console speaks Vietnamese and English.
#[must_use]
pub fn console_language(query: &Query) -> Language {
    match query.language() {
        Language::En => Language::En,
        _ => Language::Vi,
    }
}
