//! The beginning of a file: its encoding, its separator, the names of its columns.

use super::encoding::{Encoding, neither};
use super::scan::{Limits, Record, Scanner, Trouble};
use super::{Faults, Shape};
use crate::error::{Said, said};
use std::io::Read;

/// As much of a file is looked at to find its separator.
const FIRST_LOOK: u64 = 65_536;

/// Reads the header and finds out what separates the columns.
pub(super) fn begin<R: Read>(mut source: R, limits: Limits) -> Result<(Scanner<R>, Record), Trouble> {
    let mut head = Vec::new();
    source.by_ref().take(FIRST_LOOK).read_to_end(&mut head).map_err(|e| Trouble::unreadable(1, &e))?;
    let mut encoding = Encoding::Ascii;
    if head.starts_with(&[0xEF, 0xBB, 0xBF]) {
        head.drain(..3);
        encoding = Encoding::Utf8;
    }
    let line = first_line(&head);
    let is_utf16 = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) || line.contains(&0);
    if is_utf16 {
        return Err(Trouble { line: 1, column: 0, message: neither() });
    }
    let separator = separator(line);
    let mut scanner = Scanner::new(head, source, (encoding, separator), limits);
    let mut record = Record::default();
    if scanner.record(&mut record)? && !record.is_empty() {
        return Ok((scanner, record));
    }
    let message = said!(
        "dòng đầu trống; dòng này phải là tên các cột"
            / "the first line is empty; it must hold the names of the columns"
    );
    Err(Trouble { line: 1, column: 0, message })
}

/// What stands before the first line break that is not inside quotes.
fn first_line(head: &[u8]) -> &[u8] {
    let mut quoted = false;
    let end = head.iter().position(|byte| {
        quoted ^= *byte == b'"';
        !quoted && matches!(byte, b'\r' | b'\n')
    });
    &head[..end.unwrap_or(head.len())]
}

fn separator(line: &[u8]) -> u8 {
    let (mut quoted, mut commas, mut semicolons) = (false, 0, 0);
    for byte in line {
        quoted ^= *byte == b'"';
        commas += usize::from(!quoted && *byte == b',');
        semicolons += usize::from(!quoted && *byte == b';');
    }
    if semicolons > commas { b';' } else { b',' }
}

/// Every column is known, none stands twice, none is missing.
pub(super) fn inspect(names: &[String], shape: Shape<'_>, faults: &mut Faults) {
    if let [only] = names
        && only.contains('\t')
    {
        let message = said!(
            "các cột ngăn bằng dấu phẩy hoặc chấm phẩy, không phải dấu tab"
                / "columns are separated by commas or semicolons, not by tabs"
        );
        return faults.add(1, (1, "tab"), message);
    }
    let known: Vec<&str> = shape.required.iter().chain(shape.optional).copied().collect();
    for (index, name) in names.iter().enumerate() {
        if let Some(message) = wrong_name(name, &names[..index], &known, shape.open) {
            faults.add(1, (index + 1, name.as_str()), message);
        }
    }
    for name in shape.required.iter().filter(|name| !names.iter().any(|n| n == *name)) {
        faults.add(1, (0, name), said!("thiếu cột {name:?}" / "the column {name:?} is missing"));
    }
}

fn wrong_name(name: &str, before: &[String], known: &[&str], is_open: bool) -> Option<Said> {
    if name.is_empty() {
        let message = said!(
            "cột này chưa có tên; xoá đi, hoặc đặt tên" / "this column has no name; delete it, or name it"
        );
        return (!is_open).then_some(message);
    }
    if before.iter().any(|other| other == name) {
        return Some(said!(
            "cột {name:?} đứng hai lần" / "the column {name:?} stands here for the second time"
        ));
    }
    (!is_open && !known.contains(&name)).then(|| {
        let known = known.join(", ");
        said!(
            "tệp này không có cột {name:?}; các cột dùng được: {known}"
                / "there is no column {name:?} in such a file; it may have: {known}"
        )
    })
}
