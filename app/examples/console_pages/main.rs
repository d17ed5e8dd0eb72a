//! Writes every page of the console, in its states and languages, into a folder:
//! `cargo run -p app --features ssr --example console_pages -- FOLDER`. Put `style.css` beside them
//! and serve the folder to look.

mod admin;
mod analysis;
mod beside;
mod certainty;
mod desk;
mod devices;
mod find;
mod pages;
mod provinces;
mod registry;
mod releases;
mod samples;

use app::console::{SheetSize, poster_svg};
use domain::language::Language;
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "console-pages".into()));
    std::fs::create_dir_all(&folder)?;
    for language in [Language::Vi, Language::En] {
        for (name, html) in pages::all(language) {
            std::fs::write(folder.join(format!("{name}.{}.html", language.code())), html)?;
        }
    }
    for size in SheetSize::ALL {
        let svg = poster_svg(&pages::poster(size));
        std::fs::write(folder.join(format!("poster-{}.svg", size.code())), svg)?;
    }
    Ok(())
}
