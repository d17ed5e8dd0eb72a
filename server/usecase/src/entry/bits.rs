//! Small numbers laid end to end: an entry has to hold the sums of any instrument.

/// Bits that a number from 0 to `most` needs.
pub const fn width(most: usize) -> usize {
    (usize::BITS - most.leading_zeros()) as usize
}

/// Writes numbers, the lowest bit first.
pub struct Writer<'a> {
    bytes: &'a mut [u8],
    at: usize,
}

impl<'a> Writer<'a> {
    pub const fn new(bytes: &'a mut [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Writes a number; `None` where it does not fit into the bits, or these not into the record.
    pub fn put(&mut self, number: i64, bits: usize) -> Option<()> {
        if number < 0 || number >> bits != 0 {
            return None;
        }
        for bit in 0..bits {
            let byte = self.bytes.get_mut(self.at / 8)?;
            *byte |= u8::from(number >> bit & 1 == 1) << (self.at % 8);
            self.at += 1;
        }
        Some(())
    }
}

/// Reads what a [`Writer`] wrote.
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next number; `None` at the end.
    pub fn take(&mut self, bits: usize) -> Option<i64> {
        let mut number = 0;
        for bit in 0..bits {
            let byte = self.bytes.get(self.at / 8)?;
            number |= i64::from(byte >> (self.at % 8) & 1) << bit;
            self.at += 1;
        }
        Some(number)
    }
}
