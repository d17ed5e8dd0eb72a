//! The band of an answer in every family.

use super::{BLANK, Family, NOT_ASKED};
use crate::keys::hexadecimal;
use crate::record::{Flag, Kept, position};
use domain::id::UnitId;
use domain::instrument::{Instrument, Question};
use domain::path::{Visit, is_in_form};
use domain::survey::{Helper, Mode};

/// The questions whose answers are bands, in the order of [`Bands::said`].
pub const QUESTIONS: [&str; 10] =
    ["stage", "complained", "field", "kind", "size", "sex", "age", "education", "occupation", "helper"];

const FIRST_OPTION: u8 = 2;

/// Bands of all families.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// Flag class.
    pub flag: Flag,
    /// By question: 0 not asked, 1 blank, then the option.
    pub said: [u8; QUESTIONS.len()],
    /// Where the dossier was handed in.
    pub receiving: UnitId,
    /// Code of the field; empty for other, don't remember, not asked.
    pub field: String,
}

impl Bands {
    /// The bands of an answer.
    #[must_use]
    pub fn of(kept: &Kept, instrument: &Instrument) -> Self {
        let visit =
            Visit { variant: kept.variant, mode: kept.mode.clone(), channel_of_code: None, has_code: false };
        Self {
            flag: kept.flag,
            said: QUESTIONS.map(|code| match code {
                "helper" => helper(kept),
                code => said(kept, instrument, &visit, code),
            }),
            receiving: kept.receiving,
            field: kept.field.clone(),
        }
    }

    /// The code of the band in a family, as published parts carry it.
    #[must_use]
    pub fn code(&self, family: Family, instrument: &Instrument) -> String {
        match family {
            Family::Result => self.result(instrument),
            Family::Field if !self.field.is_empty() => self.field.clone(),
            Family::Who => self.who(instrument),
            Family::FlagClass => self.flag.code().to_owned(),
            Family::ReceivingCounter => hexadecimal(self.receiving.as_bytes()),
            Family::Helper => self.helper(),
            _ => self.answer(instrument, family.code()),
        }
    }

    /// No question of the form: it is known before the first.
    fn helper(&self) -> String {
        let band = QUESTIONS.iter().position(|code| *code == "helper").map_or(0, |at| self.said[at]);
        match band {
            0 => NOT_ASKED.into(),
            1 => BLANK.into(),
            kind => {
                let kind = Helper::ALL.get(usize::from(kind - FIRST_OPTION));
                kind.map_or_else(|| BLANK.into(), |kind| kind.code().into())
            }
        }
    }

    /// Somebody who still waits, or only asked, has no result.
    fn result(&self, instrument: &Instrument) -> String {
        match self.answer(instrument, "stage").as_str() {
            "done" => "granted".into(),
            "refused" => "refused".into(),
            BLANK => BLANK.into(),
            _ => NOT_ASKED.into(),
        }
    }

    fn who(&self, instrument: &Instrument) -> String {
        let kind = self.answer(instrument, "kind");
        match self.answer(instrument, "size").as_str() {
            NOT_ASKED => kind,
            size => format!("{kind}:{size}"),
        }
    }

    pub(crate) fn answer(&self, instrument: &Instrument, code: &str) -> String {
        let at = QUESTIONS.iter().position(|question| *question == code);
        match at.map_or(0, |at| self.said[at]) {
            0 => NOT_ASKED.into(),
            1 => BLANK.into(),
            option => {
                let option = usize::from(option - FIRST_OPTION);
                let known = instrument.question(code).and_then(|question| question.options.get(option));
                known.map_or_else(|| BLANK.into(), |choice| choice.value.clone())
            }
        }
    }
}

/// Of assisted answers: who helped, or nobody said.
fn helper(kept: &Kept) -> u8 {
    match kept.helper {
        Some(helper) => position(Helper::ALL, &helper).saturating_add(FIRST_OPTION),
        None => u8::from(kept.mode == Mode::Assisted),
    }
}

fn said(kept: &Kept, instrument: &Instrument, visit: &Visit, code: &str) -> u8 {
    let Some(question) = instrument.question(code) else { return 0 };
    match choice(kept, instrument, code) {
        Some(option) => option.saturating_add(FIRST_OPTION),
        None => u8::from(is_asked(kept, instrument, visit, question)),
    }
}

fn choice(kept: &Kept, instrument: &Instrument, code: &str) -> Option<u8> {
    let at = instrument.questions.iter().position(|question| question.code == code)?;
    kept.choices.get(at).copied().flatten()
}

/// As the form decided it (`domain::path`), from what was kept of it.
fn is_asked(kept: &Kept, instrument: &Instrument, visit: &Visit, question: &Question) -> bool {
    let on_route = question.routes.is_empty() || question.routes.contains(&kept.route);
    let holds = |(code, values): &(String, Vec<String>)| {
        let option = choice(kept, instrument, code).map(usize::from);
        let target = instrument.question(code);
        let value = option.and_then(|option| target?.options.get(option)).map(|choice| &choice.value);
        value.is_some_and(|value| values.contains(value))
    };
    is_in_form(instrument, visit, &question.code) && on_route && question.only_if.as_ref().is_none_or(holds)
}
