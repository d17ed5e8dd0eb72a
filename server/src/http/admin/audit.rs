//! The audit log, as a page and as a file.

use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{AuditLine, AuditPage, ChainState, render_audit};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::period::LOCAL;
use domain::right::Actor;
use store::audit::AuditFilter;
use store::cell::{instant, micros};
use time::Date;
use usecase::audit_log::{CheckedLine, PAGE, export_audit, read_audit, verify_audit};
use usecase::office::parse_day;

/// A log of so many lines is looked at whole with each page.
const LOOKED_AT: i64 = 20_000;

const ASKED: [&str; 5] = ["who", "what", "outcome", "from", "to"];

fn filter(reader: &Reader) -> Result<AuditFilter, Failure> {
    let text = |name: &str| reader.query.get(name).unwrap_or_default().to_owned();
    let day = |name: &str| -> Result<Option<Date>, Failure> {
        let read = |text: &str| parse_day(text).ok_or_else(|| Failure::bad_value(name, text));
        reader.query.get(name).map(read).transpose()
    };
    let begins = |day: Date| micros(day.midnight().assume_offset(LOCAL));
    let after = |day: Date| day.next_day().map_or(i64::MAX, begins);
    Ok(AuditFilter {
        who: text("who"),
        what: text("what"),
        outcome: text("outcome"),
        from: day("from")?.map_or(i64::MIN, begins),
        to: day("to")?.map_or(i64::MAX, after),
    })
}

/// `GET /admin/audit`.
pub async fn page(State(state): State<Shared>, reader: Reader) -> Response {
    match draw(&state, &reader).await {
        Ok(body) => html(StatusCode::OK, body),
        Err(failure) => reader.fail(&state, &failure),
    }
}

async fn draw(state: &Shared, reader: &Reader) -> Result<String, Failure> {
    let (office, actor) = (&state.office, Actor::from(&reader.principal));
    let known = |error| Failure::from_error(&error, state);
    let before: Option<i64> = reader.query.word("before")?;
    let (lines, words) = read_audit(office, &actor, &filter(reader)?, before).await.map_err(known)?;
    let newest = office.store.audit_length(actor.tenant).await.map_err(|error| known(error.into()))?;
    let chain = if newest <= LOOKED_AT || reader.query.get("verify").is_some() {
        let chain = verify_audit(office, &actor).await.map_err(known)?;
        match chain.broken_at {
            Some(line) => ChainState::Broken(line.unsigned_abs()),
            None => ChainState::Whole(chain.lines.unsigned_abs(), chain.head),
        }
    } else {
        ChainState::Unchecked(LOOKED_AT.unsigned_abs())
    };
    let is_full = lines.len() as u64 >= PAGE.unsigned_abs();
    let page = AuditPage {
        older: lines.last().filter(|_| is_full).map(|checked| checked.line.seq),
        lines: lines.into_iter().map(line).collect(),
        chain,
        asked: ASKED.map(|name| reader.query.get(name).unwrap_or_default().to_owned()),
        words,
        is_older: before.is_some(),
    };
    Ok(render_audit(&page, &reader.frame(state)))
}

fn line(CheckedLine { line, holds }: CheckedLine) -> AuditLine {
    AuditLine {
        number: line.seq.unsigned_abs(),
        at: instant(line.at),
        is_done: line.outcome == "done",
        who: line.who,
        what: line.what,
        detail: line.detail,
        holds,
    }
}

/// `GET /admin/audit.csv`.
pub async fn csv(State(state): State<Shared>, reader: Reader) -> Response {
    let wanted = match filter(&reader) {
        Ok(wanted) => wanted,
        Err(failure) => return reader.fail(&state, &failure),
    };
    match export_audit(&state.office, &Actor::from(&reader.principal), &wanted).await {
        Ok(file) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
                (
                    header::CONTENT_DISPOSITION,
                    HeaderValue::from_static("attachment; filename=\"nhat-ky.csv\""),
                ),
            ];
            (headers, file).into_response()
        }
        Err(error) => reader.fail(&state, &Failure::from_error(&error, &state)),
    }
}
