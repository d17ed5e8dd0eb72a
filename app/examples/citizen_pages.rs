//! Writes every page of the citizen in three languages into a folder, to be looked at:
//! `cargo run -p app --features ssr --example citizen_pages -- FOLDER STYLESHEET`

use app::citizen::{
    Frame, Notice, NoticePage, Place, PrivacyPage, StartPage, StepPage, ThanksPage, UsedCodePage,
    render_notice, render_privacy, render_start, render_step, render_thanks, render_used_code,
};
use domain::instrument::{Instrument, POST_SERVICE};
use domain::language::{Language, Words};
use domain::path::{Path, Visit};
use domain::submission::{Context, FieldChoice, Problem, Reason, Sheet};
use domain::survey::{Mode, Variant};
use std::error::Error;
use std::path::PathBuf;

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("the first argument is a folder")?);
    let stylesheet = arguments.next().ok_or("the second argument is the URL of a style sheet")?;
    std::fs::create_dir_all(&folder)?;
    let instrument = Instrument::read(POST_SERVICE).map_err(|faults| format!("{faults:?}"))?;
    for language in Language::ALL {
        let frame = frame(language, &stylesheet);
        let write = |name: &str, html: String| {
            std::fs::write(folder.join(format!("{name}-{}.html", language.code())), html)
        };
        for (name, html) in form(&instrument, &frame).into_iter().chain(around(&frame)) {
            write(&name, html)?;
        }
        write("used-code", used_code(&instrument, &frame))?;
    }
    Ok(())
}

fn words(vi: &str, en: &str, km: &str) -> Words {
    Words { vi: vi.into(), en: Some(en.into()), km: Some(km.into()) }
}

fn frame(language: Language, stylesheet: &str) -> Frame {
    let name = "Trung tâm Phục vụ hành chính công phường An Xuyên";
    Frame {
        language,
        stylesheet: stylesheet.to_owned(),
        icon: "mark.svg".into(),
        province: words("Tỉnh Cà Mau", "Cà Mau Province", "ខេត្តកាម៉ៅ"),
        place: Some(Place {
            name: Words { en: Some("An Xuyên Ward Public Service Centre".into()), ..Words::vi(name) },
            address: Some(Words::vi("số 15, đường Số 4, phường An Xuyên")),
        }),
        privacy: format!("privacy-{}.html", language.code()),
        switch: Vec::new(),
    }
}

fn fields() -> Vec<FieldChoice> {
    let field = |code: &str, vi: &str, en: &str| FieldChoice {
        code: code.into(),
        name: Words { en: Some(en.into()), ..Words::vi(vi) },
    };
    vec![
        field("civil", "Hộ tịch (khai sinh, kết hôn, khai tử)", "Civil status (birth, marriage, death)"),
        field("certify", "Chứng thực (sao y, chữ ký)", "Certification (copies, signatures)"),
        field("land", "Đất đai", "Land"),
        field("social", "Trợ cấp, bảo trợ xã hội", "Social assistance"),
        field("merit", "Người có công", "People with merit"),
        field("building", "Xây dựng, nhà ở", "Building, housing"),
        field("trade", "Hộ kinh doanh", "Household business"),
        field("fishing", "Thủy sản, tàu cá", "Fisheries, boats"),
    ]
}

fn poster() -> Visit {
    Visit { variant: Variant::Full, mode: Mode::Poster, channel_of_code: None, has_code: false }
}

fn sheet(context: &Context<'_>, answers: &[(&str, &str)]) -> Sheet {
    let pairs: Vec<_> = answers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    Sheet::read(&pairs, context).map(|(sheet, _)| sheet).unwrap_or_default()
}

