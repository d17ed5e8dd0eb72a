//! The map of a file of existing answers: which column is what.

use crate::error::{Said, UsecaseError};
use crate::objection::Objection;
use crate::registry::RunningSurvey;
use crate::table::Shape;
use domain::survey::{Route, Variant};
use domain::tally::layout::{base_items, is_asked, items_of};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// Most bytes of a mixture's name in a kept answer.
pub const MOST_MIXTURE: usize = 40;

/// What can be wrong with a map.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MapFault {
    /// Not JSON of this shape.
    #[error("the map cannot be read: {0}")]
    Unreadable(String),
    /// A weight.
    #[error("the map names a weight, but imported answers count one each; write \"weight\": null")]
    Weight,
    /// Nothing says how the answers came.
    #[error("the map must say how the answers came: \"mode\", or \"mixture\" for several together")]
    NoMode,
    /// A mixture's name has so many bytes.
    #[error("the name of a mixture has 1 to {MOST_MIXTURE} bytes, not {0}")]
    Mixture(usize),
    /// A blank that is an answer.
    #[error("the map calls {0:?} blank, but it is an answer")]
    Blank(String),
    /// Nothing to import.
    #[error("the map names neither items nor the overall question")]
    Nothing,
    /// Another instrument.
    #[error("the survey {survey} asks the instrument {own}, the map names {theirs}")]
    Instrument {
        /// Code of the survey.
        survey: String,
        /// Its instrument.
        own: String,
        /// The map's.
        theirs: String,
    },
    /// An overall question that the instrument does not have.
    #[error("the instrument {0} has no overall question")]
    NoOverall(String),
    /// An item that cannot be imported.
    #[error("the map sends the column {column:?} to {item}, {why}")]
    Item {
        /// The column.
        column: String,
        /// Code of the item.
        item: String,
        /// Why not.
        why: Unfit,
    },
    /// Two columns for one item.
    #[error("the map sends two columns to {0}")]
    Twice(String),
    /// A column that the file does not have.
    #[error("the file has no column {0:?}")]
    NoColumn(String),
    /// A word of the map.
    #[error("the map's {key}: {}", .wrong.en)]
    Word {
        /// The key of the map.
        key: &'static str,
        /// What is wrong with its word.
        wrong: Said,
    },
}

/// Why answers to an item cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unfit {
    /// The instrument does not have it.
    #[error("but {instrument} has no item {item}")]
    Unknown {
        /// The instrument.
        instrument: String,
        /// The item.
        item: String,
    },
    /// It is not asked of everybody.
    #[error("which only some people are asked; such answers would single them out")]
    OfSome,
    /// The survey's form does not ask it.
    #[error("which the variant {0} of the survey does not ask")]
    NotAsked(Variant),
}

impl From<MapFault> for UsecaseError {
    fn from(fault: MapFault) -> Self {
        Objection::Map(fault).into()
    }
}

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
        let map: Self =
            serde_json::from_str(json).map_err(|error| MapFault::Unreadable(error.to_string()))?;
        map.inspect_itself().map(|()| map)
    }

    fn inspect_itself(&self) -> Result<(), UsecaseError> {
        if self.weight.is_some() {
            return Err(MapFault::Weight.into());
        }
        if self.mode.is_none() && self.mixture.is_none() {
            return Err(MapFault::NoMode.into());
        }
        if let Some(name) = &self.mixture
            && (name.trim().is_empty() || name.len() > MOST_MIXTURE || name.chars().any(char::is_control))
        {
            return Err(MapFault::Mixture(name.len()).into());
        }
        let answers = ["1", "2", "3", "4", "5", "na"];
        if let Some(answer) = self.blank.iter().find(|text| answers.contains(&text.as_str())) {
            return Err(MapFault::Blank(answer.clone()).into());
        }
        if self.items.is_empty() && self.overall.is_none() {
            return Err(MapFault::Nothing.into());
        }
        Ok(())
    }

    /// Whether the map fits a survey.
    pub(super) fn inspect(&self, survey: &RunningSurvey) -> Result<(), UsecaseError> {
        let (code, instrument) = (&survey.survey.code, &survey.questions.instrument);
        if self.instrument != survey.survey.instrument {
            let (own, theirs) = (survey.survey.instrument.clone(), self.instrument.clone());
            return Err(MapFault::Instrument { survey: code.clone(), own, theirs }.into());
        }
        if let Some(answer) = self.blank.iter().find(|text| *text == "0" && instrument.is_in_points()) {
            return Err(MapFault::Blank(answer.clone()).into());
        }
        if self.overall.is_some() && instrument.overall.is_none() {
            return Err(MapFault::NoOverall(self.instrument.clone()).into());
        }
        let mut seen = BTreeSet::new();
        for (column, item) in &self.items {
            if let Some(why) = self.unfit(survey, item) {
                return Err(MapFault::Item { column: column.clone(), item: item.clone(), why }.into());
            }
            if !seen.insert(item) {
                return Err(MapFault::Twice(item.clone()).into());
            }
        }
        Ok(())
    }

    fn unfit(&self, survey: &RunningSurvey, code: &str) -> Option<Unfit> {
        let (instrument, variant) = (&survey.questions.instrument, survey.survey.variant);
        let Some(item) = items_of(instrument).find(|item| item.code == code) else {
            return Some(Unfit::Unknown { instrument: self.instrument.clone(), item: code.to_owned() });
        };
        if !base_items(instrument).any(|base| base.code == code) {
            return Some(Unfit::OfSome);
        }
        let asked = is_asked(instrument, variant, Route::Imported, true, item);
        (!asked).then_some(Unfit::NotAsked(variant))
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
