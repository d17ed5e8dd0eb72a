//! Releases, corrections and texts, in states that a reader can meet.

use super::desk::{month, unit};
use super::pages::frame;
use super::samples::{figure, setting, stamp};
use app::console::{
    CommentLine, CommentsPage, ComparedUnit, ComparisonPage, DecidedLine, FlagProblem, FlagRow, FlagsPage,
    ReleaseKind, ReleaseLine, ReleasesPage, render_comments, render_comparison, render_flags,
    render_releases,
};
use domain::language::{Language, Words};
use domain::reading::{Reading, Withheld};
use domain::survey::{Mode, Trust};
use domain::unit::UnitKind;
use time::macros::date;

/// All of them: name, document.
pub fn all(language: Language) -> Vec<(&'static str, String)> {
    let mut pages = releases(language);
    pages.extend(words_of_people(language));
    pages
}

fn line(number: u64, kind: ReleaseKind) -> ReleaseLine {
    ReleaseLine {
        stamp: stamp(number),
        kind,
        grown: vec![(Trust::Verified, 161), (Trust::Open, 95)],
        units: 19,
        first: vec![Words::vi("Xã Phú Mỹ")],
        parts: 12,
        decided: Vec::new(),
    }
}

fn correction() -> ReleaseLine {
    ReleaseLine {
        grown: Vec::new(),
        units: 0,
        first: Vec::new(),
        parts: 0,
        decided: vec![DecidedLine {
            excludes: true,
            unit: Words::vi("Phường Láng Tròn"),
            band: "burst".into(),
            trust: Trust::Open,
            months: (month("2026-04"), month("2026-06")),
            n: 34,
            reason: "áp phích treo nhầm ngoài quầy".into(),
        }],
        ..line(40, ReleaseKind::Exclusion)
    }
}

fn releases_page() -> ReleasesPage {
    ReleasesPage {
        lines: vec![line(41, ReleaseKind::Fold), correction(), line(39, ReleaseKind::Import)],
        newest: Some(stamp(41)),
        all: vec![(41, date!(2026 - 10 - 05)), (40, date!(2026 - 10 - 01))],
        older: Some(39),
        waiting: Some(640),
        next_run: Some(date!(2026 - 10 - 12)),
        corrections: 1,
        province_code: "96".into(),
        demo: true,
    }
}

fn comparison() -> ComparisonPage {
    let compared = |code: &str, earlier: Reading, later: Reading| ComparedUnit {
        unit: unit(code, "Phường Bạc Liêu"),
        earlier,
        later,
    };
    let too_few = || Reading::Withheld(Withheld::TooFew);
    ComparisonPage {
        setting: setting(unit("96", "Tỉnh Cà Mau")),
        earlier: stamp(40),
        later: stamp(41),
        groups: vec![(
            UnitKind::Commune,
            vec![
                compared("1", figure(40, 84.5), figure(52, 85.1)),
                compared("2", too_few(), figure(12, 75.0)),
                compared("3", too_few(), too_few()),
            ],
        )],
    }
}

fn releases(language: Language) -> Vec<(&'static str, String)> {
    let here = frame(language, "/admin/releases");
    let none = ReleasesPage {
        lines: Vec::new(),
        newest: None,
        all: Vec::new(),
        older: None,
        waiting: None,
        ..releases_page()
    };
    vec![
        ("releases", render_releases(&releases_page(), &here)),
        ("releases-none", render_releases(&none, &here)),
        ("releases-compared", render_comparison(&comparison(), &here)),
    ]
}

fn row(name: &str, decision: Option<(bool, u64, String)>) -> FlagRow {
    FlagRow {
        name: name.into(),
        unit: Words::vi("Phường Láng Tròn"),
        band: "burst".into(),
        trust: Trust::Open,
        mode: Mode::Poster,
        months: (month("2026-04"), month("2026-06")),
        n: 34,
        decision,
    }
}

fn text(id: &str, hidden: Option<&str>) -> CommentLine {
    CommentLine {
        id: id.into(),
        unit: Words::vi("Phường Bạc Liêu"),
        month: month("2026-10"),
        mood: 0,
        words: "Chờ lâu quá, hỏi chị […] thì bảo chờ tiếp.".into(),
        hidden: hidden.map(str::to_owned),
    }
}

fn flags_page() -> FlagsPage {
    FlagsPage {
        survey: "PS2026".into(),
        surveys: vec![("PS2026".into(), "Sau giải quyết hồ sơ, 2026".into())],
        unit: String::new(),
        units: vec![("31825".into(), Words::vi("Phường Bạc Liêu"))],
        rows: vec![row("a", Some((true, 39, "treo nhầm".into()))), row("b", None)],
        reason: String::new(),
        chosen: vec!["b".into()],
        problem: Some(FlagProblem::NoReason),
        decided: None,
        may_change: true,
        demo: true,
    }
}

fn comments_page() -> CommentsPage {
    CommentsPage {
        release: None,
        unit: unit("31825", "Phường Bạc Liêu"),
        survey: "PS2026".into(),
        survey_name: "Sau giải quyết hồ sơ, 2026".into(),
        surveys: Vec::new(),
        k: 10,
        months: vec![month("2026-10"), month("2026-09")],
        month: Some(month("2026-10")),
        mood: None,
        all: 70,
        lines: vec![text("aa", None), text("bb", Some("xúc phạm người khác"))],
        next: Some(50),
        may_hide: true,
        done: Some(true),
        nameless: Some("aa".into()),
        demo: true,
    }
}

fn words_of_people(language: Language) -> Vec<(&'static str, String)> {
    let read = FlagsPage { may_change: false, problem: None, decided: Some(42), ..flags_page() };
    let none = CommentsPage { all: 0, lines: Vec::new(), next: None, done: None, ..comments_page() };
    let here = frame(language, "/admin/flags");
    let at = frame(language, "/a/31825/comments");
    vec![
        ("flags", render_flags(&flags_page(), &here)),
        ("flags-read", render_flags(&read, &here)),
        ("comments", render_comments(&comments_page(), &at)),
        ("comments-none", render_comments(&none, &at)),
    ]
}
