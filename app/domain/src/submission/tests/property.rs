use super::*;
use crate::submission::Sheet;
use proptest::prelude::*;

fn names() -> impl Strategy<Value = String> {
    let codes: Vec<String> = crate::tally::layout::items_of(&INSTRUMENT)
        .map(|item| item.code.clone())
        .chain(INSTRUMENT.questions.iter().map(|question| question.code.clone()))
        .chain(["overall", "token", "step", "go", "lang", "layout", "website"].map(str::to_owned))
        .collect();
    prop_oneof![9 => prop::sample::select(codes), 1 => any::<String>()]
}

fn values() -> impl Strategy<Value = String> {
    let words: Vec<String> =
        ["5", "4", "3", "2", "1", "na", "next", "back", "send", "one", "SA", "SE", "whole"]
            .map(str::to_owned)
            .into_iter()
            .chain(INSTRUMENT.questions.iter().flat_map(|q| &q.options).map(|option| option.value.clone()))
            .chain(["land".to_owned(), "civil".to_owned()])
            .collect();
    prop_oneof![6 => prop::sample::select(words), 1 => any::<String>(), 1 => "[ấ \u{301}\r\n\ta]{0,20}"]
}

fn forms() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec((names(), values()), 0..60)
}

fn contexts() -> impl Strategy<Value = Context<'static>> {
    let modes = prop::sample::select(Mode::SINGLE.to_vec());
    let variants = prop::sample::select(Variant::ALL);
    (modes, variants, any::<bool>()).prop_map(|(mode, variant, has_code)| {
        let mut context = context(variant, mode);
        context.visit.has_code = has_code;
        context
    })
}

proptest! {
    #[test]
    fn no_form_makes_the_reader_panic(pairs in forms(), context in contexts()) {
        match read(&pairs, &context) {
            Ok(Step::Send(submission)) => {
                prop_assert_eq!(submission.items.len(), 19);
                prop_assert_eq!(submission.choices.len(), INSTRUMENT.questions.len());
                prop_assert_ne!(submission.overall, crate::tally::Answer::Blank);
            }
            Ok(Step::Page { at, sheet } | Step::Problems { at, sheet, .. }) => {
                let path = crate::submission::path_of(&pairs, &context, &sheet);
                prop_assert!(at < path.pages.len());
            }
            Err(_) => {}
        }
    }

    #[test]
    fn a_sheet_written_as_hidden_fields_and_read_again_is_the_same_sheet(
        pairs in forms(), context in contexts()
    ) {
        let (sheet, _) = Sheet::read(&pairs, &context).expect("small");
        let hidden: Vec<_> = sheet.pairs().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
        let (again, problems) = Sheet::read(&hidden, &context).expect("small");
        prop_assert_eq!(sheet, again);
        prop_assert_eq!(problems, []);
    }

    #[test]
    fn the_order_of_fields_does_not_matter(pairs in forms()) {
        let context = poster();
        let (forward, _) = Sheet::read(&pairs, &context).expect("small");
        let reversed: Vec<_> = pairs.iter().rev().cloned().collect();
        prop_assert_eq!(forward, Sheet::read(&reversed, &context).expect("small").0);
    }
}
