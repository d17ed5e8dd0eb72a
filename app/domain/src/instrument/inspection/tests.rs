mod property;

use crate::instrument::{Instrument, POST_SERVICE, Rule};
use crate::survey::Variant;
use crate::tally::layout::items_of;
use serde_json::{Value, json};

/// The faults of the built-in file after a change.
fn faults_after(change: impl FnOnce(&mut Value)) -> Vec<(String, Rule)> {
    let mut file: Value = serde_json::from_str(POST_SERVICE).unwrap();
    change(&mut file);
    let faults = Instrument::read(&file.to_string()).expect_err("the change breaks a rule");
    faults.into_iter().map(|fault| (fault.path, fault.rule)).collect()
}

fn set(pointer: &str, value: Value) -> impl FnOnce(&mut Value) {
    move |file| *file.pointer_mut(pointer).expect("the place exists") = value
}

#[test]
fn the_built_in_question_set_keeps_every_rule() {
    let instrument = Instrument::read(POST_SERVICE).expect("no faults");
    assert_eq!(items_of(&instrument).count(), 19);
    let official: Vec<u32> = items_of(&instrument).filter_map(|item| item.official).collect();
    assert_eq!(official, (24..=39).collect::<Vec<_>>());
    assert_eq!(items_of(&instrument).filter(|item| item.core).count(), 13);
    assert_eq!(instrument.pages_of(Variant::Full).len(), 8);
    assert_eq!(instrument.pages_of(Variant::Short).len(), 3);
    assert_eq!(instrument.headline, "composite");
}

/// Texts without a translation, by their places.
fn walk(path: &str, value: &Value, missing: &mut Vec<String>) {
    match value {
        Value::Object(map) if map.contains_key("vi") => {
            let is_inner = path.ends_with("/label") || path.ends_with("/note");
            if !map.contains_key("en") || (!is_inner && !map.contains_key("km")) {
                missing.push(path.to_owned());
            }
        }
        Value::Object(map) => map.iter().for_each(|(k, v)| walk(&format!("{path}/{k}"), v, missing)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, v)| walk(&format!("{path}/{i}"), v, missing));
        }
        _ => {}
    }
}

