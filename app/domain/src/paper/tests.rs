use super::*;
use crate::instrument::{Instrument, POST_SERVICE};
use crate::submission::FieldChoice;

fn instrument() -> Instrument {
    Instrument::read(POST_SERVICE).unwrap()
}

fn fields() -> Vec<FieldChoice> {
    vec![FieldChoice { code: "ho-tich".into(), name: Words::vi("Hộ tịch") }]
}

fn context<'a>(instrument: &'a Instrument, fields: &'a [FieldChoice]) -> Context<'a> {
    Context { instrument, visit: visit_of(Variant::Full), fields }
}

fn pairs(keys: &[(&str, &str)]) -> Vec<(String, String)> {
    keys.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn every_question_stands_on_the_paper_once_and_is_numbered() {
    let (instrument, fields) = (instrument(), fields());
    let lines = lines(&context(&instrument, &fields));
    let codes: Vec<&str> = lines.iter().map(|line| line.ask.code()).collect();
    assert_eq!(&codes[..5], ["kind", "channel", "stage", "field", "overall"]);
    let once: std::collections::BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(once.len(), codes.len());
    assert!(["SA1", "OA1", "SE3", "comment", "size"].iter().all(|code| once.contains(code)));
    assert!(lines.iter().enumerate().all(|(at, line)| line.number == at + 1));
}

#[test]
fn the_paper_knows_whom_each_question_is_for() {
    let (instrument, fields) = (instrument(), fields());
    let context = context(&instrument, &fields);
    let lines = lines(&context);
    let need = |code: &str| lines.iter().find(|line| line.ask.code() == code).unwrap().need.clone();
    assert!(need("overall").is_open() && need("kind").is_open());
    assert_eq!((need("SA1").done(), need("SA1").visited()), (None, Some(true)));
    assert_eq!((need("OA1").done(), need("OA1").visited()), (Some(true), Some(false)));
    assert_eq!((need("SB1").done(), need("SB1").visited()), (Some(true), None));
    assert_eq!(need("SE2").condition.unwrap().code, "complained");
    assert!(lines.iter().all(|line| line.need.is_plain(&context)));
}

#[test]
fn keys_are_boxes_and_what_is_no_box_is_named() {
    let (instrument, fields) = (instrument(), fields());
    let context = context(&instrument, &fields);
    let typed = pairs(&[
        ("kind", "1"),
        ("channel", "1"),
        ("stage", "3"),
        ("field", "1"),
        ("overall", "4"),
        ("SC1", "0"),
        ("T1", "3"),
        ("SC2", "7"),
        ("SC3", ""),
        ("comment", " Tốt. "),
        ("unknown", "1"),
    ]);
    let (sheet, problems) = read_keys(&typed, &context).unwrap();
    let said = |code| sheet.get(code);
    assert_eq!(
        (said("kind"), said("stage"), said("field")),
        (Some("self"), Some("waiting"), Some("ho-tich"))
    );
    assert_eq!((said("SC1"), said("T1"), said("SC2"), said("SC3")), (Some("na"), Some("3"), None, None));
    assert_eq!(said("comment"), Some("Tốt."));
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].field.as_str(), problems[0].typed.as_deref()), ("SC2", Some("7")));
    for line in lines(&context) {
        let again = key_of(&context, line.ask, &sheet);
        let was = typed.iter().find(|(name, _)| name == line.ask.code()).map_or("", |(_, key)| key.trim());
        assert!(again == was || line.ask.code() == "SC2", "{}: {again} {was}", line.ask.code());
    }
}

#[test]
fn a_key_means_one_box_and_the_overall_question_has_no_zero() {
    let (instrument, fields) = (instrument(), fields());
    let context = context(&instrument, &fields);
    for line in lines(&context) {
        let keys: Vec<char> = boxes(&context, line.ask).iter().map(|one| one.key).collect();
        let once: std::collections::BTreeSet<&char> = keys.iter().collect();
        assert_eq!(once.len(), keys.len(), "{}", line.ask.code());
        assert_eq!(keys.is_empty(), is_written(line.ask));
    }
    let (_, problems) = read_keys(&pairs(&[("overall", "0")]), &context).unwrap();
    assert_eq!(problems[0].field, "overall");
}

#[test]
fn blanks_are_those_of_the_persons_own_path() {
    let (instrument, fields) = (instrument(), fields());
    let context = context(&instrument, &fields);
    let (sheet, _) =
        read_keys(&pairs(&[("stage", "3"), ("channel", "2"), ("overall", "5")]), &context).unwrap();
    let blank = blanks(&context, &sheet);
    assert_eq!(blank, ["kind", "field", "SC1", "SC2"], "waiting, online: neither SA nor OA nor SB");
    assert!(lacks(&context, &sheet).is_empty());
    assert_eq!(lacks(&context, &Sheet::default()), ["stage", "overall"]);
    let (sheet, _) = read_keys(&pairs(&[("stage", "1"), ("complained", "1")]), &context).unwrap();
    assert!(blanks(&context, &sheet).contains(&"SE2".to_owned()), "a complaint has its questions");
}

#[test]
fn two_people_differ_by_answers_and_not_by_the_way_they_write() {
    let (instrument, fields) = (instrument(), fields());
    let context = context(&instrument, &fields);
    let typing = |keys: &[(&str, &str)]| Typing::Answers(read_keys(&pairs(keys), &context).unwrap().0);
    let one = typing(&[("overall", "4"), ("SC1", "4"), ("comment", "Chờ lâu.\nNóng")]);
    let same = typing(&[("overall", "4"), ("SC1", "4"), ("comment", "chờ  lâu. nóng")]);
    assert_eq!(one.compare(&same, &context), Difference::None);
    let other = typing(&[("overall", "2"), ("comment", "Chờ lâu. Nắng"), ("SC1", "4"), ("T1", "1")]);
    let codes = ["overall", "T1", "comment"].map(str::to_owned).to_vec();
    assert_eq!(one.compare(&other, &context), Difference::Answers(codes));
    assert_eq!(one.compare(&Typing::Unusable, &context), Difference::Usable);
    assert_eq!(Typing::Unusable.compare(&Typing::Unusable, &context), Difference::None);
}

#[test]
fn the_paper_says_in_boxes_who_is_asked() {
    let (instrument, fields) = (instrument(), fields());
    let context = context(&instrument, &fields);
    let lines = lines(&context);
    let said = |code: &str| {
        let need = &lines.iter().find(|line| line.ask.code() == code).unwrap().need;
        let terms = terms(&context, &lines, need);
        terms
            .iter()
            .map(|t| format!("{}:{}", t.question, t.keys.iter().collect::<String>()))
            .collect::<Vec<_>>()
    };
    assert!(said("overall").is_empty());
    assert_eq!(said("SA1"), ["2:134"]);
    assert_eq!(said("OA1"), ["3:12", "2:2"]);
    assert_eq!(said("SB1"), ["3:12"]);
    let complained = lines.iter().find(|line| line.ask.code() == "complained").unwrap().number;
    assert_eq!(said("SE2"), ["3:12".to_owned(), format!("{complained}:1")]);
    assert_eq!(said("size"), ["3:12", "1:2"]);
}
