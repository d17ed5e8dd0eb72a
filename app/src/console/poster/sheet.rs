//! The sheet as a page of its own: what the browser shows is what it prints.

use super::text::POSTER;
use super::{Poster, SheetSize};
use crate::console::frame::{Frame, draw, sample, shell};
use crate::i18n::console::fill;
use crate::i18n::format::date;
use crate::parts::address::Address;
use crate::parts::brand;
use crate::parts::face::{FACES, OUTLINE};
use domain::language::Language;
use leptos::prelude::*;

/// The sheet as a document.
#[must_use]
pub fn render_poster(poster: &Poster, frame: &Frame) -> String {
    let body = draw(|| {
        let text = &frame.text().office;
        let word = poster.size.word(frame.text());
        let title = fill(text.poster_title, &[("size", word), ("place", &poster.unit)]);
        let class = page_class(poster.size);
        let body = view! { <main>{bar(poster, frame)} {sheet(poster)}</main> };
        shell(frame, format!("{title} – Hài Lòng"), class, body.into_any())
    });
    format!("<!doctype html>{body}")
}

/// Each size prints on its own paper.
pub(super) const fn page_class(size: SheetSize) -> &'static str {
    match size {
        SheetSize::A4 => "sheet-page",
        SheetSize::A5 => "sheet-page sheet-page-a5",
        SheetSize::Slip => "sheet-page sheet-page-slip",
    }
}

fn bar(poster: &Poster, frame: &Frame) -> AnyView {
    let text = &frame.text().office;
    let hint = match poster.size {
        SheetSize::A4 => text.poster_hint_a4,
        SheetSize::A5 => text.poster_hint_a5,
        SheetSize::Slip => text.poster_hint_slip,
    };
    let back = frame.here.carry("/admin/posters", &["survey", "lang"]).to_string();
    let svg = Address::new(format!("/admin/posters/{}.svg", poster.token)).with("size", poster.size.code());
    view! {
        <p class="wrap screen poster-bar">
            <a href=back>{text.back_to_posters}</a>
            " "
            <a href=svg.to_string()>{text.poster_svg}</a>
            " "
            <span class="soft">{hint} {sample(poster.demo, frame.text())}</span>
        </p>
    }
    .into_any()
}

pub(super) fn sheet(poster: &Poster) -> AnyView {
    let class = match poster.size {
        SheetSize::A4 => "sheet",
        SheetSize::A5 => "sheet sheet-a5",
        SheetSize::Slip => "sheet sheet-slip",
    };
    let inner = if poster.size == SheetSize::Slip { "a4 slip" } else { "a4" };
    view! {
        <article class=class lang="vi" aria-label=POSTER.heading>
            <div class=inner>
                <div class="brand">
                    {brand::mark()}<span>"Hài Lòng"</span> " " <small>{poster.province.clone()}</small>
                </div>
                {head(poster)}
                {scan(poster)}
                <div class="web">
                    <p>{POSTER.begins_with}</p>
                    <p class=domain_class(&poster.public_domain)><b>{poster.public_domain.clone()}</b></p>
                    <p class="short"><span class="unseen">{POSTER.typed}</span>{poster.short_url.clone()}</p>
                </div>
                {safe(poster)}
                {foot(poster)}
            </div>
        </article>
    }
    .into_any()
}

fn head(poster: &Poster) -> AnyView {
    let address = poster.address.clone().map(|address| view! { <br/> {address} });
    let faces = FACES.map(|path| {
        view! {
            <svg class="face" viewBox="0 0 40 40" aria-hidden="true">
                <path d=OUTLINE></path><path d=path></path>
            </svg>
        }
    });
    let [first, second] = POSTER.call;
    view! {
        <div>
            <h1>{POSTER.heading}</h1>
            <p class="place"><b>{poster.unit.clone()}</b>{address}</p>
            <div class="faces">{faces.into_iter().collect_view()}<p class="call">{first}<br/>{second}</p></div>
        </div>
    }
    .into_any()
}

fn scan(poster: &Poster) -> AnyView {
    let side = poster.qr.full_width().to_string();
    let view_box = format!("0 0 {side} {side}");
    let title = fill(POSTER.qr, &[("url", &poster.short_url)]);
    // Many sheets may stand in one document.
    let id = format!("qr-{}", poster.token);
    let named = id.clone();
    let steps = POSTER.steps.map(|step| view! { <li><span>{step}</span></li> });
    view! {
        <div class="scan">
            <svg class="qr" role="img" aria-labelledby=named viewBox=view_box
                shape-rendering="crispEdges">
                <title id=id>{title}</title>
                <rect width=side.clone() height=side></rect>
                <path class="dark" d=poster.qr.path()></path>
            </svg>
            <ol>
                {steps.into_iter().collect_view()}
                <li class="free"><span><b>{POSTER.free}</b> " " {POSTER.helped}</span></li>
            </ol>
        </div>
    }
    .into_any()
}

fn safe(poster: &Poster) -> AnyView {
    let [account, application] = POSTER.never;
    let ask = match &poster.phone {
        Some(phone) => view! { {POSTER.phone} " " <b>{phone.clone()}</b> "." }.into_any(),
        None => POSTER.no_phone.into_any(),
    };
    view! { <div class="safe"><p><b>{account}</b> " " <b>{application}</b> " " {ask}</p></div> }.into_any()
}

fn foot(poster: &Poster) -> AnyView {
    let printed = fill(POSTER.printed_by, &[("province", &poster.province)]);
    view! {
        <div>
            <div class="tongues">
                <p lang="km"><b>{Language::Km.own_name()}</b><br/>{POSTER.khmer}</p>
                <p lang="en"><b>{Language::En.own_name()}</b><br/>{POSTER.english}</p>
            </div>
            <div class="colophon"><span>{printed}</span><span class="num">{colophon(poster)}</span></div>
        </div>
    }
    .into_any()
}

/// The line at the foot: which sheet this is.
pub(super) fn colophon(poster: &Poster) -> String {
    let version = poster.version.to_string();
    let day = date(poster.date, Language::Vi);
    fill(POSTER.colophon, &[("token", &poster.token), ("version", &version), ("date", &day)])
}

/// The domain must stay on one line, however long it is.
fn domain_class(domain: &str) -> &'static str {
    match domain.chars().count() {
        0..=18 => "domain",
        19..=22 => "domain middling",
        23..=28 => "domain long",
        _ => "domain longer",
    }
}
