//! The day that the program sees: real service folds by the calendar, and a test cannot wait for a month.
//!
//! The product has no option that would move its clock, and must not have one: whoever could hurry a fold
//! could learn who is in it. So the machine tells the program another time, as a machine that has been
//! left running would.

use std::path::PathBuf;

/// The environment under which a program sees this time (UTC, `2026-10-12 01:00:00`), going on from there.
///
/// # Panics
/// Says what to install when the library that does it is not there.
#[must_use]
pub fn showing(time: &str) -> Vec<(String, String)> {
    let library = library().expect("libfaketime: install it with apt-get install faketime");
    [
        ("LD_PRELOAD", library.display().to_string()),
        ("FAKETIME", format!("@{time}")),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
        ("TZ", "UTC".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

/// The variant for programs with several threads, wherever this machine's libraries are.
fn library() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").ok()?;
    let inside = |folder: PathBuf| folder.join("faketime/libfaketimeMT.so.1");
    folders.filter_map(Result::ok).map(|entry| inside(entry.path())).find(|file| file.exists())
}
