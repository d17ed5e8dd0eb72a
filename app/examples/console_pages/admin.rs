//! The administrator's pages, in states that a reader can meet.

use super::pages::{frame, pattern};
use super::samples::{figure, setting, stamp, words};
use app::console::{
    CommentLine, CommentsPage, ComparedUnit, ComparisonPage, DecidedLine, FlagProblem, FlagRow, FlagsPage,
    InstrumentChoice, Look, OwnPoster, OwnPosters, Poster, ReleaseKind, ReleaseLine, ReleasesPage, SheetSize,
    SurveyDone, SurveyForm, SurveyPage, SurveyPreview, SurveyState, TouchpointDone, TouchpointLine,
    TouchpointPage, TouchpointProblem, TouchpointsPage, WaitingPage, render_comments, render_comparison,
    render_flags, render_own_posters, render_posters, render_releases, render_survey, render_survey_form,
    render_survey_preview, render_touchpoint, render_touchpoints, render_waiting,
};
use domain::id::SurveyId;
use domain::language::{Language, Words};
use domain::new_survey::{SurveyDraft, SurveyFault, TermFault};
use domain::period::Month;
use domain::reading::{Reading, Withheld};
use domain::report::UnitName;
use domain::survey::{Mode, Survey, Trust, Variant};
use domain::touchpoint::{Places, PosterState};
use domain::unit::UnitKind;
use time::macros::date;

fn month(text: &str) -> Month {
    text.parse().unwrap_or_else(|_| unreachable!("a month of the samples"))
}

fn unit(code: &str, vi: &str) -> UnitName {
    UnitName { code: code.into(), name: Words::vi(vi), kind: UnitKind::Commune, may_open: true }
}

fn survey() -> Survey {
    Survey {
        id: SurveyId::from_bytes([1; 16]),
        code: "PS2026".into(),
        name: "Sau giải quyết hồ sơ, 2026".into(),
        instrument: "post-service".into(),
        instrument_version: 3,
        variant: Variant::Full,
        from: month("2026-01"),
        to: month("2026-12"),
        k: 10,
        definition: "composite".into(),
        closed: false,
        ended: false,
    }
}

fn draft() -> SurveyDraft {
    SurveyDraft {
        code: "SH 2027".into(),
        name: "Ý kiến 2027".into(),
        instrument: "post-service@3".into(),
        variant: "full".into(),
        from: "2027-01".into(),
        to: "2026-12".into(),
        units: "chosen".into(),
        chosen: vec!["31825".into()],
        k: "4".into(),
        definition: String::new(),
    }
}

/// All of them: name, document.
pub fn all(language: Language) -> Vec<(&'static str, String)> {
    let mut pages = surveys(language);
    pages.extend(places(language));
    pages.extend(releases(language));
    pages.extend(words_of_people(language));
    pages
}

