//! Ranks, never without the set of ranks that the answers allow.

use super::Section;
use super::groups::Groups;
use crate::AnalyzeError;
use crate::survey::Survey;
use serde_json::{Value, json};
use stats::random::Simulation;
use stats::ranks::{Procedure, RankSets, simultaneous};

pub(super) fn section(survey: &Survey<'_>) -> Result<Option<Section>, AnalyzeError> {
    let Some(groups) = Groups::of(survey)? else {
        return Ok(Some(none(json!({}), Vec::new(), "no column to rank: name one as \"unit\"")));
    };
    let (limit, level) = (survey.description.limit, survey.description.level);
    let left_out = left_out(&groups, limit);
    let ranked: Vec<usize> = (0..groups.names.len()).filter(|at| left_out[*at].is_none()).collect();
    let named = |(name, reason): (&String, &Option<String>)| Some((name.clone(), reason.clone()?));
    let left_out: Vec<(String, String)> = groups.names.iter().zip(&left_out).filter_map(named).collect();
    let named = left_out.iter().map(|(name, reason)| json!({"group": name, "reason": reason}));
    let value = json!({
        "column": groups.column, "limit": limit, "level": level, "procedure": "step-down",
        "left_out": named.collect::<Vec<_>>(),
    });
    let lines = left_out.iter().map(|(name, reason)| format!("left out: {name}, {reason}")).collect();
    if ranked.len() < 2 {
        return Ok(Some(none(value, lines, "fewer than two groups can be ranked")));
    }
    let simulation = Simulation::default();
    let sets =
        groups.joint(&ranked).and_then(|joint| simultaneous(&joint, level, Procedure::StepDown, simulation));
    Ok(Some(match sets {
        Ok(sets) => written(&groups, &ranked, &sets, value, lines),
        Err(reason) => none(value, lines, &reason.to_string()),
    }))
}

fn none(mut value: Value, mut lines: Vec<String>, reason: &str) -> Section {
    value["groups"] = Value::Null;
    value["reason"] = json!(reason);
    lines.insert(0, format!("none: {reason}"));
    Section { name: "ranks", lines, value }
}

/// For every group, why it has no rank.
fn left_out(groups: &Groups<'_>, limit: i64) -> Vec<Option<String>> {
    let few = |at: &usize| groups.shares[*at].is_ok_and(|share| share.n < limit);
    let open: Vec<usize> = groups.known().into_iter().filter(|at| !few(at)).collect();
    let est = |at: usize| groups.shares[at].map_or(f64::NAN, |share| share.est);
    // Rounding must not decide between equals.
    let tied = |at: usize| -> Vec<&str> {
        let equal = |other: &&usize| **other != at && (est(**other) - est(at)).abs() < 1e-12;
        open.iter().filter(equal).map(|other| groups.names[*other].as_str()).collect()
    };
    let reason = |at: usize| match groups.shares[at] {
        Err(reason) => Some(reason.to_string()),
        Ok(share) if share.n < limit => Some(format!("{} respondents, the limit is {limit}", share.n)),
        Ok(share) if share.se.is_none_or(|se| se <= 0.0) => Some("no standard error".to_owned()),
        Ok(_) => {
            let equals = tied(at);
            (!equals.is_empty()).then(|| format!("tied with {}", equals.join(", ")))
        }
    };
    (0..groups.names.len()).map(reason).collect()
}

fn written(
    groups: &Groups<'_>,
    ranked: &[usize],
    sets: &RankSets,
    mut value: Value,
    left_out: Vec<String>,
) -> Section {
    let Simulation { draws, seed } = sets.simulation;
    let mut order: Vec<usize> = (0..ranked.len()).collect();
    order.sort_by_key(|at| sets.rank[*at]);
    let est = |at: usize| groups.shares[ranked[at]].map_or(f64::NAN, |share| share.est);
    let one = |at: usize| {
        json!({"group": groups.names[ranked[at]], "est": est(at), "rank": sets.rank[at],
               "lo": sets.low[at], "hi": sets.high[at]})
    };
    value["groups"] = (0..ranked.len()).map(one).collect();
    value["critical"] = json!(sets.critical);
    value["simulation"] = json!({"draws": draws, "seed": seed});
    let mut lines = vec![format!(
        "share of answers 4-5 by {}, {} groups; all sets hold at once at {} %, step-down, {draws} draws, seed {seed}",
        groups.column,
        ranked.len(),
        100.0 * sets.level
    )];
    lines.extend(order.into_iter().map(|at| {
        let compatible = if sets.low[at] == sets.high[at] {
            sets.low[at].to_string()
        } else {
            format!("{}-{}", sets.low[at], sets.high[at])
        };
        let name = &groups.names[ranked[at]];
        format!("{name} {:.1} %: rank {}, compatible with {compatible}", 100.0 * est(at), sets.rank[at])
    }));
    lines.extend(left_out);
    Section { name: "ranks", lines, value }
}
