//! The camera: reads the QR codes in a picture, and measures them.

use std::collections::BTreeMap;

/// What counts as dark, one exposure after another, as a telephone tries one frame after another: the
/// decoder's own adaptive threshold sees edges in the flat white of a picture that no lens has blurred.
const EXPOSURES: [u8; 6] = [128, 64, 96, 160, 192, 224];

/// A code in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// What it says.
    pub text: String,
    /// Its level of error correction: `L`, `M`, `Q` or `H`.
    pub level: char,
    /// Its width in pixels, without margin.
    pub width: usize,
    /// How many modules around it are light on its narrowest side; measured up to eight.
    pub margin: f64,
}

/// A picture in grey.
struct Picture {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

/// The texts of all QR codes in a PNG.
///
/// # Panics
/// When the bytes are not a PNG, or a code is found that no exposure can read.
#[must_use]
pub fn read(png: &[u8]) -> Vec<String> {
    look(png).into_iter().map(|code| code.text).collect()
}

/// All QR codes in a PNG, by what they say.
///
/// # Panics
/// When the bytes are not a PNG, or a code is found that no exposure can read.
#[must_use]
pub fn look(png: &[u8]) -> Vec<Code> {
    let picture =
        image::load_from_memory_with_format(png, image::ImageFormat::Png).expect("a PNG").to_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let picture = Picture { width, height, grey: picture.into_raw() };
    let (mut found, mut codes) = (0, BTreeMap::new());
    for limit in EXPOSURES {
        let grey = |x: usize, y: usize| if picture.is_dark(x, y, limit) { 0 } else { 255 };
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
        let grids = prepared.detect_grids();
        found = found.max(grids.len());
        for grid in grids {
            if let Ok((meta, text)) = grid.decode() {
                codes.entry(text.clone()).or_insert_with(|| picture.measure(&grid.bounds, &meta, text));
            }
        }
        if found > 0 && codes.len() == found {
            break;
        }
    }
    let texts: Vec<&String> = codes.keys().collect();
    assert!(texts.len() >= found, "{found} QR codes, and only these are readable: {texts:?}");
    codes.into_values().collect()
}

impl Picture {
    fn is_dark(&self, x: usize, y: usize, limit: u8) -> bool {
        self.grey[y * self.width + x] < limit
    }

    /// Whether anything is dark in a rectangle, bounds included.
    fn any_dark(&self, (left, right): (usize, usize), (top, bottom): (usize, usize)) -> bool {
        (top..=bottom).any(|y| (left..=right).any(|x| self.is_dark(x, y, 128)))
    }

    fn measure(&self, bounds: &[rqrr::Point; 4], meta: &rqrr::MetaData, text: String) -> Code {
        let ordinate = |value: i32, most: usize| usize::try_from(value).unwrap_or(0).min(most - 1);
        let (mut left, mut right) = (self.width - 1, 0);
        let (mut top, mut bottom) = (self.height - 1, 0);
        for corner in bounds {
            let (x, y) = (ordinate(corner.x, self.width), ordinate(corner.y, self.height));
            (left, right, top, bottom) = (left.min(x), right.max(x), top.min(y), bottom.max(y));
        }
        let modules = meta.version.to_size();
        // The decoder's corners are right to half a module or so: begin inside, where every line crosses the
        // patterns in the corners, and go out to the first light line.
        let inset = 2 * (right - left) / modules;
        let (rows, columns) = ((top + inset, bottom - inset), (left + inset, right - inset));
        let column = |x: usize| self.any_dark((x, x), rows);
        let row = |y: usize| self.any_dark(columns, (y, y));
        let sides = [
            edge((0..=left + inset).rev(), column),
            edge(right - inset..self.width, column),
            edge((0..=top + inset).rev(), row),
            edge(bottom - inset..self.height, row),
        ];
        let width = sides[1].0.saturating_sub(sides[0].0) - 1;
        let module = width as f64 / modules as f64;
        let light = sides.iter().map(|(_, light)| *light).min().unwrap_or_default();
        let level = ['M', 'L', 'H', 'Q'][usize::from(meta.ecc_level)];
        Code { text, level, width, margin: (light as f64 / module).min(8.0) }
    }
}

/// Where the first light line lies, and how many follow before the next dark one.
fn edge(lines: impl Iterator<Item = usize>, is_dark: impl Fn(usize) -> bool) -> (usize, usize) {
    let mut lines = lines.skip_while(|line| is_dark(*line)).peekable();
    let first = lines.peek().copied().unwrap_or_default();
    (first, lines.take_while(|line| !is_dark(*line)).count())
}
