//! The administrator's pages of surveys and places, in states that a reader can meet.

use super::pages::{frame, pattern};
use super::samples::words;
use app::console::{
    InstrumentChoice, Look, OwnPoster, OwnPosters, Poster, SheetSize, SurveyDone, SurveyForm, SurveyPage,
    SurveyPreview, SurveyState, TouchpointDone, TouchpointLine, TouchpointPage, TouchpointProblem,
    TouchpointsPage, WaitingPage, render_own_posters, render_posters, render_survey, render_survey_form,
    render_survey_preview, render_touchpoint, render_touchpoints, render_waiting,
};
use domain::id::SurveyId;
use domain::language::{Language, Words};
use domain::new_survey::{SurveyDraft, SurveyFault, TermFault};
use domain::period::Month;
use domain::report::UnitName;
use domain::survey::{Mode, Survey, Variant};
use domain::touchpoint::{Places, PosterState};
use domain::unit::UnitKind;
use time::macros::date;

/// A month.
pub fn month(text: &str) -> Month {
    text.parse().unwrap_or_else(|_| unreachable!("a month of the samples"))
}

/// A commune.
pub fn unit(code: &str, vi: &str) -> UnitName {
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
    pages
}

fn form() -> SurveyForm {
    SurveyForm {
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
    }
}

fn preview() -> SurveyPreview {
    SurveyPreview {
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
    }
}

fn survey_page() -> SurveyPage {
    SurveyPage {
        khmer: Some(None),
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
    }
}

fn waiting_page() -> WaitingPage {
    WaitingPage {
        survey: survey(),
        units: vec![(unit("31825", "Phường Bạc Liêu"), 30)],
        others: 78,
        counted_on: Some(date!(2026 - 10 - 11)),
        next_run: Some(date!(2026 - 10 - 12)),
        next_first: Some(date!(2026 - 11 - 01)),
        withheld: 20,
        has_imports: true,
        demo: true,
    }
}

fn surveys(language: Language) -> Vec<(&'static str, String)> {
    let here = frame(language, "/admin/surveys/new");
    let (from, to) = (month("2027-01"), month("2026-12"));
    let faults = vec![
        SurveyFault::Code,
        SurveyFault::Reversed { from, to },
        SurveyFault::NoFields(vec!["Phường Bạc Liêu".into()]),
        SurveyFault::K("4".into()),
    ];
    let refused = SurveyPage {
        done: None,
        fault: Some((TermFault::Past(month("2026-10")), "2026-02".into())),
        ..survey_page()
    };
    let over = SurveyPage { over: true, done: None, state: SurveyState::Ended, ..survey_page() };
    let ended = WaitingPage { survey: Survey { ended: true, ..survey() }, ..waiting_page() };
    let wrong = SurveyForm { faults, ..form() };
    vec![
        ("survey-new", render_survey_form(&form(), &here)),
        ("survey-wrong", render_survey_form(&wrong, &here)),
        ("survey-preview", render_survey_preview(&preview(), &here)),
        ("survey", render_survey(&survey_page(), &here)),
        ("survey-refused", render_survey(&refused, &here)),
        ("survey-over", render_survey(&over, &here)),
        ("waiting", render_waiting(&waiting_page(), &here)),
        ("waiting-ended", render_waiting(&ended, &here)),
    ]
}

fn name() -> Words {
    Words::vi("Trung tâm Phục vụ hành chính công xã Đất Mũi")
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

fn touchpoints_page() -> TouchpointsPage {
    TouchpointsPage {
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
    }
}

fn touchpoint_page() -> TouchpointPage {
    TouchpointPage {
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
    }
}

fn own_posters() -> OwnPosters {
    OwnPosters {
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
    }
}

fn places(language: Language) -> Vec<(&'static str, String)> {
    let here = frame(language, "/admin/touchpoints");
    let wrong = TouchpointPage {
        done: None,
        problem: Some(TouchpointProblem::NoReason),
        looks: vec![],
        ..touchpoint_page()
    };
    let gone = TouchpointPage {
        done: Some(TouchpointDone::Revoked),
        revoked: Some(date!(2026 - 10 - 03)),
        ..touchpoint_page()
    };
    let none = OwnPosters { posters: Vec::new(), noted: false, ..own_posters() };
    let sheets = [sheet("CM7F3K2MA"), sheet("CM9H4N3PB")];
    vec![
        ("touchpoints", render_touchpoints(&touchpoints_page(), &here)),
        ("touchpoint", render_touchpoint(&touchpoint_page(), &here)),
        ("touchpoint-wrong", render_touchpoint(&wrong, &here)),
        ("touchpoint-revoked", render_touchpoint(&gone, &here)),
        ("own-posters", render_own_posters(&own_posters(), &here)),
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
