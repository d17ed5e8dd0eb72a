//! Every poster that is printed leads to its own counter: written by the command line, drawn at the 150
//! dots an inch of a tired office printer, and read by a camera.

use std::path::{Path, PathBuf};

use tests::browser::{Browser, Look};
use tests::process::{Engine, Installation};
use tests::qr;

const PUBLIC: &str = "https://hailong.camau.gov.vn";
/// Dots an inch, and CSS pixels an inch.
const DOTS: f64 = 150.0;
const SCALE: f64 = DOTS / 96.0;
const SIZES: [&str; 3] = ["a4", "a5", "slip"];

/// The posters of a whole province as files.
struct Posters {
    folder: PathBuf,
    tokens: Vec<String>,
    _place: Installation,
}

impl Posters {
    async fn print() -> Self {
        let place = Installation::new(Engine::Sqlite);
        place.demo(0).await.kill().await;
        let folder = place.folder().join("posters");
        for size in SIZES {
            let out = folder.display().to_string();
            let arguments =
                ["poster", "--unit", "all", "--size", size, "--out", &out, "--public-url", PUBLIC];
            place.run(&arguments).await;
        }
        let names = std::fs::read_dir(&folder).expect("the folder of posters").flatten();
        let names = names.map(|file| file.file_name().to_string_lossy().into_owned());
        let mut tokens: Vec<String> =
            names.filter_map(|name| name.strip_suffix("-a4.svg").map(str::to_owned)).collect();
        tokens.sort_unstable();
        assert!(tokens.len() > 60, "a poster for each commune at least: {}", tokens.len());
        Self { folder, tokens, _place: place }
    }

    fn file(&self, token: &str, size: &str, ending: &str) -> String {
        let path: &Path = &self.folder.join(format!("{token}-{size}.{ending}"));
        assert!(path.exists(), "{} was printed", path.display());
        format!("file://{}", path.display())
    }
}

/// What a camera must see on a sheet.
fn check(picture: &[u8], token: &str, size: &str) {
    let codes = qr::look(picture);
    let [code] = codes.as_slice() else { panic!("one code on the {size} of {token}, not {codes:?}") };
    assert_eq!(code.text, format!("{PUBLIC}/s/{token}"), "{size}");
    let level = if size == "slip" { 'M' } else { 'Q' };
    assert_eq!(code.level, level, "the {size} of {token}");
    let centimetres = code.width as f64 / DOTS * 2.54;
    assert!(centimetres >= 2.0, "the code on the {size} of {token} is {centimetres:.2} cm wide");
    // Half a dot on each side is the printer's.
    assert!(code.margin > 3.85, "the margin on the {size} of {token} is {:.2} modules", code.margin);
}

/// The drawing for a printer's shop: all of it, or closely its code alone.
async fn read_drawing(browser: &Browser, posters: &Posters, token: &str, size: &str, closely: bool) {
    browser.open(&posters.file(token, size, "svg")).await;
    let (part, around) = if closely { ("svg svg", 30.0) } else { ("svg", 0.0) };
    check(&browser.picture_of(part, around, SCALE).await, token, size);
}

/// The sheet that a browser prints.
async fn read_sheet(browser: &Browser, posters: &Posters, token: &str, size: &str, closely: bool) {
    browser.open(&posters.file(token, size, "html")).await;
    let (part, around) = if closely { (".qr", 30.0) } else { (".sheet", 0.0) };
    check(&browser.picture_of(part, around, SCALE).await, token, size);
}

#[tokio::test]
async fn every_place_has_a_poster_that_leads_to_it() {
    let posters = Posters::print().await;
    let browser = Browser::start(Look::DESK).await;
    // Each place in one size, each size as drawing and as sheet; the full run reads all of each, whole.
    for (number, token) in posters.tokens.iter().enumerate() {
        let size = SIZES[number % SIZES.len()];
        if (number / SIZES.len()).is_multiple_of(2) {
            read_drawing(&browser, &posters, token, size, true).await;
        } else {
            read_sheet(&browser, &posters, token, size, true).await;
        }
    }
}

#[tokio::test]
#[ignore = "full"]
async fn every_poster_in_every_size_leads_to_its_place() {
    let posters = Posters::print().await;
    let browser = Browser::start(Look::DESK).await;
    for token in &posters.tokens {
        for size in SIZES {
            read_drawing(&browser, &posters, token, size, false).await;
            read_sheet(&browser, &posters, token, size, false).await;
        }
    }
}
