//! Single files that are easy to get wrong.

use crate::random::{Scratch, compare, plan};
use analyze::stream::{Figure, Plan, Reading, Rules, tally, tally_with};
use std::num::NonZeroUsize;

const HEADER: &str = "id,agency,q1,note,q2,q3,sex,overall\n";

fn small(block: usize) -> Reading {
    Reading { threads: NonZeroUsize::new(2).unwrap(), block }
}

fn figures(text: &[u8], plan: &Plan) -> Vec<Figure> {
    let scratch = Scratch::of(text);
    let tallies = tally(&scratch.0, plan).unwrap();
    tallies.estimates(&tallies.domains(&["agency"]).unwrap(), &Rules::default()).unwrap()
}

fn complaint(text: &[u8]) -> String {
    let scratch = Scratch::of(text);
    for block in [1, 64, 1 << 18] {
        let same = compare(&scratch.0, &plan(), small(block));
        assert_eq!(same, Ok(false), "not the complaint of the table");
    }
    let error = tally(&scratch.0, &plan()).err().unwrap().to_string();
    error.replace(&scratch.0.display().to_string(), "FILE")
}

#[test]
fn semicolons_are_found_where_the_header_needs_them() {
    let commas = format!("{HEADER}1,A,4,x,5,,F,4\n2,B,3,\"y,z\",5,2,M,\n");
    let semicolons = commas.replace("y,z", "y|z").replace(',', ";").replace("y|z", "y,z;");
    assert_eq!(figures(semicolons.as_bytes(), &plan()), figures(commas.as_bytes(), &plan()));
    assert_eq!(compare(&Scratch::of(semicolons.as_bytes()).0, &plan(), small(20)), Ok(true));
    let scratch = Scratch::of(b"id;agency\n");
    let error = tally(&scratch.0, &plan()).err().unwrap().to_string();
    assert!(error.ends_with("no column \"sex\""), "{error}");
}

#[test]
fn a_wrong_code_is_named_by_line_and_column() {
    let text = format!("{HEADER}1,A,4,\"two\nlines\",5,,F,4\n2,A,4,x,5,6,F,4\n");
    assert_eq!(complaint(text.as_bytes()), "FILE: line 4, column q3: \"6\" is not an answer 1 to 5 or empty");
}

#[test]
fn a_row_of_another_length_is_named_before_a_wrong_code() {
    let text = format!("{HEADER}1,A,9,x,5,,F,4\n2,A,4,x,5,,F,4\n3,A,4,x,5,,F\n");
    assert_eq!(complaint(text.as_bytes()), "FILE: line 4: a row of 7 cells under a header of 8");
}

#[test]
fn a_text_that_is_not_utf8_is_named_even_where_nobody_needs_it() {
    let text = [HEADER.as_bytes(), b"1,A,4,\xff,5,,F,4\n"].concat();
    assert_eq!(complaint(&text), "FILE: line 2: cell 4 is not UTF-8 text");
}

#[test]
fn no_two_short_rows_make_a_whole_one_and_no_short_row_is_filled_up() {
    let plan = Plan {
        strata: Vec::new(),
        domains: Vec::new(),
        factors: vec![("F1".into(), vec!["q1".into(), "q2".into(), "q3".into()])],
        items: Vec::new(),
        overall: None,
    };
    for rows in ["4,4\n5\n", "4\n4\n5\n", "4,4\n", "4,,\n4,\n", "4,4,5,\n", "4,4,5\n4,4"] {
        let scratch = Scratch::of(format!("q1,q2,q3\n{rows}").as_bytes());
        for block in [1, 5, 1 << 18] {
            assert_eq!(compare(&scratch.0, &plan, small(block)), Ok(false), "{rows:?}");
        }
    }
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let rows = format!("{HEADER}1,A,4,x,5,,F,4\n\n\n2,A,4,x,5,6,F,4\n");
    let named = "FILE: line 5, column q3: \"6\" is not an answer 1 to 5 or empty";
    assert_eq!(complaint(rows.as_bytes()), named);
    assert_eq!(complaint(rows.replace('\n', "\r\n").as_bytes()), named);
    let short = rows.replace(",6,F,4", "").replace('\n', "\r\n");
    assert_eq!(complaint(short.as_bytes()), "FILE: line 5: a row of 5 cells under a header of 8");
}

#[test]
fn a_quote_that_never_ends_does_not_fill_the_memory() {
    let endless = [HEADER.as_bytes(), b"1,A,4,x,5,,F,4\n2,A,4,\"", &vec![b'x'; 20 << 20]].concat();
    let scratch = Scratch::of(&endless);
    let error = tally(&scratch.0, &plan()).err().unwrap().to_string();
    assert!(error.contains("line 3: a row longer than 16777216 bytes"), "{error}");
}

