//! What the sheets promise, read from what a browser would get.

#![expect(clippy::expect_used, reason = "a test says with its failure what was missing")]

#[path = "../build/sheet.rs"]
mod sheet;

use std::path::{Path, PathBuf};
use std::{fs, io::Read};

use sheet::{Audience, bundle, minify};
use site::{Asset, find};

fn style() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../style")
}

fn asset(path: &str) -> &'static Asset {
    find(path).expect("an asset stands under its own path")
}

#[test]
fn comments_and_empty_space_are_dropped() {
    assert_eq!(minify("/* why */ a , b > c {\n  color : red ;\n}\n"), "a,b>c{color :red}");
}

#[test]
fn space_that_means_something_stays() {
    let rules = ".kiosk :focus-visible{top:calc(1rem + 2vw)}@media (width) and (height){a{top:0}}";
    assert_eq!(minify(rules), rules);
}

#[test]
fn strings_stay_as_they_are() {
    let rules = r#"a{font:"Noto  Sans";content:" /* \" ; */ "}"#;
    assert_eq!(minify(rules), rules);
}

#[test]
fn the_embedded_sheets_are_the_files_in_the_style_folder() {
    for (path, audience) in [(site::CITIZEN_CSS, Audience::Citizen), (site::CONSOLE_CSS, Audience::Console)] {
        let fresh = bundle(&style(), audience).expect("the style folder makes a sheet");
        assert_eq!(asset(path).identity, fresh.as_bytes());
    }
}

#[test]
fn the_order_of_layers_comes_first() {
    for path in [site::CITIZEN_CSS, site::CONSOLE_CSS] {
        assert!(asset(path).identity.starts_with(b"@layer tokens,base,parts,pages,print;"), "{path}");
    }
}

#[test]
fn a_survey_carries_no_more_style_than_six_kilobytes() {
    let citizen = asset(site::CITIZEN_CSS);
    assert!(citizen.brotli.len() <= 6_000, "{} bytes with brotli", citizen.brotli.len());
    assert!(citizen.gzip.len() <= 6_000, "{} bytes with gzip", citizen.gzip.len());
}

#[test]
fn each_sheet_carries_the_pages_of_its_readers() {
    let [citizen, console] = [site::CITIZEN_CSS, site::CONSOLE_CSS]
        .map(|path| std::str::from_utf8(asset(path).identity).expect("a sheet is text"));
    assert!(citizen.contains(".choice{") && !console.contains(".choice{"));
    assert!(console.contains(".a4 .qr{") && !citizen.contains(".a4 .qr{"));
    assert!(citizen.contains(".button{") && console.contains(".button{"));
}

#[test]
fn braces_close() {
    for path in [site::CITIZEN_CSS, site::CONSOLE_CSS] {
        let sheet = std::str::from_utf8(asset(path).identity).expect("a sheet is text");
        assert_eq!(sheet.matches('{').count(), sheet.matches('}').count(), "{path}");
    }
}

#[test]
fn only_the_tokens_name_a_colour() {
    let mut guilty = Vec::new();
    for path in sheets(&style()).into_iter().filter(|path| !path.ends_with("tokens.css")) {
        let rules = minify(&fs::read_to_string(&path).expect("a sheet can be read"));
        guilty.extend(colours(&rules).into_iter().map(|colour| format!("{}: {colour}", path.display())));
    }
    assert!(guilty.is_empty(), "{guilty:#?}");
}

#[test]
fn every_token_that_a_rule_asks_for_exists() {
    let tokens = fs::read_to_string(style().join("tokens.css")).expect("the tokens can be read");
    for path in sheets(&style()) {
        let rules = fs::read_to_string(&path).expect("a sheet can be read");
        for asked in rules.split("var(").skip(1).filter_map(|rest| rest.split([')', ',']).next()) {
            assert!(tokens.contains(&format!("{asked}:")), "{}: {asked}", path.display());
        }
    }
}

#[test]
fn every_encoding_says_the_same() {
    for asset in site::assets() {
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(asset.gzip).read_to_end(&mut plain).expect("gzip can be read");
        assert_eq!(plain, asset.identity, "{} with gzip", asset.path);
        plain.clear();
        brotli::BrotliDecompress(&mut &*asset.brotli, &mut plain).expect("brotli can be read");
        assert_eq!(plain, asset.identity, "{} with brotli", asset.path);
    }
}

/// All style files, in whatever folder.
fn sheets(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the style folder can be read");
    entries
        .map(|entry| entry.expect("the style folder can be read").path())
        .flat_map(|path| if path.is_dir() { sheets(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .collect()
}

/// Words in values that are colours: numbers of colour, functions of colour, names of colours.
fn colours(rules: &str) -> Vec<String> {
    const NAMES: &str = "black white red green blue yellow orange grey gray brown pink purple gold silver navy teal \
        olive maroon lime aqua fuchsia crimson canvas canvastext linktext visitedtext activetext buttontext buttonface \
        buttonborder highlight highlighttext field fieldtext graytext mark marktext selecteditem selecteditemtext \
        accentcolor accentcolortext";
    const FUNCTIONS: [&str; 10] =
        ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color("];
    let values = rules.split(['{', ';', '}']).filter_map(|rule| rule.split_once(':')).map(|(_, value)| value);
    values
        .flat_map(|value| value.split([' ', ',', ':']))
        .map(str::to_lowercase)
        .filter(|word| {
            word.starts_with('#')
                || NAMES.split_whitespace().any(|name| name == word)
                || FUNCTIONS.iter().any(|function| word.starts_with(function))
        })
        .collect()
}
