//! What every page has around its content: the document, the head with its places and languages,
//! the foot.

use super::find::head_box;
use crate::i18n::console::ConsoleText;
use crate::islands::render_with_islands;
use crate::parts::address::Address;
use crate::parts::help::explanations;
use crate::parts::wording::{page_language, role};
use crate::parts::{brand, figure};
use domain::language::{Language, Words};
use domain::scope::Role;
use leptos::prelude::*;

/// Addresses of what a page loads; all from this very site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assets {
    /// The console's style sheet.
    pub stylesheet: String,
    /// The script that wakes the islands; pages work without it.
    pub script: Option<String>,
    /// The icon.
    pub icon: String,
}

/// Who is reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// Name of the account.
    pub name: String,
    /// The part that it plays.
    pub role: Role,
}

/// A place in the head of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// The reader's unit.
    Unit,
    /// The whole province.
    Province,
    /// Surveys and posters.
    Surveys,
    /// Accounts, volumes, the audit log.
    Administration,
    /// Releases.
    Releases,
    /// Units and fields.
    Registry,
    /// Forms on paper, to be typed.
    Typing,
    /// Helping people to answer.
    Helping,
    /// Interviews by telephone.
    Calling,
    /// The demonstration.
    Demonstration,
    /// The method.
    Method,
}

/// Everything around a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// The reader's language; where it is Khmer the console answers in Vietnamese.
    pub language: Language,
    /// What the page loads.
    pub assets: Assets,
    /// The reader; `None` before signing in.
    pub viewer: Option<Viewer>,
    /// The province's name, beside the brand.
    pub province: Option<Words>,
    /// The places that this reader may open, in order, with their paths.
    pub places: Vec<(Area, String)>,
    /// Whether the reader may search for units.
    pub finds_units: bool,
    /// The address of this page, for the language switch and the forms.
    pub here: Address,
    /// The token that a form of a signed-in reader must send back.
    pub csrf: Option<String>,
}

impl Frame {
    pub(crate) fn text(&self) -> &'static ConsoleText {
        ConsoleText::of(self.language)
    }

    /// The hidden field with the token, for forms that change something.
    pub(crate) fn csrf_field(&self) -> Option<AnyView> {
        let token = self.csrf.clone()?;
        Some(view! { <input type="hidden" name="csrf" value=token/> }.into_any())
    }

    /// A link inside the site that keeps the chosen language.
    pub(crate) fn link(&self, path: &str) -> String {
        self.here.carry(path, &["lang"]).to_string()
    }
}

/// A page before its frame.
pub(crate) struct Page {
    /// Title of the document, without the product's name.
    pub title: String,
    /// The place in the head that is current.
    pub area: Option<Area>,
    /// Content of `main`.
    pub main: AnyView,
    /// First line of the foot.
    pub foot: Option<AnyView>,
}

/// Draws a view on the server. Empty comments are the marks of hydration; only islands need them.
pub(crate) fn draw<V>(build: impl FnOnce() -> V) -> String
where
    V: IntoView + 'static,
{
    let html = render_with_islands(build);
    if html.contains("<leptos-island") { html } else { html.replace("<!>", "") }
}

/// The whole document.
pub(crate) fn document(frame: &Frame, page: impl FnOnce() -> Page) -> String {
    let body = draw(|| {
        let page = page();
        let title = format!("{} – Hài Lòng", page.title);
        shell(frame, title, "console", framed(frame, page))
    });
    // Only a page with islands loads the script that wakes them.
    let idle = frame.assets.script.clone().filter(|_| !body.contains("<leptos-island"));
    let body = idle.map_or(body.clone(), |src| body.replace(&draw(|| start_script(src)), ""));
    let help = draw(|| explanations(&body, frame.language));
    let body = if help.is_empty() { body } else { body.replacen("</body>", &format!("{help}</body>"), 1) };
    format!("<!doctype html>{body}")
}

fn start_script(src: String) -> AnyView {
    view! { <script type="module" src=src></script> }.into_any()
}

/// `html` with its head; `body` is finished.
pub(crate) fn shell(frame: &Frame, title: String, class: &'static str, body: AnyView) -> AnyView {
    let script = frame.assets.script.clone();
    view! {
        <html lang=page_language(frame.language).code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>{title}</title>
                <link rel="icon" href=frame.assets.icon.clone()/>
                <link rel="stylesheet" href=frame.assets.stylesheet.clone()/>
                {script.map(start_script)}
            </head>
            <body class=class>{body}</body>
        </html>
    }
    .into_any()
}