/// A questionnaire so long that some ten thousand groups are too many.
pub fn long(rows: u32, groups: impl Fn(u32) -> String) -> (Plan, Vec<u8>) {
    let items: Vec<String> = (1..=99).map(|item| format!("q{item}")).collect();
    let mut text = format!("agency,person,day,{}\n", items.join(","));
    for at in 0..rows {
        text.extend([&groups(at), ",", &",".repeat(98), "\n"].map(ToString::to_string));
    }
    let [agency, person, day] = ["agency", "person", "day"].map(str::to_owned);
    let plan =
        Plan { strata: vec![agency], domains: vec![person, day], factors: Vec::new(), items, overall: None };
    (plan, text.into_bytes())
}

#[test]
fn too_many_groups_are_refused_whatever_the_threads() {
    let (plan, text) = long(16_000, |at| format!("A,{at},"));
    let scratch = Scratch::of(&text);
    for threads in [1, 3] {
        let reading = Reading { threads: NonZeroUsize::new(threads).unwrap(), block: 1 << 16 };
        let error = tally_with(&scratch.0, &plan, reading).err().unwrap().to_string();
        assert!(error.contains("groups of agency, person, day: too many to keep"), "{error}");
    }
    assert!(tally(&scratch.0, &Plan { domains: Vec::new(), ..plan }).is_ok());
}

#[test]
fn a_plan_that_uses_a_column_twice_is_refused() {
    let scratch = Scratch::of(HEADER.as_bytes());
    let refused = |plan: Plan| tally(&scratch.0, &plan).err().unwrap().to_string();
    let twice = Plan { domains: vec!["q1".into()], ..plan() };
    assert!(refused(twice).ends_with("column \"q1\" has two roles"));
    let nothing = Plan { factors: Vec::new(), ..plan() };
    assert!(refused(nothing).ends_with("at least one item, and one in every factor"));
    let both = Plan { items: vec!["note".into()], ..plan() };
    assert!(refused(both).ends_with("every item belongs to a factor, or none does"));
}

#[test]
fn of_two_columns_with_one_name_the_last_counts() {
    let text = "agency,q1,q1,q2,q3,sex,overall\nA,1,5,4,4,F,4\nA,9,5,4,4,F,4\n";
    let shares = figures(text.as_bytes(), &plan());
    assert_eq!((shares[0].est, shares[0].answers), (Some(1.0), 4));
}

#[test]
fn no_rows_and_no_file_are_told_apart() {
    let scratch = Scratch::of(HEADER.as_bytes());
    let tallies = tally(&scratch.0, &plan()).unwrap();
    assert_eq!(tallies.respondents(), 0);
    assert!(tallies.domains(&["agency"]).unwrap().is_empty());
    let everybody = tallies.estimates(&[Vec::new()], &Rules::default()).unwrap();
    assert!(everybody.iter().all(|figure| figure.est.is_none() && figure.missing.is_some()));
    assert!(tally(&scratch.0.join("nowhere"), &plan()).is_err());
}

#[test]
fn a_domain_by_a_column_outside_the_plan_is_refused() {
    let scratch = Scratch::of(HEADER.as_bytes());
    let tallies = tally(&scratch.0, &plan()).unwrap();
    let domain = vec![("note".to_owned(), "x".to_owned())];
    let error = tallies.estimates(&[domain], &Rules::default()).err().unwrap().to_string();
    assert!(error.ends_with("no column \"note\""), "{error}");
    assert!(tallies.domains(&["note"]).is_err());
}

#[test]
fn a_byte_order_mark_within_the_file_belongs_to_the_text() {
    let row = |agency: &str| format!("{agency},4,\"3\",5,F,4\n");
    let text = format!("agency,q1,q2,q3,sex,overall\n{}{}{}", row("A"), row("\u{feff}A"), row("\u{feff}A"));
    let scratch = Scratch::of(text.as_bytes());
    for block in [1, 20, 1 << 18] {
        assert_eq!(compare(&scratch.0, &plan(), small(block)), Ok(true));
    }
}

#[test]
fn an_empty_line_is_no_row_even_where_a_row_is_one_blank_answer() {
    let one = Plan {
        strata: Vec::new(),
        domains: Vec::new(),
        factors: vec![("F1".into(), vec!["q1".into()])],
        items: Vec::new(),
        overall: None,
    };
    let scratch = Scratch::of(b"q1\n4\n\n\r\n \n5");
    assert_eq!(tally(&scratch.0, &one).unwrap().respondents(), 3);
}
