//! The sheet as one self-contained SVG, in millimetres: for files, and for whoever lays out pages.
//!
//! Written by hand rather than as a view, because a view's empty comments are not XML.

use super::sheet::colophon;
use super::text::POSTER;
use super::{Poster, SheetSize};
use crate::i18n::console::fill;
use crate::parts::face::{FACES, OUTLINE};
use crate::parts::qr::QrModules;
use domain::language::Language;
use std::fmt::Write as _;

/// One ink, so that an office printer needs no colour.
const INK: &str = "black";

/// Average width of a letter, in parts of its size, of the system's sans-serif letters.
const LETTER: f64 = 0.56;

/// The sheet as SVG.
#[must_use]
pub fn poster_svg(poster: &Poster) -> String {
    let (width, height) = poster.size.millimetres();
    // The small sister is the large one, scaled: their proportions are the same.
    let view = if poster.size == SheetSize::Slip { (80, 150) } else { (210, 297) };
    let title = fill(POSTER.qr, &[("url", &poster.short_url)]);
    let mut sheet = Sheet::default();
    if poster.size == SheetSize::Slip {
        slip(&mut sheet, poster);
    } else {
        wall(&mut sheet, poster);
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 {} {}\" \
         font-family=\"system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Khmer', 'Leelawadee UI', sans-serif\" \
         fill=\"{INK}\" xml:lang=\"vi\"><title>{}</title><rect width=\"100%\" height=\"100%\" fill=\"white\"/>{}</svg>\n",
        view.0,
        view.1,
        escape(&format!("{} – {title}", poster.unit)),
        sheet.drawn
    )
}

/// The large sheet.
fn wall(sheet: &mut Sheet, poster: &Poster) {
    sheet.rule(0.0, 210.0, 2.0, 4.0);
    sheet.brand(15.0, 14.0, 11.0, poster);
    let mut y = sheet.paragraph(15.0, 42.0, 180.0, Style::bold(12.0), POSTER.heading);
    y = sheet.paragraph(15.0, y + 3.0, 180.0, Style::bold(6.0), &poster.unit);
    if let Some(address) = &poster.address {
        y = sheet.paragraph(15.0, y, 180.0, Style::plain(5.6), address);
    }
    let faces = y + 1.0;
    for (index, face) in FACES.into_iter().enumerate() {
        sheet.face(15.0 + 18.0 * index as f64, faces, 14.0, face);
    }
    sheet.text(112.0, faces + 5.5, Style::plain(5.6), POSTER.call[0]);
    sheet.text(112.0, faces + 12.5, Style::plain(5.6), POSTER.call[1]);
    let code = faces + 21.0;
    sheet.qr(15.0, code, 82.0, &poster.qr);
    sheet.steps(106.0, code + 9.0, poster);
    sheet.foot(poster, code.max(140.0) + 92.0);
}

/// The slip: the code, where it leads, and what is never asked.
fn slip(sheet: &mut Sheet, poster: &Poster) {
    sheet.brand(6.0, 6.0, 7.0, poster);
    let mut y = sheet.paragraph(6.0, 21.0, 68.0, Style::bold(5.2), POSTER.heading);
    y = sheet.paragraph(6.0, y, 68.0, Style::bold(3.2), &poster.unit);
    sheet.qr(15.0, y - 1.5, 50.0, &poster.qr);
    y += 53.5;
    y = sheet.paragraph(6.0, y, 68.0, Style::plain(3.0), POSTER.begins_with);
    let domain = fitting(&poster.public_domain, 68.0, 6.4);
    y = sheet.paragraph(6.0, y + domain * 0.4, 68.0, Style::bold(domain), &poster.public_domain);
    y = sheet.paragraph(
        6.0,
        y - 1.0,
        68.0,
        Style::mono(fitting(&poster.short_url, 62.0, 3.2)),
        &poster.short_url,
    );
    y = sheet.paragraph(6.0, y + 0.5, 68.0, Style::bold(3.0), &POSTER.never.join(" "));
    y = sheet.paragraph(6.0, y, 68.0, Style::plain(3.0), POSTER.free);
    y = sheet.paragraph(6.0, y, 68.0, Style::plain(3.0), POSTER.english);
    y = sheet.paragraph(6.0, y, 68.0, Style::plain(3.0).khmer(), POSTER.khmer);
    sheet.text(6.0, y.max(144.0), Style::plain(2.3), &colophon(poster));
}

/// The size at which a text that must not break fits a width.
fn fitting(text: &str, width: f64, largest: f64) -> f64 {
    (width / (text.chars().count().max(1) as f64 * 0.62)).min(largest)
}

