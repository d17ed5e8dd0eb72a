//! The camera: reads the QR codes in a picture.

/// The texts of all QR codes in a PNG.
///
/// # Panics
/// When the bytes are not a PNG, or a code is found but cannot be read.
#[must_use]
pub fn read(png: &[u8]) -> Vec<String> {
    let picture =
        image::load_from_memory_with_format(png, image::ImageFormat::Png).expect("a PNG").to_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let grey = |x: usize, y: usize| picture.as_raw()[y * width + x];
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    let codes = prepared.detect_grids();
    codes
        .into_iter()
        .map(|code| code.decode().unwrap_or_else(|error| panic!("a QR code, unreadable: {error}")).1)
        .collect()
}
