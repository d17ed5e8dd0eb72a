//! From a line of the file to an answer.

use super::map::{Map, MapFault, Origin};
use crate::error::{Said, UsecaseError, said};
use crate::import::fault::unknown_word;
use crate::office::parse_day;
use crate::record::{Flag, Kept};
use crate::registry::{Province, RunningSurvey};
use crate::table::{Faults, Header, Row};
use domain::id::{ImportId, UnitId};
use domain::period::Month;
use domain::survey::{Mode, Route, Trust};
use domain::tally::Answer;
use domain::tally::layout::items_of;
use std::collections::{BTreeMap, HashMap};

/// A map whose columns were found and whose words were understood.
pub(super) struct Plan<'a> {
    map: &'a Map,
    province: &'a Province,
    survey: &'a RunningSurvey,
    id: ImportId,
    unit: usize,
    mode: Option<Told<Mode>>,
    trust: Told<Trust>,
    month: Told<Month>,
    overall: Option<usize>,
    /// By item of the instrument: its column.
    items: Vec<Option<usize>>,
    offers_na: bool,
    /// Points of criteria instead of levels of satisfaction.
    in_points: bool,
    units: HashMap<(String, Month), Result<UnitId, Said>>,
}

/// A word that the map gives, or a column of such words.
enum Told<T> {
    Fixed(T),
    Column {
        name: String,
        place: usize,
        values: Option<BTreeMap<String, T>>,
        read: fn(&str) -> Result<T, Said>,
    },
}

impl<T: Clone> Told<T> {
    fn new(
        key: &'static str,
        origin: &Origin,
        header: &Header,
        read: fn(&str) -> Result<T, Said>,
    ) -> Result<Self, UsecaseError> {
        let understood = |word: &str| read(word).map_err(|wrong| MapFault::Word { key, wrong }.into());
        match origin {
            Origin::Fixed(word) => understood(word).map(Self::Fixed),
            Origin::Column { name, values } => {
                let values = values.as_ref().map(|values| {
                    values.iter().map(|(value, word)| Ok((value.clone(), understood(word)?))).collect()
                });
                let values = values.transpose().map_err(|error: UsecaseError| error)?;
                Ok(Self::Column { name: name.clone(), place: place(header, name)?, values, read })
            }
        }
    }

    fn of(&self, row: Row<'_>, faults: &mut Faults) -> Option<T> {
        let (name, place, values, read) = match self {
            Self::Fixed(word) => return Some(word.clone()),
            Self::Column { name, place, values, read } => (name, *place, values, read),
        };
        let text = row.at(place);
        let word = match values {
            Some(values) => values.get(text).cloned().ok_or_else(|| {
                let known = listed(values.keys());
                said!(
                    "bản đồ cột không cho biết {text:?} nghĩa là gì; chỉ biết {known}"
                        / "the map does not say what {text:?} means; it knows {known}"
                )
            }),
            None => read(text),
        };
        word.map_err(|wrong| faults.cell(row, name, wrong)).ok()
    }
}

