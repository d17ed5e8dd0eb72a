//! The file of a backup: a line that says what it is, then tables and their rows, then the number of rows and the
//! SHA-256 of everything before. It is the same whichever engine it was read from, so it is also the way from one to
//! the other. It is written and read a row at a time.
//!
//! # Format
//! `hailong-backup` and a newline; a JSON object and a newline; then frames. A frame is a letter and its fields:
//! `T` name, columns (a table begins), `R` cells (a row), `Z` rows, hash (the end). Numbers are little-endian; names and
//! texts are preceded by their length in four bytes; a cell is a byte that says what it is (0 nothing, 1 a number of
//! eight bytes, 2 text, 3 bytes) and its value.

use crate::error::UsecaseError;
use crate::objection::CopyFault;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use store::archive::{Cell, Table};

/// First line of the file.
const MAGIC: &[u8] = b"hailong-backup\n";
/// Version of this format.
const FORMAT: u32 = 1;
/// No cell is longer.
const LONGEST: u32 = 16 << 20;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the format.
    pub format: u32,
    /// Version of the tables.
    pub tables: i64,
    /// Fingerprint of the key that its sealed records need.
    pub key: String,
    /// The day on which it was made.
    pub made_on: String,
}

impl Header {
    /// The header of a backup that is made now.
    #[must_use]
    pub fn new(tables: i64, key: &str, made_on: String) -> Self {
        Self { format: FORMAT, tables, key: key.to_owned(), made_on }
    }
}

/// Writes a backup.
pub struct ArchiveWriter<W> {
    out: W,
    hasher: Sha256,
    rows: u64,
}

impl<W: Write> ArchiveWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn begin(out: W, header: &Header) -> io::Result<Self> {
        let mut writer = Self { out, hasher: Sha256::new(), rows: 0 };
        writer.put(MAGIC)?;
        writer.put(serde_json::to_string(header).map_err(io::Error::other)?.as_bytes())?;
        writer.put(b"\n")?;
        Ok(writer)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.out.write_all(bytes)
    }

    fn put_long(&mut self, bytes: &[u8]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= LONGEST);
        let length = length.ok_or_else(|| io::Error::other("a value is too long for a backup"))?;
        self.put(&length.to_le_bytes())?;
        self.put(bytes)
    }

    /// Begins a table.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn table(&mut self, table: &Table) -> io::Result<()> {
        self.put(b"T")?;
        self.put_long(table.name.as_bytes())?;
        self.put(&[u8::try_from(table.columns.len()).map_err(io::Error::other)?])?;
        table.columns.iter().try_for_each(|column| self.put_long(column.name.as_bytes()))
    }

    /// Writes a row of the table that was begun last.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.rows += 1;
        self.put(b"R")?;
        for cell in cells {
            match cell {
                Cell::Null => self.put(&[0])?,
                Cell::Int(int) => {
                    self.put(&[1])?;
                    self.put(&int.to_le_bytes())?;
                }
                Cell::Text(text) => {
                    self.put(&[2])?;
                    self.put_long(text.as_bytes())?;
                }
                Cell::Bytes(bytes) => {
                    self.put(&[3])?;
                    self.put_long(bytes)?;
                }
            }
        }
        Ok(())
    }

    /// Writes the end, and gives back where it was written and the number of rows.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self) -> io::Result<(W, u64)> {
        self.put(b"Z")?;
        self.put(&self.rows.to_le_bytes())?;
        self.out.write_all(&self.hasher.finalize())?;
        self.out.flush()?;
        Ok((self.out, self.rows))
    }
}

/// What comes next in a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A table begins: its name and columns.
    Table(String, Vec<String>),
    /// A row of it.
    Row(Vec<Cell>),
}

/// Reads a backup. It is whole and unchanged if [`Archive::read`] came to `None` without an error, and not before.
pub struct Archive {
    input: BufReader<File>,
    hasher: Sha256,
    path: String,
    columns: usize,
    rows: u64,
}

