//! The line on which a row begins, as an editor counts.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// The line of a row whose place the crate `csv` gives. That place is where the row before ended:
/// in front of the second half of a line end of two bytes, and of empty lines. If the file cannot
/// be read again, the line in the place itself.
pub(crate) fn line_of(path: &Path, place: &csv::Position) -> u64 {
    count(path, place.byte()).unwrap_or(place.line())
}

fn count(path: &Path, begin: u64) -> io::Result<u64> {
    let mut lines = 1;
    for (at, byte) in (0_u64..).zip(BufReader::new(File::open(path)?).bytes()) {
        let byte = byte?;
        if at >= begin && !matches!(byte, b'\n' | b'\r') {
            break;
        }
        lines += u64::from(byte == b'\n');
    }
    Ok(lines)
}