fn listed<'a>(words: impl Iterator<Item = &'a String>) -> String {
    words.map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn place(header: &Header, column: &str) -> Result<usize, UsecaseError> {
    Ok(header.place(column).ok_or_else(|| MapFault::NoColumn(column.to_owned()))?)
}

fn read_mode(word: &str) -> Result<Mode, Said> {
    match word.parse() {
        Ok(Mode::Mixture(_)) => Err(said!(
            "hỗn hợp được đặt tên ở khoá \"mixture\" của bản đồ cột"
                / "a mixture is named under the map's own key \"mixture\""
        )),
        other => other.map_err(|error| unknown_word(&error)),
    }
}

fn read_trust(word: &str) -> Result<Trust, Said> {
    word.parse().map_err(|error| unknown_word(&error))
}

/// A month, or a day, of which only the month is kept.
fn read_month(word: &str) -> Result<Month, Said> {
    let month = word.parse().ok().or_else(|| parse_day(word).filter(|day| day.year() >= 2000).map(Month::of));
    month.ok_or_else(|| {
        said!(
            "{word:?} không phải là tháng; viết như 2026-10" / "{word:?} is not a month; write it as 2026-10"
        )
    })
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        map: &'a Map,
        province: &'a Province,
        survey: &'a RunningSurvey,
        id: ImportId,
        header: &Header,
    ) -> Result<Self, UsecaseError> {
        let instrument = &survey.questions.instrument;
        let open = Origin::Fixed(Trust::Open.code().into());
        let trust = map.trust.as_ref().unwrap_or(&open);
        let mode = map.mode.as_ref().map(|mode| Told::new("mode", mode, header, read_mode)).transpose()?;
        let column_of =
            |code: &str| map.items.iter().find(|(_, item)| *item == code).map(|(column, _)| column);
        let items = items_of(instrument)
            .map(|item| column_of(&item.code).map(|column| place(header, column)).transpose())
            .collect::<Result<_, _>>()?;
        Ok(Self {
            unit: place(header, &map.unit)?,
            trust: Told::new("trust", trust, header, read_trust)?,
            month: Told::new("month", &map.month, header, read_month)?,
            overall: map.overall.as_ref().map(|column| place(header, column)).transpose()?,
            offers_na: instrument.scale.not_applicable.is_some(),
            in_points: instrument.is_in_points(),
            units: HashMap::new(),
            map,
            province,
            survey,
            id,
            mode,
            items,
        })
    }

    /// The answer in a line; what is wrong in it is noted.
    pub(super) fn read(&mut self, row: Row<'_>, faults: &mut Faults) -> Option<Kept> {
        let month = self.month(row, faults);
        let unit = month.and_then(|month| self.unit(row, month, faults));
        let mode = self.mode(row, faults);
        let trust = self.trust.of(row, faults);
        let overall = self.overall.map(|place| self.answer(row, place, faults));
        let items: Vec<Answer> = self
            .items
            .iter()
            .map(|place| place.map_or(Answer::NotAsked, |place| self.answer(row, place, faults)))
            .collect();
        let (month, unit) = (month?, unit?);
        Some(Kept {
            deciding: unit,
            receiving: unit,
            touchpoint: None,
            import: Some(self.id),
            month: Some(month),
            mode: mode?,
            trust: trust?,
            variant: self.survey.survey.variant,
            route: Route::Imported,
            helper: None,
            flag: Flag::None,
            field: String::new(),
            overall: overall.unwrap_or(Answer::NotAsked),
            items,
            choices: vec![None; self.survey.questions.instrument.questions.len()],
        })
    }

    fn mode(&self, row: Row<'_>, faults: &mut Faults) -> Option<Mode> {
        let own = self.mode.as_ref().map(|mode| mode.of(row, faults));
        let mixture = self.map.mixture.as_ref().map(|name| Mode::Mixture(name.clone()));
        match own {
            Some(own) => own.map(|own| mixture.unwrap_or(own)),
            None => mixture,
        }
    }

    fn month(&self, row: Row<'_>, faults: &mut Faults) -> Option<Month> {
        let month = self.month.of(row, faults)?;
        let (from, to) = (self.survey.survey.from, self.survey.survey.to);
        if from <= month && month <= to {
            return Some(month);
        }
        let wrong = said!(
            "{month} không thuộc đợt khảo sát, vốn kéo dài từ {from} đến {to}"
                / "{month} is not a month of the survey, which runs from {from} to {to}"
        );
        match &self.month {
            Told::Fixed(_) => faults.line(row.line(), wrong),
            Told::Column { name, .. } => faults.cell(row, name, wrong),
        }
        None
    }

    fn unit(&mut self, row: Row<'_>, month: Month, faults: &mut Faults) -> Option<UnitId> {
        let key = (row.at(self.unit).to_owned(), month);
        let found = if let Some(found) = self.units.get(&key) {
            found.clone()
        } else {
            let found = self.find_unit(&key.0, month);
            self.units.insert(key, found.clone());
            found
        };
        found.map_err(|wrong| faults.cell(row, &self.map.unit, wrong)).ok()
    }

    fn find_unit(&self, text: &str, month: Month) -> Result<UnitId, Said> {
        if text.is_empty() {
            return Err(said!("thiếu đơn vị" / "the unit is missing"));
        }
        let code = match &self.map.units {
            None => text,
            Some(units) => units.get(text).map(String::as_str).ok_or_else(|| {
                let known = listed(units.keys());
                said!(
                    "bản đồ cột không cho biết {text:?} là đơn vị nào; chỉ biết {known}"
                        / "the map does not say which unit {text:?} is; it knows {known}"
                )
            })?,
        };
        let day = month
            .last_day()
            .ok_or_else(|| said!("{month} không phải là tháng" / "{month} is not a month"))?;
        let unit = self.province.unit_by_code(code, day).map_err(|error| error.said())?;
        if self.survey.units.contains(&unit.id) {
            return Ok(unit.id);
        }
        let (survey, name) = (&self.survey.survey.code, &unit.name.vi);
        Err(said!(
            "đợt khảo sát {survey} không hỏi về đơn vị {code} ({name})"
                / "the survey {survey} is not about the unit {code} ({name})"
        ))
    }

    fn answer(&self, row: Row<'_>, place: usize, faults: &mut Faults) -> Answer {
        let text = row.at(place);
        if text.is_empty() || self.map.blank.iter().any(|blank| blank == text) {
            return Answer::Blank;
        }
        match text.as_bytes() {
            // No points are the lowest level, because a level of zero stands for no answer.
            [points @ b'0'..=b'2'] if self.in_points => return Answer::Level(points - b'0' + 1),
            [level @ b'1'..=b'5'] if !self.in_points => return Answer::Level(level - b'0'),
            b"na" if self.offers_na => return Answer::NotApplicable,
            _ => {}
        }
        let na = if self.offers_na { ", na" } else { "" };
        let (from, to) = if self.in_points { (0, 2) } else { (1, 5) };
        let wrong = said!(
            "{text:?} không phải là câu trả lời; viết từ {from} đến {to}{na}, hoặc để trống"
                / "{text:?} is not an answer; write {from} to {to}{na}, or leave the cell empty"
        );
        faults.at(row, place, wrong);
        Answer::Blank
    }
}
