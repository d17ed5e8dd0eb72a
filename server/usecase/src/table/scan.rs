//! From bytes to cells after RFC 4180. The csv crate reads a quote that is never closed as one cell
//! to the end of the file and counts lines past empty ones wrongly; a fault must name its line.

use super::encoding::Encoding;
use crate::error::{Said, said};
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

/// Most cells of a line.
const MOST_CELLS: usize = 2_000;

/// How large a file may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Lines below the header.
    pub rows: u64,
    /// Bytes of a cell.
    pub cell: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: super::MOST_BYTES, rows: super::MOST_ROWS, cell: super::MOST_CELL }
    }
}

/// A fault before the columns have names.
#[derive(Debug)]
pub(super) struct Trouble {
    /// Line, from 1.
    pub line: u64,
    /// Column, from 1; 0 for the whole line.
    pub column: usize,
    /// One sentence.
    pub message: Said,
}

impl Trouble {
    pub(super) fn unreadable(line: u64, error: &io::Error) -> Self {
        Self {
            line,
            column: 0,
            message: said!(
                "từ đây không đọc được tệp: {error}" / "the file cannot be read from here on: {error}"
            ),
        }
    }
}

/// The cells of one line.
#[derive(Debug, Default)]
pub(super) struct Record {
    text: String,
    ends: Vec<usize>,
    /// The line in which each cell begins.
    pub lines: Vec<u64>,
    /// The line in which the record begins.
    pub line: u64,
}

impl Record {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(super) fn cell(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let span = start.zip(self.ends.get(place).copied());
        span.and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    fn clear(&mut self, line: u64) {
        self.text.clear();
        self.ends.clear();
        self.lines.clear();
        self.line = line;
    }
}

/// Where in a cell the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Plain,
    Quoted,
    Closed,
}

/// Reads one record after another.
#[derive(Debug)]
pub(super) struct Scanner<R> {
    source: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    /// What stands between the cells.
    pub separator: u8,
    /// How large the file may be.
    pub limits: Limits,
    /// Faults after which reading goes on.
    pub troubles: Vec<Trouble>,
    /// What the text is written in, as far as it has been read.
    pub encoding: Encoding,
    taken: u64,
    line: u64,
    cell: Vec<u8>,
    cell_line: u64,
    too_long: bool,
    stray: bool,
}

impl<R: Read> Scanner<R> {
    pub(super) fn new(
        head: Vec<u8>,
        source: R,
        (encoding, separator): (Encoding, u8),
        limits: Limits,
    ) -> Self {
        Self {
            encoding,
            source: BufReader::new(Cursor::new(head).chain(source)),
            separator,
            limits,
            troubles: Vec::new(),
            taken: 0,
            line: 1,
            cell: Vec::new(),
            cell_line: 1,
            too_long: false,
            stray: false,
        }
    }

    /// Reads the next record; `false` at the end of the file.
    ///
    /// # Errors
    /// Where nothing after it can be read either.
    pub(super) fn record(&mut self, record: &mut Record) -> Result<bool, Trouble> {
        record.clear(self.line);
        self.start_cell();
        let mut at = At::Start;
        while let Some(byte) = self.next()? {
            at = match (at, byte) {
                (At::Quoted, b'"') => At::Closed,
                (At::Quoted, _) | (At::Closed, b'"') => self.keep(byte, At::Quoted),
                (_, b'\r' | b'\n') => {
                    self.end_line(byte)?;
                    return self.end_cell(record).map(|()| true);
                }
                (_, byte) if byte == self.separator => {
                    self.end_cell(record)?;
                    At::Start
                }
                (At::Start, b'"') => At::Quoted,
                (At::Closed, _) | (_, b'"') => {
                    self.stray = true;
                    At::Plain
                }
                _ => self.keep(byte, At::Plain),
            };
        }
        self.end_file(record, at)
    }

    fn end_file(&mut self, record: &mut Record, at: At) -> Result<bool, Trouble> {
        if at == At::Quoted {
            let message = said!(
                "dấu ngoặc kép mở đầu ô này không được đóng lại"
                    / "the quote that begins this cell is never closed"
            );
            return Err(Trouble { line: self.cell_line, column: record.len() + 1, message });
        }
        if at == At::Start && record.is_empty() {
            return Ok(false);
        }
        self.end_cell(record).map(|()| true)
    }

    fn next(&mut self) -> Result<Option<u8>, Trouble> {
        let Some(byte) = self.peek()? else { return Ok(None) };
        self.source.consume(1);
        self.taken += 1;
        if self.taken > self.limits.bytes {
            let message = said!(
                "một tệp lớn nhất {} MB; xin chia nhỏ" / "a file holds at most {} MB; split it",
                self.limits.bytes / 1_000_000
            );
            return Err(Trouble { line: self.line, column: 0, message });
        }
        Ok(Some(byte))
    }

    fn peek(&mut self) -> Result<Option<u8>, Trouble> {
        loop {
            match self.source.fill_buf() {
                Ok(bytes) => return Ok(bytes.first().copied()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Trouble::unreadable(self.line, &error)),
            }
        }
    }

    fn keep(&mut self, byte: u8, at: At) -> At {
        let ends_line = byte == b'\r' || (byte == b'\n' && self.cell.last() != Some(&b'\r'));
        self.line += u64::from(ends_line);
        if self.cell.len() < self.limits.cell {
            self.cell.push(byte);
        } else {
            self.too_long = true;
        }
        at
    }

    fn end_line(&mut self, byte: u8) -> Result<(), Trouble> {
        self.line += 1;
        if byte == b'\r' && self.peek()? == Some(b'\n') {
            self.next()?;
        }
        Ok(())
    }

    fn start_cell(&mut self) {
        self.cell.clear();
        self.cell_line = self.line;
        (self.too_long, self.stray) = (false, false);
    }

    fn end_cell(&mut self, record: &mut Record) -> Result<(), Trouble> {
        let (line, column) = (self.cell_line, record.len() + 1);
        if column > MOST_CELLS {
            let message =
                said!("một dòng có nhiều nhất {MOST_CELLS} ô" / "a line holds at most {MOST_CELLS} cells");
            return Err(Trouble { line, column: 0, message });
        }
        if self.too_long {
            let message =
                said!("ô này dài quá {} byte" / "this cell is longer than {} bytes", self.limits.cell);
            self.troubles.push(Trouble { line, column, message });
            self.cell.clear();
        }
        let unreadable = |message: Said| Trouble { line, column, message };
        let text = self.encoding.read(&self.cell).map_err(unreadable)?;
        if self.stray {
            let message = said!(
                "trong ô này có dấu ngoặc kép; đặt cả ô trong ngoặc kép và viết mỗi dấu bên trong thành \"\""
                    / "a quote stands inside this cell; put the whole cell into quotes and write \"\" for each quote in it"
            );
            self.troubles.push(Trouble { line, column, message });
        }
        if let Some(c) = text.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
            let message = said!(
                "ô này có ký tự điều khiển (U+{:04X}); xin xoá đi"
                    / "this cell holds a control character (U+{:04X}); delete it",
                u32::from(c)
            );
            self.troubles.push(Trouble { line, column, message });
        }
        record.text.push_str(&text);
        record.ends.push(record.text.len());
        record.lines.push(line);
        self.start_cell();
        Ok(())
    }
}
