//! The province page: units of one kind side by side, and what may be said of them.

use super::change::{Change, Span};
use super::{Coverage, ResponseRate, Setting, TrustLine, UnitName, WithoutLine};
use crate::language::Words;
use crate::map::ProvinceMap;
use crate::reading::Reading;
use crate::unit::UnitKind;
use std::collections::BTreeMap;
use std::sync::Arc;
use time::Date;

/// Where a unit stands against its peers, judged together with all of them. There are no places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// Clearly above.
    Above,
    /// Not distinguishable, which does not mean equal.
    Even,
    /// Clearly below.
    Below,
}

/// A row of the province page.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitLine {
    /// The unit.
    pub unit: UnitName,
    /// Its headline, of [`Setting::trust`].
    pub headline: Reading,
    /// Its overall question.
    pub overall: Reading,
    /// Its band; `None` for whoever is not compared.
    pub band: Option<Band>,
    /// Its headline against the same months a year before.
    pub change: Option<Change>,
}

/// The smallest difference that could have been seen, margin included, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visible {
    /// For a unit with so many answers.
    pub n: u64,
    /// Below the peers; `None` where none could.
    pub below: Option<f64>,
    /// Above the peers; `None` where none could.
    pub above: Option<f64>,
}

/// What the bands of a group rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct Banding {
    /// How many units were judged together.
    pub units: usize,
    /// Differences up to so many points count as none.
    pub margin: f64,
    /// The figure of these units together: the line of the peers.
    pub peers: Reading,
    /// How far that line is, at most, from the one that a unit is compared with (its peers without
    /// it), in points.
    pub shift: f64,
    /// What could have been seen, by number of answers.
    pub visible: Vec<Visible>,
}

/// Units of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct KindGroup {
    /// The kind.
    pub kind: UnitKind,
    /// Its units in the chosen order.
    pub units: Vec<UnitLine>,
    /// The figure of all units of the kind together.
    pub together: Reading,
    /// The bands; `None` where nothing is compared.
    pub banding: Option<Banding>,
    /// Units of the kind that have figures in the period but did not exist on the day of the list.
    pub elsewhere: usize,
}

/// The order of the rows of the province page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As the official list has it.
    #[default]
    Official,
    /// By the index; partly chance, and the page says so.
    ByIndex,
    /// By name.
    ByName,
}

/// The province page.
#[derive(Debug, Clone, PartialEq)]
pub struct ProvinceReport {
    /// Names, dates, choices.
    pub setting: Setting,
    /// One line for each level of trust, over all units.
    pub told: Vec<TrustLine>,
    /// Communes and departments apart.
    pub groups: Vec<KindGroup>,
    /// Which part of the dossiers belongs to units that have a figure; `None` where it is not known.
    pub coverage: Option<Coverage>,
    /// The response rate of each unit whose dossiers are known, by its code, of [`Setting::trust`].
    pub rates: BTreeMap<String, ResponseRate>,
    /// The order chosen.
    pub order: Order,
    /// The kind that the reader asked for; `None` for all.
    pub kind: Option<UnitKind>,
    /// The field that the reader asked for, by its code; `None` for all dossiers. Parts of a
    /// breakdown are not compared.
    pub field: Option<String>,
    /// The fields that could be asked for: code and name.
    pub fields: Vec<(String, Words)>,
    /// The units are those of this day.
    pub as_of: Date,
    /// The first day of the period, for whoever wants the units as they were.
    pub began: Date,
    /// The span that changes are measured against; `None` where nothing can be compared.
    pub then: Option<Span>,
    /// By level, the figure of all units without what is left out; empty where nothing is.
    pub without: Vec<WithoutLine>,
    /// The map, where there is one of this province.
    pub map: Option<Arc<ProvinceMap>>,
}

impl ProvinceReport {
    /// The name of the field that the reader asked for.
    #[must_use]
    pub fn field_name(&self) -> Option<&Words> {
        let code = self.field.as_deref()?;
        self.fields.iter().find(|(known, _)| known == code).map(|(_, name)| name)
    }
}
