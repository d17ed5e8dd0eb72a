//! The path of one person through a form: which route they are on, which pages they see, and what
//! each page asks of them (privacy-security.md, "From an answer to a figure", 2).
//!
//! The same rules decide what is shown and what is kept, so nobody is asked for something that is
//! then thrown away, and nothing is kept that was not asked.

mod ask;

pub use ask::{Ask, Condition};

use crate::instrument::{Instrument, Page, Purpose};
use crate::submission::Sheet;
use crate::survey::{Channel, Mode, Route, Variant, words};
use crate::tally::layout::{is_asked, items_of};

words! {
    /// How far the dossier has come; the answers of the question `stage`.
    Stage, "stage" {
        /// The result has been received.
        Done = "done",
        /// The application was refused: as finished as a grant.
        Refused = "refused",
        /// Still waiting.
        Waiting = "waiting",
        /// Only asked for information.
        Asked = "asked",
    }
}

impl Stage {
    /// Whether a decision has been received.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Done | Self::Refused)
    }
}

/// What is known before the first question: how somebody came to the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The form that the touchpoint shows.
    pub variant: Variant,
    /// How the answer comes.
    pub mode: Mode,
    /// How the dossier was handed in, where a code says so.
    pub channel_of_code: Option<Channel>,
    /// Whether a code came along; it knows what the dossier was about.
    pub has_code: bool,
}

impl Visit {
    /// The channel without asking: that of the code, else the one that the mode implies.
    #[must_use]
    pub fn known_channel(&self) -> Option<Channel> {
        self.channel_of_code.or_else(|| self.mode.implied_channel())
    }

    /// Whether the answer comes from the tablet at the counter.
    #[must_use]
    pub fn is_kiosk(&self) -> bool {
        self.variant == Variant::Kiosk || self.mode == Mode::Kiosk
    }
}

/// Which set of questions a sheet turned out to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// The route.
    pub route: Route,
    /// How the dossier was handed in; in person where it was asked and left out.
    pub channel: Channel,
    /// Whether an office was visited.
    pub visited: bool,
    /// How far the dossier had come, where it was asked and answered.
    pub stage: Option<Stage>,
}

/// The route of a finished sheet, in the order of precedence: kiosk, not done, partial, done.
#[must_use]
pub fn settle(instrument: &Instrument, visit: &Visit, sheet: &Sheet) -> Settled {
    let settled = settle_so_far(visit, sheet);
    let core: Vec<_> = items_of(instrument)
        .filter(|item| item.core && is_asked(instrument, visit.variant, settled.route, settled.visited, item))
        .collect();
    let answered = core.iter().filter(|item| sheet.get(&item.code).is_some()).count();
    let is_done = matches!(settled.route, Route::DoneInPerson | Route::DoneOnline);
    if is_done && answered * 2 < core.len() {
        return Settled { route: Route::Partial, ..settled };
    }
    settled
}

/// The route as if everything that is still blank were going to be answered.
fn settle_so_far(visit: &Visit, sheet: &Sheet) -> Settled {
    let said = sheet.get("channel").and_then(|text| text.parse().ok());
    let channel = visit.known_channel().or(said).unwrap_or(Channel::InPerson);
    let visited = channel != Channel::Online;
    let stage: Option<Stage> =
        if visit.is_kiosk() { None } else { sheet.get("stage").and_then(|s| s.parse().ok()) };
    let route = if visit.is_kiosk() {
        Route::Kiosk
    } else if stage.is_some_and(|stage| !stage.is_done()) {
        Route::NotDone
    } else if visited {
        Route::DoneInPerson
    } else {
        Route::DoneOnline
    };
    Settled { route, channel, visited, stage }
}

/// Whether a question outside the index belongs to the form of a visit at all.
#[must_use]
pub fn is_in_form(instrument: &Instrument, visit: &Visit, code: &str) -> bool {
    let Some(question) = instrument.question(code) else { return false };
    let form = instrument.variants.get(&visit.variant);
    let in_form = form.is_none_or(|form| form.questions.as_ref().is_none_or(|q| q.iter().any(|c| c == code)));
    in_form
        && match code {
            "channel" => visit.known_channel().is_none(),
            "stage" => !visit.is_kiosk(),
            _ => question.purpose != Purpose::Field || !visit.has_code,
        }
}

