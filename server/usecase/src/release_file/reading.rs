//! Reading the file, and believing nothing of it before its hash agrees.

use super::{End, FORMAT, Head, Line, ReleaseLine};
use crate::archive::unusable;
use crate::error::UsecaseError;
use crate::keys::hexadecimal;
use crate::ledger::ReleaseHash;
use crate::objection::CopyFault;
use domain::id::Tenant;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// No line is longer.
const LONGEST: u64 = 16 << 20;
/// Fewest digits of a hash that somebody noted.
const NOTED: usize = 16;

/// A release whose hash agrees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// Its number.
    pub number: i64,
    /// Its hash.
    pub hash: String,
}

/// A release whose cells and decisions are being read.
struct Open {
    line: ReleaseLine,
    hash: ReleaseHash,
    cells: usize,
    decisions: usize,
}

/// Reads a file line by line. It is whole and its chain holds if [`ReleaseReader::read`] came to `None` without an error,
/// and not before.
pub struct ReleaseReader {
    input: BufReader<File>,
    hasher: Sha256,
    path: String,
    /// What it says of itself.
    pub head: Head,
    /// The releases that were read to their end.
    pub released: Vec<Released>,
    open: Option<Open>,
    is_over: bool,
}

impl ReleaseReader {
    /// Opens a file and reads its first line.
    ///
    /// # Errors
    /// [`CopyFault`] where it is no file of releases, or one of a newer version.
    pub fn open(path: &Path) -> Result<Self, UsecaseError> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|error| unusable(&name, &error))?;
        let mut input = BufReader::new(file);
        let (line, bytes) = next_line(&mut input, &name)?.unwrap_or((None, Vec::new()));
        let Some(Line::Head(head)) = line.filter(|_| bytes.starts_with(b"{\"head\":")) else {
            return Err(CopyFault::NotReleases(name).into());
        };
        if head.format > FORMAT {
            return Err(CopyFault::Newer(name).into());
        }
        let mut hasher = Sha256::new();
        hasher.update(&bytes);
        Ok(Self { input, hasher, path: name, head, released: Vec::new(), open: None, is_over: false })
    }

    /// The next line; `None` at the end of a file whose chain holds.
    ///
    /// # Errors
    /// [`CopyFault`]: where it breaks.
    pub fn read(&mut self) -> Result<Option<Line>, UsecaseError> {
        let Some((line, bytes)) = next_line(&mut self.input, &self.path)? else {
            let fault = if self.is_over { return Ok(None) } else { CopyFault::Truncated(self.path.clone()) };
            return Err(fault.into());
        };
        if !bytes.ends_with(b"\n") {
            return Err(CopyFault::Truncated(self.path.clone()).into());
        }
        let line = line.filter(|_| !self.is_over).ok_or_else(|| self.damaged())?;
        match &line {
            Line::Release(release) => self.begin(release)?,
            Line::Cell(cell) => {
                let is_sound = cell.is_sound();
                let open = self.open.as_mut().filter(|open| is_sound && open.cells < open.line.cells);
                let Some(open) = open else { return Err(self.broken()) };
                open.cells += 1;
                open.hash.cell(cell);
            }
            Line::Decision(decision) => {
                let Some(open) = &mut self.open else { return Err(self.broken()) };
                open.decisions += 1;
                open.hash.decision(decision);
            }
            Line::End(end) => self.end(end)?,
            Line::Row(_) | Line::Name(..) => self.close()?,
            Line::Head(_) => return Err(self.damaged()),
        }
        self.hasher.update(&bytes);
        Ok(Some(line))
    }

    fn damaged(&self) -> UsecaseError {
        CopyFault::Damaged(self.path.clone()).into()
    }

    fn next_number(&self) -> i64 {
        self.released.last().map_or(self.head.from, |last| last.number + 1)
    }

    fn broken(&self) -> UsecaseError {
        let release = self.open.as_ref().map_or_else(|| self.next_number(), |open| open.line.release);
        CopyFault::Broken { path: self.path.clone(), release }.into()
    }

    fn last_hash(&self) -> &str {
        self.released.last().map_or(&self.head.before, |last| &last.hash)
    }

    fn begin(&mut self, line: &ReleaseLine) -> Result<(), UsecaseError> {
        self.close()?;
        let next = self.next_number();
        if line.release != next {
            let path = self.path.clone();
            let fault = if line.release > next {
                CopyFault::Gap { path, from: next, through: line.release - 1 }
            } else {
                CopyFault::Broken { path, release: line.release }
            };
            return Err(fault.into());
        }
        let tenant = self.head.tenant;
        let hash = ReleaseHash::begin(self.last_hash(), tenant.as_str(), line.release, &line.scheduled);
        self.open = Some(Open { line: line.clone(), hash, cells: 0, decisions: 0 });
        Ok(())
    }

    /// The release that was read last must agree with its hash.
    fn close(&mut self) -> Result<(), UsecaseError> {
        let Some(open) = &self.open else { return Ok(()) };
        let is_whole = open.cells == open.line.cells && open.decisions == open.line.decisions;
        if !is_whole || open.hash.clone().finish() != open.line.hash {
            return Err(self.broken());
        }
        let (number, hash) = (open.line.release, open.line.hash.clone());
        self.released.push(Released { number, hash });
        self.open = None;
        Ok(())
    }

    fn end(&mut self, end: &End) -> Result<(), UsecaseError> {
        self.close()?;
        let own = hexadecimal(&self.hasher.clone().finalize());
        if own != end.sha256 || end.head != self.last_hash() {
            return Err(self.damaged());
        }
        self.is_over = true;
        Ok(())
    }
}

/// A line with its bytes; without a line where the bytes are none.
type ReadLine = Option<(Option<Line>, Vec<u8>)>;

fn next_line(input: &mut BufReader<File>, path: &str) -> Result<ReadLine, UsecaseError> {
    let mut bytes = Vec::new();
    let mut piece = input.by_ref().take(LONGEST);
    piece.read_until(b'\n', &mut bytes).map_err(|error| unusable(path, &error))?;
    if bytes.is_empty() {
        return Ok(None);
    }
    Ok(Some((serde_json::from_slice(&bytes).ok(), bytes)))
}

/// A chain that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Whose.
    pub tenant: Tenant,
    /// The first release.
    pub from: i64,
    /// The last; one less than the first where there is none.
    pub through: i64,
    /// The last hash.
    pub head: String,
}

/// Computes the chain of a file again, from the file alone. A head that somebody noted must be one of its hashes.
///
/// # Errors
/// [`CopyFault`]: where the chain breaks, or that the head is not in it.
pub fn verify(path: &Path, head: Option<&str>) -> Result<Verified, UsecaseError> {
    let mut reader = ReleaseReader::open(path)?;
    while reader.read()?.is_some() {}
    if let Some(head) = head {
        let noted = head.trim().to_lowercase();
        let is_it = |hash: &str| noted.len() >= NOTED && hash.starts_with(&noted);
        if !is_it(&reader.head.before) && !reader.released.iter().any(|one| is_it(&one.hash)) {
            return Err(CopyFault::Head { path: reader.path, head: head.to_owned() }.into());
        }
    }
    Ok(Verified {
        tenant: reader.head.tenant,
        from: reader.head.from,
        through: reader.next_number() - 1,
        head: reader.last_hash().to_owned(),
    })
}
