mod property;
mod reading;

use super::{Context, FieldChoice, Reason, Step, read};
use crate::instrument::{Instrument, POST_SERVICE};
use crate::language::Words;
use crate::path::{Path, Visit};
use crate::survey::{Mode, Variant};
use std::sync::LazyLock;

static INSTRUMENT: LazyLock<Instrument> =
    LazyLock::new(|| Instrument::read(POST_SERVICE).expect("the built-in set is sound"));

static FIELDS: LazyLock<Vec<FieldChoice>> = LazyLock::new(|| {
    let field = |code: &str, name| FieldChoice { code: code.into(), name: Words::vi(name) };
    vec![field("land", "Đất đai"), field("civil", "Hộ tịch")]
});

fn context(variant: Variant, mode: Mode) -> Context<'static> {
    let visit = Visit { variant, mode, channel_of_code: None, has_code: false };
    Context { instrument: &INSTRUMENT, visit, fields: &FIELDS }
}

fn poster() -> Context<'static> {
    context(Variant::Full, Mode::Poster)
}

fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn step(fields: &[(&str, &str)]) -> Step {
    read(&pairs(fields), &poster()).expect("not refused")
}

/// The page that is shown, by its code, and what is wrong on it.
fn shown(step: &Step) -> (String, Vec<(String, Reason)>) {
    let (at, sheet, problems) = match step {
        Step::Page { at, sheet } => (*at, sheet, Vec::new()),
        Step::Problems { at, sheet, problems } => {
            (*at, sheet, problems.iter().map(|p| (p.field.clone(), p.reason)).collect())
        }
        Step::Send(sent) => panic!("sent: {sent:?}"),
    };
    let path = Path::of(&INSTRUMENT, &poster().visit, sheet);
    (path.pages[at].page.code.clone(), problems)
}

fn page(fields: &[(&str, &str)]) -> String {
    let (page, problems) = shown(&step(fields));
    assert_eq!(problems, [], "page {page}");
    page
}

fn sent(fields: &[(&str, &str)]) -> super::Submission {
    match step(fields) {
        Step::Send(submission) => *submission,
        other => panic!("not sent: {other:?}"),
    }
}
