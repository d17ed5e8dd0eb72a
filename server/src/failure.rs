//! The one place where an error becomes a status and a page. A failure of ours gets a number that
//! is logged once and shown.

use crate::http::page::{console_frame, html};
use crate::state::AppState;
use app::console::{BadAddress, Failure as FailurePage, render_failure};
use app::parts::address::Address;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::language::Language;
use domain::scope::Principal;
use store::StoreError;
use usecase::UsecaseError;

/// Why a request has no page.
#[derive(Debug)]
pub enum Failure {
    /// Nothing stands there.
    NotFound,
    /// The reader may not see it.
    Forbidden,
    /// The address or the form makes no sense.
    BadRequest(BadAddress),
    /// Come back in a moment.
    Busy,
    /// Ours; already logged under this number.
    Ours(String),
}

impl Failure {
    /// A parameter with a value that its page does not offer; a long one is cut.
    #[must_use]
    pub fn bad_value(name: &str, value: &str) -> Self {
        Self::BadRequest(BadAddress::Value { name: name.to_owned(), value: value.chars().take(40).collect() })
    }

    /// Status of the answer.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Ours(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// From an error of a use case; whatever is our fault is logged here, once.
    #[must_use]
    pub fn from_error(error: &UsecaseError, state: &AppState) -> Self {
        match error {
            UsecaseError::Unknown { .. } | UsecaseError::Unit(_) => Self::NotFound,
            UsecaseError::Forbidden => Self::Forbidden,
            UsecaseError::Store(StoreError::Full) => Self::Busy,
            error => {
                let id = usecase::keys::hexadecimal(&state.office.chance.bytes::<4>());
                tracing::error!(failure.id = %id, "{error}");
                Self::Ours(id)
            }
        }
    }

    /// The page of the console that says so.
    #[must_use]
    pub fn page(
        &self,
        state: &AppState,
        language: Language,
        principal: Option<&Principal>,
        here: Address,
    ) -> Response {
        let page = match self {
            Self::NotFound => FailurePage::NotFound,
            Self::Forbidden => FailurePage::Forbidden,
            Self::BadRequest(problem) => FailurePage::BadRequest(problem.clone()),
            Self::Busy => FailurePage::Busy { seconds: 5 },
            Self::Ours(id) => FailurePage::Failed { id: id.clone() },
        };
        let frame = console_frame(state, language, principal, here);
        let mut response = html(self.status(), render_failure(&page, &frame));
        if matches!(self, Self::Busy) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}
