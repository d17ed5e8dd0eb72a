//! The five faces: line drawings in one colour, because colour must not praise or scold.

/// Paths of the faces in a box of 40 × 40, best answer first; the outline is [`OUTLINE`].
pub(crate) const FACES: [&str; 5] = [
    "M12 16q2.5-3.5 5 0M23 16q2.5-3.5 5 0M11 22.5h18a9 9 0 0 1-18 0z",
    "M14.5 14.5v2M25.5 14.5v2M12 23.5q8 8 16 0",
    "M14.5 14.5v2M25.5 14.5v2M13 26h14",
    "M14.5 15v2M25.5 15v2M12.5 28.5q7.5-6.5 15 0",
    "M11 14.5q3.5-.5 5-3M29 14.5q-3.5-.5-5-3M14.5 17.5v2M25.5 17.5v2M11.5 31q8.5-11 17 0",
];

/// The outline that every face shares.
pub(crate) const OUTLINE: &str = "M20 2.5a17.5 17.5 0 1 0 0 35a17.5 17.5 0 1 0 0-35z";
