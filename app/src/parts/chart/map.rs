//! The map of units by their marks. Fill, shape and word say the same thing, each place is a link
//! that says its name, its mark and its figure, and nothing is only on the map.

use crate::parts::figure::Mark;
use domain::map::{Outline, ProvinceMap};
use leptos::prelude::*;

/// At most so many places carry their name: more would cover each other.
const NAMED: usize = 8;
/// Half the size of a sign, in units of the sheet.
const SIGN: u32 = 18;

/// A unit on the map.
pub(crate) struct Place<'a> {
    /// Where it lies.
    pub outline: &'a Outline,
    /// How it is marked.
    pub mark: Mark,
    /// Its name, for those that stand out.
    pub name: String,
    /// Name, mark and figure in words.
    pub said: String,
    /// Its page, where the reader may open it.
    pub href: Option<String>,
}

/// A map of marks.
pub(crate) struct MarkMap<'a> {
    /// Unique on the page.
    pub id: &'static str,
    /// Title, for those who do not see it.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
    /// The sheet.
    pub map: &'a ProvinceMap,
    /// Its units.
    pub places: Vec<Place<'a>>,
}

impl MarkMap<'_> {
    /// The map as inline SVG: a group of links, not one picture, so that each can be reached.
    pub(crate) fn draw(&self) -> AnyView {
        let (title, desc) = (format!("{}-t", self.id), format!("{}-d", self.id));
        let labelled = format!("{title} {desc}");
        let view_box = format!("-6 -6 {} {}", self.map.width + 12, self.map.height + 12);
        let signs = self.places.iter().filter_map(sign).collect_view();
        view! {
            <svg class="map" role="group" aria-labelledby=labelled viewBox=view_box>
                <title id=title>{self.title.clone()}</title>
                <desc id=desc>{self.description.clone()}</desc>
                <defs>
                    <pattern id="map-hatch" width="11" height="11" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <path class="hatch" d="M0 0v11"></path>
                    </pattern>
                </defs>
                {self.places.iter().map(area).collect_view()}
                <g class="signs" aria-hidden="true">{signs} {self.names()}</g>
            </svg>
        }
        .into_any()
    }

    fn names(&self) -> Option<AnyView> {
        let stands_out = |place: &&Place<'_>| matches!(place.mark, Mark::Above | Mark::Below);
        let named: Vec<&Place<'_>> = self.places.iter().filter(stands_out).collect();
        let name = |place: &Place<'_>| {
            let (x, y) = place.outline.at;
            // In the east the name stands west of its sign, so that it stays on the sheet.
            let east = x * 3 > self.map.width * 2;
            let (class, x) = if east { ("end", x.saturating_sub(SIGN + 6)) } else { ("", x + SIGN + 6) };
            view! { <text class=class x=x.to_string() y=(y + 10).to_string()>{place.name.clone()}</text> }
        };
        (named.len() <= NAMED).then(|| named.into_iter().map(name).collect_view().into_any())
    }
}

/// The fill of a mark. Whoever is not compared, or has no figure, is not filled.
const fn fill_of(mark: Mark) -> &'static str {
    match mark {
        Mark::Above => "f-above",
        Mark::Below => "f-below",
        Mark::Even => "f-even",
        Mark::Withheld => "f-none",
        Mark::Plain | Mark::Few | Mark::Indicative => "f-few",
    }
}

fn area(place: &Place<'_>) -> AnyView {
    let path = view! { <path class=fill_of(place.mark) d=place.outline.path.clone()></path> };
    let (said, label) = (place.said.clone(), place.said.clone());
    match place.href.clone() {
        Some(href) => view! {
            <a class="place" href=href aria-label=label><title>{said}</title>{path}</a>
        }
        .into_any(),
        None => view! { <g role="img" aria-label=label><title>{said}</title>{path}</g> }.into_any(),
    }
}

/// Most places are not distinguishable: they carry no sign, and those without a figure are hatched.
fn sign(place: &Place<'_>) -> Option<AnyView> {
    let class = match place.mark {
        Mark::Above | Mark::Below => "sign",
        Mark::Plain | Mark::Few | Mark::Indicative => "sign-thin",
        Mark::Even | Mark::Withheld => return None,
    };
    let (x, y) = place.outline.at;
    let (x, y) = (i64::from(x) - i64::from(SIGN), i64::from(y) - i64::from(SIGN));
    let size = (2 * SIGN).to_string();
    Some(
        view! {
            <g class=class>
                <use href=place.mark.symbol() x=x.to_string() y=y.to_string() width=size.clone() height=size></use>
            </g>
        }
        .into_any(),
    )
}
