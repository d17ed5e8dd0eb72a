//! Whose rows a check speaks of.

use crate::AnalyzeError;
use crate::case::Case;
use crate::table::Table;
use serde_json::Value;

/// The columns of a domain and the texts allowed in each; empty for everybody. An object whose members
/// are texts, numbers or lists of them; an empty list also means everybody.
pub fn domain(value: &Value) -> Vec<(String, Vec<String>)> {
    let members = value.as_object().into_iter().flatten();
    members.map(|(column, allowed)| (column.clone(), texts(allowed))).collect()
}

/// The rows of a table in a domain, in order.
///
/// # Errors
///
/// A column that is not there.
pub fn rows(table: &Table, domain: &[(String, Vec<String>)]) -> Result<Vec<usize>, AnalyzeError> {
    let columns =
        domain.iter().map(|(name, _)| table.column(name)).collect::<Result<Vec<_>, AnalyzeError>>()?;
    let inside = |row: &usize| {
        columns
            .iter()
            .zip(domain)
            .all(|(column, (_, allowed))| allowed.iter().any(|text| text == column.text(*row)))
    };
    Ok((0..table.len()).filter(inside).collect())
}

/// A value as the texts a CSV file would hold for it.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Null => vec![String::new()],
        other => vec![other.to_string()],
    }
}

/// The answers to the items of the case, a row a respondent.
///
/// # Errors
///
/// No list of items, a column that is not there, a cell that is no answer.
pub fn answers(case: &Case, rows: &[usize]) -> Result<Vec<Vec<Option<u8>>>, AnalyzeError> {
    let table = case.responses()?;
    let names = case.description["items"].as_array().ok_or_else(|| case.wrong("no items in case.json"))?;
    let columns = names
        .iter()
        .map(|name| table.column(name.as_str().unwrap_or_default()))
        .collect::<Result<Vec<_>, AnalyzeError>>()?;
    rows.iter().map(|&row| columns.iter().map(|column| column.code(row)).collect()).collect()
}