fn form(instrument: &Instrument, frame: &Frame) -> Vec<(String, String)> {
    let fields = fields();
    let context = Context { instrument, visit: poster(), fields: &fields };
    let sheet = sheet(
        &context,
        &[
            ("kind", "self"),
            ("stage", "done"),
            ("field", "land"),
            ("overall", "4"),
            ("SC1", "4"),
            ("SC3", "3"),
        ],
    );
    let path = Path::of(instrument, &context.visit, &sheet);
    let step = |path: &Path<'_>, at: usize, sheet: &Sheet, problems: &[Problem]| {
        render_step(&StepPage {
            sounds: None,
            frame: frame.clone(),
            action: "/s/CM7F3K2M4".into(),
            token: "v1.3zWmK0aJq8p7sVb5x2nTt4LhQyRcGd9e.0123456789abcdef0123456789abcdef".into(),
            context: &context,
            path,
            at,
            sheet,
            problems,
        })
    };
    let blank = Sheet::default();
    let mut pages = vec![("visit".to_owned(), step(&path, 0, &blank, &[]))];
    for at in 1..path.pages.len() {
        pages.push((path.pages[at].page.code.clone(), step(&path, at, &sheet, &[])));
    }
    let missing = Problem { field: "SC2".into(), reason: Reason::Missing, typed: None };
    pages.push(("error".into(), step(&path, 4, &sheet, &[missing])));
    let long = "Ông Tám chờ lâu. ".repeat(80);
    let long = Problem { field: "comment".into(), reason: Reason::TooLong, typed: Some(long) };
    pages.push(("error-comment".into(), step(&path, path.pages.len() - 1, &sheet, &[long])));
    pages.push(("one".into(), step(&Path::at_once(instrument, &context.visit), 0, &blank, &[])));
    pages
}

fn used_code(instrument: &Instrument, frame: &Frame) -> String {
    let context = Context { instrument, visit: poster(), fields: &[] };
    render_used_code(&UsedCodePage {
        frame: frame.clone(),
        action: "/s/CM7F3K2M4".into(),
        token: "v1".into(),
        sheet: &sheet(&context, &[("stage", "done"), ("overall", "4")]),
        leave: "/".into(),
    })
}

fn around(frame: &Frame) -> Vec<(String, String)> {
    let mut open = frame.clone();
    open.switch = Language::ALL.map(|l| (l, format!("start-{}.html", l.code()))).to_vec();
    let start = StartPage {
        listen: None,
        sound: false,
        frame: open,
        action: "/s/CM7F3K2M4".into(),
        token: "v1".into(),
        parts: 7,
        at_once: false,
        newer_poster: false,
        help: None,
    };
    let thanks = ThanksPage {
        frame: frame.clone(),
        k: 10,
        results: Some("/a/31825".into()),
        complaint: Some("https://dichvucong.gov.vn".into()),
        again: "/s/CM7F3K2M4".into(),
    };
    let privacy =
        PrivacyPage { frame: frame.clone(), k: 10, method: None, form: Some("/s/CM7F3K2M4".into()) };
    let mut pages = vec![
        ("start".to_owned(), render_start(&start)),
        ("thanks".to_owned(), render_thanks(&thanks)),
        ("privacy".to_owned(), render_privacy(&privacy)),
    ];
    pages.extend(notices(frame));
    pages
}

fn notices(frame: &Frame) -> Vec<(String, String)> {
    let again = "/s/CM7F3K2M4".to_owned();
    let day = time::Date::from_calendar_date(2026, time::Month::September, 30).ok();
    let notices = [
        ("already-sent", Notice::AlreadySent { again: again.clone(), thanks: "/s/CM7F3K2M4/thanks".into() }),
        ("expired", Notice::ExpiredCode),
        ("withdrawn", Notice::WithdrawnCode),
        ("too-many-codes", Notice::TooManyCodes),
        ("revoked", Notice::Revoked),
        ("closed", Notice::Closed { on: day, results: Some("/a/31825".into()) }),
        ("not-yet-open", Notice::NotYetOpen { on: day }),
        ("unknown", Notice::Unknown),
        ("stale", Notice::Stale { again: Some(again) }),
        ("too-large", Notice::TooLarge),
        ("busy", Notice::Busy),
        ("failed", Notice::Failed { number: Some("K7M-2QX".into()) }),
    ];
    let draw = |(name, notice): (&str, Notice)| {
        let page = NoticePage { frame: frame.clone(), notice, phone: Some("0290 000 0000".into()) };
        (name.to_owned(), render_notice(&page))
    };
    notices.into_iter().map(draw).collect()
}
