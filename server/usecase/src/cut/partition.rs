//! Sets of people that are published one beside the other, and the check that no two such ways to
//! divide them give away, by subtraction, a group smaller than k.

/// Steps of a search after which a family counts as unsafe: nobody waits for an exact answer about
/// a box that is divided into dozens of tiny overlaps.
pub(super) const PATIENCE: usize = 50_000;

/// Disjoint published sets of the people of a box. People may belong to none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    labels: Vec<Option<usize>>,
    sizes: Vec<usize>,
}

impl Partition {
    /// The sets of people who have the same key; `None` is no set.
    pub fn of<K: Ord>(keys: &[Option<K>]) -> Self {
        let mut known: Vec<&K> = keys.iter().flatten().collect();
        known.sort();
        known.dedup();
        let labels: Vec<Option<usize>> =
            keys.iter().map(|key| key.as_ref().and_then(|key| known.binary_search(&key).ok())).collect();
        let mut sizes = vec![0; known.len()];
        labels.iter().flatten().for_each(|label| sizes[*label] += 1);
        Self { labels, sizes }
    }

    /// The set of each person.
    #[must_use]
    pub fn labels(&self) -> &[Option<usize>] {
        &self.labels
    }

    /// People by set.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// These sets beside others, which are of other people.
    #[must_use]
    pub fn beside(&self, others: &Self) -> Self {
        let set = |(here, there): (&Option<usize>, &Option<usize>)| match here {
            Some(set) => Some((0, *set)),
            None => there.map(|set| (1, set)),
        };
        Self::of(&self.labels.iter().zip(&others.labels).map(set).collect::<Vec<_>>())
    }

    fn is_whole(&self) -> bool {
        self.labels.iter().all(Option::is_some)
    }
}

/// Whether two ways to divide the same people may be published together: no union of sets of one
/// that lies in a union of sets of the other is smaller than it by 1 to k-1 people.
///
/// Any set has at least k people, so of all unions around a given one only the smallest matters:
/// the sets that meet it. Which sets to unite is searched; a choice ends as soon as what it leaves
/// over reaches k. Where both divide everybody, what lies in the other's union and what lies around
/// it are complements, and one direction is enough. Sets that meet, directly or through others, are
/// searched on their own: what a choice among all of them leaves over is the sum of what it leaves over
/// in each such neighbourhood, so if it is small, it is small in one of them already.
#[must_use]
pub fn may_stand_together(a: &Partition, b: &Partition, k: usize) -> bool {
    let (few, many) = if a.sizes.len() <= b.sizes.len() { (a, b) } else { (b, a) };
    !Overlap::of(few, many, k).leaks() && (a.is_whole() && b.is_whole() || !Overlap::of(many, few, k).leaks())
}

/// How the sets of one partition (*inner*) meet those of another (*outer*).
struct Overlap {
    k: usize,
    /// By inner, by outer: people in both.
    both: Vec<Vec<usize>>,
    /// By outer: people in no inner set.
    only_outer: Vec<usize>,
    /// By inner: whether all its people are in outer sets; no union of these contains it otherwise.
    is_covered: Vec<bool>,
    steps: usize,
}

/// A choice of inner sets, half made.
#[derive(Clone)]
struct Choice {
    chosen: bool,
    /// By outer: whether it meets a chosen set.
    met: Vec<bool>,
    /// By outer: its people who are certainly in no chosen set.
    lost: Vec<usize>,
}

impl Choice {
    fn left_over(&self) -> usize {
        self.met.iter().zip(&self.lost).filter(|(met, _)| **met).map(|(_, lost)| lost).sum()
    }
}

impl Overlap {
    fn of(inner: &Partition, outer: &Partition, k: usize) -> Self {
        let mut both = vec![vec![0; outer.sizes.len()]; inner.sizes.len()];
        let mut only_outer = vec![0; outer.sizes.len()];
        let mut is_covered = vec![true; inner.sizes.len()];
        for pair in inner.labels.iter().zip(&outer.labels) {
            match pair {
                (Some(i), Some(o)) => both[*i][*o] += 1,
                (None, Some(o)) => only_outer[*o] += 1,
                (Some(i), None) => is_covered[*i] = false,
                (None, None) => {}
            }
        }
        Self { k, both, only_outer, is_covered, steps: 0 }
    }

    fn leaks(mut self) -> bool {
        self.neighbourhoods().into_iter().any(|(inner, outer)| {
            self.steps = 0;
            let lost = outer.iter().map(|o| self.only_outer[*o]).collect();
            self.search(&inner, &outer, &Choice { chosen: false, met: vec![false; outer.len()], lost })
        })
    }

    /// Inner and outer sets that hang together.
    fn neighbourhoods(&self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut left: Vec<usize> = (0..self.both.len()).collect();
        let mut found = Vec::new();
        while let Some(first) = left.pop() {
            let (mut inner, mut outer) = (vec![first], Vec::new());
            let mut at = 0;
            while at < inner.len() {
                let meets = |o: &usize| self.both[inner[at]][*o] > 0;
                let new: Vec<usize> =
                    (0..self.only_outer.len()).filter(meets).filter(|o| !outer.contains(o)).collect();
                let (near, far) = left.into_iter().partition(|i| new.iter().any(|o| self.both[*i][*o] > 0));
                left = far;
                inner.extend::<Vec<usize>>(near);
                outer.extend(new);
                at += 1;
            }
            found.push((inner, outer));
        }
        found
    }

    fn search(&mut self, inner: &[usize], outer: &[usize], choice: &Choice) -> bool {
        self.steps += 1;
        let left_over = choice.left_over();
        if self.steps > PATIENCE {
            return true;
        }
        if left_over >= self.k {
            return false;
        }
        let Some((first, rest)) = inner.split_first() else { return choice.chosen && left_over > 0 };
        let both: Vec<usize> = outer.iter().map(|o| self.both[*first][*o]).collect();
        let mut with = choice.clone();
        with.chosen = true;
        with.met.iter_mut().zip(&both).for_each(|(met, both)| *met |= *both > 0);
        if self.is_covered[*first] && self.search(rest, outer, &with) {
            return true;
        }
        let mut without = choice.clone();
        without.lost.iter_mut().zip(&both).for_each(|(lost, both)| *lost += both);
        self.search(rest, outer, &without)
    }
}
