//! Rows of folded answers and of sums, for the province's own use.

use crate::error::UsecaseError;
use crate::keys::hexadecimal;
use crate::office::Office;
use crate::registry::Province;
use domain::tally::Answer;
use store::response::Response;

/// Takes one row of a file.
pub type TakeRow<'a> = dyn FnMut(&[String]) -> std::io::Result<()> + Send + 'a;

fn failed(source: std::io::Error) -> UsecaseError {
    UsecaseError::Read { path: "the output".into(), source }
}

const GROUP: [&str; 8] = ["survey", "unit", "mode", "trust", "variant", "route", "month", "overall"];

/// Columns of folded answers: the group, the overall answer, and every item of every survey.
#[must_use]
pub fn response_columns(province: &Province) -> Vec<String> {
    let mut columns = GROUP.map(str::to_owned).to_vec();
    for item in province.surveys().iter().flat_map(|survey| &survey.questions.base.items) {
        if !columns.contains(item) {
            columns.push(item.clone());
        }
    }
    columns
}

/// Folded answers up to a release: group, month and answers, month by month in random order, without an id.
///
/// # Errors
/// Where the database is away, or `row` refuses.
pub async fn write_responses(
    office: &Office,
    province: &Province,
    release: i64,
    row: &mut TakeRow<'_>,
) -> Result<usize, UsecaseError> {
    let columns = response_columns(province);
    let mut rows = 0;
    for survey in province.surveys() {
        let items = &survey.questions.base.items;
        let places: Vec<Option<usize>> =
            items.iter().map(|item| columns.iter().position(|c| c == item)).collect();
        let id = survey.survey.id;
        for month in office.store.response_months(province.tenant, id).await? {
            let mut after = Vec::new();
            loop {
                let page = office.store.responses(province.tenant, (id, month), &after, 2_000).await?;
                let Some(last) = page.last() else { break };
                after.clone_from(&last.id);
                for response in page.iter().filter(|r| r.release <= release) {
                    row(&cells(province, &survey.survey.code, response, &places, columns.len()))
                        .map_err(failed)?;
                    rows += 1;
                }
            }
        }
    }
    Ok(rows)
}

fn cells(
    province: &Province,
    survey: &str,
    response: &Response,
    places: &[Option<usize>],
    width: usize,
) -> Vec<String> {
    let group = &response.group;
    let mut cells = vec![
        survey.to_owned(),
        province.unit(group.unit).map(|unit| unit.code.clone()).unwrap_or_default(),
        group.mode.to_string(),
        group.trust.to_string(),
        group.variant.to_string(),
        group.route.to_string(),
        format!("{}-{:02}", response.month / 100, response.month % 100),
    ];
    cells.resize(width, String::new());
    if let Some((overall, items)) = response.answers.split_first() {
        cells[GROUP.len() - 1] = word(*overall);
        for (place, byte) in places.iter().zip(items) {
            if let Some(cell) = place.and_then(|place| cells.get_mut(place)) {
                *cell = word(*byte);
            }
        }
    }
    cells
}

fn word(byte: u8) -> String {
    match Answer::from_byte(byte) {
        Some(Answer::Level(level)) => level.to_string(),
        Some(Answer::NotApplicable) => "na".into(),
        Some(Answer::NotAsked) => "not-asked".into(),
        _ => String::new(),
    }
}

/// Columns of packed sums.
pub const TALLY_COLUMNS: [&str; 13] = [
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
