//! Every page of the console by name, in a language.

use super::{find, provinces, registry, samples};
use app::console::{
    AccountAsked, Area, Assets, BadAddress, Demonstration, DemonstrationResult, Failure, Frame, Home, Method,
    NextStep, Poster, PosterPlace, PosterPlaces, Setup, SetupProblem, SetupStep, SheetSize, SignIn,
    SignInProblem, SurveyLine, SurveyState, Surveys, UnitsAsked, Viewer, Weight, render_agency,
    render_demonstration, render_failure, render_home, render_method, render_poster, render_poster_places,
    render_province, render_setup, render_setup_over, render_sign_in, render_surveys,
};
use app::parts::address::Address;
use app::parts::qr::QrModules;
use domain::account::AccountFault;
use domain::language::{Language, Words};
use domain::period::Month;
use domain::report::{ReleaseStamp, UnitName};
use domain::scope::Role;
use domain::survey::Mode;
use domain::unit::UnitKind;
use time::macros::date;

/// The frame of a signed-in administrator.
pub fn frame(language: Language, path: &str) -> Frame {
    Frame {
        language,
        assets: Assets { stylesheet: "style.css".into(), script: None, icon: "mark.svg".into() },
        viewer: Some(Viewer { name: "ngoc.tran".into(), role: Role::ProvinceAdmin }),
        province: Some(samples::words("Tỉnh Cà Mau", "Cà Mau province")),
        places: vec![
            (Area::Unit, "/a/SNNMT".into()),
            (Area::Province, "/p/96".into()),
            (Area::Surveys, "/admin/surveys".into()),
            (Area::Administration, "/admin".into()),
            (Area::Registry, "/admin/units".into()),
            (Area::Demonstration, "/demo".into()),
            (Area::Method, "/method".into()),
        ],
        finds_units: true,
        here: Address::new(path).with("lang", language.code()),
        csrf: Some("token".into()),
    }
}

fn stranger(language: Language, path: &str) -> Frame {
    Frame {
        viewer: None,
        places: vec![(Area::Method, "/method".into())],
        finds_units: false,
        csrf: None,
        ..frame(language, path)
    }
}

/// All pages: name, document.
pub fn all(language: Language) -> Vec<(&'static str, String)> {
    let mut pages = figures(language);
    pages.extend(super::analysis::all(language));
    pages.extend(doors(language));
    pages.extend(office(language));
    pages.extend(super::admin::all(language));
    pages.extend(super::desk::all(language));
    pages.extend(super::devices::pages(language));
    pages.extend(super::releases::all(language));
    pages.extend(find::all(|path| frame(language, path)));
    pages.extend(registry::all(|path| frame(language, path)));
    pages
}

/// The pages of figures.
pub fn figures(language: Language) -> Vec<(&'static str, String)> {
    let agency = frame(language, "/a/SNNMT");
    let province = frame(language, "/p/96");
    vec![
        ("agency", render_agency(&samples::full(), &agency)),
        ("agency-few", render_agency(&samples::few(), &agency)),
        ("agency-withheld", render_agency(&samples::withheld(), &agency)),
        ("agency-other-leads", render_agency(&samples::other_leads(), &agency)),
        ("agency-unreleased", render_agency(&samples::unreleased(), &agency)),
        ("agency-unanimous", render_agency(&samples::unanimous(), &agency)),
        ("agency-mixture", render_agency(&samples::mixture(), &agency.clone())),
        ("province", render_province(&provinces::province(), &province)),
        ("province-by-value", render_province(&provinces::by_value(), &province)),
        ("province-withheld", render_province(&provinces::withheld(), &province)),
        ("province-field", render_province(&provinces::field(), &province)),
    ]
}

fn unit(code: &str, vi: &str, kind: UnitKind) -> UnitName {
    UnitName { code: code.into(), name: Words::vi(vi), kind, may_open: true }
}

fn setup_units() -> Setup {
    let asked = UnitsAsked { own_file: true, province: String::new(), tag: "C".into() };
    let faults = vec!["line 3, column 1 (code): …".into()];
    let problems = vec![SetupProblem::File(faults), SetupProblem::Tag];
    Setup { path: "/setup/x".into(), step: SetupStep::Units(asked), problems }
}

