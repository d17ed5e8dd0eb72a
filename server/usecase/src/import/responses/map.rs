//! The map of a file of existing answers: which column is what.

use crate::error::UsecaseError;
use crate::import::refuse;
use crate::registry::RunningSurvey;
use crate::table::Shape;
use domain::survey::Route;
use domain::tally::layout::{base_items, is_asked, items_of};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Most bytes of a mixture's name in a kept answer.
const MOST_MIXTURE: usize = 40;

/// The map as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Map {
    pub survey: String,
    pub instrument: String,
    /// The column with the unit.
    pub unit: String,
    /// What the column holds, and the code of the unit that is meant.
    #[serde(default)]
    pub units: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub mode: Option<Origin>,
    #[serde(default)]
    pub mixture: Option<String>,
    #[serde(default)]
    pub trust: Option<Origin>,
    pub month: Origin,
    #[serde(default)]
    pub overall: Option<String>,
    /// Columns, and the codes of their items.
    pub items: BTreeMap<String, String>,
    /// What counts as not answered, beside an empty cell.
    #[serde(default)]
    pub blank: Vec<String>,
    #[serde(default)]
    weight: Option<Value>,
}

/// Where a word comes from: the map itself, or a column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub(super) enum Origin {
    /// The same for the whole file.
    Fixed(String),
    /// A column, and what its values mean; without values they are the words themselves.
    Column { name: String, values: Option<BTreeMap<String, String>> },
}

impl TryFrom<Value> for Origin {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            value: Option<String>,
            column: Option<String>,
            values: Option<BTreeMap<String, String>>,
        }
        if let Value::String(word) = value {
            return Ok(Self::Fixed(word));
        }
        let written: Written = serde_json::from_value(value).map_err(|error| error.to_string())?;
        match (written.value, written.column, written.values) {
            (Some(word), None, None) => Ok(Self::Fixed(word)),
            (None, Some(name), values) => Ok(Self::Column { name, values }),
            _ => Err("write {\"value\": …} or {\"column\": …, \"values\": {…}}, not both".into()),
        }
    }
}

impl Map {
    /// Reads a map.
    pub(super) fn read(json: &str) -> Result<Self, UsecaseError> {
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        let map: Self = serde_json::from_str(json)
            .map_err(|error| UsecaseError::Refused(format!("the map cannot be read: {error}")))?;
        map.inspect_itself().map(|()| map)
    }

    fn inspect_itself(&self) -> Result<(), UsecaseError> {
        if self.weight.is_some() {
            return refuse(
                "the map names a weight, but imported answers count one each; write \"weight\": null",
            );
        }
        if self.mode.is_none() && self.mixture.is_none() {
            return refuse(
                "the map must say how the answers came: \"mode\", or \"mixture\" for several together",
            );
        }
        if let Some(name) = &self.mixture
            && (name.trim().is_empty() || name.len() > MOST_MIXTURE || name.chars().any(char::is_control))
        {
            return refuse(format!(
                "the name of a mixture has 1 to {MOST_MIXTURE} bytes, not {}",
                name.len()
            ));
        }
        let answers = ["1", "2", "3", "4", "5", "na"];
        if let Some(answer) = self.blank.iter().find(|text| answers.contains(&text.as_str())) {
            return refuse(format!("the map calls {answer:?} blank, but it is an answer"));
        }
        if self.items.is_empty() && self.overall.is_none() {
            return refuse("the map names neither items nor the overall question");
        }
        Ok(())
    }

    /// Whether the map fits a survey.
    pub(super) fn inspect(&self, survey: &RunningSurvey) -> Result<(), UsecaseError> {
        let (code, instrument) = (&survey.survey.code, &survey.questions.instrument);
        if self.instrument != survey.survey.instrument {
            let (theirs, own) = (&self.instrument, &survey.survey.instrument);
            return refuse(format!("the survey {code} asks the instrument {own}, the map names {theirs}"));
        }
        if self.overall.is_some() && instrument.overall.is_none() {
            return refuse(format!("the instrument {} has no overall question", self.instrument));
        }
        let mut seen = BTreeSet::new();
        for (column, item) in &self.items {
            if let Some(reason) = self.unfit(survey, item) {
                return refuse(format!("the map sends the column {column:?} to {item}, {reason}"));
            }
            if !seen.insert(item) {
                return refuse(format!("the map sends two columns to {item}"));
            }
        }
        Ok(())
    }

    fn unfit(&self, survey: &RunningSurvey, code: &str) -> Option<String> {
        let (instrument, variant) = (&survey.questions.instrument, survey.survey.variant);
        let Some(item) = items_of(instrument).find(|item| item.code == code) else {
            return Some(format!("but {} has no item {code}", self.instrument));
        };
        if !base_items(instrument).any(|base| base.code == code) {
            return Some("which only some people are asked; such answers would single them out".into());
        }
        let asked = is_asked(instrument, variant, Route::Imported, true, item);
        (!asked).then(|| format!("which the variant {variant} of the survey does not ask"))
    }

    /// The columns that the map needs.
    pub(super) fn columns(&self) -> Vec<&str> {
        let origins = [self.mode.as_ref(), self.trust.as_ref(), Some(&self.month)];
        let of_origin = origins.into_iter().flatten().filter_map(|origin| match origin {
            Origin::Fixed(_) => None,
            Origin::Column { name, .. } => Some(name.as_str()),
        });
        let items = self.items.keys().map(String::as_str);
        let mut columns = vec![self.unit.as_str()];
        for column in of_origin.chain(self.overall.as_deref()).chain(items) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
    }
}

/// A file of existing answers may have any other columns as well.
pub(super) const fn shape<'a>(columns: &'a [&'a str]) -> Shape<'a> {
    Shape { required: columns, optional: &[], open: true }
}
