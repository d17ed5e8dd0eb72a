//! Style sheets: which files a sheet is made of, and the least it takes to say them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{error, fs, io};

/// Who reads a page decides how much style it carries.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// A survey on an old phone, paid by the megabyte.
    Citizen,
    /// Officers' pages, kiosks, posters, public results.
    Console,
}

/// The parts that survey pages are made of; the console takes all.
const CITIZEN_PARTS: [&str; 6] = ["button", "details", "face", "field", "frame", "notice"];

/// Reads, checks, joins and minifies the files of one sheet.
pub fn bundle(style: &Path, audience: Audience) -> Result<String, Box<dyn error::Error>> {
    let mut sheet = minify(&fs::read_to_string(style.join("main.css"))?);
    for (path, layer) in files(style, audience)? {
        let rules = minify(&fs::read_to_string(&path)?);
        let opening = format!("@layer {layer}{{");
        if !rules.starts_with(&opening) {
            return Err(format!(
                "{}: begin with `@layer {layer} {{`, the layer of its place",
                path.display()
            )
            .into());
        }
        sheet.push_str(&rules);
    }
    Ok(sheet)
}

/// The files of a sheet in their order, each with the layer it must stand in.
fn files(style: &Path, audience: Audience) -> io::Result<Vec<(PathBuf, &'static str)>> {
    let parts = folder(&style.join("parts"))?.into_iter().filter(|path| {
        audience == Audience::Console
            || CITIZEN_PARTS.iter().any(|part| path.file_stem() == Some(OsStr::new(part)))
    });
    let pages = folder(&style.join("pages"))?
        .into_iter()
        .filter(|path| stem(path).starts_with("survey") == (audience == Audience::Citizen));
    let mut files = vec![(style.join("tokens.css"), "tokens"), (style.join("base.css"), "base")];
    files.extend(parts.map(|path| (path, "parts")));
    files.extend(pages.map(|path| (path, "pages")));
    files.push((style.join("print.css"), "print"));
    Ok(files)
}

/// A folder's sheets by name, additions (`…-more`) after what they add to.
fn folder(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = fs::read_dir(path)?
        .map(|entry| entry.map(|entry| entry.path()))
        .filter(|path| {
            path.as_ref().is_ok_and(|path| path.extension() == Some(OsStr::new("css"))) || path.is_err()
        })
        .collect::<io::Result<Vec<_>>>()?;
    files.sort_by_key(|path| (stem(path).ends_with("-more"), stem(path)));
    Ok(files)
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Drops comments and the white space that means nothing; strings stay as they are.
pub fn minify(css: &str) -> String {
    let mut small = String::with_capacity(css.len());
    let mut rest = css;
    let mut gap = false;
    while let Some(next) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            gap = true;
        } else if next.is_whitespace() {
            rest = rest.trim_start();
            gap = true;
        } else if next == '"' || next == '\'' {
            join(&mut small, gap, next);
            let end = closing(rest, next);
            small.push_str(&rest[..end]);
            rest = &rest[end..];
            gap = false;
        } else {
            join(&mut small, gap, next);
            if next == '}' && small.ends_with(';') {
                small.pop();
            }
            small.push(next);
            rest = &rest[next.len_utf8()..];
            gap = false;
        }
    }
    small
}

/// Keeps one space where the gap divides words. One stays before `:` (a descendant's pseudo-class) and
/// around `+` (a sum), where it may mean something.
fn join(small: &mut String, gap: bool, next: char) {
    let closed = small.ends_with(['{', '}', ';', ',', ':', '>']) || small.is_empty();
    if gap && !closed && !matches!(next, '{' | '}' | ';' | ',' | '>' | '!') {
        small.push(' ');
    }
}

/// Where the string ends that begins the text.
fn closing(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (index, sign) in text.char_indices().skip(1) {
        if sign == quote && !escaped {
            return index + quote.len_utf8();
        }
        escaped = sign == '\\' && !escaped;
    }
    text.len()
}
