//! Makes what a browser fetches: two style sheets, the icons, the islands. Each file is named by its
//! content, pressed with brotli and gzip, and embedded in the library.

mod browser;
mod sheet;
mod shelf;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use shelf::Shelf;

fn main() {
    if let Err(error) = build() {
        for line in error.to_string().lines() {
            println!("cargo::error={line}");
        }
    }
}

/// Fills the shelf and writes the table that the library includes.
fn build() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=HAILONG_BUNDLE");
    let root = root()?;
    let release = env::var("PROFILE")? == "release";
    let mut shelf = Shelf::open(Path::new(&env::var("OUT_DIR")?), release)?;
    put_sheets(&root, &mut shelf)?;
    put_public(&root, &mut shelf)?;
    put_kiosk(&root, &mut shelf)?;
    match env::var("HAILONG_BUNDLE").as_deref() {
        Ok("skip") if release => {
            return Err(
                "HAILONG_BUNDLE=skip leaves the console without its islands: not for a release".into()
            );
        }
        Ok("skip") => shelf.name_none("START_JS"),
        Ok(other) if !other.is_empty() => {
            return Err(
                format!("HAILONG_BUNDLE={other} is not understood: leave it unset, or say `skip`").into()
            );
        }
        _ => browser::put_islands(&root, release, &mut shelf)?,
    }
    shelf.write_table()?;
    Ok(())
}

/// The workspace's root: two steps above this package.
fn root() -> Result<PathBuf, Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    Ok(package.ancestors().nth(2).ok_or("server/site has left the workspace")?.to_owned())
}

fn put_sheets(root: &Path, shelf: &mut Shelf) -> Result<(), Box<dyn Error>> {
    let style = root.join("style");
    println!("cargo::rerun-if-changed={}", style.display());
    shelf.name("CITIZEN_CSS", "citizen.css", sheet::bundle(&style, sheet::Audience::Citizen)?.as_bytes())?;
    shelf.name("CONSOLE_CSS", "console.css", sheet::bundle(&style, sheet::Audience::Console)?.as_bytes())?;
    Ok(())
}

fn put_public(root: &Path, shelf: &mut Shelf) -> Result<(), Box<dyn Error>> {
    let public = root.join("app/public");
    println!("cargo::rerun-if-changed={}", public.display());
    shelf.name("ICON", "mark.svg", &fs::read(public.join("mark.svg"))?)?;
    shelf.name("PAPER_JS", "paper.js", &fs::read(public.join("paper.js"))?)?;
    Ok(())
}

/// The files of the kiosk's script, in the order in which they stand in it: each speaks of what is above it.
const KIOSK: [&str; 8] = ["box", "keys", "queue", "wire", "screen", "taps", "staff", "start"];

/// One module, so that a tablet that loses its network in between never has half of it.
fn put_kiosk(root: &Path, shelf: &mut Shelf) -> Result<(), Box<dyn Error>> {
    let folder = root.join("app/src/kiosk");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut script = String::new();
    for file in KIOSK {
        script.push_str(&fs::read_to_string(folder.join(file).with_extension("js"))?);
    }
    shelf.name("KIOSK_JS", "kiosk.js", script.as_bytes())?;
    Ok(())
}
