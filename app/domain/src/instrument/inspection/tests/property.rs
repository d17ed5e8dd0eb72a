//! Files by chance: the built-in one with some of its parts replaced, taken out, or put elsewhere.

use crate::instrument::{Instrument, POST_SERVICE};
use crate::survey::{Route, Variant};
use crate::tally::Layout;
use crate::tally::layout::{is_asked, items_of};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

static FILE: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(POST_SERVICE).unwrap());
static PLACES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut places = Vec::new();
    walk("", &FILE, &mut places);
    places
});

fn walk(path: &str, value: &Value, places: &mut Vec<String>) {
    places.push(path.to_owned());
    match value {
        Value::Object(map) => map.iter().for_each(|(key, v)| walk(&format!("{path}/{key}"), v, places)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, v)| walk(&format!("{path}/{i}"), v, places));
        }
        _ => {}
    }
}

/// What is put in some place: a stranger, or another part of the file.
fn parts() -> impl Strategy<Value = Value> {
    let strangers = vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1e308),
        json!(u64::MAX),
        json!(""),
        json!("SA1"),
        json!("overall"),
        json!("\u{0}"),
        json!([]),
        json!({}),
        json!({ "vi": "x" }),
    ];
    prop_oneof![
        2 => prop::sample::select(strangers),
        1 => "\\PC{0,20}".prop_map(Value::from),
        2 => prop::sample::select(PLACES.as_slice()).prop_map(|place| FILE.pointer(&place).unwrap().clone()),
    ]
}

proptest! {
    #[test]
    fn no_file_makes_the_inspection_panic(
        edits in prop::collection::vec((prop::sample::select(PLACES.as_slice()), parts()), 1..5)
    ) {
        let mut file = FILE.clone();
        for (place, part) in edits {
            // An edit before may have taken the place away.
            if let Some(found) = file.pointer_mut(&place) {
                *found = part;
            }
        }
        // What is accepted must also be fit for use.
        if let Ok(instrument) = Instrument::read(&file.to_string()) {
            drop((Layout::base(&instrument), Layout::part(&instrument)));
            for variant in Variant::ALL {
                let _ = instrument.pages_of(*variant).len();
                for item in items_of(&instrument) {
                    let _ = is_asked(&instrument, *variant, Route::Imported, true, item);
                }
            }
        }
    }

    #[test]
    fn no_bytes_make_it_panic(text in "[\\[\\]{}\",:0-9a-z\u{feff}]{0,80}|\\PC{0,80}") {
        drop(Instrument::read(&text));
    }
}