fn framed(frame: &Frame, page: Page) -> AnyView {
    let text = frame.text();
    view! {
        {figure::symbols()}
        <a class="skip" href="#main">{text.frame.skip}</a>
        <header class="top">
            <div class="wrap">{brand_link(frame)} {languages(frame)} {account(frame)} {nav(frame, page.area)} {head_box(frame)}</div>
        </header>
        <main id="main" class="wrap">{page.main}</main>
        {foot(frame, page.foot)}
    }
    .into_any()
}

fn brand_link(frame: &Frame) -> AnyView {
    let province = frame.province.as_ref().map(|name| {
        let name = crate::parts::wording::spoken(name, frame.language);
        view! { " " <small>{name}</small> }
    });
    view! { <a class="brand" href=frame.link("/")>{brand::mark()}<span>"Hài Lòng"</span>{province}</a> }
        .into_any()
}

fn nav(frame: &Frame, current: Option<Area>) -> Option<AnyView> {
    if frame.places.is_empty() {
        return None;
    }
    let text = frame.text();
    let places = frame.places.iter().map(|(area, path)| {
        let name = match area {
            Area::Unit => text.frame.unit,
            Area::Province => text.frame.whole_province,
            Area::Surveys => text.frame.surveys,
            Area::Administration => text.account.admin,
            Area::Releases => text.release.nav,
            Area::Registry => text.registry.registry,
            Area::Typing => text.paper.desk,
            Area::Helping => text.assist.title,
            Area::Calling => text.assist.calls,
            Area::Demonstration => text.frame.demonstration,
            Area::Method => text.frame.method,
        };
        let here = (current == Some(*area)).then_some("page");
        view! { <li><a href=frame.link(path) aria-current=here>{name}</a></li> }
    });
    let menu =
        view! { <nav class="nav" aria-label=text.frame.main_menu><ul>{places.collect_view()}</ul></nav> };
    Some(menu.into_any())
}

fn languages(frame: &Frame) -> AnyView {
    let links = [Language::Vi, Language::En].map(|language| {
        let code = language.code();
        let here = (page_language(frame.language) == language).then_some("true");
        let href = frame.here.with("lang", code).to_string();
        view! { <li><a href=href lang=code hreflang=code aria-current=here>{language.own_name()}</a></li> }
    });
    view! { <nav class="speak" aria-label=frame.text().frame.languages><ul class="langs">{links.into_iter().collect_view()}</ul></nav> }
        .into_any()
}

fn account(frame: &Frame) -> AnyView {
    let text = frame.text();
    let Some(viewer) = &frame.viewer else {
        let href = frame.link("/sign-in");
        // While nobody has an account, signing in leads nowhere.
        let at_the_door = frame.here.path == "/sign-in" || frame.here.path.starts_with("/setup/");
        let link = (!at_the_door).then(|| view! { <a href=href>{text.frame.sign_in}</a> });
        return view! { <div class="account">{link}</div> }.into_any();
    };
    view! {
        <div class="account">
            <a href=frame.link("/account")>{viewer.name.clone()}<span>{format!("\u{a0}· {}", role(viewer.role, text))}</span></a>
            <form method="post" action="/sign-out">
                {frame.csrf_field()}
                <button class="linklike">{text.frame.sign_out}</button>
            </form>
        </div>
    }
    .into_any()
}

fn foot(frame: &Frame, first: Option<AnyView>) -> AnyView {
    let text = frame.text();
    view! {
        <footer class="foot">
            <div class="wrap">
                <p>{first.unwrap_or_else(|| text.frame.foot_plain.into_any())}</p>
                <p>
                    <a href=frame.link("/method")>{text.frame.method_and_limits}</a>
                    " · "
                    <a href=frame.link("/privacy")>{text.frame.privacy}</a>
                </p>
            </div>
        </footer>
    }
    .into_any()
}

/// A section: heading and how to read it on the rail, content beside it.
pub(crate) fn section(id: &'static str, heading: AnyView, how: AnyView, body: AnyView) -> AnyView {
    view! {
        <section class="section" aria-labelledby=id>
            <div class="rail"><h2 id=id>{heading}</h2>{how}</div>
            <div class="body">{body}</div>
        </section>
    }
    .into_any()
}

/// The mark of made-up answers.
pub(crate) fn sample(demo: bool, text: &ConsoleText) -> Option<AnyView> {
    let words = text.frame.sample;
    demo.then(|| view! { " " <span class="sample">{words}</span> }.into_any())
}
