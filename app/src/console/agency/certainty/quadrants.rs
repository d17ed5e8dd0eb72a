//! The chart of importance and rating: a square in four fields, each factor a number.
//!
//! x is in per cent and y in pixels, as in every chart. The scales have no numbers: what matters is on
//! which side of a dividing line a factor stands, and the table has the figures with their intervals.

use super::drivers::word;
use crate::console::frame::Frame;
use crate::i18n::console::fill;
use crate::parts::chart::axis::across;
use domain::report::certainty::{Driver, Drivers, Quadrant};
use leptos::prelude::*;

/// Height of the four fields, and where they begin.
const HEIGHT: f64 = 280.0;
const TOP: f64 = 24.0;
/// How far from the middle the outermost point stands, of half the chart.
const REACH: f64 = 0.78;
/// Differences that fill the chart at least, in per cent of importance and in points of the score: what
/// is nearly equal must look so.
const LEAST: (f64, f64) = (10.0, 5.0);

pub(super) fn chart(found: &Drivers, title: String, frame: &Frame) -> AnyView {
    let (title_id, desc_id) = ("drivers-t", "drivers-d");
    let points = (1..).zip(&found.factors).map(|(at, factor)| point(at, factor, found));
    view! {
        <svg class="chart" role="img" aria-labelledby=format!("{title_id} {desc_id}") height=(TOP + HEIGHT + 24.0).to_string()>
            <title id=title_id>{title}</title>
            <desc id=desc_id>{description(found, frame)}</desc>
            {ground(frame)}
            {points.collect_view()}
        </svg>
    }
    .into_any()
}

fn description(found: &Drivers, frame: &Frame) -> String {
    let text = frame.text();
    let point = |(at, factor): (usize, &Driver)| {
        let (at, name) = (at.to_string(), factor.name.text(frame.language));
        let quadrant = word(factor.quadrant, text);
        fill(text.certainty.drivers_point, &[("at", &at), ("name", name), ("quadrant", quadrant)])
    };
    let points: Vec<String> = (1..).zip(&found.factors).map(point).collect();
    fill(text.certainty.drivers_desc, &[("points", &points.join(" "))])
}

/// The four fields with their words, the dividing lines, and what the directions mean.
fn ground(frame: &Frame) -> AnyView {
    let text = &frame.text().certainty;
    let (top, middle, base) = (TOP, TOP + HEIGHT / 2.0, TOP + HEIGHT);
    let corner = |quadrant, right: bool, y: f64| {
        let (x, class) = if right { ("98%", "soft end") } else { ("2%", "soft") };
        view! { <text class=class x=x y=y.to_string()>{word(quadrant, frame.text())}</text> }
    };
    view! {
        <rect class="trough" x="50%" y=middle.to_string() width="50%" height=(HEIGHT / 2.0).to_string()></rect>
        <rect class="frame" x="0" y=top.to_string() width="100%" height=HEIGHT.to_string()></rect>
        <line class="ref" x1="50%" x2="50%" y1=top.to_string() y2=base.to_string()></line>
        <line class="ref" x1="0" x2="100%" y1=middle.to_string() y2=middle.to_string()></line>
        {corner(Quadrant::Fine, false, top + 22.0)}
        {corner(Quadrant::Keep, true, top + 22.0)}
        {corner(Quadrant::Later, false, base - 12.0)}
        {corner(Quadrant::First, true, base - 12.0)}
        <text class="soft mid" x="50%" y=(top - 8.0).to_string()>"↑ " {text.higher}</text>
        <text class="soft" x="0" y=(base + 18.0).to_string()>"← " {text.less}</text>
        <text class="soft end" x="100%" y=(base + 18.0).to_string()>{text.more} " →"</text>
    }
    .into_any()
}

/// Where a value stands between -1 and 1, when `least` or the largest distance of all fills the chart.
fn place(value: f64, middle: f64, all: impl Iterator<Item = f64>, least: f64) -> f64 {
    let widest = all.map(|one| (one - middle).abs()).fold(least, f64::max);
    REACH * (value - middle) / widest
}

fn point(at: usize, factor: &Driver, found: &Drivers) -> AnyView {
    let (importance, score) = found.middle;
    let all = || found.factors.iter();
    let x = place(factor.importance, importance, all().map(|one| one.importance), LEAST.0);
    let y = place(factor.score, score, all().map(|one| one.score), LEAST.1);
    let class = if factor.quadrant == Quadrant::First { "m-below" } else { "m-even" };
    let y = TOP + HEIGHT / 2.0 * (1.0 - y);
    view! {
        <svg class=class x=across(50.0 + 50.0 * x) y=format!("{y:.0}") overflow="visible">
            <circle class="hollow" r="13"></circle>
            <text class="bold mid" y="5">{at.to_string()}</text>
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn what_is_nearly_equal_looks_so_and_the_farthest_stays_inside() {
        let near = [24.0, 26.0];
        assert!((place(26.0, 25.0, near.into_iter(), 10.0) - 0.078).abs() < 1e-9);
        let far = [5.0, 45.0];
        assert!((place(45.0, 25.0, far.into_iter(), 10.0) - 0.78).abs() < 1e-9);
        assert!((place(5.0, 25.0, far.into_iter(), 10.0) + 0.78).abs() < 1e-9);
    }
}