fn setup_account() -> Setup {
    let asked = AccountAsked { name: "lan".into(), province: Words::vi("Tỉnh Cà Mau"), units: 137 };
    let problems =
        [AccountFault::PasswordLength, AccountFault::PasswordsDiffer].map(SetupProblem::Account).to_vec();
    Setup { path: "/setup/x".into(), step: SetupStep::Account(asked), problems }
}

fn doors(language: Language) -> Vec<(&'static str, String)> {
    let door = stranger(language, "/sign-in");
    let wrong =
        SignIn { problem: Some(SignInProblem::Wrong), name: "ngoc.tran".into(), next: Some("/p/96".into()) };
    let many = SignIn { problem: Some(SignInProblem::TooMany(5)), ..SignIn::default() };
    let home = Home {
        units: vec![unit("SNNMT", "Sở Nông nghiệp và Môi trường", UnitKind::Department)],
        province_code: Some("96".into()),
        demo: true,
        next: vec![NextStep::Fields, NextStep::Survey, NextStep::Posters, NextStep::People],
    };
    let failed = Failure::Failed { id: "K7M-2QX".into() };
    let bad = Failure::BadRequest(BadAddress::Value { name: "period".into(), value: "2026-13".into() });
    let here = frame(language, "/a/SNNMT");
    vec![
        ("sign-in", render_sign_in(&SignIn::default(), &door)),
        ("sign-in-wrong", render_sign_in(&wrong, &door)),
        ("sign-in-many", render_sign_in(&many, &door)),
        ("setup-units", render_setup(&setup_units(), &stranger(language, "/setup/x"))),
        ("setup-account", render_setup(&setup_account(), &stranger(language, "/setup/x"))),
        ("setup-over", render_setup_over(&stranger(language, "/setup/-"))),
        ("home", render_home(&home, &frame(language, "/"))),
        ("not-found", render_failure(&Failure::NotFound, &stranger(language, "/a/x"))),
        ("forbidden", render_failure(&Failure::Forbidden, &here)),
        ("failed", render_failure(&failed, &here)),
        ("busy", render_failure(&Failure::Busy { seconds: 30 }, &here)),
        ("bad-request", render_failure(&bad, &here)),
    ]
}

fn month(year: i32, number: u8) -> Month {
    Month::new(year, number).unwrap_or_else(|| unreachable!("a month of the samples"))
}

fn survey(
    code: &str,
    name: &str,
    state: SurveyState,
    waiting: Option<u64>,
    months: (Month, Month),
) -> SurveyLine {
    SurveyLine {
        code: code.into(),
        name: name.into(),
        instrument: samples::words("Sau giải quyết hồ sơ", "After service"),
        version: 3,
        from: months.0,
        to: months.1,
        k: 10,
        state,
        waiting,
        places: 64,
    }
}

fn surveys() -> Surveys {
    let this_year = (month(2026, 1), month(2026, 12));
    let last_year = (month(2025, 7), month(2025, 12));
    Surveys {
        province: samples::words("Tỉnh Cà Mau", "Cà Mau province"),
        today: date!(2026 - 10 - 11),
        demo: true,
        may_change: true,
        surveys: vec![
            survey("PS2026", "Sau giải quyết hồ sơ, 2026", SurveyState::Open, Some(640), this_year),
            survey("KIOSK2026", "Ki-ốt tại quầy, 2026", SurveyState::Open, Some(0), this_year),
            survey("PS2025", "Sau giải quyết hồ sơ, 2025", SurveyState::Ended, None, last_year),
        ],
        next_run: Some(date!(2026 - 10 - 12)),
        release: Some(release()),
    }
}

fn release() -> ReleaseStamp {
    ReleaseStamp { number: 41, dated: date!(2026 - 10 - 05), head: "9c417be2d05f".into() }
}

