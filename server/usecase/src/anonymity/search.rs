//! The search within one box.

use super::division::{Division, Union, Whole};
use super::feasible::could_be_people;
use crate::check::{Finding, finding};
use domain::tally::{Layout, Tally};

/// Differences of two unions that are looked at in one box.
const PATIENCE: u64 = 20_000_000;
/// Answers that a form must ask for beside the overall one, or nearly everything could be people.
const TELLING: i64 = 5;

/// A difference of published sets that could be fewer than k people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The box.
    pub whole: String,
    /// The larger union, the smaller, and what else was subtracted.
    pub sets: Vec<String>,
    /// How many people.
    pub people: i64,
}

/// What an audit found, and what it did not look at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audit {
    /// What was found.
    pub leaks: Vec<Leak>,
    /// Boxes of which parts were published.
    pub boxes: usize,
    /// Differences that were formed.
    pub differences: u64,
    /// Pairs of divisions of which only small unions were formed.
    pub partly: usize,
    /// Boxes whose form asks too little to tell.
    pub silent: usize,
    /// Boxes that were left when patience ended.
    pub unfinished: usize,
}

impl Audit {
    /// Adds another box's.
    pub fn add(&mut self, other: Self) {
        self.leaks.extend(other.leaks);
        self.boxes += other.boxes;
        self.differences += other.differences;
        self.partly += other.partly;
        self.silent += other.silent;
        self.unfinished += other.unfinished;
    }

    /// In words.
    pub(super) fn finding(&self, survey: &str) -> Finding {
        let left = [
            (self.partly, "pairs of divisions only in part"),
            (self.silent, "boxes whose form asks too little to tell"),
            (self.unfinished, "boxes not to the end"),
        ];
        let left: Vec<String> = left
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let left = if left.is_empty() { "nothing".to_owned() } else { left.join(", ") };
        let what = format!(
            "{survey}: {} differences of published sets in {} boxes (left out: {left})",
            self.differences, self.boxes
        );
        let fault = |leak: &Leak| {
            format!("{}: {} could be {} people", leak.whole, leak.sets.join(" less "), leak.people)
        };
        finding(what, &self.leaks.iter().map(fault).collect::<Vec<_>>())
    }
}

struct Search<'a> {
    whole: &'a Whole,
    layout: &'a Layout,
    k: i64,
    found: Audit,
}

/// Searches a box. Of two divisions the first difference that could be people is named; one is enough
/// to take both out of the next release, and its neighbours follow from it.
#[must_use]
pub fn audit(whole: &Whole, layout: &Layout, k: i64) -> Audit {
    let found = Audit { boxes: 1, ..Audit::default() };
    let mut search = Search { whole, layout, k, found };
    if !search.is_telling() {
        search.found.silent = 1;
        return search.found;
    }
    let unions: Vec<(Vec<Union>, bool)> = whole.divisions.iter().map(Division::unions).collect();
    for (at, (second, is_all)) in unions.iter().enumerate() {
        for (before, (first, was_all)) in unions[..at].iter().enumerate() {
            if whole.divisions[at].is_below && whole.divisions[before].is_below {
                continue;
            }
            search.found.partly += usize::from(!(*is_all && *was_all));
            search.pair((before, first), (at, second));
        }
    }
    search.triples();
    search.found.unfinished = usize::from(search.found.differences >= PATIENCE);
    search.found
}

