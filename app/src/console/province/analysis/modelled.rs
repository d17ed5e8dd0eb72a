//! Small communes by a model: three hatched classes, no numbers.

use super::super::bands::points;
use super::named;
use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::count;
use domain::report::analysis::{Covariate, Modelled, ModelledClass};
use domain::report::{Setting, UnitName};
use leptos::prelude::*;

/// In the order of the page.
const CLASSES: [ModelledClass; 3] = [ModelledClass::Above, ModelledClass::Around, ModelledClass::Below];

/// The section.
pub(super) fn modelled(found: &Modelled, setting: &Setting, frame: &Frame) -> AnyView {
    let text = &frame.text().analysis;
    let how = view! {
        <p><b>{text.modelled_mark}</b> ". " {text.modelled_who}</p>
        <p>{text.modelled_no_number}</p>
    };
    let n = count(found.fitted as u64, frame.language);
    let body = view! {
        <div class="notice"><p><b>{text.modelled_mark}</b> ". " {text.modelled_who}</p></div>
        {CLASSES.map(|class| list(class, found, setting, frame)).into_iter().collect_view()}
        <p>{fill(text.modelled_how, &[("n", &n)])}</p>
        <p class="small soft">{known(found, frame)}</p>
    };
    section("modelled", text.modelled.into_any(), how.into_any(), body.into_any())
}

fn known(found: &Modelled, frame: &Frame) -> String {
    let text = &frame.text().analysis;
    if found.covariates.is_empty() {
        return text.modelled_alone.to_owned();
    }
    let word = |covariate: &Covariate| match covariate {
        Covariate::Online => text.online,
        Covariate::Late => text.late,
        Covariate::Ward => text.ward,
    };
    let words: Vec<&str> = found.covariates.iter().map(word).collect();
    fill(text.modelled_with, &[("covariates", &words.join(", "))])
}

fn list(class: ModelledClass, found: &Modelled, setting: &Setting, frame: &Frame) -> Option<AnyView> {
    let text = &frame.text().analysis;
    let units: Vec<&UnitName> =
        found.units.iter().filter(|(_, of)| *of == class).map(|(unit, _)| unit).collect();
    let (phrase, hatch) = match class {
        ModelledClass::Above => (text.modelled_above, "hatch-above"),
        ModelledClass::Around => (text.modelled_around, "hatch-around"),
        ModelledClass::Below => (text.modelled_below, "hatch-below"),
    };
    let words = fill(phrase, &[("margin", &points(found.margin, frame.language))]);
    (!units.is_empty()).then(|| {
        view! {
            <h3 class="hatched">{swatch(hatch)} <span>{words} " (" {text.modelled_mark.to_lowercase()} ")"</span></h3>
            {named("{units}.", &units, setting, frame)}
        }
        .into_any()
    })
}

/// A field of hatching: dense for below, sparse for around, dots for above; never colour alone.
fn swatch(hatch: &'static str) -> AnyView {
    let strokes = match hatch {
        "hatch-above" => {
            "M3 5h2M10 5h2M17 5h2M24 5h2M31 5h2M3 12h2M10 12h2M17 12h2M24 12h2M31 12h2M3 19h2M10 19h2M17 19h2M24 19h2M31 19h2"
        }
        "hatch-around" => "M-2 24L22 0M12 24L36 0",
        _ => "M0 12L12 0M0 24L24 0M12 24L36 0M24 24L36 12M0 0L24 24M12 0L36 24M24 0L36 12M0 12L12 24",
    };
    view! {
        <svg class="swatch" viewBox="0 0 36 24" width="36" height="24" aria-hidden="true">
            <rect class="field" x="0.5" y="0.5" width="35" height="23"></rect>
            <path class="strokes" d=strokes></path>
        </svg>
    }
    .into_any()
}
