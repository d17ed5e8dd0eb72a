//! A figure through time: a dot and a whisker for each step, between its limits. Steps without a figure
//! stay empty, and no line leads over them.

use super::axis::{Axis, across};
use domain::language::Language;
use leptos::prelude::*;

/// Height of the scale in pixels, and what stands above and below it.
const HEAD: f64 = 12.0;
const HEIGHT: f64 = 240.0;
const FOOT: f64 = 44.0;

/// A step.
#[derive(Debug, Clone)]
pub(crate) struct SeriesStep {
    /// Its short name, under the scale.
    pub name: String,
    /// Figure and both ends of its interval, in per cent; `None` for a gap.
    pub figure: Option<(f64, f64, f64)>,
    /// Whether the figure itself may be shown, or only its lower end.
    pub is_shown: bool,
    /// Its limits, in per cent.
    pub limits: Option<(f64, f64)>,
    /// Whether the figure lies outside.
    pub is_outside: bool,
}

/// A chart.
#[derive(Debug, Clone)]
pub(crate) struct SeriesChart {
    /// Unique on the page.
    pub id: &'static str,
    /// Title, for those who do not see it.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
    /// Oldest first.
    pub steps: Vec<SeriesStep>,
    /// The line that the limits lie around, in per cent.
    pub centre: Option<f64>,
    /// The reader's language.
    pub language: Language,
}

impl SeriesChart {
    /// The chart as inline SVG.
    pub(crate) fn draw(&self) -> AnyView {
        let (title_id, desc_id) = (format!("{}-t", self.id), format!("{}-d", self.id));
        let labelled = format!("{title_id} {desc_id}");
        let axis = self.axis();
        let steps = self.steps.iter().enumerate().map(|(at, step)| self.step(at, step, axis));
        let centre = self.centre.map(|centre| {
            let y = height(axis, centre);
            view! { <line class="ref" x1="0" x2="100%" y1=y.clone() y2=y></line> }
        });
        view! {
            <svg class="chart" role="img" aria-labelledby=labelled height=(HEAD + HEIGHT + FOOT).to_string()>
                <title id=title_id>{self.title.clone()}</title>
                <desc id=desc_id>{self.description.clone()}</desc>
                <svg x="9%" width="91%" overflow="visible">
                    {self.scale(axis)}
                    {centre}
                    {steps.collect_view()}
                </svg>
            </svg>
        }
        .into_any()
    }

    /// From 50 only where neither a whisker nor a limit is cut.
    pub(crate) fn axis(&self) -> Axis {
        let figures = self.steps.iter().filter_map(|step| Some(step.figure?.1));
        let limits = self.steps.iter().filter_map(|step| Some(step.limits?.0));
        Axis::choose(figures.chain(limits))
    }

    fn scale(&self, axis: Axis) -> AnyView {
        let ticks = axis.ticks().into_iter().map(|tick| {
            let y = height(axis, f64::from(tick));
            let words = match self.language {
                Language::En => format!("{tick}%"),
                _ => format!("{tick}\u{a0}%"),
            };
            view! {
                <line class="grid" x1="0" x2="100%" y1=y.clone() y2=y.clone()></line>
                <text class="soft end" x="-1%" y=y dy="5">{words}</text>
            }
        });
        ticks.collect_view().into_any()
    }

    fn step(&self, at: usize, step: &SeriesStep, axis: Axis) -> AnyView {
        let x = across(100.0 * (at as f64 + 0.5) / self.steps.len() as f64);
        let limits = step.limits.map(|(low, high)| [low, high].map(|limit| stroke(&x, axis, limit)));
        let limits = limits.map(|strokes| strokes.into_iter().collect_view());
        // A dozen names do not fit a telephone side by side; every other one does.
        let skipped = if self.steps.len() > 6 && (self.steps.len() - 1 - at) % 2 == 1 { " skip" } else { "" };
        let base = (HEAD + HEIGHT + 22.0).to_string();
        let name =
            view! { <text class=format!("soft mid{skipped}") x=x.clone() y=base>{step.name.clone()}</text> };
        view! { {limits} {step.figure.map(|figure| whisker(&x, axis, figure, step))} {name} }.into_any()
    }
}

fn height(axis: Axis, percent: f64) -> String {
    format!("{:.1}", HEAD + HEIGHT * (1.0 - axis.position(percent) / 100.0))
}

/// A limit: a stroke to either side of the step.
fn stroke(x: &str, axis: Axis, limit: f64) -> AnyView {
    let y = height(axis, limit);
    view! {
        <svg x=x.to_owned() overflow="visible">
            <line class="limit" x1="-11" x2="11" y1=y.clone() y2=y></line>
        </svg>
    }
    .into_any()
}

/// The whisker with its two ends and the mark; where everybody is satisfied only the lower end.
fn whisker(x: &str, axis: Axis, (share, low, high): (f64, f64, f64), step: &SeriesStep) -> AnyView {
    let (low, high) = (height(axis, low), height(axis, high));
    let cap = |y: String| view! { <line class="whisker cap" x1="-5" x2="5" y1=y.clone() y2=y></line> };
    let (symbol, class) = if step.is_outside { ("#outside", "m-below") } else { ("#even", "m-plain") };
    let dot = step.is_shown.then(|| {
        view! {
            <svg y=height(axis, share) overflow="visible">
                <use href=symbol x="-10" y="-10" width="20" height="20"></use>
            </svg>
        }
    });
    view! {
        <svg class=class x=x.to_owned() overflow="visible">
            <line class="whisker" x1="0" x2="0" y1=low.clone() y2=high.clone()></line>
            {cap(low)}
            {step.is_shown.then(|| cap(high))}
            {dot}
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{Axis, SeriesChart, SeriesStep, height};
    use domain::language::Language;

    fn chart(steps: Vec<SeriesStep>) -> SeriesChart {
        let (title, description) = (String::new(), String::new());
        SeriesChart { id: "s", title, description, steps, centre: None, language: Language::Vi }
    }

    fn step(figure: Option<(f64, f64, f64)>, limits: Option<(f64, f64)>) -> SeriesStep {
        SeriesStep { name: String::new(), figure, is_shown: true, limits, is_outside: false }
    }

    #[test]
    fn more_stands_higher() {
        let y = |percent| height(Axis::FromZero, percent).parse::<f64>().unwrap();
        assert!(y(90.0) < y(10.0));
    }

    #[test]
    fn the_scale_cuts_neither_whisker_nor_limit() {
        let high = step(Some((90.0, 80.0, 95.0)), Some((70.0, 99.0)));
        assert_eq!(chart(vec![high.clone(), step(None, None)]).axis(), Axis::FromHalf);
        assert_eq!(chart(vec![high.clone(), step(Some((60.0, 49.0, 70.0)), None)]).axis(), Axis::FromZero);
        assert_eq!(chart(vec![high, step(None, Some((40.0, 99.0)))]).axis(), Axis::FromZero);
    }
}
