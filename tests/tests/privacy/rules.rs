//! The committed list of rules by which a thief of raw copies might link a person to a row. To add one,
//! write how it chooses; the cases in `linking.rs` play it on both engines, with and without faults.

use super::raw::Row;
use super::traffic::{Block, K, Person, World};
use domain::survey::Route;
use std::collections::HashSet;
use usecase::record::{ANSWER, Kept};

/// Bytes before and after a sealed record, where its content would stand if it were not sealed.
const NONCE: usize = 24;

/// One person, as the attacker sees her.
pub struct Case<'a> {
    /// Everything; rules read of it what the attacker may know.
    pub world: &'a World,
    /// The person.
    pub person: &'a Person,
    /// By route, the first published step after her that can hold her answer, the likeliest first.
    pub blocks: Vec<&'a Block>,
}

/// Which row is hers? `None` where the rule has nothing to say of her.
pub struct Link {
    /// What it goes by.
    pub name: &'static str,
    /// Its choice.
    pub choose: for<'a> fn(&Case<'a>) -> Option<&'a Row>,
}

/// Something about her that is not a row: which way she went, whether she wrote.
pub struct Guess {
    /// What it goes by.
    pub name: &'static str,
    /// What the published figures alone would make one say.
    pub public: fn(&Case<'_>) -> Option<String>,
    /// What the copies make one say.
    pub choose: fn(&Case<'_>) -> Option<String>,
    /// The truth.
    pub truth: fn(&Person) -> String,
}

/// Rules that name a row.
pub const LINKS: &[Link] = &[
    Link { name: "order of ids", choose: |case| by_rank(case, |row| row.id.clone(), false) },
    Link { name: "order of ids, backwards", choose: |case| by_rank(case, |row| row.id.clone(), true) },
    Link { name: "order on the pages", choose: |case| by_rank(case, |row| row.place, false) },
    Link { name: "order on the pages, backwards", choose: |case| by_rank(case, |row| row.place, true) },
    Link {
        name: "order of transactions",
        choose: |case| by_rank(case, |row| (row.written, row.place), false),
    },
    Link { name: "order within the page", choose: |case| by_rank(case, |row| row.place.1, false) },
    Link { name: "size of the row", choose: by_size },
    Link { name: "time of disappearance", choose: by_disappearance },
    Link { name: "a step of fewer than k", choose: by_small_step },
    Link { name: "group in the inbox", choose: by_group },
    Link { name: "content of the inbox page", choose: by_content },
    Link { name: "join of two copies by id", choose: by_common_id },
    Link { name: "join of two copies by bytes", choose: by_common_bytes },
    Link { name: "the day in a row", choose: by_day },
    Link { name: "order of what vanished together", choose: by_neighbours },
    Link { name: "order of texts", choose: by_texts },
    Link { name: "order of box entries", choose: by_boxes },
];

/// Rules that say something else about a person.
pub const GUESSES: &[Guess] = &[
    Guess { name: "route by group in the inbox", public: likely, choose: route_by_group, truth: route_of },
    Guess { name: "route by content", public: likely, choose: route_by_content, truth: route_of },
    Guess { name: "route by staying", public: likely, choose: route_by_staying, truth: route_of },
    Guess {
        name: "text by staying",
        public: |_| Some("false".into()),
        choose: text_by_staying,
        truth: wrote,
    },
];

impl<'a> Case<'a> {
    /// The case of a person.
    pub fn of(world: &'a World, person: &'a Person) -> Self {
        let hers = |block: &&Block| {
            block.unit == person.unit
                && block.trust == person.trust
                && block.between.0 <= person.hour
                && person.hour < block.between.1
        };
        let mut case = Self { world, person, blocks: world.blocks.iter().filter(hers).collect() };
        let share = |block: &&Block| {
            let (_, others) = case.rank(block);
            -1_000 * i64::try_from(case.rows(block).len()).unwrap_or(0)
                / i64::try_from(others.max(1)).unwrap_or(1)
        };
        let mut blocks = case.blocks.clone();
        blocks.sort_by_key(share);
        case.blocks = blocks;
        case
    }

    /// The chance that the published step itself leaves: one of its rows, less the attacker's own. A
    /// step smaller than k was promised to nobody.
    pub fn bar(&self) -> Option<f64> {
        let block =
            self.blocks.iter().find(|block| block.rows.iter().any(|row| row.body == self.person.answers))?;
        let own = block.rows.len() - self.rows(block).len();
        Some(1.0 / (block.rows.len().max(K) - own) as f64)
    }

    /// The rows of a step that are not the attacker's own.
    fn rows(&self, block: &'a Block) -> Vec<&'a Row> {
        let mine: HashSet<&[u8]> = self
            .world
            .people
            .iter()
            .filter(|person| person.is_mine)
            .map(|person| &person.answers[..])
            .collect();
        block.rows.iter().filter(|row| !mine.contains(&row.body[..])).collect()
    }

    /// Her place among those who can be in a step, and how many they are.
    fn rank(&self, block: &Block) -> (usize, usize) {
        let can = |other: &&Person| {
            let hours = block.between.0..block.between.1;
            other.unit == block.unit
                && other.trust == block.trust
                && !other.is_mine
                && hours.contains(&other.hour)
        };
        let others: Vec<&Person> = self.world.people.iter().filter(can).collect();
        let rank = others.iter().position(|other| std::ptr::eq(*other, self.person)).unwrap_or(0);
        (rank, others.len())
    }

    /// The row at her place when rows are put in some order.
    fn at_rank(&self, block: &Block, rows: &[&'a Row]) -> Option<&'a Row> {
        let (rank, others) = self.rank(block);
        rows.get((2 * rank + 1) * rows.len() / (2 * others.max(1))).copied()
    }

    /// What came into the inbox in her hour.
    fn arrived(&self) -> Vec<&'a Row> {
        fresh(self, |copy| &self.world.copies[copy].inbox)
    }

    fn texts(&self) -> Vec<&'a Row> {
        fresh(self, |copy| &self.world.copies[copy].texts)
    }

    /// The first copy in which an id of hers is gone; only where she came alone in her hour.
    fn gone(&self, rows: &[&Row], of: impl Fn(usize) -> &'a Vec<Row>) -> Option<usize> {
        let [row] = rows else { return None };
        (self.person.copy..self.world.copies.len())
            .find(|copy| of(*copy).iter().all(|other| other.id != row.id))
    }

    /// Rows of every step that can hold her answer.
    fn candidates(&self) -> Vec<&'a Row> {
        self.blocks.iter().flat_map(|block| self.rows(block)).collect()
    }
}

fn fresh<'a>(case: &Case<'a>, of: impl Fn(usize) -> &'a Vec<Row>) -> Vec<&'a Row> {
    let Some(before) = case.person.copy.checked_sub(1) else { return Vec::new() };
    let known: HashSet<&[u8]> = of(before).iter().map(|row| &row.id[..]).collect();
    of(case.person.copy).iter().filter(|row| !known.contains(&row.id[..])).collect()
}

fn by_rank<'a, T: Ord>(case: &Case<'a>, key: impl Fn(&Row) -> T, backwards: bool) -> Option<&'a Row> {
    let block = case.blocks.first()?;
    let mut rows = case.rows(block);
    rows.sort_by_key(|row| key(row));
    if backwards {
        rows.reverse();
    }
    case.at_rank(block, &rows)
}