impl Archive {
    /// Opens a file and reads what it says of itself.
    ///
    /// # Errors
    /// [`CopyFault`] where it is no backup, or one of a newer version.
    pub fn open(path: &Path) -> Result<(Self, Header), UsecaseError> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|error| unusable(&name, &error))?;
        let mut archive =
            Self { input: BufReader::new(file), hasher: Sha256::new(), path: name, columns: 0, rows: 0 };
        let mut magic = [0; MAGIC.len()];
        if archive.input.read_exact(&mut magic).is_err() || magic != MAGIC {
            return Err(CopyFault::NotABackup(archive.path).into());
        }
        archive.hasher.update(magic);
        let mut line = Vec::new();
        while line.len() < 10_000 && line.last() != Some(&b'\n') {
            line.push(archive.byte()?);
        }
        let damaged = || CopyFault::Damaged(archive.path.clone());
        let version: serde_json::Value = serde_json::from_slice(&line).map_err(|_| damaged())?;
        if version["format"].as_u64().is_some_and(|format| format > u64::from(FORMAT)) {
            return Err(CopyFault::Newer(archive.path).into());
        }
        let header = serde_json::from_value(version).map_err(|_| damaged())?;
        Ok((archive, header))
    }

    fn damaged(&self) -> UsecaseError {
        CopyFault::Damaged(self.path.clone()).into()
    }

    fn take(&mut self, bytes: &mut [u8]) -> Result<(), UsecaseError> {
        self.input.read_exact(bytes).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => CopyFault::Truncated(self.path.clone()).into(),
            _ => unusable(&self.path, &error),
        })?;
        self.hasher.update(bytes);
        Ok(())
    }

    fn byte(&mut self) -> Result<u8, UsecaseError> {
        let mut byte = [0];
        self.take(&mut byte)?;
        Ok(byte[0])
    }

    fn long(&mut self) -> Result<Vec<u8>, UsecaseError> {
        let mut length = [0; 4];
        self.take(&mut length)?;
        let length = u32::from_le_bytes(length);
        if length > LONGEST {
            return Err(self.damaged());
        }
        let mut bytes = vec![0; length as usize];
        self.take(&mut bytes)?;
        Ok(bytes)
    }

    fn text(&mut self) -> Result<String, UsecaseError> {
        String::from_utf8(self.long()?).map_err(|_| self.damaged())
    }

    /// What comes next; `None` at the end of a file that is as it was written.
    ///
    /// # Errors
    /// [`CopyFault::Truncated`] or [`CopyFault::Damaged`] where it is not.
    pub fn read(&mut self) -> Result<Option<Entry>, UsecaseError> {
        match self.byte()? {
            b'T' => {
                let name = self.text()?;
                self.columns = usize::from(self.byte()?);
                let columns = (0..self.columns).map(|_| self.text()).collect::<Result<_, _>>()?;
                Ok(Some(Entry::Table(name, columns)))
            }
            b'R' => {
                self.rows += 1;
                Ok(Some(Entry::Row((0..self.columns).map(|_| self.cell()).collect::<Result<_, _>>()?)))
            }
            b'Z' => self.end(),
            _ => Err(self.damaged()),
        }
    }

    fn cell(&mut self) -> Result<Cell, UsecaseError> {
        Ok(match self.byte()? {
            0 => Cell::Null,
            1 => {
                let mut int = [0; 8];
                self.take(&mut int)?;
                Cell::Int(i64::from_le_bytes(int))
            }
            2 => Cell::Text(self.text()?),
            3 => Cell::Bytes(self.long()?),
            _ => return Err(self.damaged()),
        })
    }

    fn end(&mut self) -> Result<Option<Entry>, UsecaseError> {
        let mut rows = [0; 8];
        self.take(&mut rows)?;
        let own = self.hasher.clone().finalize();
        let mut written = [0; 32];
        self.take(&mut written)?;
        let more = self.input.read(&mut [0]).map_err(|error| unusable(&self.path, &error))?;
        if u64::from_le_bytes(rows) != self.rows || own[..] != written || more > 0 {
            return Err(self.damaged());
        }
        Ok(None)
    }
}

/// A file that the system does not give or take.
pub(crate) fn unusable(path: &str, error: &io::Error) -> UsecaseError {
    CopyFault::Unusable { path: path.to_owned(), why: error.to_string() }.into()
}

/// A new file that only its owner may read.
///
/// # Errors
/// [`CopyFault::Exists`] where there is one already.
pub(crate) fn create(path: &Path) -> Result<File, UsecaseError> {
    let name = path.display().to_string();
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => CopyFault::Exists(name).into(),
        _ => unusable(&name, &error),
    })
}
