//! What would happen if a survey were opened as it is written: all that is wrong with it, or all
//! that it would do. Nothing is stored here.

use crate::calendar;
use crate::office::Office;
use crate::open_survey::NewSurvey;
use crate::registry::{Province, QuestionSet, RunningSurvey};
use crate::touchpoints;
use domain::id::UnitId;
use domain::instrument::Purpose;
use domain::new_survey::{SurveyDraft, SurveyFault};
use domain::period::Month;
use domain::survey::{LEAST_K, Mode, Survey, Variant};
use domain::tally::Layout;
use domain::unit::{Unit, UnitKind};
use std::collections::BTreeSet;
use std::sync::Arc;
use time::Date;

/// What opening a survey would do.
#[derive(Debug, Clone)]
pub struct SurveyPlan {
    /// The survey, with an id of its own.
    pub survey: Survey,
    /// Its questions.
    pub questions: Arc<QuestionSet>,
    /// The units that it is about.
    pub units: BTreeSet<UnitId>,
    /// How its touchpoints take answers.
    pub mode: Mode,
    /// Places that get a touchpoint, because they have none of this kind.
    pub places: Vec<UnitId>,
    /// Touchpoints that hang already and will show it.
    pub hanging: usize,
    /// Surveys about the same units in the same months: their touchpoints will show the new one.
    pub displaced: Vec<Arc<RunningSurvey>>,
    /// The first run of the calendar that may move answers.
    pub first_run: Option<Date>,
}

/// Reads what was typed. Every field that makes no sense is named.
///
/// # Errors
/// The faults of single fields; [`plan_survey`] finds those of the whole.
pub fn read_draft(province: &Province, draft: &SurveyDraft, on: Date) -> Result<NewSurvey, Vec<SurveyFault>> {
    let mut faults = Vec::new();
    let (from, to) = (draft.from.trim().parse::<Month>(), draft.to.trim().parse::<Month>());
    if from.is_err() {
        faults.push(SurveyFault::From(short(&draft.from)));
    }
    if to.is_err() {
        faults.push(SurveyFault::To(short(&draft.to)));
    }
    let k = draft.k.trim().parse::<u32>();
    if k.as_ref().is_err() {
        faults.push(SurveyFault::K(short(&draft.k)));
    }
    let (instrument, version) = match draft.instrument.split_once('@') {
        Some((code, version)) => (code, version.parse::<u32>().map(Some)),
        None => (draft.instrument.as_str(), Ok(None)),
    };
    if version.is_err() {
        faults.push(SurveyFault::Instrument(short(&draft.instrument)));
    }
    let variant = draft.variant.parse::<Variant>();
    if variant.is_err() {
        faults.push(SurveyFault::Variant { instrument: short(instrument), variant: short(&draft.variant) });
    }
    let (Ok(from), Ok(to), Ok(k), Ok(version), Ok(variant)) = (from, to, k, version, variant) else {
        check_words(province, draft.code.trim(), draft.name.trim(), &mut faults);
        faults.sort_by_key(SurveyFault::field);
        return Err(faults);
    };
    Ok(NewSurvey {
        code: draft.code.trim().to_owned(),
        name: draft.name.trim().to_owned(),
        instrument: instrument.to_owned(),
        version,
        variant,
        from,
        to,
        units: units_of_draft(province, draft, to.last_day().unwrap_or(on)),
        k,
        definition: Some(draft.definition.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
    })
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

fn units_of_draft(province: &Province, draft: &SurveyDraft, on: Date) -> Option<Vec<String>> {
    match draft.units.parse::<UnitKind>() {
        Ok(kind) => {
            let of_kind = province.units().filter(|unit| unit.kind == kind && unit.is_valid_on(on));
            Some(of_kind.map(|unit| unit.code.clone()).collect())
        }
        Err(_) if draft.units == "chosen" => Some(draft.chosen.clone()),
        Err(_) => None,
    }
}

/// Plans a survey: everything is checked, nothing is stored.
///
/// # Errors
/// All faults at once, each with its field.
pub fn plan_survey(
    office: &Office,
    province: &Province,
    new: &NewSurvey,
) -> Result<SurveyPlan, Vec<SurveyFault>> {
    let mut faults = Vec::new();
    check_words(province, &new.code, &new.name, &mut faults);
    if new.k < LEAST_K {
        faults.push(SurveyFault::K(new.k.to_string()));
    }
    let questions = check_questions(province, new, &mut faults);
    // Answers of a sample may lie in a file already.
    let is_asked = questions.is_none_or(|set| set.instrument.is_asked_of_users());
    check_period(office, new, is_asked, &mut faults);
    check_years(new, questions, &mut faults);
    let units = check_units(office, province, new, questions, &mut faults);
    let Some(questions) = questions.filter(|_| faults.is_empty()) else {
        // In the order of the form.
        faults.sort_by_key(SurveyFault::field);
        return Err(faults);
    };
    let survey = survey_of(office, new, questions);
    let mode = if new.variant == Variant::Kiosk { Mode::Kiosk } else { Mode::Poster };
    // A sample of residents is drawn; nobody walks into it from a poster.
    let is_asked = questions.instrument.is_asked_of_users();
    let places =
        if is_asked { touchpoints::places_without(province, &units, &mode, new.variant) } else { Vec::new() };
    let shown = |unit: UnitId| {
        units.contains(&unit) || province.committee(unit).is_some_and(|above| units.contains(&above.id))
    };
    let live = province.touchpoints().filter(|t| !t.revoked && is_asked && shown(t.unit));
    Ok(SurveyPlan {
        hanging: live.count(),
        displaced: displaced(province, &survey, &units, is_asked),
        first_run: new.from.first_day().map(|first| first.max(office.today())).and_then(calendar::next_after),
        questions: questions.clone(),
        survey,
        units,
        mode,
        places,
    })
}

fn survey_of(office: &Office, new: &NewSurvey, questions: &QuestionSet) -> Survey {
    let instrument = &questions.instrument;
    Survey {
        id: domain::id::SurveyId::from_bytes(office.chance.bytes()),
        code: new.code.clone(),
        name: new.name.clone(),
        instrument: new.instrument.clone(),
        instrument_version: instrument.version,
        variant: new.variant,
        from: new.from,
        to: new.to,
        k: new.k,
        definition: new.definition.clone().unwrap_or_else(|| instrument.headline.clone()),
        closed: false,
        ended: false,
    }
}

fn check_words(province: &Province, code: &str, name: &str, faults: &mut Vec<SurveyFault>) {
    let is_code = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    // "new" is the address of the form itself.
    if code.is_empty() || code.len() > 40 || !code.chars().all(is_code) || code == "new" {
        faults.push(SurveyFault::Code);
    } else if province.survey(code).is_some() {
        faults.push(SurveyFault::CodeTaken(code.to_owned()));
    }
    if name.trim().is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
        faults.push(SurveyFault::Name);
    }
}

fn check_questions<'a>(
    province: &'a Province,
    new: &NewSurvey,
    faults: &mut Vec<SurveyFault>,
) -> Option<&'a Arc<QuestionSet>> {
    let Some(questions) = province.instrument(&new.instrument, new.version) else {
        faults.push(SurveyFault::Instrument(short(&new.instrument)));
        return None;
    };
    let instrument = &questions.instrument;
    if let Some(definition) = new.definition.as_ref().filter(|d| !instrument.definitions.contains_key(*d)) {
        faults.push(SurveyFault::Definition(short(definition)));
    }
    if !instrument.variants.contains_key(&new.variant) {
        let variant = new.variant.to_string();
        faults.push(SurveyFault::Variant { instrument: new.instrument.clone(), variant });
    }
    // Imported answers leave nothing in boxes.
    if !instrument.pages.is_empty() && !crate::entry::fits(&Layout::part(instrument)) {
        faults.push(SurveyFault::TooLarge(new.instrument.clone()));
    }
    Some(questions)
}