#[test]
fn every_text_of_the_built_in_set_exists_in_three_languages() {
    let file: Value = serde_json::from_str(POST_SERVICE).unwrap();
    let mut missing = Vec::new();
    walk("", &file, &mut missing);
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn what_is_no_instrument_is_refused_in_one_sentence() {
    let faults = Instrument::read("{\"code\": 5}").expect_err("no instrument");
    assert_eq!(faults.len(), 1);
    assert!(faults[0].to_string().starts_with("this is not the file of an instrument: "));
}

#[test]
fn a_fault_names_its_place() {
    let faults = faults_after(set("/contents/0/factors/2/items/1/code", json!("SB 2")));
    let place = "contents[0].factors[2].items[1].code";
    assert!(faults.contains(&(place.into(), Rule::Code("SB 2".into()))), "{faults:?}");
}

#[test]
fn codes_are_short_plain_and_begin_with_a_letter() {
    for code in ["1A", "", "A_B", "ABCDEFGHIJKLMNOPQ", "Á"] {
        let faults = faults_after(set("/questions/5/code", json!(code)));
        assert!(faults.contains(&("questions[5].code".into(), Rule::Code(code.into()))), "{code}");
    }
}

#[test]
fn names_of_the_form_itself_cannot_be_codes() {
    for code in ["token", "step", "go", "lang", "overall", "website", "layout"] {
        let faults = faults_after(set("/questions/5/code", json!(code)));
        assert!(faults.contains(&("questions[5].code".into(), Rule::Reserved(code.into()))), "{code}");
    }
}

#[test]
fn a_code_stands_once_over_items_and_questions() {
    let faults = faults_after(set("/questions/5/code", json!("SA1")));
    assert!(faults.contains(&("questions[5].code".into(), Rule::Twice("SA1".into()))));
}

#[test]
fn every_text_has_vietnamese_and_no_empty_translation() {
    let faults = faults_after(set("/questions/0/text/vi", json!(" ")));
    assert_eq!(faults, [("questions[0].text".into(), Rule::Vietnamese)]);
    let faults = faults_after(set("/questions/0/text/km", json!("")));
    assert_eq!(faults, [("questions[0].text.km".into(), Rule::Empty)]);
}

#[test]
fn pages_name_what_exists() {
    let faults = faults_after(set("/pages/2/asks/0", json!("SA9")));
    assert!(faults.contains(&("pages[2].asks[0]".into(), Rule::Unknown("SA9".into()))));
    assert!(faults.contains(&("variants.full".into(), Rule::OnNoPage("SA1".into()))));
}

#[test]
fn nothing_is_asked_on_two_pages() {
    let faults = faults_after(set("/pages/3/asks", json!(["OA1", "OA2", "OA3", "SA1"])));
    assert_eq!(faults, [("pages[3].asks[3]".into(), Rule::OnTwoPages("SA1".into()))]);
}

#[test]
fn a_short_form_must_show_what_it_asks() {
    let faults = faults_after(set("/variants/short/pages/2/asks", json!(["SA3", "SB4", "SC2", "comment"])));
    assert_eq!(faults, [("variants.short".into(), Rule::OnNoPage("SD3".into()))]);
    let faults = faults_after(set("/variants/short/items/0", json!("SA9")));
    assert_eq!(faults, [("variants.short.items[0]".into(), Rule::Unknown("SA9".into()))]);
}

#[test]
fn conditions_depend_on_answers_that_exist_and_come_first() {
    let place = "/contents/0/factors/5/items/1/only_if";
    let at = "contents[0].factors[5].items[1].only_if";
    let faults = faults_after(set(place, json!(["nobody", "yes"])));
    assert!(faults.contains(&(at.into(), Rule::Unknown("nobody".into()))));
    let faults = faults_after(set(place, json!(["complained", "maybe"])));
    let rule = Rule::NoSuchAnswer { code: "complained".into(), value: "maybe".into() };
    assert_eq!(faults, [(at.into(), rule)]);
}

#[test]
fn conditions_are_known_in_time_and_do_not_stand_on_conditions() {
    let late = faults_after(|file| {
        file["questions"][0]["only_if"] = json!(["complained", ["yes"]]);
    });
    assert!(late.contains(&("pages[0].asks[0]".into(), Rule::AskedLater("complained".into()))));
    let nested = Rule::Nested("kind".into());
    assert!(late.iter().any(|(path, rule)| path == "questions[9].only_if" && *rule == nested), "{late:?}");
}

#[test]
fn the_answers_that_decide_the_route_are_fixed() {
    let faults = faults_after(set("/questions/2/options/0/value", json!("finished")));
    assert!(
        matches!(&faults[..], [(path, Rule::FixedAnswers { .. })] if path == "questions[2].options[0].value")
    );
    let faults = faults_after(set("/questions/1/options/3/value", json!("pigeon")));
    assert!(matches!(&faults[..], [(_, Rule::FixedAnswers { .. })]));
}

#[test]
fn weights_are_positive_numbers_of_factors_that_everyone_answers() {
    let weights = "/definitions/composite/weights";
    let faults = faults_after(set(weights, json!({"SA": 0})));
    assert_eq!(faults, [("definitions.composite.weights.SA".into(), Rule::Weight)]);
    let faults = faults_after(set(weights, json!({"SX": 1})));
    assert_eq!(faults, [("definitions.composite.weights.SX".into(), Rule::Unknown("SX".into()))]);
    let faults = faults_after(set(weights, json!({"SE": 3})));
    assert_eq!(faults, [("definitions.composite.weights.SE".into(), Rule::BranchInIndex("SE".into()))]);
    let faults = faults_after(set(weights, json!({})));
    assert_eq!(faults, [("definitions.composite.weights".into(), Rule::NoWeights)]);
}

#[test]
fn the_headline_is_one_of_the_definitions() {
    let faults = faults_after(set("/headline", json!("best")));
    assert_eq!(faults, [("headline".into(), Rule::Unknown("best".into()))]);
}

#[test]
fn no_question_set_is_larger_than_a_form_can_be() {
    let words = json!({"vi": "x"});
    let faults = faults_after(|file| {
        let option = |i: usize| json!({"value": format!("v{i}"), "text": {"vi": "x"}});
        file["questions"][5]["options"] = (0..21).map(option).collect();
    });
    assert!(
        faults.contains(&(
            "questions[5].options".into(),
            Rule::TooMany { what: "answers", found: 21, most: 20 }
        ))
    );
    let faults = faults_after(|file| {
        let item =
            |i: usize| json!({"code": format!("X{i}"), "text": words, "about": "deciding", "routes": []});
        file["contents"][0]["factors"][0]["items"] = (0..101).map(item).collect();
    });
    assert!(faults.iter().any(|(_, rule)| matches!(rule, Rule::TooMany { what: "items", .. })));
    let faults = faults_after(|file| {
        let question = |i: usize| json!({"code": format!("Q{i}"), "purpose": "text", "text": {"vi": "x"}});
        file["questions"] = (0..61).map(question).collect();
    });
    assert!(
        faults.iter().any(|(_, rule)| matches!(rule, Rule::TooMany { what: "questions", found: 61, .. }))
    );
}

#[test]
fn a_question_offers_answers() {
    let faults = faults_after(set("/questions/5/options", json!([])));
    assert_eq!(faults, [("questions[5].options".into(), Rule::NoAnswers)]);
}
