//! Whether the items measure one thing, and what goes with overall satisfaction.

use super::text::aligned;
use super::{Section, drivers};
use crate::AnalyzeError;
use crate::figures::Codes;
use crate::questionnaire::Items;
use crate::survey::Survey;
use serde_json::{Map, Value, json};
use stats::Unavailable;
use stats::omega::OneFactor;
use stats::reliability::Reliability;

/// The items of a scale, with what was found.
struct Scale {
    over: String,
    items: Items,
    reliability: Result<Reliability, Unavailable>,
    model: Result<OneFactor, Unavailable>,
}

pub(super) fn section(survey: &Survey<'_>) -> Result<Option<Section>, AnalyzeError> {
    let nodes = survey.description.factors.iter().map(|(name, items)| (name.as_str(), items));
    let scales = nodes.chain([("ALL", &survey.items)]).map(|(over, items)| Scale::of(survey, over, items));
    let scales = scales.collect::<Result<Vec<_>, _>>()?;
    let head = ["of", "alpha", "interval", "omega", "complete"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = [head].into_iter().chain(scales.iter().map(Scale::cells)).collect();
    let mut lines =
        vec!["reliability over complete rows, without weights, items as they were answered".to_owned()];
    lines.extend(aligned(&rows, 1));
    for scale in &scales {
        let negative = scale.negative();
        if !negative.is_empty() {
            let names = negative.join(", ");
            lines.push(format!("! {}: keyed the other way or entered wrongly: {names}", scale.over));
        }
    }
    let (drivers, driver_lines) = drivers::drivers(survey)?;
    lines.push(String::new());
    lines.extend(driver_lines);
    let level = survey.description.level;
    let reliability: Vec<Value> = scales.iter().map(Scale::to_json).collect();
    let value = json!({"level": level, "reliability": reliability, "drivers": drivers});
    Ok(Some(Section { name: "quality", lines, value }))
}

impl Scale {
    fn of(survey: &Survey<'_>, over: &str, names: &[String]) -> Result<Self, AnalyzeError> {
        let everybody = vec![true; survey.sample.rows.len()];
        let rows =
            Codes::of(&survey.sample, names)?.each(&everybody, |codes| Some(codes.collect::<Vec<_>>()));
        let rows: Vec<Vec<Option<u8>>> = rows.into_iter().flatten().collect();
        let items = Items::of(names.to_vec(), &rows);
        let items = items.map_err(|error| survey.sample.table.wrong(error.to_string()))?;
        let reliability = items.reliability(survey.description.level);
        let model = items.one_factor();
        Ok(Self { over: over.to_owned(), items, reliability, model })
    }

    fn negative(&self) -> Vec<&str> {
        let negative = self.reliability.as_ref().map(Reliability::negative).unwrap_or_default();
        negative.into_iter().map(|at| self.items.names[at].as_str()).collect()
    }

    fn cells(&self) -> Vec<String> {
        let number = |value: f64| format!("{value:.3}");
        let omega = self.model.as_ref().map_or_else(|reason| none(*reason), |model| number(model.omega));
        let n = self.items.complete.n().to_string();
        let (alpha, interval) = match &self.reliability {
            Ok(found) => {
                let limits = found.interval.map(|limits| format!("{:.3} to {:.3}", limits.low, limits.high));
                (number(found.alpha), limits.unwrap_or_else(|| "-".to_owned()))
            }
            Err(reason) => (none(*reason), "-".to_owned()),
        };
        vec![self.over.clone(), alpha, interval, omega, n]
    }

    fn by_item(&self, values: &[Option<f64>]) -> Value {
        let named = self.items.names.iter().cloned().zip(values.iter().map(|value| json!(value)));
        Value::Object(named.collect::<Map<_, _>>())
    }

    fn to_json(&self) -> Value {
        let mut value = json!({"over": self.over, "n_complete": self.items.complete.n()});
        match &self.reliability {
            Ok(found) => {
                value["alpha"] = json!(found.alpha);
                value["alpha_standardised"] = json!(found.standardised);
                value["average_r"] = json!(found.average_correlation);
                value["alpha_pairwise"] = json!(self.items.pairwise_alpha());
                let limits = found.interval.map(|limits| json!({"lo": limits.low, "hi": limits.high}));
                value["feldt"] = json!(limits);
                value["alpha_if_dropped"] = self.by_item(&found.if_dropped);
                value["item_rest_correlation"] = self.by_item(&found.item_rest);
                value["negative_item_rest"] = json!(self.negative());
            }
            Err(reason) => {
                value["alpha"] = Value::Null;
                value["alpha_reason"] = json!(reason.to_string());
            }
        }
        match &self.model {
            Ok(model) => {
                value["omega"] = json!(model.omega);
                value["loadings"] =
                    self.by_item(&model.loadings.iter().copied().map(Some).collect::<Vec<_>>());
            }
            Err(reason) => {
                value["omega"] = Value::Null;
                value["omega_reason"] = json!(reason.to_string());
            }
        }
        value
    }
}

fn none(reason: Unavailable) -> String {
    format!("none: {reason}")
}
