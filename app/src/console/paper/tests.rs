use super::*;
use crate::console::frame::Frame;
use domain::instrument::{Instrument, POST_SERVICE};
use domain::language::{Language, Words};
use domain::paper::{lines, visit_of};
use domain::submission::{Context, FieldChoice, Sheet};
use domain::survey::Variant;

fn context<'a>(instrument: &'a Instrument, fields: &'a [FieldChoice], variant: Variant) -> Context<'a> {
    Context { instrument, visit: visit_of(variant), fields }
}

fn entry<'a>(context: &'a Context<'a>) -> EntryPage<'a> {
    EntryPage {
        batch: 3,
        form: 7,
        unit: Words::vi("Xã Tân <Ân>"),
        turn: Turn::First,
        context,
        sheet: Sheet::default(),
        problems: Vec::new(),
        blanks: Vec::new(),
        said: None,
        script: "/assets/paper.js".into(),
        demo: false,
    }
}

fn printed(context: &Context<'_>, language: Language) -> String {
    let page = PrintPage {
        batch: 3,
        forms: 4..=5,
        all: 9,
        context,
        title: context.instrument.title.clone(),
        language,
        province: Words::vi("Tỉnh Cà Mau"),
        unit: Words::vi("Xã Tân <Ân>"),
        address: None,
        phone: Some("0290 1234".into()),
        voided: false,
        demo: false,
    };
    render_print(&page, &Frame::default())
}

#[test]
fn every_question_has_one_short_field_and_the_cursor_stands_in_the_first() {
    let instrument = Instrument::read(POST_SERVICE).unwrap();
    let context = context(&instrument, &[], Variant::Full);
    let page = render_entry(&entry(&context), &Frame::default());
    let written = 1;
    assert_eq!(page.matches("maxlength=\"1\"").count(), lines(&context).len() - written);
    assert_eq!(page.matches(" autofocus").count(), 1);
    assert!(page.contains("<textarea id=\"comment\"") && page.contains("Xã Tân &lt;Ân&gt;"));
    assert!(page.contains("src=\"/assets/paper.js\""));
}

#[test]
fn every_form_of_the_question_set_prints_in_every_language_with_a_box_for_every_key() {
    let instrument = Instrument::read(POST_SERVICE).unwrap();
    for variant in [Variant::Full, Variant::Short] {
        let context = context(&instrument, &[], variant);
        for language in Language::ALL {
            let html = printed(&context, language);
            assert_eq!(html.matches("<article").count(), 2, "{variant} {language:?}");
            let boxes: usize =
                lines(&context).iter().map(|l| domain::paper::boxes(&context, l.ask).len()).sum();
            assert_eq!(html.matches("class=\"tick\"").count(), 2 * boxes);
            assert!(html.contains("0290 1234") && !html.contains("@FORM") && !html.contains("<script"));
        }
    }
}

#[test]
fn what_became_of_a_form_is_written_and_read_alike() {
    for said in [PaperSaid::Waits(1), PaperSaid::Done(20), PaperSaid::Settled(3), PaperSaid::Out(500)] {
        assert_eq!(PaperSaid::read(&said.write()), Some(said));
    }
    for bad in ["", "done", "done-", "done-x", "none-1"] {
        assert_eq!(PaperSaid::read(bad), None);
    }
}