/// The longer the text, the longer the row: only where rows differ in size.
fn by_size<'a>(case: &Case<'a>) -> Option<&'a Row> {
    let rows = case.candidates();
    let least = rows.iter().map(|row| row.size).min()?;
    // The readable name of a route is no secret: rows are compared within a step.
    let longer = |block: &&'a Block| {
        let rows = case.rows(block);
        let least = rows.iter().map(|row| row.size).min().unwrap_or(least);
        rows.into_iter().find(|row| row.size > least)
    };
    case.blocks.iter().find_map(longer)
}

fn by_disappearance<'a>(case: &Case<'a>) -> Option<&'a Row> {
    let copy = case.gone(&case.arrived(), |copy| &case.world.copies[copy].inbox)?;
    let block = case.blocks.iter().find(|block| block.copy == copy)?;
    case.rows(block).first().copied()
}

/// Where few rows in all can be hers, any of the likeliest step is a good choice.
fn by_small_step<'a>(case: &Case<'a>) -> Option<&'a Row> {
    let rows = case.rows(case.blocks.first()?);
    rows.first().copied().filter(|_| 2 * case.candidates().len() <= K)
}

fn marked_route(case: &Case<'_>) -> Option<Route> {
    let unit = &case.world.units[case.person.unit][..4];
    let marked = case.arrived().into_iter().find(|row| row.id[..4] == *unit)?;
    Route::ALL.get(usize::from(marked.id[7])).copied()
}

