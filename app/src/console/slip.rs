//! Slips: what a person takes home with a one-time code on it. Eight on an A4 sheet, or one after the
//! other on a roll of 80 mm. A slip names no dossier and no person.

use crate::console::frame::{Assets, Frame, draw, sample, shell};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date};
use crate::parts::qr::QrModules;
use domain::language::Language;
use leptos::prelude::*;
use time::Date;

domain::survey::words! {
    /// What the slip goes with.
    Occasion, "occasion" {
        /// The receipt, or the result.
        Result = "result",
        /// A request for more papers.
        Supplement = "supplement",
        /// A refusal.
        Refusal = "refusal",
    }
}

domain::survey::words! {
    /// On which paper.
    SlipPaper, "paper" {
        /// Eight on a sheet.
        A4 = "a4",
        /// A roll, 80 mm wide.
        Thermal = "thermal",
    }
}

/// A slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The unit that received, in Vietnamese.
    pub unit: String,
    /// Its postal address.
    pub address: Option<String>,
    /// A telephone number for questions.
    pub phone: Option<String>,
    /// The public domain, printed large.
    pub public_domain: String,
    /// What people type.
    pub typed: String,
    /// The last day on which it is valid without a signal.
    pub through: Option<Date>,
    /// The QR, level M.
    pub qr: QrModules,
    /// What it goes with.
    pub occasion: Occasion,
}

const CALL: &str = "Ông/bà thấy việc phục vụ thế nào? Khoảng một phút.";
const UNTIED: &str = "Không hỏi tên. Không gắn với hồ sơ. Mỗi mã trả lời một lần.";
const NEVER: &str = "Không hỏi OTP, số tài khoản; không cài ứng dụng.";
const ENGLISH: &str = "Scan the code and tell us how it went. Anonymous.";
const KHMER: &str = "សូមស្កេនកូដ ហើយផ្តល់មតិរបស់អ្នក។ មិនសួរឈ្មោះ។";

const fn heading(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Result => "Cho biết ý kiến khi có kết quả",
        Occasion::Supplement => "Được yêu cầu bổ sung? Xin cho biết ý kiến",
        Occasion::Refusal => "Hồ sơ bị từ chối? Ý kiến của ông/bà vẫn cần",
    }
}

/// Slips as a document to print; with the text of the style sheet it stands alone, as a file. `back` is
/// where the reader came from.
#[must_use]
pub fn render_slips(
    slips: &[Slip],
    paper: SlipPaper,
    frame: &Frame,
    (back, alone): (&str, Option<&str>),
    demo: bool,
) -> String {
    let assets = Assets { script: None, ..frame.assets.clone() };
    let frame = &Frame { assets, ..frame.clone() };
    let mut sheets = String::with_capacity(slips.len() * 8_192);
    for slip in slips {
        sheets.push_str(&draw(|| article(slip)));
    }
    let (bar, title) =
        (alone.is_none().then(|| draw(|| bar(slips.len(), frame, back, demo))), title(slips.len(), frame));
    let class = match paper {
        SlipPaper::A4 => "slips-page",
        SlipPaper::Thermal => "slips-page slips-thermal",
    };
    let body = draw(|| shell(frame, title, class, view! { <main>"@SLIPS@"</main> }.into_any()));
    let sheets = format!("{}<div class=\"slips\" lang=\"vi\">{sheets}</div>", bar.unwrap_or_default());
    let page = format!("<!doctype html>{}", body.replacen("@SLIPS@", &sheets, 1));
    alone.map_or_else(|| page.clone(), |style| crate::console::poster::with_style(&page, frame, style))
}

fn title(n: usize, frame: &Frame) -> String {
    let n = count(n as u64, frame.language);
    format!("{} – Hài Lòng", fill(frame.text().code.slips_title, &[("n", &n)]))
}

fn bar(n: usize, frame: &Frame, back: &str, demo: bool) -> AnyView {
    let text = &frame.text().code;
    let n = fill(text.slips_title, &[("n", &count(n as u64, frame.language))]);
    view! {
        <p class="wrap screen poster-bar">
            <a href=frame.link(back)>{text.slips_back}</a>
            " "
            <span class="soft">{n} ". " {text.slips_hint} " " {sample(demo, frame.text())}</span>
        </p>
    }
    .into_any()
}

fn article(slip: &Slip) -> AnyView {
    let side = slip.qr.full_width().to_string();
    let view_box = format!("0 0 {side} {side}");
    let address = slip.address.clone().map(|address| view! { ", " {address} });
    let through = slip.through.map(|day| {
        view! { <p class="through">"Dùng đến " <b>{date(day, Language::Vi)}</b></p> }
    });
    let phone = slip.phone.clone().map(|phone| view! { " Hỏi thêm: " <b>{phone}</b> "." });
    view! {
        <article class="code-slip">
            <h2>{heading(slip.occasion)}</h2>
            <p class="place"><b>{slip.unit.clone()}</b>{address}</p>
            <svg class="qr" role="img" aria-label="Mã QR" viewBox=view_box shape-rendering="crispEdges">
                <path d=slip.qr.path()></path>
            </svg>
            <div class="way">
                <p>{CALL}</p>
                <p class="typed"><span>{format!("{}/c", slip.public_domain)}</span> <b>{slip.typed.clone()}</b></p>
                {through}
            </div>
            <p class="small">{UNTIED} " " <b>{NEVER}</b>{phone}</p>
            <p class="small"><span lang="en">{ENGLISH}</span> " " <span lang="km">{KHMER}</span></p>
        </article>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(occasion: Occasion) -> Slip {
        Slip {
            unit: "Xã <Tân> & Ân".into(),
            address: None,
            phone: None,
            public_domain: "hailong.example".into(),
            typed: "CM-7K3M-Q9TB-4XWE".into(),
            through: Some(time::macros::date!(2027 - 04 - 30)),
            qr: QrModules { width: 2, dark: vec![true, false, false, true] },
            occasion,
        }
    }

    #[test]
    fn a_slip_says_where_until_when_and_what_is_never_asked() {
        for occasion in Occasion::ALL {
            let page = render_slips(&[slip(*occasion)], SlipPaper::A4, &Frame::default(), ("/", None), false);
            for words in
                ["CM-7K3M-Q9TB-4XWE", "hailong.example/c", "30/04/2027", "Không hỏi OTP", "Xã &lt;Tân&gt;"]
            {
                assert!(page.contains(words), "{occasion} lacks {words}: {page}");
            }
            assert!(page.contains(heading(*occasion)) && !page.contains("<script"));
        }
    }

    #[test]
    fn as_many_slips_are_drawn_as_there_are_codes() {
        let slips = vec![slip(Occasion::Result); 17];
        let page = render_slips(&slips, SlipPaper::Thermal, &Frame::default(), ("/", Some("p{}")), false);
        assert_eq!(page.matches("<article").count(), 17);
        assert!(page.contains("slips-thermal") && page.contains("<style>p{}</style>"));
    }
}
