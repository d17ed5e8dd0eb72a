//! The file in blocks that end where a row ends.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;

/// A row longer than this is left to the careful look: a quote that never ends, most likely.
pub(super) const LONGEST: usize = 1 << 24;

/// Whole rows of a file; the memory is used again for the next ones.
#[derive(Default)]
pub(super) struct Block {
    bytes: Vec<u8>,
    filled: usize,
}

/// The rest of a file, block by block.
pub(super) struct Blocks {
    file: File,
    delimiter: u8,
    size: usize,
    /// What was read behind the end of the last block.
    rest: Vec<u8>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// All was given out.
    Ended,
    /// Somebody found something odd, or a row has no end.
    Stopped,
}

impl Block {
    /// The rows.
    pub(super) fn rows(&self) -> &[u8] {
        &self.bytes[..self.filled]
    }

    fn begin(&mut self, with: &[u8]) {
        self.filled = 0;
        self.room(with.len());
        self.bytes[..with.len()].copy_from_slice(with);
        self.filled = with.len();
    }

    /// Makes room for so many more bytes.
    fn room(&mut self, more: usize) {
        let wanted = self.filled.saturating_add(more);
        if self.bytes.len() < wanted {
            self.bytes.resize(wanted, 0);
        }
    }

    /// Reads so many more bytes, fewer only at the end of the file; how many there were.
    fn read(&mut self, file: &mut File, more: usize) -> io::Result<usize> {
        self.room(more);
        let (before, full) = (self.filled, self.filled.saturating_add(more));
        while self.filled < full {
            match file.read(&mut self.bytes[self.filled..full]) {
                Ok(0) => break,
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.filled - before)
    }
}

impl Blocks {
    /// From byte `begin`, where a row begins.
    pub(super) fn open(path: &Path, begin: u64, delimiter: u8, size: usize) -> io::Result<Self> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(begin))?;
        Ok(Self { file, delimiter, size: size.max(1), rest: Vec::new(), state: State::Open })
    }

    /// The next rows instead of those that `block` holds, and whether there is a quote among them;
    /// `None` at the end.
    pub(super) fn next(&mut self, block: &mut Block) -> io::Result<Option<bool>> {
        block.begin(&self.rest);
        self.rest.clear();
        while self.state == State::Open {
            let read = block.read(&mut self.file, self.size.max(block.filled))?;
            let quoted = block.rows().contains(&b'"');
            if read == 0 {
                self.state = State::Ended;
                return Ok((block.filled > 0).then_some(quoted));
            }
            let end = if quoted { row_end(block.rows(), self.delimiter) } else { plain_end(block.rows()) };
            if let Some(end) = end {
                self.rest.extend_from_slice(&block.rows()[end..]);
                block.filled = end;
                return Ok(Some(quoted));
            }
            if block.filled > LONGEST {
                self.state = State::Stopped;
            }
        }
        Ok(None)
    }

    /// Gives out no more.
    pub(super) fn stop(&mut self) {
        self.state = State::Stopped;
    }

    /// Whether the whole file was given out.
    pub(super) fn whole(&self) -> bool {
        self.state == State::Ended
    }
}

/// Behind the last row that ends in a block without quotes.
fn plain_end(rows: &[u8]) -> Option<usize> {
    rows.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map(|at| at + 1)
}

/// Where a byte stands, as the crate `csv` reads: only the first byte of a field opens quotes, and
/// behind a closing quote another one is a quote of the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Begin,
    Field,
    Quoted,
    QuoteInQuoted,
}

/// Behind the last row that ends in rows of which the first begins here.
fn row_end(rows: &[u8], delimiter: u8) -> Option<usize> {
    let (mut end, mut place) = (None, Place::Begin);
    for (at, &byte) in rows.iter().enumerate() {
        place = match (place, byte) {
            (Place::Quoted, b'"') => Place::QuoteInQuoted,
            (Place::Quoted, _) | (Place::Begin | Place::QuoteInQuoted, b'"') => Place::Quoted,
            (_, b'\n' | b'\r') => {
                end = Some(at + 1);
                Place::Begin
            }
            (_, byte) if byte == delimiter => Place::Begin,
            _ => Place::Field,
        };
    }
    end
}
