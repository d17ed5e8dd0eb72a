//! The audit log, read: a page of it, the whole of it as CSV, and whether its chain holds.

use crate::error::UsecaseError;
use crate::escape::Sheet;
use crate::keys::sha256;
use crate::office::Office;
use domain::right::{Actor, Right};
use store::audit::{AuditFilter, AuditLine, LinkedLine};
use store::cell::instant;
use time::format_description::well_known::Rfc3339;

/// Lines of a page.
pub const PAGE: i64 = 100;
/// Lines that are read at once.
const CHUNK: i64 = 5_000;

/// Hash of a line: its predecessor's hash and its own text.
#[must_use]
pub fn link(before: &str, text: &str) -> String {
    sha256(format!("{before}|{text}").as_bytes())
}

/// A line as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedLine {
    /// The line.
    pub line: AuditLine,
    /// Whether its hash follows from its text and the line before it.
    pub holds: bool,
}

/// What was found when the whole chain was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Lines that were looked at.
    pub lines: i64,
    /// Hash of the last; whoever noted an earlier head can find it again in the file.
    pub head: String,
    /// Number of the first line that was changed, or after which one is missing.
    pub broken_at: Option<i64>,
}

fn allow(actor: &Actor) -> Result<(), UsecaseError> {
    if actor.may(Right::ReadAudit) { Ok(()) } else { Err(UsecaseError::Forbidden) }
}

/// The newest lines below a number that a filter lets through, and every kind of deed.
///
/// # Errors
/// Where the actor may not read the log, or the database is away.
pub async fn read_audit(
    office: &Office,
    actor: &Actor,
    filter: &AuditFilter,
    before: Option<i64>,
) -> Result<(Vec<CheckedLine>, Vec<String>), UsecaseError> {
    allow(actor)?;
    let before = before.unwrap_or(i64::MAX);
    let lines = office.store.audit_page(actor.tenant, filter, before, PAGE).await?;
    let checked = |LinkedLine { line, before }| {
        let holds = before.is_some_and(|before: String| link(&before, &line.text()) == line.hash);
        CheckedLine { line, holds }
    };
    Ok((lines.into_iter().map(checked).collect(), office.store.audit_words(actor.tenant).await?))
}

/// Looks at the whole chain of a tenant, from its first line.
///
/// # Errors
/// Where the actor may not read the log, or the database is away.
pub async fn verify_audit(office: &Office, actor: &Actor) -> Result<Chain, UsecaseError> {
    allow(actor)?;
    let (mut head, mut last, mut broken_at) = (String::new(), 0, None);
    loop {
        let lines = office.store.audit_after(actor.tenant, last, CHUNK).await?;
        for line in &lines {
            let holds = line.seq == last + 1 && link(&head, &line.text()) == line.hash;
            if !holds && broken_at.is_none() {
                broken_at = Some(line.seq);
            }
            last = line.seq;
            head.clone_from(&line.hash);
        }
        if lines.is_empty() {
            return Ok(Chain { lines: last, head, broken_at });
        }
    }
}

/// The columns of the exported log.
pub const COLUMNS: [&str; 7] = ["seq", "at", "who", "what", "outcome", "detail", "hash"];

/// Writes the lines that a filter lets through as CSV, newest first; that it was exported is itself
/// written down.
///
/// # Errors
/// Where the actor may not read the log, or the database is away.
pub async fn export_audit(
    office: &Office,
    actor: &Actor,
    filter: &AuditFilter,
) -> Result<Vec<u8>, UsecaseError> {
    allow(actor)?;
    let failed = |source| UsecaseError::Read { path: "the output".into(), source };
    let mut sheet = Sheet::new(Vec::new(), &COLUMNS).map_err(failed)?;
    let (mut before, mut rows) = (i64::MAX, 0_u64);
    loop {
        let lines = office.store.audit_page(actor.tenant, filter, before, CHUNK).await?;
        let Some(oldest) = lines.last().map(|linked| linked.line.seq) else { break };
        for LinkedLine { line, .. } in &lines {
            let at = instant(line.at).format(&Rfc3339).unwrap_or_default();
            let seq = line.seq.to_string();
            let cells = [&seq, &at, &line.who, &line.what, &line.outcome, &line.detail, &line.hash];
            sheet.line(cells).map_err(failed)?;
            rows += 1;
        }
        before = oldest;
    }
    let file = sheet.finish().map_err(failed)?;
    office.note(actor.tenant, &actor.name, "audit-export", &format!("{rows} lines")).await?;
    Ok(file)
}
