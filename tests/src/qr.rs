//! The camera: reads the QR codes in a picture.

use std::collections::BTreeSet;

/// What counts as dark, one exposure after another, as a telephone tries one frame after another: the
/// decoder's own adaptive threshold sees edges in the flat white of a picture that no lens has blurred.
const EXPOSURES: [u8; 6] = [128, 64, 96, 160, 192, 224];

/// The texts of all QR codes in a PNG.
///
/// # Panics
/// When the bytes are not a PNG, or a code is found that no exposure can read.
#[must_use]
pub fn read(png: &[u8]) -> Vec<String> {
    let picture =
        image::load_from_memory_with_format(png, image::ImageFormat::Png).expect("a PNG").to_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let (mut found, mut texts) = (0, BTreeSet::new());
    for limit in EXPOSURES {
        let grey = |x: usize, y: usize| if picture.as_raw()[y * width + x] < limit { 0 } else { 255 };
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
        let codes = prepared.detect_grids();
        found = found.max(codes.len());
        texts.extend(codes.iter().filter_map(|code| code.decode().ok()).map(|(_, text)| text));
    }
    assert!(texts.len() >= found, "{found} QR codes, and only these are readable: {texts:?}");
    texts.into_iter().collect()
}
