//! Rows by the crate `csv`: those of blocks with quotes, and those of a file in which something is
//! not as it should be.

use super::Odd;
use super::block::LONGEST;
use super::plan::{Layout, Role};
use super::row::Respondent;
use super::tallies::Tally;
use crate::AnalyzeError;
use crate::line::line_of;
use csv::{ByteRecord, ReaderBuilder, StringRecord};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Tallies the rows of a block.
pub(super) fn quoted(layout: &Layout, rows: &[u8], tally: &mut Tally) -> Result<(), Odd> {
    // The empty line in front is no row; without it a byte order mark within the file would be
    // taken for one at its beginning.
    let rows = io::Cursor::new(b"\n").chain(rows);
    let mut reader =
        ReaderBuilder::new().delimiter(layout.delimiter).has_headers(false).flexible(true).from_reader(rows);
    let mut one = Respondent::new(layout);
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|_| Odd)? {
        if record.len() != layout.roles.len() || respondent(layout, &record, &mut one).is_some() {
            return Err(Odd);
        }
        tally.add(record.as_slice(), &one)?;
    }
    Ok(())
}

/// Tallies a file from its first row, or says what is wrong with it.
pub(super) fn tally(path: &Path, layout: &Layout) -> Result<Tally, AnalyzeError> {
    let read = |source| AnalyzeError::Read { path: path.to_owned(), source };
    let begun = Cell::new(0);
    let file = Bounded { file: File::open(path).map_err(read)?, given: 0, begun: &begun };
    let mut reader = ReaderBuilder::new().delimiter(layout.delimiter).from_reader(file);
    // Read on its own, so that a complaint about the first row has its place.
    reader.headers().map_err(|source| fault(path, source, &csv::Position::new()))?;
    let mut tally = Tally::new(layout);
    let mut one = Respondent::new(layout);
    let (mut wrong, mut crowded) = (None, false);
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(source) => return Err(fault(path, source, reader.position())),
        }
        begun.set(reader.position().byte());
        if wrong.is_some() {
            continue;
        }
        let bytes = record.as_byte_record();
        match respondent(layout, bytes, &mut one) {
            Some(column) => wrong = Some(cell(path, layout, &record, column)),
            None => crowded |= tally.add(bytes.as_slice(), &one).is_err(),
        }
    }
    match wrong {
        Some(wrong) => Err(wrong),
        None if crowded => Err(too_many(path, layout)),
        None => Ok(tally),
    }
}

/// Takes the cells of a row; the column of the first that is no answer where it should be.
fn respondent(layout: &Layout, record: &ByteRecord, one: &mut Respondent) -> Option<usize> {
    one.words.fill(0);
    for (column, (role, cell)) in layout.roles.iter().zip(record).enumerate() {
        match role {
            Role::Other => {}
            Role::Group(place) => one.keys.set(*place, record.range(column).unwrap_or_default()),
            Role::Answer(atom) => match layout.codes.cell(cell) {
                Some(word) => one.words[*atom] += word,
                None => return Some(column),
            },
        }
    }
    None
}

/// The complaint about a cell, in the words of a table.
fn cell(path: &Path, layout: &Layout, record: &StringRecord, column: usize) -> AnalyzeError {
    AnalyzeError::Cell {
        path: path.to_owned(),
        line: record.position().map_or(0, |place| line_of(path, place)),
        column: layout.header.get(column).cloned().unwrap_or_default(),
        text: record.get(column).unwrap_or_default().to_owned(),
        wanted: "an answer 1 to 5 or empty",
    }
}

fn fault(path: &Path, source: csv::Error, place: &csv::Position) -> AnalyzeError {
    match source.kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            let what = format!("a row longer than {LONGEST} bytes; a quote that never ends?");
            AnalyzeError::Row { path: path.to_owned(), line: line_of(path, place), what }
        }
        _ => AnalyzeError::csv(path, source),
    }
}

fn too_many(path: &Path, layout: &Layout) -> AnalyzeError {
    let (most, columns) = (Tally::most(layout), layout.groups.join(", "));
    AnalyzeError::Groups { path: path.to_owned(), most, columns }
}

/// A file that ends in an error when a row is too long to keep.
struct Bounded<'a> {
    file: File,
    given: u64,
    /// The byte where the row that is being read begins.
    begun: &'a Cell<u64>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.given.saturating_sub(self.begun.get()) > LONGEST as u64 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.file.read(room)?;
        self.given += read as u64;
        Ok(read)
    }
}