/// What is there already was answered in its years; a later month would be asked anew.
fn check_years(new: &NewSurvey, questions: Option<&Arc<QuestionSet>>, faults: &mut Vec<SurveyFault>) {
    let years = questions.and_then(|set| set.instrument.years);
    if let Some(years) = years.filter(|years| !years.hold(new.from) || !years.hold(new.to)) {
        let instrument = new.instrument.clone();
        faults.push(SurveyFault::BackData { instrument, from: years.from, to: years.to });
    }
}

/// Existing answers may be imported after a survey's end, so only one that is asked must lie ahead.
fn check_period(office: &Office, new: &NewSurvey, is_asked: bool, faults: &mut Vec<SurveyFault>) {
    if new.to < new.from {
        faults.push(SurveyFault::Reversed { from: new.from, to: new.to });
    } else if is_asked && new.to < Month::of(office.today()) {
        faults.push(SurveyFault::Over(new.to));
    }
}

fn check_units(
    office: &Office,
    province: &Province,
    new: &NewSurvey,
    questions: Option<&Arc<QuestionSet>>,
    faults: &mut Vec<SurveyFault>,
) -> BTreeSet<UnitId> {
    let on = new.to.last_day().unwrap_or_else(|| office.today());
    let mut units = BTreeSet::new();
    if let Some(codes) = &new.units {
        for code in codes {
            match province.unit_by_code(code, on) {
                Ok(unit) => drop(units.insert(unit.id)),
                Err(error) => faults.push(SurveyFault::Unit(error.to_string())),
            }
        }
    } else {
        let kinds = [UnitKind::Commune, UnitKind::Department];
        units.extend(province.units().filter(|u| kinds.contains(&u.kind) && u.is_valid_on(on)).map(|u| u.id));
    }
    if units.is_empty() && !faults.iter().any(|fault| matches!(fault, SurveyFault::Unit(_))) {
        faults.push(SurveyFault::NoUnit);
    }
    if questions.is_some_and(|set| asks_field(set, new.variant)) {
        let bare = |unit: &&Unit| units.contains(&unit.id) && !has_fields(province, unit);
        let names: Vec<String> = province.units().filter(bare).map(|unit| unit.name.vi.clone()).collect();
        if !names.is_empty() {
            faults.push(SurveyFault::NoFields(names));
        }
    }
    units
}

fn asks_field(questions: &QuestionSet, variant: Variant) -> bool {
    let instrument = &questions.instrument;
    variant != Variant::Kiosk
        && !instrument.pages.is_empty()
        && instrument.questions.iter().any(|question| question.purpose == Purpose::Field)
}

/// Whether visitors of a unit find what their dossier was about, or others' dossiers come to it.
fn has_fields(province: &Province, unit: &Unit) -> bool {
    !province.offered_fields(unit.id).is_empty()
        || province.fields().iter().any(|field| field.deciding == Some(unit.id))
}

fn displaced(
    province: &Province,
    survey: &Survey,
    units: &BTreeSet<UnitId>,
    is_asked: bool,
) -> Vec<Arc<RunningSurvey>> {
    let overlaps = |other: &&Arc<RunningSurvey>| {
        let old = &other.survey;
        is_asked
            && !old.closed
            && other.questions.instrument.is_asked_of_users()
            && old.from <= survey.to
            && survey.from <= old.to
            && other.units.iter().any(|unit| units.contains(unit))
    };
    province.surveys().iter().filter(overlaps).cloned().collect()
}
