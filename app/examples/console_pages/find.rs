//! The search for units: nothing typed, some units, none, and before the first survey.

use super::samples::words;
use app::console::{FindPage, FoundUnit, Frame, render_find};
use domain::language::Words;
use domain::unit::UnitKind;
use time::macros::date;

fn ward() -> FoundUnit {
    FoundUnit {
        path: "/a/31825".into(),
        code: "31825".into(),
        name: words("Phường Bạc Liêu", "Bạc Liêu ward"),
        kind: UnitKind::Commune,
        parent: Some(words("Tỉnh Cà Mau", "Cà Mau province")),
        begins: None,
        ends: None,
        successors: Vec::new(),
    }
}

fn old_ward() -> FoundUnit {
    FoundUnit {
        path: "/a/31825@2025-06-30".into(),
        name: Words::vi("Phường 1"),
        parent: Some(Words::vi("Thành phố Bạc Liêu")),
        ends: Some(date!(2025 - 07 - 01)),
        successors: vec![ward().name],
        ..ward()
    }
}

fn coming() -> FoundUnit {
    FoundUnit {
        path: "/a/31825-TT".into(),
        code: "31825-TT".into(),
        name: Words::vi("Trung tâm Phục vụ hành chính công phường Bạc Liêu"),
        kind: UnitKind::Centre,
        begins: Some(date!(2027 - 01 - 01)),
        ..ward()
    }
}

/// The pages by name.
pub fn all(frame: impl Fn(&str) -> Frame) -> Vec<(&'static str, String)> {
    let asked = |asked: &str, total, units| FindPage {
        asked: asked.into(),
        total,
        units,
        is_narrow: total == 0,
        asks: true,
    };
    let some = asked("bac lieu <b>", 60, vec![ward(), old_ward(), coming()]);
    let draw = |page: &FindPage| render_find(page, &frame("/find"));
    vec![
        ("find", draw(&asked("", 0, Vec::new()))),
        ("find-some", draw(&some)),
        ("find-none", draw(&asked("zzzz", 0, Vec::new()))),
        ("find-no-survey", draw(&FindPage::default())),
    ]
}
