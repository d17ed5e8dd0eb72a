//! The comparison of an estimate with everything that a check may hold about it.

use super::{Findings, Within};
use crate::sample::Sample;
use stats::interval::{arcsine_angles, kg_cap, korn_graubard, likelihood, logit_t, wald_t, wilson_t};
use stats::linearised::{Linearised, element_variance};
use stats::quantile::two_sided_t;
use stats::{Estimate, Interval, Unavailable};

type Method = fn(&Estimate, f64) -> Option<Interval>;

/// Intervals by their name in `ci`, and whether yes/no questions alone have them.
const METHODS: [(&str, Method, bool); 6] = [
    ("wald_t", wald_t, false),
    ("logit_t", logit_t, false),
    ("wilson_t", wilson_t, false),
    ("beta", korn_graubard, false),
    ("kg_cap", kg_cap, true),
    ("likelihood", likelihood, true),
];

/// A standard error below this part of the scale is the rounding of a variance of 0: sums of
/// numbers of the size of the scale are exact to some 1e-16 of it.
const NOTHING: f64 = 1e-12;

/// R follows the likelihood in steps of a fifth of (about) t √deff design-based standard errors,
/// which are t deff/5 standard errors of a simple sample, and interpolates between them. Steps of
/// more than one such error are too coarse for the tolerance.
const COARSE: f64 = 5.0;

const CALIBRATED: &str = "the reference has no standard error of means under calibrated weights; ours is by the same formula as that of shares";
const ROUNDED: &str =
    "the variance is 0, of which the reference's sum is a rounding on one side or the other";
const INTERPOLATED: &str = "R interpolates the likelihood between few points here; ours is the closed form";

/// What is compared.
pub struct Figure<'a> {
    /// The estimate, or why there is none.
    pub result: Result<Linearised, Unavailable>,
    /// Respondents with a usable answer, also where there is no estimate.
    pub n: usize,
    /// The single values, for the design effect; none for shares of answers.
    pub values: Option<&'a [Option<f64>]>,
    /// What 1 is in the unit of the check.
    pub scale: f64,
    /// The greatest value, in the unit of the figure.
    pub most: f64,
    /// Whether it is a yes/no question.
    pub binary: bool,
    /// Whether R computed it as a mean.
    pub mean: bool,
}

