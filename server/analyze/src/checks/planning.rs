//! Sample sizes, allocation and design effects.

use super::{Findings, Within};
use crate::AnalyzeError;
use crate::case::Case;
use serde_json::Value;
use stats::planning::allocation::{Rule, Stratum, allocate, shares};
use stats::planning::{self, Aim, Contrast, cluster_effect, size};

/// One share.
pub fn proportion(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let given =
        ["/p", "/margin", "/level", "/deff", "/response_rate"].map(|name| number(case, findings, name));
    let [share, margin, level, design_effect, response_rate] = given;
    let population = findings.input("/N").as_i64();
    let aim = Aim {
        share: share?,
        margin: margin?,
        level: level?,
        design_effect: design_effect?,
        population,
        response_rate: response_rate?,
    };
    let wanted = size(&aim);
    findings.number("/n0", wanted.map(|wanted| wanted.unlimited), exactly(findings));
    people(findings, "/n", wanted.map(|wanted| wanted.answers));
    people(findings, "/invite", wanted.map(|wanted| wanted.invitations));
    Ok(())
}

/// Yamane's rule, for comparison.
pub fn yamane(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let margin = number(case, findings, "/margin")?;
    let population = findings.input("/N").as_i64().ok_or_else(|| case.wrong("N must be a whole number"))?;
    people(findings, "/n", planning::yamane(population, margin));
    Ok(())
}

/// Two shares to be told apart.
pub fn two_proportions(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let [one, other, alpha, power] =
        ["/p1", "/p2", "/alpha", "/power"].map(|name| number(case, findings, name));
    let contrast = Contrast { one: one?, other: other?, alpha: alpha?, design_effect: 1.0 };
    let power = power?;
    findings.number("/n_per_group_exact", contrast.exact(power), exactly(findings));
    people(findings, "/n_per_group", contrast.answers(power));
    Ok(())
}

/// A sample shared out among strata; the rounded one must add up as well.
pub fn allocation(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let rule = match findings.input("/method").as_str() {
        Some("proportional") => Rule::Proportional,
        Some("neyman") => Rule::Neyman,
        Some("sqrt_power") => Rule::SquareRoot,
        other => return Err(case.wrong(format!("unknown allocation {other:?}"))),
    };
    let whole =
        |value: &Value| value.as_i64().ok_or_else(|| case.wrong("N_h, n, n_min must be whole numbers"));
    let (n, minimum) = (whole(&findings.input("/n"))?, whole(&findings.input("/n_min"))?);
    let (sizes, deviations) = (findings.input("/N_h"), findings.input("/S_h"));
    let mut strata = Vec::new();
    for (at, size) in sizes.as_array().into_iter().flatten().enumerate() {
        let deviation = deviations[at].as_f64();
        // Only Neyman's rule needs the deviations.
        let deviation = if rule == Rule::Neyman { deviation } else { deviation.or(Some(0.0)) };
        let deviation = deviation.ok_or_else(|| case.wrong("an S_h for every N_h"))?;
        strata.push(Stratum { population: whole(size)?, deviation });
    }
    let shared = shares(&strata, n, rule, minimum);
    let rounded = allocate(&strata, n, rule, minimum);
    match shared {
        Ok(shared) => findings.numbers("/n_h_unrounded", &shared, exactly(findings)),
        // `null` stands for a sample that cannot be shared out.
        Err(_) if findings.check()["n_h_unrounded"].is_null() => {
            findings.value("/n_h_unrounded", &Value::Null);
        }
        Err(reason) => findings.fail(&reason.to_string()),
    }
    if rounded.is_ok_and(|rounded| rounded.iter().sum::<i64>() != n) {
        findings.fail("the rounded allocation does not add up");
    }
    Ok(())
}

/// Clusters of these sizes.
pub fn deff(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let icc = number(case, findings, "/icc")?;
    let sizes = findings.input("/cluster_sizes");
    let sizes: Option<Vec<i64>> = sizes.as_array().into_iter().flatten().map(Value::as_i64).collect();
    let sizes = sizes.ok_or_else(|| case.wrong("cluster_sizes must be whole numbers"))?;
    let effect = cluster_effect(&sizes, icc);
    let within = exactly(findings);
    findings.number("/mean_size", effect.map(|effect| effect.mean_size), within);
    findings.number("/deff_equal", effect.map(|effect| effect.equal), within);
    findings.number("/deff_unequal", effect.map(|effect| effect.unequal), within);
    Ok(())
}

fn number(case: &Case, findings: &mut Findings, pointer: &str) -> Result<f64, AnalyzeError> {
    findings.input(pointer).as_f64().ok_or_else(|| case.wrong(format!("{pointer} must be a number")))
}

fn exactly(findings: &Findings) -> Within {
    Within::Relative(findings.tolerance("real_rel", 1e-9))
}

/// A number of people: exact unless the file says otherwise.
fn people(findings: &mut Findings, pointer: &str, got: Option<i64>) {
    let within = Within::Absolute(findings.tolerance("n_abs", 0.0));
    findings.number(pointer, got.map(|got| got as f64), within);
}
