//! The shelf: files named by their content, in three encodings, and the table that lists them.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{array, fs};

use sha2::{Digest, Sha256};

/// Where finished files are collected.
pub struct Shelf {
    out: PathBuf,
    /// A release is pressed as small as it gets; while one develops, time counts more than bytes.
    release: bool,
    names: String,
    rows: String,
}

impl Shelf {
    /// An empty shelf in the build's output folder.
    pub fn open(out: &Path, release: bool) -> io::Result<Self> {
        let files = out.join("assets");
        if files.exists() {
            fs::remove_dir_all(&files)?;
        }
        fs::create_dir_all(&files)?;
        Ok(Self { out: out.to_owned(), release, names: String::new(), rows: String::new() })
    }

    /// Puts a file on the shelf and returns its URL.
    pub fn put(&mut self, file: &str, content: &[u8]) -> Result<String, Box<dyn Error>> {
        let (stem, extension) =
            file.rsplit_once('.').ok_or("a file without an extension has no media type")?;
        let named = format!("{stem}.{}.{extension}", digest(content));
        let base = self.out.join("assets").join(&named);
        fs::write(&base, content)?;
        fs::write(base.with_added_extension("gz"), gzip(content)?)?;
        fs::write(base.with_added_extension("br"), brotli(content, if self.release { 11 } else { 5 })?)?;
        let path = format!("/assets/{named}");
        writeln!(
            self.rows,
            "    super::Asset {{ path: \"{path}\", mime: \"{}\", identity: include_bytes!(r#\"{}\"#), \
             gzip: include_bytes!(r#\"{}\"#), brotli: include_bytes!(r#\"{}\"#) }},",
            mime(extension)?,
            base.display(),
            base.with_added_extension("gz").display(),
            base.with_added_extension("br").display(),
        )?;
        Ok(path)
    }

    /// Puts a file on the shelf under a name the library knows.
    pub fn name(&mut self, name: &str, file: &str, content: &[u8]) -> Result<(), Box<dyn Error>> {
        let path = self.put(file, content)?;
        writeln!(self.names, "pub const {name}: &str = \"{path}\";")?;
        Ok(())
    }

    /// Puts a file on the shelf that a build may lack.
    pub fn name_some(&mut self, name: &str, file: &str, content: &[u8]) -> Result<(), Box<dyn Error>> {
        let path = self.put(file, content)?;
        writeln!(self.names, "pub const {name}: Option<&str> = Some(\"{path}\");")?;
        Ok(())
    }

    /// Says that this build lacks a file.
    pub fn name_none(&mut self, name: &str) {
        self.names.push_str("pub const ");
        self.names.push_str(name);
        self.names.push_str(": Option<&str> = None;\n");
    }

    /// Writes the table that the library includes.
    pub fn write_table(self) -> io::Result<()> {
        let table = format!("{}pub static ASSETS: &[super::Asset] = &[\n{}];\n", self.names, self.rows);
        fs::write(self.out.join("assets.rs"), table)
    }
}

/// Sixteen hexadecimal digits of the content's SHA-256: enough that no two versions meet.
fn digest(content: &[u8]) -> String {
    let full = Sha256::digest(content);
    let first: [u8; 8] = array::from_fn(|index| full[index]);
    format!("{:016x}", u64::from_be_bytes(first))
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut press = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    press.write_all(content)?;
    press.finish()
}

fn brotli(content: &[u8], quality: i32) -> io::Result<Vec<u8>> {
    let mut pressed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
    brotli::BrotliCompress(&mut &*content, &mut pressed, &settings)?;
    Ok(pressed)
}

fn mime(extension: &str) -> Result<&'static str, String> {
    match extension {
        "css" => Ok("text/css; charset=utf-8"),
        "js" => Ok("text/javascript; charset=utf-8"),
        "svg" => Ok("image/svg+xml"),
        "wasm" => Ok("application/wasm"),
        other => Err(format!("no media type is known for .{other}")),
    }
}
