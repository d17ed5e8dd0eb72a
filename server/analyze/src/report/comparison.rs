//! Groups against each other, against the rest, and against themselves over time.

use super::groups::Groups;
use super::text::aligned;
use super::{Section, values};
use crate::AnalyzeError;
use crate::figures::domain;
use crate::groups::Part;
use crate::survey::Survey;
use serde_json::{Value, json};
use stats::multiplicity::{benjamini_hochberg, holm};
use stats::pairwise::{Pair, adjusted, z_test};
use stats::quantile::two_sided_normal;
use stats::{Estimate, Unavailable};

/// Fewer degrees of freedom than this are said beside tests by the normal distribution.
const FEW: i64 = 30;

/// A difference with its adjusted p-values.
struct Tested {
    /// What is compared, in words.
    words: String,
    /// The same for machines.
    value: Value,
    /// The difference, or why there is none.
    pair: Result<Pair, String>,
}

pub(super) fn section(survey: &Survey<'_>) -> Result<Option<Section>, AnalyzeError> {
    let Some(groups) = Groups::of(survey)? else {
        let reason = "no column to compare: name one as \"unit\"";
        let value =
            json!({"column": null, "pairs": null, "versus_rest": null, "change": null, "reason": reason});
        return Ok(Some(Section { name: "comparison", lines: vec![format!("none: {reason}")], value }));
    };
    let wrong = |error: Unavailable| survey.sample.table.wrong(error.to_string());
    let level = survey.description.level;
    let (pairs, pair_lines) = written(&pairs(&groups), level);
    let (rest, rest_lines) = written(&versus_rest(&groups).map_err(wrong)?, level);
    let mut lines = heading(&groups, level);
    lines.extend(without_share(&groups).iter().map(|(name, reason)| format!("left out: {name}, {reason}")));
    lines.extend(["pairs, first minus second".to_owned()]);
    lines.extend(pair_lines);
    lines.extend([String::new(), "each minus all the others".to_owned()]);
    lines.extend(rest_lines);
    let mut value = json!({
        "column": groups.column, "stat": "share_pooled", "over": "ALL", "level": level,
        "quantile": "normal", "df": groups.design_df(),
        "covariance": if groups.design_df().is_some() { "design" } else { "independent groups" },
        "groups": shares(&groups), "pairs": pairs, "versus_rest": rest,
    });
    match changes(survey, &groups)? {
        Ok((periods, list)) => {
            let (change, change_lines) = written(&list, level);
            lines.extend([String::new(), format!("change, {} minus {}", periods[1], periods[0])]);
            lines.extend(change_lines);
            value["change"] = change;
        }
        Err(reason) => {
            lines.extend([String::new(), format!("change: none, {reason}")]);
            value["change"] = Value::Null;
            value["change_reason"] = json!(reason);
        }
    }
    Ok(Some(Section { name: "comparison", lines, value }))
}

fn heading(groups: &Groups<'_>, level: f64) -> Vec<String> {
    let how = match groups.design_df() {
        Some(_) => "errors and covariances by the design",
        None => "every group counted as a sample of its own",
    };
    let mut lines = vec![
        format!("share of answers 4-5 by {}, in points of per cent; {how}", groups.column),
        format!(
            "p by the normal distribution, adjusted over each list by Holm (for claims) and BH (for screening); intervals at {} %, not adjusted",
            100.0 * level
        ),
    ];
    if let Some(df) = groups.design_df().filter(|df| *df < FEW) {
        lines
            .push(format!("! {df} degrees of freedom: p-values are somewhat too small, intervals too short"));
    }
    lines
}

fn without_share<'g>(groups: &'g Groups<'_>) -> Vec<(&'g str, String)> {
    let all = groups.names.iter().zip(&groups.shares);
    all.filter_map(|(name, share)| Some((name.as_str(), share.as_ref().err()?.to_string()))).collect()
}

fn shares(groups: &Groups<'_>) -> Vec<Value> {
    let one = |(name, share): (&String, &Result<Estimate, Unavailable>)| match share {
        Ok(e) => json!({"group": name, "est": e.est, "se": e.se, "df": e.df, "n": e.n}),
        Err(reason) => json!({"group": name, "est": null, "reason": reason.to_string()}),
    };
    groups.names.iter().zip(&groups.shares).map(one).collect()
}

fn pairs(groups: &Groups<'_>) -> Vec<Tested> {
    let known = groups.known();
    let name = |at: usize| groups.names[known[at]].as_str();
    let one = |pair: Pair| Tested {
        words: format!("{} - {}", name(pair.one), name(pair.other)),
        value: json!({"a": name(pair.one), "b": name(pair.other)}),
        pair: Ok(pair),
    };
    groups.pairs().into_iter().map(one).collect()
}

fn versus_rest(groups: &Groups<'_>) -> Result<Vec<Tested>, Unavailable> {
    let gaps = groups.versus_rest()?.into_iter().zip(&groups.names);
    let one = |(gap, name): (Result<Estimate, Unavailable>, &String)| Tested {
        words: name.clone(),
        value: json!({"domain": { groups.column.as_str(): name }}),
        pair: tested(gap),
    };
    Ok(gaps.map(one).collect())
}

