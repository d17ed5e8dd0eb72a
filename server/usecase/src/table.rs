//! CSV files in: a header, columns in any order, and every fault with its line and column.
//!
//! ```
//! use usecase::table::{Faults, Shape, Table};
//! let shape = Shape { required: &["code"], optional: &["name"], open: false };
//! let mut table = Table::open("name;code\nĐất đai;01\n".as_bytes(), shape).unwrap();
//! let mut faults = Faults::default();
//! let row = table.row(&mut faults).unwrap();
//! assert_eq!((row.line(), row.cell("code"), row.cell("name")), (2, "01", "Đất đai"));
//! assert!(table.row(&mut faults).is_none() && faults.is_empty());
//! ```

mod encoding;
mod head;
mod scan;
#[cfg(test)]
mod tests;

use crate::error::{FileFault, Said, UsecaseError, said};
use crate::escape::restore;
pub use encoding::Encoding;
use scan::{Limits, Record, Scanner, Trouble};
use std::io::Read;

/// Most bytes of a file.
pub const MOST_BYTES: u64 = 100_000_000;
/// Most lines of a file below its header.
pub const MOST_ROWS: u64 = 2_000_000;
/// Most bytes of a cell.
pub const MOST_CELL: usize = 4_096;
/// Most faults that are told one by one.
pub const MOST_FAULTS: usize = 50;

/// What a fault names where it is about no single column.
const WHOLE_LINE: &str = "the whole line";

/// Which columns a file has.
#[derive(Debug, Clone, Copy)]
pub struct Shape<'a> {
    /// Columns that must be there.
    pub required: &'a [&'a str],
    /// Columns that may be there.
    pub optional: &'a [&'a str],
    /// Whether others may be there too; nobody reads them.
    pub open: bool,
}

/// Everything that is wrong in a file.
#[derive(Debug, Default)]
pub struct Faults {
    kept: Vec<FileFault>,
    more: usize,
}

impl Faults {
    /// Notes a fault; past [`MOST_FAULTS`] they are only counted.
    pub fn add(&mut self, line: u64, (column, name): (usize, &str), message: impl Into<Said>) {
        if self.kept.len() < MOST_FAULTS {
            let Said { vi, en: message } = message.into();
            self.kept.push(FileFault { line, column, name: name.into(), message, vi });
        } else {
            self.more += 1;
        }
    }

    /// Notes that a whole line is wrong.
    pub fn line(&mut self, line: u64, message: impl Into<Said>) {
        self.add(line, (0, WHOLE_LINE), message);
    }

    /// Notes that a cell of a row is wrong.
    pub fn cell(&mut self, row: Row<'_>, column: &str, message: impl Into<Said>) {
        let spot = row.header.spot(column);
        let line = spot.0.checked_sub(1).map_or(row.line(), |place| row.line_at(place));
        self.add(line, spot, message);
    }

    /// Notes that the cell at a place, from 0, is wrong.
    pub fn at(&mut self, row: Row<'_>, place: usize, message: impl Into<Said>) {
        let name = row.header.0.get(place).map_or(WHOLE_LINE, String::as_str);
        self.add(row.line_at(place), (place + 1, name), message);
    }

    /// Takes over the faults that were found elsewhere in the same file.
    pub fn join(&mut self, others: Self) {
        self.more += others.more;
        for fault in others.kept {
            let said = Said { vi: fault.vi, en: fault.message };
            self.add(fault.line, (fault.column, &fault.name), said);
        }
    }

    /// Whether nothing is wrong so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Nothing, or all faults in the order of the file and how many more there are.
    ///
    /// # Errors
    /// [`UsecaseError::File`] where something is wrong.
    pub fn outcome(mut self) -> Result<(), UsecaseError> {
        self.kept.sort_by_key(|fault| (fault.line, fault.column));
        let last = self.kept.last().map_or(0, |fault| fault.line);
        if self.more > 0 {
            let Said { vi, en: message } = said!(
                "còn {} lỗi nữa; xin sửa các lỗi này trước" / "there are {} more faults; mend these first",
                self.more
            );
            self.kept.push(FileFault { line: last, column: 0, name: "and below".into(), message, vi });
        }
        if self.kept.is_empty() { Ok(()) } else { Err(UsecaseError::File(self.kept)) }
    }

    fn trouble(&mut self, trouble: Trouble, header: &[String]) {
        let trouble = trouble.named(header);
        self.add(trouble.line, (trouble.column, &trouble.name), trouble.message);
    }
}

impl Trouble {
    fn alone(self) -> UsecaseError {
        UsecaseError::File(vec![self.named(&[])])
    }

    fn named(self, header: &[String]) -> FileFault {
        let none = if self.column == 0 { WHOLE_LINE } else { "no name" };
        let name = self.column.checked_sub(1).and_then(|place| header.get(place));
        let name = name.map_or(none, String::as_str).to_owned();
        FileFault {
            line: self.line,
            column: self.column,
            name,
            message: self.message.en,
            vi: self.message.vi,
        }
    }
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// What its text is written in.
    pub encoding: Encoding,
    /// What stands between its cells: a comma or a semicolon.
    pub separator: char,
}

