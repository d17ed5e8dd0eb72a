//! Raw copies: what a thief of files reads, row by row with the place of each row on its page. Nothing
//! of the product is asked; the bytes are read as the engines write them.

#[path = "raw/postgres.rs"]
mod postgres;
#[path = "raw/sqlite.rs"]
mod sqlite;

use std::path::PathBuf;
use tests::cluster::Session;
use tests::desk::Desk;

/// The tables in which an answer leaves something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Sealed answers.
    Inbox,
    /// Sealed texts.
    Text,
    /// Folded answers.
    Response,
    /// Sealed box entries.
    Box,
}

/// A value of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// Text or bytes.
    Bytes(Vec<u8>),
    /// A number.
    Number(i64),
}

/// A row as it lies in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its random id.
    pub id: Vec<u8>,
    /// Record or answers; empty where it lies on other pages.
    pub body: Vec<u8>,
    /// Readable columns: the unit's id.
    pub unit: Vec<u8>,
    /// Readable columns: route and trust.
    pub words: (String, String),
    /// Readable columns: the release.
    pub release: i64,
    /// Page, and place on the page.
    pub place: (u64, u64),
    /// The number of the transaction that wrote it, where the engine keeps one.
    pub written: u64,
    /// Bytes that the row takes.
    pub size: usize,
}

impl Table {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Text => "inbox_text",
            Self::Response => "response",
            Self::Box => "box_entry",
        }
    }

    /// Positions of id and body, and of unit, route, trust and release where they are readable.
    const fn columns(self) -> (usize, usize, Option<[usize; 4]>) {
        match self {
            Self::Inbox | Self::Text => (2, 3, None),
            Self::Response => (3, 10, Some([6, 5, 8, 9])),
            Self::Box => (8, 10, Some([2, 4, 6, 9])),
        }
    }

    /// The row in some columns.
    fn row(self, fields: &[Field]) -> Row {
        let bytes = |at: usize| match fields.get(at) {
            Some(Field::Bytes(bytes)) => bytes.clone(),
            _ => Vec::new(),
        };
        let word = |at| String::from_utf8_lossy(&bytes(at)).into_owned();
        let (id, body, readable) = self.columns();
        let mut row = Row { id: bytes(id), body: bytes(body), ..Row::default() };
        if let Some([unit, route, trust, release]) = readable {
            row.unit = bytes(unit);
            row.words = (word(route), word(trust));
            row.release = if let Some(Field::Number(release)) = fields.get(release) { *release } else { 0 };
        }
        row
    }
}

/// Somebody who can read the files of a desk's database.
pub enum Thief {
    /// Pages of a server.
    Pages(Session),
    /// A file, and its log beside it.
    File(PathBuf),
}

impl Thief {
    /// Whoever can read this desk's.
    pub fn of(desk: &Desk) -> Self {
        let Some(database) = desk.database() else { return Self::File(desk.file()) };
        let mut session = database.session();
        session.ask(postgres::PREPARE);
        Self::Pages(session)
    }

    /// All rows of some tables, as the files hold them now.
    pub fn read(&mut self, tables: &[Table]) -> Vec<Vec<Row>> {
        match self {
            Self::Pages(session) => postgres::read(session, tables),
            Self::File(path) => {
                let file = sqlite::File::read(path);
                tables.iter().map(|table| file.rows(*table)).collect()
            }
        }
    }
}
