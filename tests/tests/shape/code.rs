//! Rules over Rust files.

use tests::source::{Source, files};

const LONGEST: usize = 400;
const ROOMS: [&str; 2] = ["app", "server"];
const BANNED_NAMES: [&str; 6] = ["mod", "utils", "helpers", "common", "manager", "types"];
/// The one file that asks the machine what time it is.
const CLOCK: &str = "server/src/clock.rs";

fn rust() -> Vec<Source> {
    let rooms = ["app", "server", "tests"];
    let found: Vec<Source> = rooms.iter().flat_map(|room| files(room, &[".rs"])).collect();
    assert!(found.len() > 20, "the walk over the repository found {} Rust files", found.len());
    found
}

fn shipped() -> Vec<Source> {
    let found: Vec<Source> = ROOMS.iter().flat_map(|room| files(room, &[".rs"])).collect();
    found.into_iter().filter(|file| !file.is_test()).collect()
}

fn wrong_size(file: &Source) -> Option<String> {
    let lines = file.text.lines().count();
    let exempt = file.path.starts_with("app/src/i18n/");
    (lines > LONGEST && !exempt).then(|| format!("{}: {lines} lines", file.path))
}

fn wrong_name(file: &Source) -> Option<String> {
    let mut parts = file.path.split('/').map(|part| part.trim_end_matches(".rs"));
    parts.find(|part| BANNED_NAMES.contains(part)).map(|part| format!("{}: '{part}'", file.path))
}

/// Every place where these tokens stand one after the other.
fn places(file: &Source, wanted: &[&str]) -> Vec<String> {
    let tokens = file.shipped_tokens();
    let hits = tokens
        .windows(wanted.len())
        .filter(|window| window.iter().zip(wanted).all(|(one, want)| one.0 == *want));
    hits.map(|window| format!("{}:{}: {}", file.path, window[0].1, wanted.concat())).collect()
}

fn panics(file: &Source) -> Vec<String> {
    let wanted: [&[&str]; 3] =
        [&[".", "unwrap", "(", ")"], &[".", "expect", "("], &[".", "unwrap_err", "(", ")"]];
    wanted.iter().flat_map(|tokens| places(file, tokens)).collect()
}

fn clock_reads(file: &Source) -> Vec<String> {
    let wanted: [&[&str]; 4] =
        [&["now_utc"], &["now_local"], &["SystemTime", ":", ":", "now"], &["Instant", ":", ":", "now"]];
    if file.path == CLOCK {
        Vec::new()
    } else {
        wanted.iter().flat_map(|tokens| places(file, tokens)).collect()
    }
}

fn strangers(file: &Source) -> Vec<String> {
    let (in_store, in_server) =
        (file.path.starts_with("server/store/"), file.path.starts_with("server/src/"));
    let mut found = Vec::new();
    if !in_store {
        found.extend(places(file, &["sqlx"]));
    }
    if !in_server {
        found.extend(places(file, &["axum"]));
    }
    found
}

fn made_up(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn files_fit_on_ten_screens() {
    super::nothing("a file over 400 lines", &rust().iter().filter_map(wrong_size).collect::<Vec<_>>());
}

#[test]
fn files_are_named_after_what_they_hold() {
    super::nothing(
        "a file name that says nothing",
        &rust().iter().filter_map(wrong_name).collect::<Vec<_>>(),
    );
}

#[test]
fn nothing_that_ships_unwraps() {
    super::nothing("a panic outside tests", &shipped().iter().flat_map(panics).collect::<Vec<_>>());
}

#[test]
fn only_the_clock_asks_for_the_time() {
    super::nothing("the time is an argument", &shipped().iter().flat_map(clock_reads).collect::<Vec<_>>());
}

#[test]
fn only_store_speaks_sql_and_only_server_sees_requests() {
    super::nothing("a stranger in the room", &shipped().iter().flat_map(strangers).collect::<Vec<_>>());
}

#[test]
fn long_files_and_empty_names_are_found() {
    let long = "\n".repeat(LONGEST + 1);
    assert!(wrong_size(&made_up("server/src/a.rs", &long)).is_some());
    assert!(wrong_size(&made_up("app/src/i18n/vi.rs", &long)).is_none());
    assert!(wrong_size(&made_up("server/src/a.rs", &"\n".repeat(LONGEST))).is_none());
    assert!(wrong_name(&made_up("server/src/utils/time.rs", "")).is_some());
    assert!(wrong_name(&made_up("server/src/http/mod.rs", "")).is_some());
    assert!(wrong_name(&made_up("server/src/router.rs", "")).is_none());
}

#[test]
fn an_unwrap_is_found_in_macros_too_but_not_in_tests_and_docs() {
    let text = "/// `x.unwrap()`\nfn a() { view! { <p>{x.unwrap()}</p> } }\n#[cfg(test)]\nmod tests { fn b() { y.unwrap() } }\n";
    assert_eq!(panics(&made_up("app/src/a.rs", text)), ["app/src/a.rs:2: .unwrap()"]);
    let text = "#[expect(dead_code)]\nfn a() { x.expect(\"y\") }\nfn b() { x.unwrap_or(1) }";
    assert_eq!(panics(&made_up("app/src/a.rs", text)), ["app/src/a.rs:2: .expect("]);
}

#[test]
fn a_second_clock_is_found() {
    let text = "fn a() { OffsetDateTime::now_utc(); std::time::Instant::now(); SystemTime::now() }";
    assert_eq!(clock_reads(&made_up("server/src/http.rs", text)).len(), 3);
    assert_eq!(clock_reads(&made_up(CLOCK, text)).len(), 0);
}

#[test]
fn a_stranger_is_found() {
    let text = "use sqlx::query;\nuse axum::Router;";
    assert_eq!(strangers(&made_up("server/usecase/src/a.rs", text)).len(), 2);
    assert_eq!(strangers(&made_up("server/store/src/a.rs", text)), ["server/store/src/a.rs:2: axum"]);
    assert_eq!(strangers(&made_up("server/src/a.rs", text)), ["server/src/a.rs:1: sqlx"]);
}