/// How letters look.
#[derive(Debug, Clone, Copy)]
struct Style {
    size: f64,
    bold: bool,
    mono: bool,
    language: Option<Language>,
}

impl Style {
    const fn plain(size: f64) -> Self {
        Self { size, bold: false, mono: false, language: None }
    }

    const fn bold(size: f64) -> Self {
        Self { size, bold: true, mono: false, language: None }
    }

    const fn mono(size: f64) -> Self {
        Self { size, bold: true, mono: true, language: None }
    }

    const fn khmer(self) -> Self {
        Self { language: Some(Language::Km), ..self }
    }
}

/// What has been drawn so far.
#[derive(Debug, Default)]
struct Sheet {
    drawn: String,
}

impl Sheet {
    fn push(&mut self, drawn: &str) {
        self.drawn.push_str(drawn);
    }

    fn text(&mut self, x: f64, y: f64, style: Style, words: &str) {
        let weight = if style.bold { " font-weight=\"700\"" } else { "" };
        let family = if style.mono {
            " font-family=\"ui-monospace, Consolas, 'Noto Sans Mono', monospace\""
        } else {
            ""
        };
        let lang = style.language.map(|l| format!(" xml:lang=\"{}\"", l.code())).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(
            self.drawn,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{:.2}\"{weight}{family}{lang}>{}</text>",
            style.size,
            escape(words)
        );
    }

    /// Lines of text that fit a width; returns the base line below the last.
    fn paragraph(&mut self, x: f64, y: f64, width: f64, style: Style, words: &str) -> f64 {
        let mut y = y;
        for line in wrap(words, width / (style.size * LETTER)) {
            self.text(x, y, style, &line);
            y += style.size * 1.32;
        }
        y
    }

    fn rule(&mut self, from: f64, to: f64, y: f64, width: f64) {
        let _ = write!(
            self.drawn,
            "<path d=\"M{from:.1} {y:.1}H{to:.1}\" stroke=\"{INK}\" stroke-width=\"{width}\" fill=\"none\"/>"
        );
    }

    fn brand(&mut self, x: f64, y: f64, size: f64, poster: &Poster) {
        let scale = size / 36.0;
        let _ = write!(
            self.drawn,
            "<g transform=\"translate({x} {y}) scale({scale:.4})\" fill=\"none\" stroke=\"{INK}\" \
             stroke-width=\"2.8\" stroke-linecap=\"round\"><rect x=\"1.4\" y=\"1.4\" width=\"33.2\" height=\"33.2\" rx=\"8\"/>\
             <path d=\"M7 13Q18 31 29 13M7 10v6M29 10v6\"/><circle cx=\"21.5\" cy=\"20.8\" r=\"4\" fill=\"white\"/></g>"
        );
        let base = y + size * 0.68;
        self.text(x + size * 1.25, base, Style::bold(size * 0.55), "Hài Lòng");
        let name = Style::plain(size * 0.42);
        self.text(x + size * 1.25 + size * 3.0, base, name, &poster.province);
    }

    fn face(&mut self, x: f64, y: f64, size: f64, path: &str) {
        let scale = size / 40.0;
        let _ = write!(
            self.drawn,
            "<g transform=\"translate({x} {y:.1}) scale({scale})\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"2\" \
             stroke-linecap=\"round\" stroke-linejoin=\"round\"><path d=\"{OUTLINE}\"/><path d=\"{path}\"/></g>"
        );
    }

    /// The frame lies outside the margin, which belongs to the code.
    fn qr(&mut self, x: f64, y: f64, side: f64, qr: &QrModules) {
        let full = qr.full_width();
        let _ = write!(
            self.drawn,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"3\" fill=\"white\" stroke=\"{INK}\" \
             stroke-width=\"0.6\"/><svg x=\"{x}\" y=\"{y:.1}\" width=\"{side}\" height=\"{side}\" \
             viewBox=\"0 0 {full} {full}\" shape-rendering=\"crispEdges\"><path d=\"{}\"/></svg>",
            x - 0.4,
            y - 0.4,
            side + 0.8,
            side + 0.8,
            qr.path()
        );
    }

    fn steps(&mut self, x: f64, y: f64, _poster: &Poster) {
        let mut y = y;
        for (index, step) in POSTER.steps.into_iter().enumerate() {
            let _ = write!(
                self.drawn,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4.8\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"0.8\"/>\
                 <text x=\"{:.1}\" y=\"{y:.1}\" font-size=\"5.6\" font-weight=\"700\" text-anchor=\"middle\">{}</text>",
                x + 5.0,
                y - 2.0,
                x + 5.0,
                index + 1
            );
            y = self.paragraph(x + 14.0, y, 78.0, Style::plain(5.6), step) + 6.5;
        }
        self.rule(x, 195.0, y - 6.0, 0.4);
        y = self.paragraph(x, y + 2.0, 88.0, Style::bold(5.2), POSTER.free);
        self.paragraph(x, y, 88.0, Style::plain(5.2), POSTER.helped);
    }

