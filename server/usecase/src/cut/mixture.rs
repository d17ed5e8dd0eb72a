//! The check at a parent that one cannot learn more by mixing: the units below are different people, so
//! whoever subtracts may take the steps of one, a family of the second and another family of the third.

use super::partition::{PATIENCE, Partition};

/// The published sets of one way to divide the people of one unit, as they meet the new parts.
struct Way {
    /// By set, by new part: people in both.
    sets: Vec<Vec<usize>>,
    /// By set: people in no new part.
    outside: Vec<usize>,
    /// By new part: whether all its people of this unit are in sets of this unit.
    covers: Vec<bool>,
}

/// Whether no union of new parts is smaller, by 1 to k-1 people, than a union of published sets around it,
/// where each unit may have been divided in a way of its own. Sets of several units count for none of them;
/// `units` may join such units into one.
#[must_use]
pub fn may_stand_beside_mixtures(
    new: &Partition,
    units: &[usize],
    published: &[&Partition],
    k: usize,
) -> bool {
    let count = units.iter().max().map_or(0, |last| last + 1);
    let mut people = vec![Vec::new(); count];
    for (person, unit) in units.iter().enumerate() {
        people[*unit].push(person);
    }
    let ways = |people: &Vec<usize>| published.iter().map(|one| way(new, one, people)).collect::<Vec<Way>>();
    let mut search =
        Search { units: people.iter().map(ways).collect(), parts: new.sizes().len(), k, steps: 0 };
    !search.leaks(&mut Vec::new())
}

fn way(new: &Partition, published: &Partition, people: &[usize]) -> Way {
    let mut known: Vec<usize> = people.iter().filter_map(|person| published.labels()[*person]).collect();
    known.sort_unstable();
    let inside = |set: &usize| {
        let (first, after) = (known.partition_point(|s| s < set), known.partition_point(|s| s <= set));
        after - first == published.sizes()[*set]
    };
    let mut names: Vec<usize> = known.iter().copied().filter(inside).collect();
    names.dedup();
    let parts = new.sizes().len();
    let mut way = Way {
        sets: vec![vec![0; parts]; names.len()],
        outside: vec![0; names.len()],
        covers: vec![true; parts],
    };
    for person in people {
        let set = published.labels()[*person].and_then(|set| names.binary_search(&set).ok());
        match (set, new.labels()[*person]) {
            (Some(set), Some(part)) => way.sets[set][part] += 1,
            (Some(set), None) => way.outside[set] += 1,
            (None, Some(part)) => way.covers[part] = false,
            (None, None) => {}
        }
    }
    way
}

impl Way {
    /// What the smallest union around the chosen parts has more than them, as far as parts are decided;
    /// `None` where there is none.
    fn left_over(&self, chosen: &[bool]) -> Option<usize> {
        let is_covered = chosen.iter().zip(&self.covers).all(|(is_chosen, covers)| !is_chosen || *covers);
        let left = |(set, outside): (&Vec<usize>, &usize)| {
            let decided = || set.iter().zip(chosen);
            let is_met = decided().any(|(people, is_chosen)| *is_chosen && *people > 0);
            let lost: usize = decided().filter(|(_, is_chosen)| !**is_chosen).map(|(people, _)| people).sum();
            if is_met { lost + outside } else { 0 }
        };
        is_covered.then(|| self.sets.iter().zip(&self.outside).map(left).sum())
    }
}

struct Search {
    units: Vec<Vec<Way>>,
    parts: usize,
    k: usize,
    steps: usize,
}

impl Search {
    fn leaks(&mut self, chosen: &mut Vec<bool>) -> bool {
        self.steps += 1;
        if self.steps > PATIENCE {
            return true;
        }
        let Some(left_over) = self.left_over(chosen).filter(|left_over| *left_over < self.k) else {
            return false;
        };
        if chosen.len() == self.parts {
            return left_over > 0;
        }
        for choice in [true, false] {
            chosen.push(choice);
            let is_found = self.leaks(chosen);
            chosen.pop();
            if is_found {
                return true;
            }
        }
        false
    }

    /// Over all units, each in the way that leaves least.
    fn left_over(&self, chosen: &[bool]) -> Option<usize> {
        let least = |ways: &Vec<Way>| ways.iter().filter_map(|way| way.left_over(chosen)).min();
        self.units.iter().map(least).sum()
    }
}