fn surveys(language: Language) -> Vec<(&'static str, String)> {
    let here = frame(language, "/admin/surveys/new");
    let form = SurveyForm {
        draft: draft(),
        faults: Vec::new(),
        instruments: vec![InstrumentChoice {
            code: "post-service".into(),
            version: 3,
            title: words("Sau giải quyết hồ sơ", "After service"),
        }],
        definitions: vec!["composite".into(), "pooled-share".into()],
        units: vec![unit("31825", "Phường Bạc Liêu"), unit("31834", "Phường Vĩnh Trạch")],
        demo: true,
    };
    let (from, to) = (month("2027-01"), month("2026-12"));
    let faults = vec![
        SurveyFault::Code,
        SurveyFault::Reversed { from, to },
        SurveyFault::NoFields(vec!["Phường Bạc Liêu".into()]),
        SurveyFault::K("4".into()),
    ];
    let preview = SurveyPreview {
        draft: draft(),
        survey: survey(),
        instrument: words("Sau giải quyết hồ sơ", "After service"),
        items: 19,
        asked: true,
        units: vec![(UnitKind::Commune, 64), (UnitKind::Department, 15)],
        places: vec![Words::vi("Trung tâm Phục vụ hành chính công xã Đất Mũi")],
        hanging: 63,
        displaced: vec!["Sau giải quyết hồ sơ, 2026".into()],
        first_run: Some(date!(2027 - 01 - 04)),
        demo: true,
    };
    let page = SurveyPage {
        survey: survey(),
        state: SurveyState::Open,
        instrument: words("Sau giải quyết hồ sơ", "After service"),
        items: 19,
        units: vec![unit("31825", "Phường Bạc Liêu")],
        places: 64,
        over: false,
        may_change: true,
        done: Some(SurveyDone::Opened(64)),
        fault: None,
        demo: true,
    };
    let refused = SurveyPage {
        done: None,
        fault: Some((TermFault::Past(month("2026-10")), "2026-02".into())),
        ..page.clone()
    };
    let over = SurveyPage { over: true, done: None, state: SurveyState::Ended, ..page.clone() };
    let waiting = WaitingPage {
        survey: survey(),
        units: vec![(unit("31825", "Phường Bạc Liêu"), 30)],
        others: 78,
        counted_on: Some(date!(2026 - 10 - 11)),
        next_run: Some(date!(2026 - 10 - 12)),
        next_first: Some(date!(2026 - 11 - 01)),
        withheld: 20,
        has_imports: true,
        demo: true,
    };
    let ended = WaitingPage { survey: Survey { ended: true, ..survey() }, ..waiting.clone() };
    let wrong = SurveyForm { faults, ..form.clone() };
    vec![
        ("survey-new", render_survey_form(&form, &here)),
        ("survey-wrong", render_survey_form(&wrong, &here)),
        ("survey-preview", render_survey_preview(&preview, &here)),
        ("survey", render_survey(&page, &here)),
        ("survey-refused", render_survey(&refused, &here)),
        ("survey-over", render_survey(&over, &here)),
        ("waiting", render_waiting(&waiting, &here)),
        ("waiting-ended", render_waiting(&ended, &here)),
    ]
}

fn place(token: &str, found: Option<PosterState>) -> TouchpointLine {
    TouchpointLine {
        token: token.into(),
        unit: Words::vi("Trung tâm Phục vụ hành chính công phường An Xuyên"),
        address: Some("Số 15, đường Số 4, phường An Xuyên, tỉnh Cà Mau".into()),
        mode: Mode::Poster,
        version: 3,
        found,
    }
}

fn places(language: Language) -> Vec<(&'static str, String)> {
    let here = frame(language, "/admin/touchpoints");
    let name = || Words::vi("Trung tâm Phục vụ hành chính công xã Đất Mũi");
    let list = TouchpointsPage {
        lines: vec![place("CM7F3K2MA", Some(PosterState::Covered)), place("CM9H4N3PB", None)],
        places: Places::Communes,
        in_use: 94,
        lacking: 2,
        posters: 64,
        looked: 58,
        trouble: vec![("CM7F3K2MA".into(), name(), PosterState::Covered)],
        not_looked: vec![name()],
        revoked: 2,
        month: month("2026-10"),
        may_change: true,
        made: Some(2),
        demo: true,
    };
    let one = TouchpointPage {
        token: "CM7F3K2MA".into(),
        unit: name(),
        address: None,
        mode: Mode::Poster,
        version: 2,
        url: "hailong.camau.example/s/CM7F3K2MA".into(),
        shows: Some("Sau giải quyết hồ sơ, 2026".into()),
        made: Some(date!(2026 - 01 - 01)),
        revoked: None,
        looks: vec![Look {
            month: month("2026-10"),
            state: PosterState::Fine,
            who: "lan".into(),
            on: date!(2026 - 10 - 02),
        }],
        may_change: true,
        done: Some(TouchpointDone::Replaced("CM2222222".into())),
        problem: None,
        demo: true,
    };
    let wrong = TouchpointPage {
        done: None,
        problem: Some(TouchpointProblem::NoReason),
        looks: vec![],
        ..one.clone()
    };
    let gone = TouchpointPage {
        done: Some(TouchpointDone::Revoked),
        revoked: Some(date!(2026 - 10 - 03)),
        ..one.clone()
    };
    let own = OwnPosters {
        unit: unit("31825", "Phường Bạc Liêu"),
        month: month("2026-10"),
        posters: vec![OwnPoster {
            token: "CM7F3K2MA".into(),
            place: name(),
            version: 1,
            look: Some((PosterState::Damaged, "lan".into(), date!(2026 - 10 - 02))),
        }],
        public_domain: "hailong.camau.example".into(),
        may_look: true,
        noted: true,
        demo: true,
    };
    let none = OwnPosters { posters: Vec::new(), noted: false, ..own.clone() };
    let sheets = [sheet("CM7F3K2MA"), sheet("CM9H4N3PB")];
    vec![
        ("touchpoints", render_touchpoints(&list, &here)),
        ("touchpoint", render_touchpoint(&one, &here)),
        ("touchpoint-wrong", render_touchpoint(&wrong, &here)),
        ("touchpoint-revoked", render_touchpoint(&gone, &here)),
        ("own-posters", render_own_posters(&own, &here)),
        ("own-posters-none", render_own_posters(&none, &here)),
        ("posters-print", render_posters(&sheets, SheetSize::A4, &here, None)),
    ]
}

