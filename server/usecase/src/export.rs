//! Rows of folded answers and of sums, for the province's own use.

use crate::error::UsecaseError;
use crate::keys::hexadecimal;
use crate::office::Office;
use crate::registry::Province;
use domain::tally::Answer;

/// Takes one row of a file.
pub type TakeRow<'a> = dyn FnMut(&[String]) -> std::io::Result<()> + Send + 'a;

fn failed(source: std::io::Error) -> UsecaseError {
    UsecaseError::Read { path: "the output".into(), source }
}

/// Folded answers up to a release, one survey after another, each with its own header: group, month
/// and answers, in random order, without an id.
///
/// # Errors
/// Where the database is away, or `row` refuses.
pub async fn write_responses(
    office: &Office,
    province: &Province,
    release: i64,
    row: &mut TakeRow<'_>,
) -> Result<usize, UsecaseError> {
    let mut rows = 0;
    for survey in province.surveys() {
        let columns = ["survey", "unit", "mode", "trust", "variant", "route", "month", "overall"];
        let mut header: Vec<String> = columns.map(str::to_owned).to_vec();
        header.extend(survey.questions.base.items.iter().cloned());
        row(&header).map_err(failed)?;
        let mut after = Vec::new();
        loop {
            let page = office.store.responses(province.tenant, survey.survey.id, &after, 2_000).await?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.id);
            for response in page.iter().filter(|r| r.release <= release) {
                let group = &response.group;
                let unit = province.unit(group.unit).map(|unit| unit.code.clone()).unwrap_or_default();
                let month = format!("{}-{:02}", response.month / 100, response.month % 100);
                let mut cells = vec![
                    survey.survey.code.clone(),
                    unit,
                    group.mode.to_string(),
                    group.trust.to_string(),
                    group.variant.to_string(),
                    group.route.to_string(),
                    month,
                ];
                cells.extend(response.answers.iter().map(|byte| word(*byte)));
                row(&cells).map_err(failed)?;
                rows += 1;
            }
        }
    }
    Ok(rows)
}

fn word(byte: u8) -> String {
    match Answer::from_byte(byte) {
        Some(Answer::Level(level)) => level.to_string(),
        Some(Answer::NotApplicable) => "na".into(),
        Some(Answer::NotAsked) => "not-asked".into(),
        _ => String::new(),
    }
}

/// Packed sums by cell and release.
///
/// # Errors
/// Where the database is away, or `row` refuses.
pub async fn write_tallies(
    office: &Office,
    province: &Province,
    release: i64,
    row: &mut TakeRow<'_>,
) -> Result<usize, UsecaseError> {
    let columns = [
        "survey",
        "unit",
        "mode",
        "trust",
        "variant",
        "route",
        "dimension",
        "band",
        "month_from",
        "month_to",
        "release",
        "n",
        "record",
    ];
    row(&columns.map(str::to_owned)).map_err(failed)?;
    let mut rows = 0;
    for survey in province.surveys() {
        for cell in office.store.increments(province.tenant, survey.survey.id).await? {
            if cell.release > release {
                continue;
            }
            let group = &cell.group;
            row(&[
                survey.survey.code.clone(),
                province.unit(group.unit).map(|unit| unit.code.clone()).unwrap_or_default(),
                group.mode.to_string(),
                group.trust.to_string(),
                group.variant.to_string(),
                group.route.to_string(),
                cell.dimension.clone(),
                cell.band.clone(),
                cell.months.0.to_string(),
                cell.months.1.to_string(),
                cell.release.to_string(),
                cell.n.to_string(),
                hexadecimal(&cell.record),
            ])
            .map_err(failed)?;
            rows += 1;
        }
    }
    Ok(rows)
}
