//! Absurd input: a reason or `None`, never NaN, never a panic.

use proptest::prelude::*;
use stats::floor::product_interval;
use stats::interval::binomial::{self, agresti_coull, jeffreys, wald, wilson_corrected};
use stats::interval::hypergeometric::exact;
use stats::interval::{kg_cap, korn_graubard, likelihood, logit_t, score_t, wald_t, wilson_t};
use stats::quantile::{beta, normal, t, two_sided_normal, two_sided_t};
use stats::score::{ScoreCell, ScoreCount, ScoreStratum, mean_score};
use stats::share::{Binary, pooled, share};
use stats::{Estimate, Stratum, Unavailable};

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![any::<f64>(), 0.0..=1.0_f64, Just(0.0), Just(1.0), Just(f64::NAN), 1e-9..1e12_f64]
}

fn whole() -> impl Strategy<Value = i64> {
    prop_oneof![any::<i64>(), -3..50_i64, Just(i64::MAX), Just(i64::MIN)]
}

fn broken(estimate: Result<Estimate, Unavailable>) -> bool {
    estimate.is_ok_and(|e| !e.est.is_finite() || e.se.is_some_and(|se| !(se >= 0.0 && se.is_finite())))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_interval_is_nan(
        est in number(), se in prop::option::of(number()), df in whole(), n in whole(),
        level in number(), g in prop::option::of(number()),
    ) {
        let estimate = Estimate { est, se, df, n, answers: n, lonely: 0 };
        let methods = [wald_t, score_t, wilson_t, logit_t, korn_graubard, kg_cap, likelihood];
        let all = methods.iter().filter_map(|method| method(&estimate, level));
        for interval in all.chain(product_interval(&estimate, g, level).map(|p| p.interval)) {
            prop_assert!(interval.low <= interval.high, "{estimate:?} {interval:?}");
        }
        let _ = estimate.minus_independent(&estimate).design_effect(est);
    }

    #[test]
    fn no_count_interval_is_nan(x in whole(), n in whole(), all in whole(), level in number()) {
        let methods = [
            binomial::clopper_pearson, binomial::wilson, wilson_corrected,
            jeffreys, agresti_coull, wald,
        ];
        for interval in methods.iter().filter_map(|method| method(x, n, level)) {
            prop_assert!(interval.low <= interval.high, "{x}/{n} {interval:?}");
        }
        prop_assert!(exact(all, n, x, level).is_none_or(|counts| counts.low <= counts.high));
    }

    #[test]
    fn no_quantile_is_nan(p in number(), a in number(), b in number(), df in whole()) {
        let all = [normal(p), t(p, a), two_sided_normal(p), two_sided_t(p, df)];
        for value in all.iter().flatten() {
            prop_assert!(value.is_finite());
        }
        prop_assert!(beta(p, a, b).is_none_or(|x| (0.0..=1.0).contains(&x)));
    }

    #[test]
    fn no_sums_panic(
        n in whole(), sums in prop::collection::vec(whole(), 0..5),
        products in prop::collection::vec(whole(), 0..11), answering in whole(), items in whole(),
    ) {
        let stratum = Stratum { n, sums: &sums, products: &products };
        prop_assert!(!broken(pooled(&[stratum], &[0], &[answering])));
        let pairs = sums.chunks_exact(2).zip(products.chunks_exact(2));
        let counts: Vec<ScoreCount> = pairs.map(|(a, b)| ScoreCount {
            answered: a[0], respondents: a[1], sum: b[0], squares: b[1],
        }).collect();
        let cells = [ScoreCell { items, counts: &counts }];
        let scores = [ScoreStratum { n, cells: &cells }];
        prop_assert!(!broken(mean_score(&scores)));
        let binary = Binary { n, answered: answering, satisfied: items };
        prop_assert!(!broken(share(&[binary])));
    }
}