fn places() -> PosterPlaces {
    let place = |token: &str, name: &str, revoked| PosterPlace {
        token: token.into(),
        unit: Words::vi(name),
        address: Some("Số 15, đường Số 4, phường An Xuyên, tỉnh Cà Mau".into()),
        mode: Mode::Poster,
        version: 3,
        revoked,
    };
    PosterPlaces {
        survey: "PS2026".into(),
        survey_name: "Sau giải quyết hồ sơ, 2026".into(),
        demo: true,
        places: vec![
            place("CM7F3K2MA", "Trung tâm Phục vụ hành chính công phường An Xuyên", false),
            place("CM9H4N3PB", "Trung tâm Phục vụ hành chính công xã Đất Mũi", true),
        ],
    }
}

/// A pattern that looks like a code, for looking at the sheet; the server draws real ones.
pub fn pattern() -> QrModules {
    let width = 33;
    let finder = |x: usize, y: usize| {
        let ring = x.abs_diff(3).max(y.abs_diff(3));
        ring != 2 && ring <= 3
    };
    let dark = (0..width * width).map(|at| {
        let (x, y) = (at % width, at / width);
        match (x < 8, y < 8, x >= width - 8, y >= width - 8) {
            (true, true, ..) => finder(x, y),
            (_, true, true, _) => x > width - 8 && finder(x + 7 - width, y),
            (true, _, _, true) => y > width - 8 && finder(x, y + 7 - width),
            _ => (x * 7 + y * 13 + x * y) % 5 < 2,
        }
    });
    QrModules { width, dark: dark.collect() }
}

/// The poster of a place.
pub fn poster(size: SheetSize) -> Poster {
    Poster {
        unit: "Trung tâm Phục vụ hành chính công phường An Xuyên".into(),
        address: Some("Số 15, đường Số 4, phường An Xuyên, tỉnh Cà Mau".into()),
        phone: Some("0290 000 0000".into()),
        province: "Tỉnh Cà Mau".into(),
        public_domain: "hailong.camau.example".into(),
        short_url: "hailong.camau.example/s/CM7F3K2MA".into(),
        token: "CM7F3K2MA".into(),
        version: 3,
        date: date!(2026 - 10 - 05),
        qr: pattern(),
        size,
        demo: true,
    }
}

fn office(language: Language) -> Vec<(&'static str, String)> {
    let here = frame(language, "/admin/surveys");
    let none = Surveys { surveys: Vec::new(), release: None, ..surveys() };
    let try_it = Demonstration {
        counter: unit("Q1", "Trung tâm Phục vụ hành chính công phường An Xuyên", UnitKind::Counter),
        unit: unit("31825", "Phường An Xuyên", UnitKind::Commune),
        survey_path: "/s/CM7F3K2MA".into(),
        result: Some(DemonstrationResult { sent: 9, moved: 10, release: Some(42) }),
    };
    let not_yet = Demonstration { result: None, ..try_it.clone() };
    let weight = |vi: &str, en: &str, weight| Weight { name: samples::words(vi, en), weight };
    let method = Method {
        instrument: samples::words("Sau giải quyết hồ sơ", "After service"),
        instrument_version: 3,
        items: 13,
        weights: vec![
            weight("Tiếp cận dịch vụ", "Access", 3.0),
            weight("Thủ tục hành chính", "Procedures", 4.0),
            weight("Công chức", "Staff", 3.0),
            weight("Kết quả", "Result", 3.0),
        ],
        definition: "composite".into(),
        k: 10,
        opened: true,
        release: Some(release()),
        product_version: "0.1.0".into(),
    };
    let mut sheet = frame(language, "/admin/posters/CM7F3K2MA");
    sheet.here = sheet.here.with("survey", "PS2026");
    vec![
        ("surveys", render_surveys(&surveys(), &here)),
        ("surveys-none", render_surveys(&none, &here)),
        ("posters", render_poster_places(&places(), &here)),
        ("demo", render_demonstration(&not_yet, &frame(language, "/demo"))),
        ("demo-done", render_demonstration(&try_it, &frame(language, "/demo"))),
        ("method", render_method(&method, &stranger(language, "/method"))),
        ("poster-a4", render_poster(&poster(SheetSize::A4), &sheet)),
        ("poster-a5", render_poster(&poster(SheetSize::A5), &sheet)),
        ("poster-slip", render_poster(&poster(SheetSize::Slip), &sheet)),
    ]
}