impl Figure<'_> {
    /// Compares estimate, standard error, n, df, intervals and design effect, as far as the check
    /// holds them.
    pub fn compare(&self, sample: &Sample<'_>, level: f64, findings: &mut Findings) {
        let figure = match &self.result {
            Ok(figure) => figure,
            Err(Unavailable::NoAnswers | Unavailable::FactorWithoutAnswers(_)) => {
                findings.number("/est", None, Within::Exactly);
                self.count(findings);
                return;
            }
            Err(reason) => return findings.fail(&reason.to_string()),
        };
        let estimate = sample.design.estimate(figure, sample.lonely);
        findings.number("/est", Some(self.scale * estimate.est), estimated(findings));
        self.count(findings);
        for (pointer, got) in [("/answers", estimate.answers), ("/df", estimate.df)] {
            if findings.expects(pointer) {
                findings.count(pointer, got);
            }
        }
        self.error(&estimate, sample, findings);
        self.effect(&estimate, sample, findings);
        self.intervals(&estimate, level, findings);
        self.published_by_r(&estimate, sample, level, findings);
    }

    fn count(&self, findings: &mut Findings) {
        if findings.expects("/n") {
            findings.count("/n", i64::try_from(self.n).unwrap_or(i64::MAX));
        }
    }

    fn error(&self, estimate: &Estimate, sample: &Sample<'_>, findings: &mut Findings) {
        if !findings.expects("/se") {
            return;
        }
        let se = estimate.se.map(|se| se * self.scale);
        let within = findings.tolerance("se_rel", 1e-6);
        let missing = findings.check()["se"].is_null();
        if missing && self.unvouched(sample) {
            findings.inform("/se", se, CALIBRATED);
        } else if missing && self.is_nothing(estimate) {
            findings.inform("/se", se, ROUNDED);
        } else if self.is_nothing(estimate) {
            findings.number("/se", se, Within::Absolute(NOTHING * self.scale * self.most));
        } else {
            findings.number("/se", se, Within::Relative(within));
        }
    }

    /// Whether the reference gives no standard error although there is one.
    fn unvouched(&self, sample: &Sample<'_>) -> bool {
        self.mean && sample.design.is_calibrated()
    }

    /// A variance of 0, but for rounding.
    fn is_nothing(&self, estimate: &Estimate) -> bool {
        estimate.se.is_some_and(|se| se <= NOTHING * self.most)
    }

    fn effect(&self, estimate: &Estimate, sample: &Sample<'_>, findings: &mut Findings) {
        if !findings.expects("/deff") {
            return;
        }
        let spread = self.values.and_then(|values| element_variance(sample.design.weights(), values));
        let deff = spread.and_then(|spread| estimate.design_effect(spread));
        let size = deff.filter(|deff| *deff > 0.0).map(|deff| estimate.n as f64 / deff);
        for (pointer, got) in [("/deff", deff), ("/neff", size)] {
            if !findings.expects(pointer) {
                continue;
            }
            let missing = findings.check()[&pointer[1..]].is_null();
            if missing && self.unvouched(sample) {
                findings.inform(pointer, got, CALIBRATED);
            } else {
                findings.number(pointer, got, Within::Relative(2.0 * findings.tolerance("se_rel", 1e-6)));
            }
        }
    }

    fn intervals(&self, estimate: &Estimate, level: f64, findings: &mut Findings) {
        let within = Within::Absolute(findings.tolerance("ci_abs", 1e-6));
        for (name, method, binary_only) in METHODS {
            let pointer = format!("/ci/{name}");
            let mut got = method(estimate, level);
            if !findings.expects(&pointer) {
                // At the ends of the scale some kinds are not defined; then there must be none.
                let ends = estimate.est <= 0.0 || estimate.est >= self.most;
                let shown = got.is_some() && findings.expects("/ci/wilson_t");
                if ends && shown && (self.binary || !binary_only) {
                    findings.fail(&format!("{pointer}: given, although the reference has none"));
                }
                continue;
            }
            if got.is_none() && name == "wald_t" && self.is_nothing(estimate) {
                // Without variance the interval of the reference is a point; ours is withheld.
                got = Some(Interval { low: estimate.est, high: estimate.est });
            }
            limits(&pointer, got.map(|got| scaled(got, self.scale)), within, findings);
        }
    }

    /// R's own `svyciprop`.
    fn published_by_r(&self, estimate: &Estimate, sample: &Sample<'_>, level: f64, findings: &mut Findings) {
        let general = findings.tolerance("ci_abs", 1e-6);
        let either = |findings: &Findings, name: &str, otherwise| {
            let short = findings.tolerance(&format!("{name}_abs"), otherwise);
            findings.tolerance(&format!("svyciprop_{name}_abs"), short)
        };
        let logit = either(findings, "logit", 1e-5);
        let rough = Within::Absolute(either(findings, "likelihood", 2e-4));
        let known: [(&str, Method, f64); 5] = [
            ("mean", wald_t, general),
            ("xlogit", logit_t, general),
            ("logit", logit_t, logit),
            ("beta", korn_graubard, general),
            ("asin", folded_arcsine, general),
        ];
        for (name, method, within) in known {
            let pointer = format!("/svyciprop/{name}");
            if findings.expects(&pointer) {
                limits(&pointer, method(estimate, level), Within::Absolute(within), findings);
            }
        }
        let pointer = "/svyciprop/likelihood";
        if findings.expects(pointer) {
            let got = likelihood(estimate, level);
            let (low, high) = (got.map(|got| got.low), got.map(|got| got.high));
            let near = findings.agrees(&format!("{pointer}/lo"), low, rough)
                && findings.agrees(&format!("{pointer}/hi"), high, rough);
            if !near && self.is_coarse(estimate, sample, level) {
                findings.inform(&format!("{pointer}/lo"), low, INTERPOLATED);
                findings.inform(&format!("{pointer}/hi"), high, INTERPOLATED);
            } else {
                limits(pointer, got, rough, findings);
            }
        }
    }

    /// Whether R's steps along the likelihood are coarse.
    fn is_coarse(&self, estimate: &Estimate, sample: &Sample<'_>, level: f64) -> bool {
        let spread = self.values.and_then(|values| element_variance(sample.design.weights(), values));
        let deff = spread.and_then(|spread| estimate.design_effect(spread));
        two_sided_t(level, estimate.df).zip(deff).is_some_and(|(t, deff)| t * deff > COARSE)
    }
}

/// sin² of the limits wherever they lie, as R takes it.
fn folded_arcsine(estimate: &Estimate, level: f64) -> Option<Interval> {
    let angles = arcsine_angles(estimate, level)?;
    Some(Interval { low: angles.low.sin().powi(2), high: angles.high.sin().powi(2) })
}

/// The tolerance of an estimate: relative where the file says so.
pub fn estimated(findings: &Findings) -> Within {
    let relative = findings.tolerance("est_rel", f64::NAN);
    if relative.is_nan() {
        Within::Absolute(findings.tolerance("est_abs", 1e-9))
    } else {
        Within::Relative(relative)
    }
}

fn scaled(interval: Interval, scale: f64) -> Interval {
    Interval { low: scale * interval.low, high: scale * interval.high }
}

/// Compares both limits.
fn limits(pointer: &str, got: Option<Interval>, within: Within, findings: &mut Findings) {
    findings.number(&format!("{pointer}/lo"), got.map(|got| got.low), within);
    findings.number(&format!("{pointer}/hi"), got.map(|got| got.high), within);
}
