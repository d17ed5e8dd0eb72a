//! `/admin/releases/{number}/aggregates.csv`: every figure of a release, rounded as pages are, streamed
//! piece by piece: a slow reader holds back one piece of the file, not the whole.

use super::{answer, let_read};
use crate::failure::Failure;
use crate::http::page::Reader;
use crate::state::Shared;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::sync::Arc;
use tokio::sync::mpsc::{Sender, channel};
use usecase::UsecaseError;
use usecase::escape::Sheet;
use usecase::figures::aggregate::{COLUMNS, Precision, pieces, write_piece};
use usecase::registry::Province;

/// Pieces that may wait for a slow reader.
const AHEAD: usize = 2;

type Chunk = Result<Bytes, std::io::Error>;

/// `GET /admin/releases/{number}/aggregates.csv`.
pub async fn aggregates(State(state): State<Shared>, Path(number): Path<i64>, reader: Reader) -> Response {
    let page = send(&state, &reader, number).await;
    answer(&state, &reader, page)
}

async fn send(state: &Shared, reader: &Reader, number: i64) -> Result<Response, Failure> {
    let_read(reader)?;
    let (office, tenant) = (&state.office, reader.province.tenant);
    let failed = |error: UsecaseError| Failure::from_error(&error, state);
    let releases = office.store.releases(tenant).await.map_err(|error| failed(error.into()))?;
    if !releases.iter().any(|release| release.number == number) {
        return Err(Failure::NotFound);
    }
    let detail = format!("aggregates of release {number}");
    office.note(tenant, &reader.principal.name, "export", &detail).await.map_err(failed)?;
    let (sender, receiver) = channel::<Chunk>(AHEAD);
    tokio::spawn(write(state.clone(), reader.province.clone(), number, sender));
    let chunks = stream::unfold(receiver, |mut receiver| async {
        let chunk = receiver.recv().await?;
        Some((chunk, receiver))
    });
    let mut response = Body::from_stream(chunks).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let name = format!("attachment; filename=\"hailong-{tenant}-{number}.csv\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// Writes the file. Where it breaks off, so does the download: a file that is cut short must not look whole.
async fn write(state: Shared, province: Arc<Province>, number: i64, sender: Sender<Chunk>) {
    if let Err(error) = write_pieces(&state, &province, number, &sender).await {
        tracing::error!("the export of release {number} broke off: {error}");
        let _ = sender.send(Err(std::io::Error::other("the export broke off"))).await;
    }
}

async fn write_pieces(
    state: &Shared,
    province: &Province,
    number: i64,
    sender: &Sender<Chunk>,
) -> Result<(), UsecaseError> {
    let failed = |source| UsecaseError::Read { path: "the output".into(), source };
    let mut sheet = Sheet::new(Vec::new(), &COLUMNS).map_err(failed)?;
    for piece in pieces(&state.office, province, number).await? {
        let mut row = |cells: &[String]| sheet.line(cells);
        write_piece(&state.office, province, (number, Precision::Published), &piece, &mut row).await?;
        let written = sheet.take().map_err(failed)?;
        if sender.send(Ok(written.into())).await.is_err() {
            // Nobody reads any more.
            return Ok(());
        }
    }
    let rest = sheet.finish().map_err(failed)?;
    let _ = sender.send(Ok(rest.into())).await;
    Ok(())
}
