//! People who have been published more than once, and the ways in which they were divided.

use domain::tally::Tally;

/// Disjoint published sets of people.
#[derive(Debug, Clone)]
pub struct Division {
    /// By what: `steps`, a family, `boxes below`.
    pub name: String,
    /// Whether it is compared with the others only, not with its like: sets below a parent are
    /// compared where they were cut.
    pub is_below: bool,
    /// Each set's name, and what is published of it in the shape of parts.
    pub sets: Vec<(String, Tally)>,
}

/// The people of a box, of a unit's own or of a parent's.
#[derive(Debug, Clone)]
pub struct Whole {
    /// Whose, when.
    pub name: String,
    /// How they were divided.
    pub divisions: Vec<Division>,
}

/// A union of sets of a division.
#[derive(Debug, Clone)]
pub(super) struct Union {
    /// Positions of its sets.
    pub members: Vec<usize>,
    /// People.
    pub n: i64,
    /// What is compared first: the overall histogram, then the sums.
    pub brief: Vec<i64>,
}

/// Sets of which all unions are formed.
const ALL_UNIONS: usize = 16;
/// Where there are more: sets that are united, or left out of the union of all.
const FEW: usize = 2;

impl Division {
    /// Unions of its sets, by number of people, and whether they are all.
    pub(super) fn unions(&self) -> (Vec<Union>, bool) {
        let count = self.sets.len();
        let is_all = count <= ALL_UNIONS;
        let members = if is_all { every_choice(count) } else { few_or_nearly_all(count) };
        let mut unions: Vec<Union> = members.into_iter().map(|members| self.union(members)).collect();
        unions.sort_by_key(|union| union.n);
        (unions, is_all)
    }

    fn union(&self, members: Vec<usize>) -> Union {
        let mut brief = Vec::new();
        let mut n = 0;
        for at in &members {
            let tally = &self.sets[*at].1;
            n += tally.n;
            let numbers = tally.overall.iter().chain(&tally.sums);
            if brief.is_empty() {
                brief = numbers.copied().collect();
            } else {
                brief.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
            }
        }
        Union { members, n, brief }
    }

    /// The tally of some sets together.
    pub(super) fn tally(&self, members: &[usize]) -> Tally {
        let mut sum = Tally::default();
        for at in members {
            sum += &self.sets[*at].1;
        }
        sum
    }

    /// Names of some sets, for a reader.
    pub(super) fn say(&self, members: &[usize]) -> String {
        let names: Vec<&str> = members.iter().take(4).map(|at| self.sets[*at].0.as_str()).collect();
        let more = if members.len() > 4 { format!(" and {} more", members.len() - 4) } else { String::new() };
        format!("{} ({}{more})", self.name, names.join(" + "))
    }
}

fn every_choice(count: usize) -> Vec<Vec<usize>> {
    let members = |choice: usize| (0..count).filter(|at| choice >> at & 1 == 1).collect();
    (1..1_usize << count).map(members).collect()
}

/// One or two sets, all sets, and all but one or two.
fn few_or_nearly_all(count: usize) -> Vec<Vec<usize>> {
    let mut few: Vec<Vec<usize>> = vec![Vec::new()];
    for first in 0..count {
        few.push(vec![first]);
        few.extend((first + 1..count).map(|second| vec![first, second]));
    }
    let others = |few: &Vec<usize>| (0..count).filter(|at| !few.contains(at)).collect::<Vec<usize>>();
    let mut all: Vec<Vec<usize>> = few.iter().map(others).collect();
    if count > 2 * FEW {
        all.extend(few.into_iter().skip(1));
    }
    all
}
