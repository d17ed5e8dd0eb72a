//! A tally as one versioned record: zigzag varints, runs of zeros as a zero and their length.

use super::Tally;
use super::layout::Layout;
use thiserror::Error;

const VERSION: u8 = 2;
/// Records without moments, which stand at the end.
const WITHOUT_MOMENTS: u8 = 1;

/// A stored record is not a tally of this layout.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PackError {
    /// Written by a newer program.
    #[error("tally record of version {0}, this program knows {VERSION}")]
    Version(u8),
    /// Too short, too long, or a number that does not end.
    #[error("tally record does not fit its layout")]
    Shape,
}

impl Tally {
    /// The stored record.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        let mut zeros: u64 = 0;
        for number in self.numbers() {
            if *number == 0 {
                zeros += 1;
                continue;
            }
            flush(&mut bytes, &mut zeros);
            write(&mut bytes, zigzag(*number));
        }
        flush(&mut bytes, &mut zeros);
        bytes
    }

    /// The tally in a stored record.
    ///
    /// # Errors
    /// [`PackError`] where the record was written for another layout or by a newer program.
    pub fn unpack(layout: &Layout, bytes: &[u8]) -> Result<Self, PackError> {
        let (version, mut rest) = bytes.split_first().ok_or(PackError::Shape)?;
        if *version != VERSION && *version != WITHOUT_MOMENTS {
            return Err(PackError::Version(*version));
        }
        let mut tally = Self::empty(layout);
        let all = tally.numbers().count();
        let moments = tally.moments.numbers().count();
        let kept = if *version == WITHOUT_MOMENTS { all - moments } else { all };
        let mut zeros: u64 = 0;
        for number in tally.numbers_mut().take(kept) {
            if zeros > 0 {
                zeros -= 1;
                continue;
            }
            match read(&mut rest)? {
                0 => zeros = read(&mut rest)?.checked_sub(1).ok_or(PackError::Shape)?,
                coded => *number = unzigzag(coded),
            }
        }
        if zeros == 0 && rest.is_empty() { Ok(tally) } else { Err(PackError::Shape) }
    }
}

fn flush(bytes: &mut Vec<u8>, zeros: &mut u64) {
    if *zeros > 0 {
        bytes.push(0);
        write(bytes, *zeros);
        *zeros = 0;
    }
}

const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

const fn unzigzag(coded: u64) -> i64 {
    (coded >> 1).cast_signed() ^ -((coded & 1).cast_signed())
}

fn write(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(low_bits(number) | 0x80);
        number >>= 7;
    }
    bytes.push(low_bits(number));
}

const fn low_bits(number: u64) -> u8 {
    (number & 0x7f).to_le_bytes()[0]
}

fn read(rest: &mut &[u8]) -> Result<u64, PackError> {
    let mut number: u64 = 0;
    for shift in (0..64).step_by(7) {
        let (byte, tail) = rest.split_first().ok_or(PackError::Shape)?;
        *rest = tail;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(PackError::Shape)
}

#[cfg(test)]
mod tests {
    use super::super::{Answer, Node, Row};
    use super::*;
    use proptest::prelude::*;

    fn layout() -> Layout {
        Layout {
            items: vec!["A1".into(), "A2".into(), "A3".into()],
            listed: vec![0, 1, 2],
            atoms: vec![vec![0], vec![1], vec![2]],
            nodes: vec![Node { code: "A".into(), atoms: vec![0, 1, 2], items: vec![0, 1, 2] }],
            facts: vec![],
            coded: vec![0, 1, 2],
            factors: vec![0],
        }
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_back(rows in prop::collection::vec([0u8..8, 0u8..8, 0u8..8], 0..40)) {
            let mut tally = Tally::empty(&layout());
            for row in rows {
                let items = row.map(|b| Answer::from_byte(b).unwrap());
                tally.count(&layout(), &Row::new(&layout(), items[0], &items, vec![]));
            }
            prop_assert_eq!(Tally::unpack(&layout(), &tally.pack()).unwrap(), tally);
        }

        #[test]
        fn a_record_of_before_the_moments_is_read_without_them(
            rows in prop::collection::vec([0u8..8, 0u8..8, 0u8..8], 0..40),
        ) {
            let before = Layout { coded: vec![], factors: vec![], ..layout() };
            let mut tally = Tally::empty(&before);
            for row in rows {
                let items = row.map(|b| Answer::from_byte(b).unwrap());
                tally.count(&before, &Row::new(&before, items[0], &items, vec![]));
            }
            let mut record = tally.pack();
            record[0] = WITHOUT_MOMENTS;
            let read = Tally::unpack(&layout(), &record).unwrap();
            prop_assert_eq!(read.moments.n, 0);
            prop_assert_eq!(Tally { moments: tally.moments.clone(), ..read }, tally);
        }

        #[test]
        fn no_record_makes_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Tally::unpack(&layout(), &bytes);
        }
    }
}
