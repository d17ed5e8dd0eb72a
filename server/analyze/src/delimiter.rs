//! What parts the cells of a file.

/// By how a file begins: commas, or semicolons where its header is a single cell by commas and
/// several by semicolons, as spreadsheets write where the comma is the decimal mark.
pub(crate) fn delimiter(begin: &[u8]) -> u8 {
    if cells(begin, b',') == 1 && cells(begin, b';') > 1 { b';' } else { b',' }
}

/// The cells of the header; none where it cannot be read.
fn cells(begin: &[u8], delimiter: u8) -> usize {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(begin);
    reader.byte_headers().map_or(0, csv::ByteRecord::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_part_where_commas_do_not() {
        assert_eq!(delimiter(b"id;agency;q1\n1;A,B;4\n"), b';');
        assert_eq!(delimiter(b"\"a,b\";q1\n"), b';');
        assert_eq!(delimiter(b"id,note;more\n"), b',');
        assert_eq!(delimiter(b"\"q;1\"\n4;5\n"), b',');
        assert_eq!((delimiter(b""), delimiter(b"q1\n"), delimiter(b"\xff")), (b',', b',', b','));
    }
}