fn sheet(token: &str) -> Poster {
    Poster {
        unit: "Trung tâm Phục vụ hành chính công phường An Xuyên".into(),
        address: None,
        phone: None,
        province: "Tỉnh Cà Mau".into(),
        public_domain: "hailong.camau.example".into(),
        short_url: format!("hailong.camau.example/s/{token}"),
        token: token.into(),
        version: 1,
        date: date!(2026 - 10 - 05),
        qr: pattern(),
        size: SheetSize::A4,
        demo: true,
    }
}

fn releases(language: Language) -> Vec<(&'static str, String)> {
    let here = frame(language, "/admin/releases");
    let line = |number, kind| ReleaseLine {
        stamp: stamp(number),
        kind,
        grown: vec![(Trust::Verified, 161), (Trust::Open, 95)],
        units: 19,
        first: vec![Words::vi("Xã Phú Mỹ")],
        parts: 12,
        decided: Vec::new(),
    };
    let correction = ReleaseLine {
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
    };
    let page = ReleasesPage {
        lines: vec![line(41, ReleaseKind::Fold), correction, line(39, ReleaseKind::Import)],
        newest: Some(stamp(41)),
        all: vec![(41, date!(2026 - 10 - 05)), (40, date!(2026 - 10 - 01))],
        older: Some(39),
        waiting: Some(640),
        next_run: Some(date!(2026 - 10 - 12)),
        corrections: 1,
        province_code: "96".into(),
        demo: true,
    };
    let none = ReleasesPage {
        lines: Vec::new(),
        newest: None,
        all: Vec::new(),
        older: None,
        waiting: None,
        ..page.clone()
    };
    let compared = |code: &str, earlier: Reading, later: Reading| ComparedUnit {
        unit: unit(code, "Phường Bạc Liêu"),
        earlier,
        later,
    };
    let too_few = || Reading::Withheld(Withheld::TooFew);
    let comparison = ComparisonPage {
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
    };
    vec![
        ("releases", render_releases(&page, &here)),
        ("releases-none", render_releases(&none, &here)),
        ("releases-compared", render_comparison(&comparison, &here)),
    ]
}

fn words_of_people(language: Language) -> Vec<(&'static str, String)> {
    let row = |name: &str, decision| FlagRow {
        name: name.into(),
        unit: Words::vi("Phường Láng Tròn"),
        band: "burst".into(),
        trust: Trust::Open,
        mode: Mode::Poster,
        months: (month("2026-04"), month("2026-06")),
        n: 34,
        decision,
    };
    let flags = FlagsPage {
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
    };
    let read = FlagsPage { may_change: false, problem: None, decided: Some(42), ..flags.clone() };
    let text = |id: &str, hidden: Option<&str>| CommentLine {
        id: id.into(),
        unit: Words::vi("Phường Bạc Liêu"),
        month: month("2026-10"),
        mood: 0,
        words: "Chờ lâu quá, hỏi chị […] thì bảo chờ tiếp.".into(),
        hidden: hidden.map(str::to_owned),
    };
    let comments = CommentsPage {
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
    };
    let none = CommentsPage { all: 0, lines: Vec::new(), next: None, done: None, ..comments.clone() };
    let here = frame(language, "/admin/flags");
    let at = frame(language, "/a/31825/comments");
    vec![
        ("flags", render_flags(&flags, &here)),
        ("flags-read", render_flags(&read, &here)),
        ("comments", render_comments(&comments, &at)),
        ("comments-none", render_comments(&none, &at)),
    ]
}
