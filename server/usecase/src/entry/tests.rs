use super::*;
use crate::keys::{Keys, Purpose};
use domain::instrument::{Instrument, POST_SERVICE};
use domain::survey::{Mode, Trust, Variant};
use proptest::prelude::*;
use serde_json::{Value, json};

fn post_service() -> QuestionSet {
    QuestionSet::new(Instrument::read(POST_SERVICE).unwrap())
}

/// The shape of the household form: 16 items and 23 on policies, nine factors in two contents.
fn household() -> QuestionSet {
    let mut file: Value = serde_json::from_str(POST_SERVICE).unwrap();
    let factor = |(code, items): (&str, usize)| {
        let item = |i: usize| {
            json!({"code": format!("{code}{i}"), "text": {"vi": "?"}, "about": "deciding", "core": true,
                "routes": ["done-in-person"]})
        };
        json!({"code": code, "name": {"vi": code}, "items": (1..=items).map(item).collect::<Vec<_>>()})
    };
    let factors: Vec<Value> = [("PA", 2), ("PB", 2), ("PC", 9), ("PD", 10)].map(factor).into();
    let content = json!({"code": "P", "name": {"vi": "P"}, "factors": factors});
    file["contents"].as_array_mut().unwrap().insert(0, content);
    QuestionSet::new(serde_json::from_value(file).unwrap())
}

fn blank(questions: &QuestionSet) -> Kept {
    Kept {
        deciding: UnitId::from_bytes([1; 16]),
        receiving: UnitId::from_bytes([2; 16]),
        touchpoint: None,
        import: None,
        month: None,
        helper: None,
        mode: Mode::Poster,
        trust: Trust::Open,
        variant: Variant::Full,
        route: Route::DoneInPerson,
        flag: Flag::None,
        field: String::new(),
        overall: Answer::Level(4),
        items: vec![Answer::Level(5); items_of(&questions.instrument).count()],
        choices: vec![None; questions.instrument.questions.len()],
    }
}

fn choose(kept: &mut Kept, questions: &QuestionSet, question: &str, value: &str) {
    let at = questions.instrument.questions.iter().position(|q| q.code == question).unwrap();
    let option = questions.instrument.questions[at].options.iter().position(|o| o.value == value).unwrap();
    kept.choices[at] = u8::try_from(option).ok();
}

fn october() -> Month {
    Month::new(2026, 10).unwrap()
}

fn band(kept: &Kept, questions: &QuestionSet, family: Family) -> String {
    Entry::of(kept, october(), 7, questions).bands.code(family, &questions.instrument)
}

#[test]
fn every_family_knows_its_bands() {
    let questions = post_service();
    let mut kept = blank(&questions);
    choose(&mut kept, &questions, "stage", "refused");
    choose(&mut kept, &questions, "kind", "business");
    choose(&mut kept, &questions, "size", "10-49");
    choose(&mut kept, &questions, "complained", "yes");
    kept.field = "land".into();
    let bands: Vec<String> = Family::ALL.iter().map(|family| band(&kept, &questions, *family)).collect();
    let counter = "02".repeat(16);
    let expected =
        ["refused", "yes", "land", "business:10-49", "none", NOT_ASKED, NOT_ASKED, NOT_ASKED, NOT_ASKED];
    assert_eq!(bands[..9], expected);
    assert_eq!(bands[9..], [NOT_ASKED, counter.as_str()]);
}

#[test]
fn declined_blank_and_not_asked_are_three_bands() {
    let questions = post_service();
    let mut kept = blank(&questions);
    choose(&mut kept, &questions, "kind", "self");
    assert_eq!(band(&kept, &questions, Family::Sex), BLANK);
    assert_eq!(band(&kept, &questions, Family::Field), BLANK);
    choose(&mut kept, &questions, "sex", "rather-not");
    assert_eq!(band(&kept, &questions, Family::Sex), "rather-not");
    choose(&mut kept, &questions, "field", "forgotten");
    assert_eq!(band(&kept, &questions, Family::Field), "forgotten");
    choose(&mut kept, &questions, "kind", "business");
    assert_eq!(band(&kept, &questions, Family::Who), format!("business:{BLANK}"));
    let mut asked = blank(&questions);
    asked.variant = Variant::Short;
    assert_eq!(band(&asked, &questions, Family::Complained), NOT_ASKED);
}

#[test]
fn somebody_who_waits_has_no_result() {
    let questions = post_service();
    let mut kept = blank(&questions);
    kept.route = Route::NotDone;
    choose(&mut kept, &questions, "stage", "waiting");
    assert_eq!(band(&kept, &questions, Family::Result), NOT_ASKED);
    assert_eq!(band(&kept, &questions, Family::Complained), NOT_ASKED);
}

