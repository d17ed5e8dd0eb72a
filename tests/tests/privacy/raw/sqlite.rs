//! SQLite's file and its log, page by page (sqlite.org/fileformat2.html).

use super::{Field, Row, Table};
use std::collections::BTreeMap;
use std::path::Path;

/// A database as the file and the log beside it hold it.
pub struct File {
    pages: BTreeMap<u32, Vec<u8>>,
    roots: BTreeMap<String, u32>,
}

/// A payload as far as it lies on its own page, and where.
struct Cell {
    payload: Vec<u8>,
    whole: usize,
    place: (u64, u64),
}

const INTERIOR_INDEX: u8 = 0x02;
const INTERIOR_TABLE: u8 = 0x05;
const LEAF_INDEX: u8 = 0x0a;
const LEAF_TABLE: u8 = 0x0d;

fn number(bytes: &[u8], at: usize, width: usize) -> usize {
    bytes[at..at + width].iter().fold(0, |n, byte| n << 8 | usize::from(*byte))
}

/// A variable-length number: seven bits a byte, eight in the ninth.
fn varint(bytes: &[u8], at: &mut usize) -> usize {
    let mut n = 0;
    for place in 0..9 {
        let byte = usize::from(bytes[*at]);
        *at += 1;
        if place == 8 {
            return n << 8 | byte;
        }
        n = n << 7 | byte & 0x7f;
        if byte < 0x80 {
            break;
        }
    }
    n
}

impl File {
    /// Reads a file, and over it what is committed in its log.
    pub fn read(path: &Path) -> Self {
        let bytes = std::fs::read(path).expect("the database file");
        let size = number(&bytes, 16, 2);
        let mut pages: BTreeMap<u32, Vec<u8>> = (1..).zip(bytes.chunks(size).map(<[u8]>::to_vec)).collect();
        let log = std::fs::read(path.with_file_name(format!(
            "{}-wal",
            path.file_name().and_then(|name| name.to_str()).expect("a name")
        )));
        if let Ok(log) = log {
            overlay(&mut pages, &log, size);
        }
        let mut file = Self { pages, roots: BTreeMap::new() };
        let mut schema = Vec::new();
        file.walk(1, &mut schema);
        for cell in schema {
            if let [Field::Bytes(kind), Field::Bytes(name), _, Field::Number(root), ..] =
                &fields(&cell.payload)[..]
                && kind == b"table"
            {
                let name = String::from_utf8_lossy(name).into_owned();
                file.roots.insert(name, u32::try_from(*root).expect("a page"));
            }
        }
        file
    }

    /// The rows of a table without row numbers, in the order of their keys.
    pub fn rows(&self, table: Table) -> Vec<Row> {
        let mut cells = Vec::new();
        self.walk(self.roots[table.name()], &mut cells);
        let row = |cell: &Cell| {
            let row = table.row(&fields(&cell.payload));
            Row { place: cell.place, size: cell.whole, ..row }
        };
        cells.iter().map(row).collect()
    }

    fn walk(&self, page: u32, into: &mut Vec<Cell>) {
        let bytes = &self.pages[&page];
        let head = if page == 1 { 100 } else { 0 };
        let kind = bytes[head];
        let is_interior = kind == INTERIOR_INDEX || kind == INTERIOR_TABLE;
        let cells = head + if is_interior { 12 } else { 8 };
        let child = |at: usize| u32::try_from(number(bytes, at, 4)).expect("a page");
        for slot in 0..number(bytes, head + 3, 2) {
            let mut at = number(bytes, cells + 2 * slot, 2);
            let place = (u64::from(page), at as u64);
            if is_interior {
                self.walk(child(at), into);
                at += 4;
            }
            if kind != INTERIOR_TABLE {
                into.push(cell(bytes, at, kind == LEAF_TABLE, place));
            }
        }
        if is_interior {
            self.walk(child(head + 8), into);
        }
        assert!(
            [INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE].contains(&kind),
            "page {page}: {kind}"
        );
    }
}

/// Puts the pages of a log's committed frames over those of the file.
fn overlay(pages: &mut BTreeMap<u32, Vec<u8>>, log: &[u8], size: usize) {
    let Some(head) = log.get(..32) else { return };
    let mut open = Vec::new();
    for frame in log[32..].chunks_exact(24 + size) {
        if frame[8..16] != head[16..24] {
            break;
        }
        open.push((u32::try_from(number(frame, 0, 4)).expect("a page"), frame[24..].to_vec()));
        // Only the last frame of a transaction names the size of the database.
        if number(frame, 4, 4) > 0 {
            pages.extend(open.drain(..));
        }
    }
}

fn cell(page: &[u8], mut at: usize, is_table: bool, place: (u64, u64)) -> Cell {
    let whole = varint(page, &mut at);
    if is_table {
        varint(page, &mut at);
    }
    let room = page.len();
    let most = if is_table { room - 35 } else { (room - 12) * 64 / 255 - 23 };
    let least = (room - 12) * 32 / 255 - 23;
    let local = if whole <= most {
        whole
    } else {
        let best = least + (whole - least) % (room - 4);
        if best <= most { best } else { least }
    };
    Cell { payload: page[at..at + local].to_vec(), whole, place }
}

/// The columns of a record; what lies on other pages is empty.
fn fields(payload: &[u8]) -> Vec<Field> {
    let mut at = 0;
    let head = varint(payload, &mut at);
    let mut body = head;
    let mut fields = Vec::new();
    while at < head {
        let kind = varint(payload, &mut at);
        let width = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind,
            5 => 6,
            6 | 7 => 8,
            _ => (kind - 12) / 2,
        };
        let bytes = payload.get(body..body + width).unwrap_or_default();
        body += width;
        fields.push(match kind {
            0..=6 => Field::Number(i64::try_from(number(bytes, 0, bytes.len())).expect("a small number")),
            8 | 9 => Field::Number(i64::from(kind == 9)),
            _ => Field::Bytes(bytes.to_vec()),
        });
    }
    fields
}