/// The pages that one person sees, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Path<'a> {
    /// The route so far; a form that is left early may still become *partial*.
    pub route: Route,
    /// Whether an office was visited.
    pub visited: bool,
    /// Whether all pages are shown as one (`?layout=one`).
    pub at_once: bool,
    /// The pages on which something is asked.
    pub pages: Vec<Leaf<'a>>,
}

/// A page of somebody's path.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf<'a> {
    /// The page of the instrument.
    pub page: &'a Page,
    /// What it asks of this person.
    pub asks: Vec<Ask<'a>>,
}

impl<'a> Path<'a> {
    /// The path of somebody who has answered so much. The numbering closes up: pages on which
    /// nothing is asked are left out.
    #[must_use]
    pub fn of(instrument: &'a Instrument, visit: &Visit, sheet: &Sheet) -> Self {
        let settled = settle_so_far(visit, sheet);
        let on_route = |ask: &Ask<'_>| ask.is_on(instrument, visit, settled.route, settled.visited);
        let mut pages = leaves(instrument, visit, &on_route);
        for leaf in &mut pages {
            let here: Vec<&str> = leaf.asks.iter().map(Ask::code).collect();
            leaf.asks = leaf
                .asks
                .iter()
                .copied()
                .filter(|ask| {
                    ask.condition().is_none_or(|when| here.contains(&when.code) || when.holds(sheet))
                })
                .collect();
        }
        pages.retain(|leaf| !leaf.asks.is_empty());
        Self { route: settled.route, visited: settled.visited, at_once: false, pages }
    }

    /// The path that shows everything at once: whatever any answer on it could make necessary.
    #[must_use]
    pub fn at_once(instrument: &'a Instrument, visit: &Visit) -> Self {
        let channels: &[Channel] = match visit.known_channel() {
            Some(Channel::Online) => &[Channel::Online],
            Some(_) => &[Channel::InPerson],
            None => &[Channel::InPerson, Channel::Online],
        };
        let could_be_on = |ask: &Ask<'_>| {
            channels.iter().any(|channel| {
                let visited = *channel != Channel::Online;
                let done = if visited { Route::DoneInPerson } else { Route::DoneOnline };
                let routes = if visit.is_kiosk() { [Route::Kiosk; 2] } else { [done, Route::NotDone] };
                routes.iter().any(|route| ask.is_on(instrument, visit, *route, visited))
            })
        };
        let settled = settle_so_far(visit, &Sheet::default());
        let pages = leaves(instrument, visit, &could_be_on);
        Self { route: settled.route, visited: settled.visited, at_once: true, pages }
    }

    /// The position of the page with this code.
    #[must_use]
    pub fn position(&self, page: &str) -> Option<usize> {
        self.pages.iter().position(|leaf| leaf.page.code == page)
    }

    /// The position of the page that asks for this.
    #[must_use]
    pub fn page_of(&self, asked: &str) -> Option<usize> {
        self.pages.iter().position(|leaf| leaf.asks.iter().any(|ask| ask.code() == asked))
    }

    /// Whether no page follows; the last page offers no *next*. Everything at once has one page.
    #[must_use]
    pub fn is_last(&self, position: usize) -> bool {
        self.at_once || position + 1 >= self.pages.len()
    }

    /// Whether the overall answer is given on this page or was asked on an earlier one, so that
    /// *send now* can be offered.
    #[must_use]
    pub fn may_send(&self, position: usize) -> bool {
        self.is_last(position) || self.page_of("overall").is_none_or(|overall| overall <= position)
    }

    /// What is asked on the page at a position; everything, where all is shown at once.
    pub fn asks_at(&self, position: usize) -> impl Iterator<Item = &Ask<'a>> {
        let pages = self.pages.iter().enumerate();
        pages.filter(move |(at, _)| self.at_once || *at == position).flat_map(|(_, leaf)| &leaf.asks)
    }
}

fn leaves<'a>(instrument: &'a Instrument, visit: &Visit, wanted: &dyn Fn(&Ask<'_>) -> bool) -> Vec<Leaf<'a>> {
    let pages = instrument.pages_of(visit.variant).iter();
    let leaves = pages.map(|page| Leaf {
        page,
        asks: page.asks.iter().filter_map(|code| Ask::find(instrument, code)).filter(wanted).collect(),
    });
    leaves.filter(|leaf| !leaf.asks.is_empty()).collect()
}

#[cfg(test)]
mod tests;
