//! The people of one group, prepared: which kinds of them there are, and from where to where on the
//! latent scale each answer reaches for each kind. Drawing a person needs no quantile then.

use super::generate::Wish;
use super::truth::Truth;
use domain::instrument::Instrument;
use domain::survey::{Route, Variant};
use domain::tally::layout::{is_asked, items_of};

/// For whom a dossier was handed in: options of the question `kind`, their shares in a thousand, and
/// how often they are dissatisfied beside citizens.
const KINDS: [(u32, f64); 3] = [(820, 1.0), (120, 1.25), (60, 0.9)];
/// The same where the field is about businesses.
const KINDS_OF_BUSINESS: [(u32, f64); 3] = [(250, 1.0), (600, 1.25), (150, 0.9)];
/// People who were refused: their share in a thousand, and how often they are dissatisfied.
const REFUSED: (u32, f64) = (50, 2.2);
/// Largest chance that anybody is dissatisfied.
const WORST: f64 = 0.95;
/// What people say of how a complaint was handled.
const OF_A_COMPLAINT: f64 = 0.55;
/// How the satisfied divide into 5 and 4, and the others into 3, 2 and 1.
const VERY: f64 = 0.5;
const OTHERS: [f64; 2] = [0.6, 0.88];

/// Upper ends of the answers 5, 4, 3 and 2 on the latent scale, smallest first.
pub(super) type Bounds = [f64; 4];

/// People who are alike: what about, for whom, with what result.
#[derive(Debug, Clone)]
pub(super) struct Class {
    /// Sum of the shares up to and with this class.
    pub until: u32,
    /// Position of the field in the crowd's list.
    pub field: usize,
    /// Option of the question `kind`.
    pub kind: u8,
    /// Whether the result was a refusal.
    pub refused: bool,
    /// Of the overall question, then of every factor.
    pub bounds: Vec<Bounds>,
}

/// What happens to an item of the instrument in this crowd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is not part of the route.
    NotAsked,
    /// It is asked; position of its factor's bounds.
    Asked(usize),
    /// It is asked of those who complained.
    OfComplaints,
}

/// See the module.
#[derive(Debug, Clone)]
pub struct Crowd {
    pub(super) wish: Wish,
    /// Codes of the fields; empty for "something else".
    pub(super) fields: Vec<String>,
    pub(super) classes: Vec<Class>,
    pub(super) items: Vec<Place>,
    pub(super) complaint: Bounds,
}

impl Crowd {
    /// The people of a wish. What a unit's truth says holds for all of them together: the kinds
    /// differ around it. `fields` are codes and weights; without any the wish's own is taken.
    #[must_use]
    pub fn new(instrument: &Instrument, wish: &Wish, truth: &Truth, fields: &[(String, u32)]) -> Self {
        let own = [(wish.field.clone(), 1)];
        let fields = if fields.is_empty() { &own[..] } else { fields };
        let (mut classes, multiples) = classes(wish, fields);
        let codes = instrument.contents.iter().flat_map(|content| &content.factors).map(|f| &f.code);
        let shares = std::iter::once(truth.overall)
            .chain(codes.map(|code| truth.factors.get(code).copied().unwrap_or(truth.overall)));
        for share in shares {
            let scale = even_out(&multiples, 1.0 - share);
            for (class, (_, times)) in classes.iter_mut().zip(&multiples) {
                class.bounds.push(bounds(1.0 - (scale * times * (1.0 - share)).min(WORST)));
            }
        }
        Self {
            wish: wish.clone(),
            fields: fields.iter().map(|(code, _)| code.clone()).collect(),
            classes,
            items: places(instrument, wish),
            complaint: bounds(OF_A_COMPLAINT),
        }
    }
}

/// Every kind of people; beside it their share, and how often they are dissatisfied beside the usual.
fn classes(wish: &Wish, fields: &[(String, u32)]) -> (Vec<Class>, Vec<(u32, f64)>) {
    let (mut classes, mut multiples) = (Vec::new(), Vec::new());
    let refused = if is_done(wish.route) { REFUSED.0 } else { 0 };
    let results = [(false, 1000 - refused, 1.0), (true, refused, REFUSED.1)];
    let mut until = 0;
    for (field, (code, weight)) in fields.iter().enumerate() {
        let kinds = if is_business(code) { KINDS_OF_BUSINESS } else { KINDS };
        for (kind, (share, of_kind)) in (0..).zip(kinds) {
            for (refused, part, of_result) in results {
                let share = weight * share * part / 1000;
                if share > 0 {
                    until += share;
                    multiples.push((share, of_field(code) * of_kind * of_result));
                    classes.push(Class { until, field, kind, refused, bounds: Vec::new() });
                }
            }
        }
    }
    (classes, multiples)
}

pub(super) const fn is_done(route: Route) -> bool {
    matches!(route, Route::DoneInPerson | Route::DoneOnline | Route::Partial)
}

fn is_business(field: &str) -> bool {
    matches!(field, "enterprise" | "household-biz")
}

/// How often people are dissatisfied with dossiers of a field, beside the usual.
fn of_field(code: &str) -> f64 {
    match code {
        "land" => 1.7,
        "construction" => 1.4,
        "environment" | "merit" => 1.2,
        "civil-status" | "enterprise" => 0.8,
        "certification" => 0.65,
        _ => 1.0,
    }
}

/// By what the kinds' multiples must be multiplied, so that all together have this share of
/// dissatisfied people though nobody's chance exceeds [`WORST`].
fn even_out(kinds: &[(u32, f64)], rest: f64) -> f64 {
    let all: f64 = kinds.iter().map(|(share, _)| f64::from(*share)).sum();
    let mut scale = 1.0;
    for _ in 0..40 {
        let sum: f64 = kinds.iter().map(|(n, times)| f64::from(*n) * (scale * times * rest).min(WORST)).sum();
        scale *= rest * all / sum.max(f64::MIN_POSITIVE);
    }
    scale
}

fn bounds(share: f64) -> Bounds {
    let rest = 1.0 - share;
    let upper = [VERY * share, share, share + OTHERS[0] * rest, share + OTHERS[1] * rest];
    upper.map(|p| stats::quantile::normal(p).unwrap_or(f64::INFINITY))
}

fn places(instrument: &Instrument, wish: &Wish) -> Vec<Place> {
    let visited = wish.route != Route::DoneOnline;
    let factors = instrument.contents.iter().flat_map(|content| &content.factors);
    // The bounds of the overall question stand first.
    let of_item = factors.enumerate().flat_map(|(at, factor)| factor.items.iter().map(move |_| at + 1));
    let place = |(item, factor)| {
        let asked = wish.variant != Variant::Kiosk
            && is_asked(instrument, wish.variant, asked_as(wish.route), visited, item);
        match (asked, item.only_if.is_some()) {
            (false, _) => Place::NotAsked,
            (true, true) => Place::OfComplaints,
            (true, false) => Place::Asked(factor),
        }
    };
    items_of(instrument).zip(of_item).map(place).collect()
}

/// Who breaks off was asked what all others of the route were asked.
fn asked_as(route: Route) -> Route {
    if route == Route::Partial { Route::DoneInPerson } else { route }
}
