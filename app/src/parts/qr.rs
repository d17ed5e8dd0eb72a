//! A QR code as one path. Whoever makes the code chooses its level; here it is only drawn.

use std::fmt::Write as _;

/// White modules around the code; fewer and phones stop finding it.
pub const MARGIN: usize = 4;

/// The modules of a QR code, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrModules {
    /// Modules in a row, without margin.
    pub width: usize,
    /// Whether each module is dark, row by row.
    pub dark: Vec<bool>,
}

impl QrModules {
    /// Modules in a row, with the margin on both sides: the size of the picture.
    #[must_use]
    pub const fn full_width(&self) -> usize {
        self.width + 2 * MARGIN
    }

    /// Filled runs of dark modules, as an SVG path in units of one module, margin included.
    ///
    /// ```
    /// use app::parts::qr::QrModules;
    /// let two = QrModules { width: 2, dark: vec![true, true, false, true] };
    /// assert_eq!(two.path(), "M4 4h2v1h-2zM5 5h1v1h-1z");
    /// ```
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        if self.width == 0 {
            return path;
        }
        for (row, modules) in self.dark.chunks(self.width).enumerate() {
            let mut column = 0;
            while column < modules.len() {
                let run = modules[column..].iter().take_while(|dark| **dark).count();
                if run > 0 {
                    // Writing to a string cannot fail.
                    let _ = write!(path, "M{} {}h{run}v1h-{run}z", column + MARGIN, row + MARGIN);
                }
                column += run.max(1);
            }
        }
        path
    }
}
