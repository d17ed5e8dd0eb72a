//! An index is made of what everybody on the route was asked, with weights that are numbers.

use super::{Findings, Rule};
use crate::instrument::{Definition, Instrument, LEVELS, POINT_ANSWERS};

pub(super) fn inspect(instrument: &Instrument, findings: &mut Findings) {
    let headline = instrument.definitions.contains_key(&instrument.headline);
    findings.unless(headline, "headline", || Rule::Unknown(instrument.headline.clone()));
    let answers = instrument.scale.answers.len();
    let known = [LEVELS, POINT_ANSWERS].contains(&answers);
    findings.unless(known, "scale.answers", || Rule::ScaleLength(answers));
    for (code, definition) in &instrument.definitions {
        let fits = (*definition == Definition::Points) == instrument.is_in_points();
        findings.unless(fits, &format!("definitions.{code}"), || Rule::PointsFormula);
        let Definition::Composite { weights } = definition else { continue };
        let path = format!("definitions.{code}.weights");
        findings.unless(!weights.is_empty(), &path, || Rule::NoWeights);
        for (factor, weight) in weights {
            let path = format!("{path}.{factor}");
            findings.unless(weight.is_finite() && *weight > 0.0, &path, || Rule::Weight);
            inspect_factor(instrument, &path, factor, findings);
        }
    }
}

fn inspect_factor(instrument: &Instrument, path: &str, code: &str, findings: &mut Findings) {
    let mut factors = instrument.contents.iter().flat_map(|content| &content.factors);
    match factors.find(|factor| factor.code == code) {
        None => findings.add(path, Rule::Unknown(code.into())),
        Some(factor) => {
            let for_everyone = factor.items.iter().all(|item| item.only_if.is_none());
            findings.unless(for_everyone, path, || Rule::BranchInIndex(code.into()));
        }
    }
}
