//! The map of units by their marks. Fill, shape and word say the same thing, each place is a link
//! that says its name, its mark and its figure, and nothing is only on the map.

use crate::parts::figure::Mark;
use domain::map::{Outline, ProvinceMap};
use leptos::prelude::*;

/// The width of a letter of a name and the height of its line, in units of the sheet.
const LETTER: u32 = 16;
const LINE: u32 = 40;
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

    /// The names of the places that stand out, each where it covers neither a sign nor another name:
    /// east of its sign, else west, else nowhere. The lists beside the map hold all of them.
    fn names(&self) -> AnyView {
        let stands_out = |place: &&Place<'_>| matches!(place.mark, Mark::Above | Mark::Below);
        let mut taken: Vec<Space> =
            self.places.iter().filter(|place| is_signed(place)).map(Space::of_sign).collect();
        let mut names = Vec::new();
        for place in self.places.iter().filter(stands_out) {
            let sides = [Space::east(place), Space::west(place)];
            let free = |space: &Space| space.is_on(self.map) && taken.iter().all(|other| !space.meets(other));
            let Some(space) = sides.into_iter().flatten().find(free) else { continue };
            let (x, y) = (space.left.to_string(), (place.outline.at.1 + 10).to_string());
            names.push(view! { <text x=x y=y>{place.name.clone()}</text> });
            taken.push(space);
        }
        names.into_iter().collect_view().into_any()
    }
}

/// A rectangle on the sheet.
#[derive(Debug, Clone, Copy)]
struct Space {
    left: u32,
    right: u32,
    top: u32,
    bottom: u32,
}

impl Space {
    fn around(x: (u32, u32), y: u32, half: u32) -> Self {
        Self { left: x.0, right: x.1, top: y.saturating_sub(half), bottom: y + half }
    }

    fn of_sign(place: &Place<'_>) -> Self {
        let (x, y) = place.outline.at;
        Self::around((x.saturating_sub(SIGN), x + SIGN), y, SIGN)
    }

    fn width(place: &Place<'_>) -> u32 {
        u32::try_from(place.name.chars().count()).unwrap_or(u32::MAX).saturating_mul(LETTER)
    }

    fn east(place: &Place<'_>) -> Option<Self> {
        let (x, y) = place.outline.at;
        let left = x + SIGN + 4;
        Some(Self::around((left, left.checked_add(Self::width(place))?), y, LINE / 2))
    }

    fn west(place: &Place<'_>) -> Option<Self> {
        let (x, y) = place.outline.at;
        let right = x.checked_sub(SIGN + 4)?;
        Some(Self::around((right.checked_sub(Self::width(place))?, right), y, LINE / 2))
    }

    const fn is_on(&self, map: &ProvinceMap) -> bool {
        self.right <= map.width && self.bottom <= map.height
    }

    const fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
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

const fn is_signed(place: &Place<'_>) -> bool {
    !matches!(place.mark, Mark::Even | Mark::Withheld)
}

/// Most places are not distinguishable: they carry no sign, and those without a figure are hatched.
fn sign(place: &Place<'_>) -> Option<AnyView> {
    let class = match place.mark {
        Mark::Above | Mark::Below => "sign",
        _ => "sign-thin",
    };
    let (x, y) = place.outline.at;
    let (x, y) = (i64::from(x) - i64::from(SIGN), i64::from(y) - i64::from(SIGN));
    let size = (2 * SIGN).to_string();
    is_signed(place).then(|| {
        view! {
            <g class=class>
                <use href=place.mark.symbol() x=x.to_string() y=y.to_string() width=size.clone() height=size></use>
            </g>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::Space;

    #[test]
    fn spaces_that_only_touch_do_not_meet() {
        let at = |left, right| Space { left, right, top: 0, bottom: 10 };
        assert!(at(0, 10).meets(&at(9, 20)) && !at(0, 10).meets(&at(10, 20)));
        let below = Space { top: 10, bottom: 20, ..at(0, 10) };
        assert!(!at(0, 10).meets(&below));
    }
}