/// A difference as the tests of pairs take it.
fn tested(gap: Result<Estimate, Unavailable>) -> Result<Pair, String> {
    let gap = gap.map_err(|reason| reason.to_string())?;
    let test = z_test(&gap);
    let se = gap.se.filter(|se| *se > 0.0);
    Ok(Pair {
        one: 0,
        other: 0,
        difference: gap.est,
        se,
        z: test.map(|test| test.0),
        p: test.map(|test| test.1),
    })
}

/// The changes of all groups, with the names of the two periods; the inner error says why not.
type Changes = Result<([String; 2], Vec<Tested>), &'static str>;

fn changes(survey: &Survey<'_>, groups: &Groups<'_>) -> Result<Changes, AnalyzeError> {
    let header = survey.sample.table.header();
    let Some(column) = ["t", "period"].into_iter().find(|name| header.iter().any(|known| known == name))
    else {
        return Ok(Err("no column t or period"));
    };
    let mut periods: Vec<String> = values(survey, column)?.into_iter().collect();
    let number = |text: &String| text.parse::<f64>().ok().filter(|number| number.is_finite());
    if periods.iter().all(|period| number(period).is_some()) {
        periods.sort_by(|one, other| number(one).unwrap_or(0.0).total_cmp(&number(other).unwrap_or(0.0)));
    }
    let (Some(from), Some(to)) = (periods.first(), periods.last().filter(|_| periods.len() > 1)) else {
        return Ok(Err("fewer than two periods"));
    };
    let part = |period: &String| domain(&survey.sample, &json!({ column: period }));
    let (first, last): (Part, Part) = (part(from)?, part(to)?);
    let found = groups.changes([&first, &last]);
    let found = found.map_err(|error| survey.sample.table.wrong(error.to_string()))?;
    let one = |(change, name): (crate::groups::Change, &String)| Tested {
        words: name.clone(),
        value: json!({
            "domain": { groups.column.as_str(): name }, "period": column, "from": from, "to": to,
            "first": change.first, "last": change.last, "cov": change.covariance,
        }),
        pair: tested(change.difference),
    };
    Ok(Ok(([from.clone(), to.clone()], found.into_iter().zip(&groups.names).map(one).collect())))
}

/// A list of differences, adjusted for one another, for machines and as a table.
fn written(list: &[Tested], level: f64) -> (Value, Vec<String>) {
    let known: Vec<Pair> = list.iter().filter_map(|tested| tested.pair.as_ref().ok().copied()).collect();
    let mut adjustments = adjusted(&known, holm).into_iter().zip(adjusted(&known, benjamini_hochberg));
    let head = ["", "difference", "se", "interval", "p", "Holm", "BH"].map(str::to_owned);
    let (mut all, mut rows) = (Vec::new(), vec![head.to_vec()]);
    for tested in list {
        let mut value = tested.value.clone();
        match &tested.pair {
            Ok(pair) => {
                let (holm, bh) = adjustments.next().unwrap_or((None, None));
                let limits = pair
                    .se
                    .zip(two_sided_normal(level))
                    .map(|(se, z)| [pair.difference - z * se, pair.difference + z * se]);
                fill(&mut value, pair, limits, [holm, bh]);
                rows.push(cells(&tested.words, pair, limits, [holm, bh]));
            }
            Err(reason) => {
                value["diff"] = Value::Null;
                value["reason"] = json!(reason);
                rows.push(vec![tested.words.clone(), "none".to_owned(), String::new(), reason.clone()]);
            }
        }
        all.push(value);
    }
    (Value::Array(all), aligned(&rows, 1))
}

/// Why a difference has no test.
const NO_SPREAD: &str = "no standard error: a single respondent, everybody alike, or a lonely cluster";

fn fill(value: &mut Value, pair: &Pair, limits: Option<[f64; 2]>, [holm, bh]: [Option<f64>; 2]) {
    value["diff"] = json!(pair.difference);
    value["se"] = json!(pair.se);
    value["z"] = json!(pair.z);
    value["p"] = json!(pair.p);
    value["holm"] = json!(holm);
    value["bh"] = json!(bh);
    value["ci"] = json!(limits.map(|[low, high]| json!({"lo": low, "hi": high})));
    if pair.p.is_none() {
        value["reason"] = json!(NO_SPREAD);
    }
}

fn cells(words: &str, pair: &Pair, limits: Option<[f64; 2]>, [holm, bh]: [Option<f64>; 2]) -> Vec<String> {
    let points = |value: f64| format!("{:+.1}", 100.0 * value);
    let p = |p: Option<f64>| match p {
        None => "-".to_owned(),
        Some(p) if p < 0.000_05 => "<0.0001".to_owned(),
        Some(p) => format!("{p:.4}"),
    };
    let reach = |[low, high]: [f64; 2]| format!("{} to {}", points(low), points(high));
    vec![
        words.to_owned(),
        points(pair.difference),
        pair.se.map_or_else(|| "-".to_owned(), |se| format!("{:.1}", 100.0 * se)),
        limits.map_or_else(|| NO_SPREAD.to_owned(), reach),
        p(pair.p),
        p(holm),
        p(bh),
    ]
}
