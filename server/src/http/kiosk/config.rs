//! What a tablet is told of itself: where it stands, what it asks, how it behaves. It keeps this and
//! works with it for days.

use super::state_of;
use domain::device::Device;
use domain::id::UnitId;
use domain::instrument::{Instrument, Purpose};
use domain::language::Words;
use domain::path::{Visit, is_in_form};
use domain::survey::{Mode, Variant};
use serde_json::{Value, json};
use usecase::kiosk::Screen;
use usecase::office::write_day;
use usecase::registry::Province;

pub(super) fn config(province: &Province, device: &Device, counter: UnitId, screen: &Screen) -> Value {
    let root = province.unit(province.root).map(|unit| unit.name.clone()).unwrap_or_default();
    let settings = device.settings;
    let mut config = json!({
        "state": state_of(screen),
        "name": device.name,
        "province": words(&root),
        "place": place(province, counter),
        "thanks": settings.thanks,
        "idle": settings.idle,
        "repeat": settings.repeat,
        "layout": settings.layout.code(),
    });
    match screen {
        Screen::Open(survey) => {
            let instrument = &survey.questions.instrument;
            config["survey"] = survey.survey.code.as_str().into();
            config["until"] = survey.survey.to.last_day().map(write_day).into();
            config["question"] = instrument.overall.as_ref().map(|overall| words(&overall.text)).into();
            config["scale"] = instrument.scale.answers.iter().map(words).collect();
            let follow = settings.follow_up.then(|| follow(province, instrument, counter));
            config["follow"] = follow.flatten().into();
        }
        Screen::Closed(on) => config["closed_on"] = on.map(write_day).into(),
        Screen::NotYet(month) => config["opens_on"] = month.first_day().map(write_day).into(),
        Screen::Revoked => {}
    }
    config
}

fn words(words: &Words) -> Value {
    json!({ "vi": words.vi, "en": words.en, "km": words.km })
}

/// Name and address; the address is written as the post has it.
fn place(province: &Province, counter: UnitId) -> Value {
    let Some(unit) = province.unit(counter) else { return words(&Words::default()) };
    let address = unit.address.as_ref().map(|address| format!(", {address}")).unwrap_or_default();
    let with = |name: &String| format!("{name}{address}");
    let name = &unit.name;
    json!({ "vi": with(&name.vi), "en": name.en.as_ref().map(with), "km": name.km.as_ref().map(with) })
}

/// The question after the tap, where the form has one.
fn follow(province: &Province, instrument: &Instrument, counter: UnitId) -> Option<Value> {
    let visit = Visit { variant: Variant::Kiosk, mode: Mode::Kiosk, channel_of_code: None, has_code: false };
    let asked = instrument.questions.iter().find(|question| {
        question.purpose == Purpose::Field && is_in_form(instrument, &visit, &question.code)
    })?;
    let offered = province.offered_fields(counter);
    let fields = offered.iter().map(|field| json!({ "code": field.code, "words": words(&field.name) }));
    let others = asked
        .options
        .iter()
        .map(|option| json!({ "code": option.value, "words": words(&option.text), "apart": option.apart }));
    let options: Vec<Value> = fields.chain(others).collect();
    Some(json!({ "text": words(&asked.text), "options": options }))
}