impl Search<'_> {
    /// Whether the form asks enough: its people are compared by what they answered.
    fn is_telling(&self) -> bool {
        let all = self.whole.divisions.iter().map(|division| {
            let members: Vec<usize> = (0..division.sets.len()).collect();
            division.tally(&members)
        });
        all.into_iter().any(|tally| {
            let answers: i64 = tally.sums.iter().skip(self.layout.atoms.len()).sum();
            tally.n > 0 && answers >= TELLING * tally.n
        })
    }

    fn pair(&mut self, one: (usize, &[Union]), other: (usize, &[Union])) {
        let k = self.k;
        for small in one.1 {
            let from = other.1.partition_point(|union| union.n <= small.n - k);
            for large in other.1[from..].iter().take_while(|union| union.n < small.n + k) {
                self.found.differences += 1;
                if self.found.differences >= PATIENCE {
                    return;
                }
                let (larger, smaller) = if large.n > small.n {
                    ((other.0, large), (one.0, small))
                } else {
                    ((one.0, small), (other.0, large))
                };
                if self.differ(larger, &[smaller]) {
                    return;
                }
            }
        }
    }

    /// Single sets, and all but one, of three divisions at a time: what two hold together less the third,
    /// or the first less what two others hold.
    fn triples(&mut self) {
        let single = |division: &Division| {
            let count = division.sets.len();
            let (unions, _) = division.unions();
            unions
                .into_iter()
                .filter(|u| u.members.len() == 1 || u.members.len() + 1 == count)
                .collect::<Vec<_>>()
        };
        let own: Vec<usize> =
            (0..self.whole.divisions.len()).filter(|at| !self.whole.divisions[*at].is_below).collect();
        let unions: Vec<(usize, Vec<Union>)> =
            own.iter().map(|at| (*at, single(&self.whole.divisions[*at]))).collect();
        for (third, a) in unions.iter().enumerate() {
            for (second, b) in unions[..third].iter().enumerate() {
                for c in &unions[..second] {
                    self.triple([a, b, c]);
                    self.triple([b, c, a]);
                    self.triple([c, a, b]);
                }
            }
        }
    }

    /// Sets of the first two, added, against the third.
    fn triple(&mut self, [a, b, c]: [&(usize, Vec<Union>); 3]) {
        let k = self.k;
        for x in &a.1 {
            for y in &b.1 {
                let together = x.n + y.n;
                let from = c.1.partition_point(|union| union.n <= together - k);
                for z in c.1[from..].iter().take_while(|union| union.n < together + k) {
                    self.found.differences += 1;
                    if self.found.differences >= PATIENCE {
                        return;
                    }
                    // Less than both together is what both hold; more is what neither holds.
                    let is_found = if together > z.n {
                        self.sum_less(((a.0, x), (b.0, y)), (c.0, z))
                    } else {
                        self.differ((c.0, z), &[(a.0, x), (b.0, y)])
                    };
                    if is_found {
                        return;
                    }
                }
            }
        }
    }

    fn sum_less(&mut self, (x, y): ((usize, &Union), (usize, &Union)), z: (usize, &Union)) -> bool {
        let brief = |at: usize| x.1.brief[at] + y.1.brief[at] - z.1.brief[at];
        let people = x.1.n + y.1.n - z.1.n;
        if !self.is_small(people) || !(0..z.1.brief.len()).all(|at| self.fits(at, brief(at), people)) {
            return false;
        }
        let mut tally = self.tally(x);
        tally += &self.tally(y);
        tally -= &self.tally(z);
        let sets = vec![format!("{} and {}", self.say(x), self.say(y)), self.say(z)];
        self.judge(&tally, sets)
    }

    /// Whether a union less others could be people; then it is noted.
    fn differ(&mut self, large: (usize, &Union), less: &[(usize, &Union)]) -> bool {
        let people = large.1.n - less.iter().map(|(_, union)| union.n).sum::<i64>();
        let brief =
            |at: usize| large.1.brief[at] - less.iter().map(|(_, union)| union.brief[at]).sum::<i64>();
        if !self.is_small(people) || !(0..large.1.brief.len()).all(|at| self.fits(at, brief(at), people)) {
            return false;
        }
        let mut tally = self.tally(large);
        for union in less {
            tally -= &self.tally(*union);
        }
        let sets = std::iter::once(large).chain(less.iter().copied()).map(|union| self.say(union)).collect();
        self.judge(&tally, sets)
    }

    const fn is_small(&self, people: i64) -> bool {
        0 < people && people < self.k
    }

    /// Bounds of the numbers that are compared first.
    fn fits(&self, at: usize, number: i64, people: i64) -> bool {
        let items = at.checked_sub(domain::tally::BINS).map(|at| at % self.layout.atoms.len());
        let most = items.map_or(1, |block| i64::try_from(self.layout.atoms[block].len()).unwrap_or(i64::MAX));
        (0..=people.saturating_mul(most)).contains(&number)
    }

    fn tally(&self, (division, union): (usize, &Union)) -> Tally {
        self.whole.divisions[division].tally(&union.members)
    }

    fn say(&self, (division, union): (usize, &Union)) -> String {
        self.whole.divisions[division].say(&union.members)
    }

    fn judge(&mut self, tally: &Tally, sets: Vec<String>) -> bool {
        let is_leak = could_be_people(tally, self.layout);
        if is_leak {
            self.found.leaks.push(Leak { whole: self.whole.name.clone(), sets, people: tally.n });
        }
        is_leak
    }
}
