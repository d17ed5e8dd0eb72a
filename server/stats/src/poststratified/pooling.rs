//! Parts that are too small are pooled with their neighbours, by a fixed rule.

use super::Cell;
use crate::estimate::Unavailable;
use crate::stratum::StratumSums;
use std::collections::BTreeMap;

/// Parts that share one weight.
#[derive(Debug, Clone)]
pub(super) struct Bin {
    /// Their places.
    pub(super) cells: Vec<usize>,
    pub(super) sums: StratumSums,
    pub(super) answering: i64,
    pub(super) dossiers: i64,
}

impl Bin {
    fn of(at: usize, cell: &Cell<'_>) -> Result<Self, Unavailable> {
        let mut bin = Self {
            cells: vec![],
            sums: StratumSums::new(cell.stratum.sums.len() / 2),
            answering: 0,
            dossiers: 0,
        };
        bin.take(at, cell)?;
        Ok(bin)
    }

    fn take(&mut self, at: usize, cell: &Cell<'_>) -> Result<(), Unavailable> {
        self.sums.merge(&StratumSums::of(&cell.stratum))?;
        self.cells.push(at);
        self.answering = self.answering.checked_add(cell.answering).ok_or(Unavailable::TooLarge)?;
        self.dossiers = self.dossiers.checked_add(cell.dossiers).ok_or(Unavailable::TooLarge)?;
        Ok(())
    }

    fn join(&mut self, other: Self) -> Result<(), Unavailable> {
        self.sums.merge(&other.sums)?;
        self.cells.extend(other.cells);
        self.answering = self.answering.checked_add(other.answering).ok_or(Unavailable::TooLarge)?;
        self.dossiers = self.dossiers.checked_add(other.dossiers).ok_or(Unavailable::TooLarge)?;
        Ok(())
    }

    fn is_whole(&self, smallest: i64) -> bool {
        self.sums.as_stratum().n >= smallest && self.dossiers > 0
    }

    /// Dossiers for each answer, at least 1: nobody stands for less than the own dossier.
    pub(super) fn weight(&self) -> f64 {
        let n = self.sums.as_stratum().n;
        self.dossiers.max(n) as f64 / n as f64
    }
}

/// Pools within groups, in the order given: a part that is too small takes in the next, the last one
/// joins the one before. Groups without respondents or without dossiers make no pool.
pub(super) fn pool(cells: &[Cell<'_>], smallest: i64) -> Result<Vec<Bin>, Unavailable> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, cell) in cells.iter().enumerate() {
        members.entry(cell.group).or_default().push(at);
    }
    let mut all = Vec::new();
    for places in members.values() {
        let mut bins: Vec<Bin> = Vec::new();
        for &at in places {
            match bins.last_mut() {
                Some(last) if !last.is_whole(smallest) => last.take(at, &cells[at])?,
                _ => bins.push(Bin::of(at, &cells[at])?),
            }
        }
        if bins.len() > 1
            && let Some(rest) = bins.pop_if(|last| !last.is_whole(smallest))
            && let Some(last) = bins.last_mut()
        {
            last.join(rest)?;
        }
        all.extend(bins.into_iter().filter(|bin| bin.sums.as_stratum().n > 0 && bin.dossiers > 0));
    }
    Ok(all)
}

/// Each group as a whole.
pub(super) fn groups(cells: &[Cell<'_>]) -> Result<Vec<Bin>, Unavailable> {
    let mut groups: BTreeMap<usize, Bin> = BTreeMap::new();
    for (at, cell) in cells.iter().enumerate() {
        match groups.get_mut(&cell.group) {
            Some(group) => group.take(at, cell)?,
            None => {
                groups.insert(cell.group, Bin::of(at, cell)?);
            }
        }
    }
    Ok(groups.into_values().collect())
}