impl std::fmt::Display for Manner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let separator = if self.separator == ';' { "semicolons" } else { "commas" };
        write!(f, "read as {}, separated by {separator}", self.encoding)
    }
}

/// The names of a file's columns.
#[derive(Debug, Clone)]
pub struct Header(Vec<String>);

impl Header {
    /// Where a column stands, from 0.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|column| column == name)
    }

    /// A column as faults name it: its number from 1 (0 where the file has no such column), its name.
    #[must_use]
    pub fn spot<'a>(&self, name: &'a str) -> (usize, &'a str) {
        (self.place(name).map_or(0, |place| place + 1), name)
    }
}

/// A file that is being read. Only one line of it is in memory.
#[derive(Debug)]
pub struct Table<R> {
    scanner: Scanner<R>,
    header: Header,
    record: Record,
    rows: u64,
    over: bool,
}

/// One line of a file.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    header: &'a Header,
    record: &'a Record,
}

impl<'a> Row<'a> {
    /// The line in which the row begins; the header is line 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.record.line
    }

    /// A cell by its column's name, without blanks around it; empty where there is no such column.
    #[must_use]
    pub fn cell(&self, name: &str) -> &'a str {
        self.header.place(name).map_or("", |place| self.at(place))
    }

    /// A cell by its column's place, without blanks around it.
    #[must_use]
    pub fn at(&self, place: usize) -> &'a str {
        self.raw(place).trim()
    }

    /// A cell as it stands, but for the apostrophe that keeps a spreadsheet from running it.
    #[must_use]
    pub fn raw(&self, place: usize) -> &'a str {
        restore(self.record.cell(place))
    }

    /// The line in which a cell begins: within a row that holds line breaks not the row's own.
    #[must_use]
    pub fn line_at(&self, place: usize) -> u64 {
        self.record.lines.get(place).copied().unwrap_or(self.record.line)
    }
}

impl<R: Read> Table<R> {
    /// Reads the header of a file.
    ///
    /// # Errors
    /// [`UsecaseError::File`] where there is none, or a column is unknown, double or missing.
    pub fn open(source: R, shape: Shape<'_>) -> Result<Self, UsecaseError> {
        Self::open_within(source, shape, Limits::default())
    }

    fn open_within(source: R, shape: Shape<'_>, limits: Limits) -> Result<Self, UsecaseError> {
        let mut faults = Faults::default();
        let (mut scanner, record) = head::begin(source, limits).map_err(Trouble::alone)?;
        let names: Vec<String> = (0..record.len()).map(|i| record.cell(i).trim().to_owned()).collect();
        for trouble in scanner.troubles.drain(..) {
            faults.trouble(trouble, &names);
        }
        head::inspect(&names, shape, &mut faults);
        faults.outcome()?;
        Ok(Self { scanner, header: Header(names), record: Record::default(), rows: 0, over: false })
    }

    /// The names of the columns.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How the file is written, as far as it has been read.
    #[must_use]
    pub fn manner(&self) -> Manner {
        Manner { encoding: self.scanner.encoding, separator: char::from(self.scanner.separator) }
    }

    /// The next line that can be read at all; empty lines are passed over, and what is wrong with
    /// others is noted. `None` at the end.
    pub fn row(&mut self, faults: &mut Faults) -> Option<Row<'_>> {
        while !self.over {
            let there = self.scanner.record(&mut self.record);
            let clean = self.scanner.troubles.is_empty();
            for trouble in self.scanner.troubles.drain(..) {
                faults.trouble(trouble, &self.header.0);
            }
            match there {
                Ok(true) if self.record.is_empty() => {}
                Ok(true) => {
                    self.rows += 1;
                    if self.is_sound(faults) && clean {
                        return Some(Row { header: &self.header, record: &self.record });
                    }
                }
                Ok(false) => self.end(faults),
                Err(trouble) => {
                    faults.trouble(trouble, &self.header.0);
                    self.over = true;
                }
            }
        }
        None
    }

    fn is_sound(&mut self, faults: &mut Faults) -> bool {
        let (found, wanted) = (self.record.len(), self.header.0.len());
        let most = self.scanner.limits.rows;
        if self.rows > most {
            self.over = true;
            faults.line(
                self.record.line,
                said!(
                    "một tệp có nhiều nhất {most} dòng; xin chia nhỏ"
                        / "a file holds at most {most} lines; split it"
                ),
            );
        } else if found != wanted {
            let message = said!(
                "dòng này có {found} ô, dòng tên cột có {wanted}"
                    / "this line has {found} cells, the header has {wanted}"
            );
            faults.line(self.record.line, message);
        }
        self.rows <= most && found == wanted
    }

    fn end(&mut self, faults: &mut Faults) {
        self.over = true;
        if self.rows == 0 && faults.is_empty() {
            let message = said!(
                "tệp chỉ có dòng tên cột, không có dòng nào bên dưới; có đúng tệp không?"
                    / "the file has a header and no line below it; is it the right file?"
            );
            faults.line(1, message);
        }
    }
}
