//! Differences between agencies and between periods.

use serde_json::{Value, json};
use stats::comparison::two_sided_p;
use stats::multiplicity::{benjamini_hochberg, holm};
use stats::share::{Factor, difference, pooled};
use stats::{Estimate, StratumSums};

use crate::case::{Case, Row};
use crate::design::sums;
use crate::report::Report;

/// p-values follow from d/se, whose relative error of 1e-6 the tail multiplies by up to z².
const P_REL: f64 = 1e-4;

/// The pooled share over all items of some responses.
fn share(case: &Case, inside: impl Fn(&Row) -> bool) -> Estimate {
    let (sums, answering) = sums(case, &[&case.items], inside);
    let strata: Vec<_> = sums.iter().map(StratumSums::as_stratum).collect();
    pooled(&strata, &[0], &answering).unwrap()
}

fn check_difference(got: &Estimate, expected: &Value, report: &mut Report) {
    let tolerance = report.tolerance();
    report.near("diff", Some(got.est), &expected["diff"], tolerance.est_abs);
    report.near_relative("se", got.se, &expected["se"], tolerance.se_rel);
    report.near_relative("p", two_sided_p(got), &expected["p"], P_REL);
}

/// Independent agencies against each other.
pub fn pairwise(case: &Case, check: &Value, report: &mut Report) -> bool {
    if check["id"] != "pairwise/share_pooled" {
        return false;
    }
    let pairs = check["pairs"].as_array().unwrap();
    let mut p = Vec::new();
    for pair in pairs {
        let one = share(case, |row| row["agency"] == pair["a"]);
        let other = share(case, |row| row["agency"] == pair["b"]);
        let difference = one.minus_independent(&other);
        check_difference(&difference, pair, report);
        p.push(two_sided_p(&difference).unwrap());
    }
    for (name, adjusted) in [("holm", holm(&p)), ("bh", benjamini_hochberg(&p))] {
        for (got, pair) in adjusted.into_iter().zip(pairs) {
            report.near_relative(name, Some(got), &pair[name], P_REL);
        }
    }
    true
}

/// An agency against all others pooled.
pub fn versus_rest(case: &Case, check: &Value, report: &mut Report) -> bool {
    let agency = &check["domain"]["agency"];
    let one = share(case, |row| row["agency"] == *agency);
    let rest = share(case, |row| row["agency"] != *agency);
    check_difference(&one.minus_independent(&rest), check, report);
    true
}

/// Last period minus first within an agency: two domains of one stratum, with their covariance.
pub fn change(case: &Case, check: &Value, report: &mut Report) -> bool {
    let agency = &check["domain"]["agency"];
    let period = |which: &str| check[which].to_string();
    let (first, last) = (period("from"), period("to"));
    let mut sums = StratumSums::new(2);
    let mut answering = 0;
    for row in case.rows.iter().filter(|row| row["agency"] == *agency) {
        let then = crate::design::tally(row, &case.items, row["t"] == first);
        let now = crate::design::tally(row, &case.items, row["t"] == last);
        answering += i64::from(then.1 + now.1 > 0);
        sums.add(&[then, now]).unwrap();
    }
    let (then, now) = (Factor { weight: 1.0, atoms: &[0] }, Factor { weight: 1.0, atoms: &[1] });
    let got = difference(&[sums.as_stratum()], &[now], &[then], &[answering]).unwrap();
    let expected = json!({"diff": check["diff"], "se": check["se"], "p": check["p"]});
    check_difference(&got, &expected, report);
    true
}