#[test]
fn the_complaint_branch_stands_in_the_list_and_partial_answers_count_overall_only() {
    let questions = post_service();
    let mut kept = blank(&questions);
    let at = items_of(&questions.instrument).position(|item| item.code == "SE3").unwrap();
    kept.items[at] = Answer::Level(2);
    let entry = Entry::of(&kept, october(), 7, &questions);
    assert_eq!(entry.row().listed, [Answer::Level(5), Answer::Level(2)]);
    assert_eq!(entry.row().atoms.iter().map(|a| a.1).sum::<i64>(), 17);
    kept.route = Route::Partial;
    let entry = Entry::of(&kept, october(), 7, &questions);
    assert_eq!(entry.row().overall, Answer::Level(4));
    assert!(entry.row().atoms.iter().all(|atom| *atom == (0, 0)));
}

#[test]
fn a_sealed_entry_is_as_long_as_the_database_wants() {
    let questions = household();
    let record = Entry::of(&blank(&questions), october(), 7, &questions).encode(&questions.part).unwrap();
    let chance = crate::chance::Chance::seeded([1; 32]);
    let sealed = Keys::from_secret(&[7; 32]).seal(Purpose::Box, &record, b"CM", &chance);
    assert_eq!(sealed.len(), store::fold::ENTRY);
}

#[test]
fn the_largest_forms_fit_and_an_absurd_one_is_refused_and_not_cut_short() {
    assert!(fits(&post_service().part) && fits(&household().part));
    let questions = household();
    let mut layout = questions.part.clone();
    layout.atoms = vec![vec![0]; 300];
    assert!(!fits(&layout));
    let mut entry = Entry::of(&blank(&questions), october(), 7, &questions);
    entry.row.atoms = vec![(1, 1); 300];
    entry.row.nodes = entry.row.nodes.iter().map(|node| (node.0, node.1.min(31))).collect();
    assert_eq!(entry.encode(&layout), Err(RecordError::TooMany));
}

fn kept(questions: &QuestionSet) -> impl Strategy<Value = Kept> + use<> {
    let items = prop::collection::vec((0u8..8).prop_map(|b| Answer::from_byte(b).unwrap()), 45);
    let choices = prop::collection::vec(prop::option::of(0u8..3), questions.instrument.questions.len());
    let words = (any::<[u8; 16]>(), 0usize..7, 0usize..6, "[a-z-]{0,16}");
    let base = blank(questions);
    (items, choices, words).prop_map(move |(items, choices, words)| Kept {
        receiving: UnitId::from_bytes(words.0),
        flag: Flag::ALL[words.1],
        route: Route::ALL[words.2],
        field: words.3,
        overall: items[0],
        items: items[..base.items.len()].to_vec(),
        choices,
        ..base.clone()
    })
}

proptest! {
    #[test]
    fn every_entry_comes_back_from_its_record(kept in kept(&household())) {
        let questions = household();
        let mut entry = Entry::of(&kept, october(), 70_000, &questions);
        entry.raised = Raised { tag: [9; 8], cut: 80_000, parts: [255; Family::ALL.len()] };
        let record = entry.encode(&questions.part).unwrap();
        prop_assert_eq!(Entry::decode(&record, &questions.part).unwrap(), entry);
    }

    #[test]
    fn sums_are_those_of_the_answers(kept in kept(&household())) {
        let questions = household();
        prop_assume!(kept.route != Route::Partial);
        let entry = Entry::of(&kept, october(), 1, &questions);
        let by_code = |code: &str| {
            let at = items_of(&questions.instrument).position(|item| item.code == code).unwrap();
            kept.items[at]
        };
        let items: Vec<Answer> = questions.part.items.iter().map(|code| by_code(code)).collect();
        let row = Row::new(&questions.part, kept.overall, &items, Vec::new());
        prop_assert_eq!(entry.row(), &row);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..200), fix in any::<bool>()) {
        let questions = post_service();
        if fix {
            bytes.resize(ENTRY, 0);
            bytes[..3].copy_from_slice(&[VERSION, 3, 0]);
            bytes[13..16].copy_from_slice(&202_610u32.to_le_bytes()[..3]);
            bytes[52..].fill(0);
        }
        if let Ok(entry) = Entry::decode(&bytes, &questions.part) {
            for family in Family::ALL {
                drop(entry.bands.code(*family, &questions.instrument));
            }
        }
    }
}
