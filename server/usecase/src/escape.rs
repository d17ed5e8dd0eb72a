//! CSV files out: cells that a spreadsheet would run as a formula leave as text.
//!
//! ```
//! use usecase::escape::{escape, restore};
//! assert_eq!(escape("=1+1"), "'=1+1");
//! assert_eq!(escape("-12.5"), "-12.5");
//! assert_eq!(restore("'=1+1"), "=1+1");
//! ```

use std::borrow::Cow;
use std::io::{self, Write};

/// First characters that a spreadsheet takes for the start of a formula, or skips on its way to one;
/// the full-width forms are read as their plain ones by some.
const DANGEROUS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The cell with an apostrophe before it where a spreadsheet would run it. Numbers stay numbers.
#[must_use]
pub fn escape(cell: &str) -> Cow<'_, str> {
    if is_dangerous(cell) && !is_number(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The text that [`escape`] was given.
#[must_use]
pub fn restore(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_dangerous(rest)).unwrap_or(cell)
}

/// Apostrophes before a dangerous character count as well, so that no two texts leave as one.
fn is_dangerous(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(DANGEROUS)
}

fn is_number(cell: &str) -> bool {
    cell.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) && cell.parse::<f64>().is_ok()
}

/// A CSV file on its way out.
#[derive(Debug)]
pub struct Sheet<W: Write>(csv::Writer<W>);

impl<W: Write> Sheet<W> {
    /// A file that begins with this header.
    ///
    /// # Errors
    /// Where nothing can be written there.
    pub fn new(out: W, header: &[&str]) -> io::Result<Self> {
        let mut writer = csv::WriterBuilder::new();
        let mut sheet = Self(writer.terminator(csv::Terminator::CRLF).from_writer(out));
        sheet.line(header)?;
        Ok(sheet)
    }

    /// Adds a line; every line has as many cells as the header.
    ///
    /// # Errors
    /// Where nothing can be written there, or the number of cells is another.
    pub fn line<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> io::Result<()> {
        let mut record = csv::StringRecord::new();
        for cell in cells {
            record.push_field(&escape(cell.as_ref()));
        }
        self.0.write_record(&record).map_err(io::Error::from)
    }

    /// Writes what is still held back and returns what was written to.
    ///
    /// # Errors
    /// Where nothing can be written there.
    pub fn finish(self) -> io::Result<W> {
        self.0.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

impl Sheet<Vec<u8>> {
    /// Takes what was written so far; the file goes on.
    ///
    /// # Errors
    /// Never in practice: memory takes everything.
    pub fn take(&mut self) -> io::Result<Vec<u8>> {
        self.0.flush()?;
        let rest = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        std::mem::replace(&mut self.0, rest).into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_formula_leaves_as_text_and_a_number_as_a_number() {
        for cell in ["=1+1", "+84 290 383", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1"] {
            assert_eq!(escape(cell), format!("'{cell}"));
        }
        for cell in ["-12.5", "+7", "-1e3", "84.2", "", "Đất đai", "a=b", "'tis"] {
            assert_eq!(escape(cell), cell);
        }
    }

    #[test]
    fn a_line_that_is_too_short_is_refused() {
        let mut sheet = Sheet::new(Vec::new(), &["a", "b"]).unwrap();
        assert!(sheet.line(["1"]).is_err());
    }

    #[test]
    fn a_file_taken_in_pieces_is_the_same_file() {
        let whole = |take: bool| {
            let mut sheet = Sheet::new(Vec::new(), &["a", "b"]).unwrap();
            let mut bytes = Vec::new();
            for line in [["1", "x,y"], ["2", "=1"]] {
                sheet.line(line).unwrap();
                if take {
                    bytes.extend(sheet.take().unwrap());
                }
            }
            bytes.extend(sheet.finish().unwrap());
            bytes
        };
        assert_eq!(whole(true), whole(false));
    }

    proptest! {
        #[test]
        fn every_text_comes_back_and_none_runs(cell in "['=+@a\\-1.]{0,6}|\\PC{0,20}") {
            let out = escape(&cell);
            prop_assert_eq!(restore(&out), cell.as_str());
            prop_assert!(!out.starts_with(DANGEROUS) || is_number(&out));
        }
    }
}
