//! One row of the file, whose cells are written over and over.

use super::COLUMNS;
use domain::reading::{Caveat, Figure, Reading, Score};
use std::fmt::Write as _;

/// Digits of what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Index and bounds to 0.1, standard errors to 0.01: what may leave the province.
    Published,
    /// Everything; for the province's own use, audited.
    Exact,
}

/// See the module.
pub(super) struct Row {
    cells: Vec<String>,
    precision: Precision,
}

/// Where the figure begins, behind what names it.
const FIGURE: usize = 15;
/// Cells of a figure, without caveats and reason.
const NUMBERS: usize = COLUMNS.len() - FIGURE - 2;

impl Row {
    pub fn new(precision: Precision) -> Self {
        Self { cells: vec![String::new(); COLUMNS.len()], precision }
    }

    pub fn cells(&self) -> &[String] {
        &self.cells
    }

    pub fn set(&mut self, column: &str, text: &str) {
        let at = COLUMNS.iter().position(|name| *name == column);
        if let Some(cell) = at.and_then(|at| self.cells.get_mut(at)) {
            cell.clear();
            cell.push_str(text);
        }
    }

    /// The cells of a figure, or its reason.
    pub fn read(&mut self, reading: &Reading) {
        self.cells[FIGURE..].iter_mut().for_each(String::clear);
        match reading {
            Reading::Figure(figure) => self.figure(figure),
            Reading::Withheld(reason) => self.set("withheld", reason.code()),
        }
    }

    fn figure(&mut self, figure: &Figure) {
        use Digits::{Count, Error, Points};
        let score = figure.score.as_ref();
        let of = |f: fn(&Score) -> f64| score.map_or(f64::NAN, f);
        let numbers: [(f64, Digits); NUMBERS] = [
            (figure.n as f64, Count),
            (figure.answers as f64, Count),
            (figure.index, Points),
            (figure.low, Points),
            (figure.high, Points),
            (figure.se.unwrap_or(f64::NAN), Error),
            (figure.df as f64, Count),
            (figure.plain.0, Points),
            (figure.plain.1, Points),
            (of(|score| score.mean), Points),
            (of(|score| score.n as f64), Count),
            (of(|score| score.low), Points),
            (of(|score| score.high), Points),
            (of(|score| score.se.unwrap_or(f64::NAN)), Error),
            (of(|score| score.df as f64), Count),
            (figure.blank_share, Points),
            (figure.na_share, Points),
        ];
        for (cell, (number, digits)) in self.cells[FIGURE..].iter_mut().zip(numbers) {
            write_number(cell, number, digits, self.precision);
        }
        let caveats = &mut self.cells[FIGURE + NUMBERS];
        for caveat in figure.caveats.iter().map(Caveat::code) {
            let space = if caveats.is_empty() { "" } else { " " };
            // Writing to a string cannot fail.
            let _ = write!(caveats, "{space}{caveat}");
        }
    }
}

/// How much of a number is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Digits {
    /// A whole number of people or answers.
    Count,
    /// To 0.1.
    Points,
    /// To 0.01.
    Error,
}

/// Half away from zero, as the pages round; nothing where there is no number.
fn write_number(cell: &mut String, number: f64, digits: Digits, precision: Precision) {
    if number.is_nan() {
        return;
    }
    // Writing to a string cannot fail.
    let _ = match (precision, digits) {
        (Precision::Exact, _) | (_, Digits::Count) => write!(cell, "{number}"),
        (_, Digits::Points) => write!(cell, "{:.1}", (number * 10.0).round() / 10.0),
        (_, Digits::Error) => write!(cell, "{:.2}", (number * 100.0).round() / 100.0),
    };
}