    fn foot(&mut self, poster: &Poster, top: f64) {
        let top = top.min(206.0);
        self.rule(15.0, 195.0, top, 0.6);
        self.text(15.0, top + 7.0, Style::plain(5.0), POSTER.begins_with);
        let domain = fitting(&poster.public_domain, 180.0, 14.5);
        self.text(15.0, top + 21.0, Style::bold(domain), &poster.public_domain);
        let short = fitting(&poster.short_url, 180.0, 6.3);
        self.text(15.0, top + 30.0, Style::mono(short), &poster.short_url);
        self.rule(15.0, 195.0, top + 34.0, 0.6);
        let mut y = self.paragraph(15.0, top + 42.0, 180.0, Style::bold(5.8), &POSTER.never.join(" "));
        let ask = poster
            .phone
            .as_ref()
            .map_or_else(|| POSTER.no_phone.to_owned(), |phone| format!("{} {phone}.", POSTER.phone));
        y = self.paragraph(15.0, y, 180.0, Style::plain(5.6), &ask);
        self.rule(15.0, 195.0, y - 3.0, 0.6);
        self.text(15.0, y + 4.0, Style::bold(4.6), Language::Km.own_name());
        self.text(15.0, y + 12.0, Style::plain(4.6).khmer(), POSTER.khmer);
        self.text(112.0, y + 4.0, Style::bold(4.6), Language::En.own_name());
        self.paragraph(112.0, y + 11.0, 83.0, Style::plain(4.6), POSTER.english);
        self.rule(15.0, 195.0, 284.0, 0.3);
        let printed = fill(POSTER.printed_by, &[("province", &poster.province)]);
        self.text(15.0, 290.0, Style::plain(3.7), &printed);
        let anchor = format!(
            "<text x=\"195\" y=\"290\" font-size=\"3.7\" text-anchor=\"end\">{}</text>",
            escape(&colophon(poster))
        );
        self.push(&anchor);
    }
}

/// Lines of about the same length, as few as fit.
fn wrap(words: &str, letters: f64) -> Vec<String> {
    let fewest = wrap_greedily(words, letters);
    let mut lines = fewest.clone();
    let mut narrower = letters - 1.0;
    while narrower > 8.0 {
        let tried = wrap_greedily(words, narrower);
        let longest = tried.iter().map(|line| line.chars().count()).max().unwrap_or_default() as f64;
        if tried.len() > fewest.len() || longest > letters {
            break;
        }
        lines = tried;
        narrower -= 1.0;
    }
    lines
}

fn wrap_greedily(words: &str, letters: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if ((line.chars().count() + 1 + word.chars().count()) as f64) <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Text for XML; control characters have no place in it.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poster(size: SheetSize) -> Poster {
        Poster {
            unit: "Xã <Tân> & Ân".into(),
            address: None,
            phone: None,
            province: "Tỉnh Cà Mau".into(),
            public_domain: "hailong.example".into(),
            short_url: "hailong.example/s/CM7F3K2MA".into(),
            token: "CM7F3K2MA".into(),
            version: 1,
            date: time::macros::date!(2026 - 10 - 05),
            qr: QrModules { width: 2, dark: vec![true, false, false, true] },
            size,
            demo: true,
        }
    }

    #[test]
    fn names_cannot_break_out_of_the_drawing() {
        let svg = poster_svg(&poster(SheetSize::A4));
        assert!(svg.contains("Xã &lt;Tân&gt; &amp; Ân"));
        assert!(!svg.contains("<Tân>") && !svg.contains("<!>"));
    }

    #[test]
    fn lines_are_as_few_as_fit_and_about_equal() {
        assert_eq!(wrap(POSTER.heading, 26.0), ["Ông/bà thấy việc phục", "vụ ở đây thế nào?"]);
        assert_eq!(wrap("ngắn", 26.0), ["ngắn"]);
    }

    #[test]
    fn every_size_carries_the_address_and_what_is_never_asked() {
        for size in SheetSize::ALL {
            let svg = poster_svg(&poster(size));
            for words in ["hailong.example/s/CM7F3K2MA", "Không hỏi OTP", "hailong.example</text>"] {
                assert!(svg.contains(words), "{size:?} lacks {words}");
            }
            let (width, height) = size.millimetres();
            assert!(svg.contains(&format!("width=\"{width}mm\" height=\"{height}mm\"")));
        }
    }
}
