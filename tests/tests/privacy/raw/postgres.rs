//! PostgreSQL's pages through `pageinspect`: rows with line, transaction and the bytes of every column,
//! dead ones included.

use super::{Field, Row, Table};
use tests::cluster::Session;

// A table, or all partitions of one; the pages of each are numbered on from those before.
const PAGES: &str = "select part * 1000000 + blkno, lp, t_xmin, encode(t_data, 'hex')
    from (select row_number() over (order by oid) - 1 as part, oid::regclass::text as name from pg_class
        where relkind = 'r' and (oid = 'TABLE'::regclass
            or oid in (select inhrelid from pg_inherits where inhparent = 'TABLE'::regclass))) as parts,
    generate_series(0, pg_relation_size(name) / current_setting('block_size')::int - 1) as blkno,
    heap_page_items(get_raw_page(name, blkno::int)) where t_data is not null order by 1, lp;";

/// Bytes of a pointer to columns that lie on other pages.
const POINTER: usize = 18;

/// What lets the pages be read; compiling a statement would take longer than running it.
pub const PREPARE: &str =
    "set client_min_messages = error; set jit = off; create extension if not exists pageinspect;";

/// The rows of some tables.
pub fn read(session: &mut Session, tables: &[Table]) -> Vec<Vec<Row>> {
    let mut ask = |table: &Table| session.ask(&PAGES.replace("TABLE", table.name()));
    tables.iter().map(|table| ask(table).iter().map(|line| row(*table, line)).collect()).collect()
}

fn row(table: Table, line: &str) -> Row {
    let words: Vec<&str> = line.split('|').collect();
    let number = |at: usize| words[at].parse::<u64>().expect("a number");
    let data: Vec<u8> = (0..words[3].len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&words[3][at..at + 2], 16).expect("hexadecimal"))
        .collect();
    let row = table.row(&fields(table, &data));
    Row { place: (number(0), number(1)), written: number(2), size: data.len(), ..row }
}

/// The columns of a row: bytes and texts carry their length, numbers are eight bytes on a multiple of eight.
fn fields(table: Table, data: &[u8]) -> Vec<Field> {
    let numbers: &[usize] = match table {
        Table::Inbox | Table::Text => &[],
        Table::Response => &[2, 9],
        Table::Box => &[9],
    };
    let (mut at, mut fields) = (0, Vec::new());
    while at < data.len() {
        if numbers.contains(&fields.len()) {
            at = at.next_multiple_of(8);
            let bytes = data[at..at + 8].try_into().expect("eight bytes");
            fields.push(Field::Number(i64::from_le_bytes(bytes)));
            at += 8;
            continue;
        }
        // A long header stands on a multiple of four; what fills the gap is zero, and no header is.
        if data[at] == 0 {
            at = at.next_multiple_of(4);
        }
        let (head, length) = match data[at] {
            1 => (POINTER, POINTER),
            short if short & 1 == 1 => (1, usize::from(short >> 1)),
            _ => {
                let bytes = data[at..at + 4].try_into().expect("four bytes");
                (4, usize::try_from(u32::from_le_bytes(bytes) >> 2).expect("a length"))
            }
        };
        fields.push(Field::Bytes(data[at + head..at + length].to_vec()));
        at += length;
    }
    fields
}