fn by_group<'a>(case: &Case<'a>) -> Option<&'a Row> {
    let route = marked_route(case)?;
    let block = case.blocks.iter().find(|block| block.route == route)?;
    let mut rows = case.rows(block);
    rows.sort_by_key(|row| &row.id);
    case.at_rank(block, &rows)
}

/// The program is public: whoever has the bytes of an answer can read it.
fn opened(case: &Case<'_>) -> Option<Kept> {
    let open = |row: &&Row| Kept::decode(row.body.get(NONCE..NONCE + ANSWER)?).ok();
    let hers = |kept: &Kept| {
        *kept.deciding.as_bytes() == case.world.units[case.person.unit] && kept.trust == case.person.trust
    };
    case.arrived().iter().filter_map(open).find(hers)
}

fn by_content<'a>(case: &Case<'a>) -> Option<&'a Row> {
    let kept = opened(case)?;
    let said: Vec<u8> =
        std::iter::once(&kept.overall).chain(&kept.items).map(|answer| answer.byte()).collect();
    // The items of the complaint branch stand last and are not in a row.
    case.candidates().into_iter().find(|row| said.starts_with(&row.body))
}

fn common(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// The row whose id begins most like that of something that came in her hour.
fn by_common_id<'a>(case: &Case<'a>) -> Option<&'a Row> {
    let arrived = case.arrived();
    let likeness = |row: &&Row| arrived.iter().map(|other| common(&row.id, &other.id)).max().unwrap_or(0);
    case.candidates().into_iter().max_by_key(likeness)
}

/// The row that holds bytes of something that came in her hour.
fn by_common_bytes<'a>(case: &Case<'a>) -> Option<&'a Row> {
    const PIECE: usize = 6;
    let arrived = case.arrived();
    let pieces: HashSet<&[u8]> =
        arrived.iter().flat_map(|row| row.body.windows(PIECE).chain(row.id.windows(PIECE))).collect();
    let holds = |row: &&Row| {
        row.body
            .windows(PIECE)
            .chain(row.id.windows(PIECE))
            .any(|piece| piece != [0; PIECE] && pieces.contains(piece))
    };
    case.candidates().into_iter().find(holds)
}

/// The row in which her day stands, in one of the forms in which programs write days.
fn by_day<'a>(case: &Case<'a>) -> Option<&'a Row> {
    let day = time::macros::date!(2026 - 10 - 01) + time::Duration::hours(case.person.hour);
    let number = day.year() * 10_000 + i32::from(u8::from(day.month())) * 100 + i32::from(day.day());
    let seconds = i32::try_from(day.midnight().assume_utc().unix_timestamp()).ok()?;
    let forms: Vec<Vec<u8>> = [number, seconds, seconds / 86_400, day.to_julian_day()]
        .iter()
        .flat_map(|n| [n.to_be_bytes().to_vec(), n.to_le_bytes().to_vec()])
        .chain([number.to_string().into_bytes(), day.to_string().into_bytes()])
        .collect();
    let holds = |bytes: &[u8]| forms.iter().any(|form| bytes.windows(form.len()).any(|piece| piece == form));
    case.candidates().into_iter().find(|row| holds(&row.id) || holds(&row.body))
}

