//! Many sheets in one document, one a page: what the browser shows is what it prints.

use super::sheet::{page_class, sheet};
use super::{Poster, SheetSize};
use crate::console::frame::{Assets, Frame, draw, sample, shell};
use crate::i18n::console::fill;
use crate::i18n::format::count;
use leptos::prelude::*;

/// Sheets of one size as a document. With the text of the style sheet it stands alone, as a file that
/// can be mailed to a printing shop; without it the page loads its style as every page does.
#[must_use]
pub fn render_posters(posters: &[Poster], size: SheetSize, frame: &Frame, alone: Option<&str>) -> String {
    // No island stands on a sheet.
    let assets = Assets { script: None, ..frame.assets.clone() };
    let frame = &Frame { assets, ..frame.clone() };
    let body = draw(|| {
        let text = &frame.text().touchpoint;
        let n = count(posters.len() as u64, frame.language);
        let title = fill(text.many_title, &[("n", &n), ("size", size.word(frame.text()))]);
        let bar = alone.is_none().then(|| bar(posters, &n, frame));
        let sheets = posters.iter().map(sheet).collect_view();
        let body = view! { <main>{bar} {sheets}</main> };
        shell(frame, format!("{title} – Hài Lòng"), page_class(size), body.into_any())
    });
    let page = format!("<!doctype html>{body}");
    alone.map_or_else(|| page.clone(), |style| with_style(&page, frame, style))
}

fn bar(posters: &[Poster], n: &str, frame: &Frame) -> AnyView {
    let text = &frame.text().touchpoint;
    let says = if posters.is_empty() { text.many_none.to_owned() } else { fill(text.many_hint, &[("n", n)]) };
    let demo = posters.iter().any(|poster| poster.demo);
    view! {
        <p class="wrap screen poster-bar">
            <a href=frame.link("/admin/touchpoints")>{text.back}</a>
            " "
            <span class="soft">{says} {sample(demo, frame.text())}</span>
        </p>
    }
    .into_any()
}

/// Addresses of this site mean nothing in a file: its style goes in, its icon out.
pub(in crate::console) fn with_style(page: &str, frame: &Frame, style: &str) -> String {
    let sheet = frame.assets.stylesheet.clone();
    let icon = frame.assets.icon.clone();
    let link = draw(|| view! { <link rel="stylesheet" href=sheet/> });
    let icon = draw(|| view! { <link rel="icon" href=icon/> });
    // No closing tag of ours stands in a style sheet of ours; a file never becomes a page of the site.
    page.replace(&icon, "").replace(&link, &format!("<style>{style}</style>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_for_the_printing_shop_asks_for_nothing() {
        let assets =
            Assets { stylesheet: "/assets/a.css".into(), script: None, icon: "/assets/b.svg".into() };
        let frame = Frame { assets, ..Frame::default() };
        let page = render_posters(&[], SheetSize::A4, &frame, None);
        assert!(page.contains("/assets/a.css") && page.contains("/assets/b.svg"));
        let file = render_posters(&[], SheetSize::A4, &frame, Some("p{margin:0}"));
        assert!(!file.contains("/assets/") && file.contains("<style>p{margin:0}</style>"), "{file}");
    }
}