/// Her place among the ids that vanished in the same run is her place among the new rows.
fn by_neighbours<'a>(case: &Case<'a>) -> Option<&'a Row> {
    let arrived = case.arrived();
    let copy = case.gone(&arrived, |copy| &case.world.copies[copy].inbox)?;
    let block = case.blocks.iter().find(|block| block.copy == copy)?;
    let mut vanished: Vec<&[u8]> = case.world.copies[copy - 1].inbox.iter().map(|row| &row.id[..]).collect();
    vanished.sort_unstable();
    let rank = vanished.iter().position(|id| *id == arrived[0].id)?;
    let mut rows = case.rows(block);
    rows.sort_by_key(|row| &row.id);
    rows.get(rank * rows.len() / vanished.len()).copied()
}

/// Her place among the texts is her place among the rows.
fn by_texts<'a>(case: &Case<'a>) -> Option<&'a Row> {
    let (block, text) = (case.blocks.first()?, *case.texts().first()?);
    let mut texts: Vec<&[u8]> =
        case.world.copies[case.person.copy].texts.iter().map(|row| &row.id[..]).collect();
    texts.sort_unstable();
    let rank = texts.iter().position(|id| *id == text.id)?;
    let mut rows = case.rows(block);
    rows.sort_by_key(|row| row.place);
    rows.get(rank * rows.len() / texts.len()).copied()
}

/// Her place among the box entries of the step, as they were written, is the place of her row by id.
fn by_boxes<'a>(case: &Case<'a>) -> Option<&'a Row> {
    let block = case.blocks.first()?;
    let mut rows = case.rows(block);
    let release = rows.first()?.release;
    let hers = |entry: &&Row| entry.release == release && entry.unit == case.world.units[block.unit];
    let mut entries: Vec<&Row> = case.world.copies[block.copy].boxes.iter().filter(hers).collect();
    entries.retain(|entry| entry.words == (block.route.code().into(), block.trust.code().into()));
    entries.sort_by_key(|entry| entry.place);
    let (rank, others) = case.rank(block);
    let hers = entries.get((2 * rank + 1) * entries.len() / (2 * others.max(1)))?;
    let place = entries.iter().filter(|entry| entry.id < hers.id).count();
    rows.sort_by_key(|row| &row.id);
    rows.get(place * rows.len() / entries.len()).copied()
}

fn likely(case: &Case<'_>) -> Option<String> {
    Some(case.blocks.first()?.route.code().into())
}

fn route_of(person: &Person) -> String {
    person.route.code().into()
}

fn wrote(person: &Person) -> String {
    person.wrote.to_string()
}

fn route_by_group(case: &Case<'_>) -> Option<String> {
    marked_route(case).map(|route| route.code().into())
}

fn route_by_content(case: &Case<'_>) -> Option<String> {
    opened(case).map(|kept| kept.route.code().into())
}

/// What was gone after a run is of the group that grew in it.
fn route_by_staying(case: &Case<'_>) -> Option<String> {
    let copy = case.gone(&case.arrived(), |copy| &case.world.copies[copy].inbox)?;
    case.blocks.iter().find(|block| block.copy == copy).map(|block| block.route.code().into())
}

/// Empty texts go at the first run.
fn text_by_staying(case: &Case<'_>) -> Option<String> {
    let copy = case.gone(&case.texts(), |copy| &case.world.copies[copy].texts);
    let run =
        case.world.copies.iter().position(|copy| copy.hour > case.person.hour && copy.hour % 24 == 0)?;
    (case.texts().len() == 1).then(|| (copy != Some(run)).to_string())
}
