//! The tablet at the counter: one page for all tablets, without a word about any of them. What a tablet
//! shows it learns when it is paired, and keeps; the scripts beside this file do the rest.
//!
//! | file | what |
//! | --- | --- |
//! | `box.js` | what the tablet keeps, and that it is kept |
//! | `keys.js` | its keys, sealing, signing, the PIN |
//! | `queue.js` | answers that wait |
//! | `wire.js` | sending, trying again |
//! | `screen.js` | what is shown, in which language |
//! | `taps.js` | from a tap to the thanks |
//! | `staff.js` | behind the PIN |
//! | `start.js` | pairing, starting, updates |
//! | `worker.js` | the service worker: the page without a network |

use crate::i18n::kiosk::vietnamese;
use crate::parts::brand;
use crate::parts::face::{FACES, OUTLINE};
use domain::language::Language;
use leptos::prelude::*;

/// The service worker; whoever serves it puts `VERSION` and `FILES` in front.
pub const WORKER: &str = include_str!("kiosk/worker.js");

/// Addresses of what the page loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KioskAssets {
    /// The style sheet.
    pub stylesheet: String,
    /// The script.
    pub script: String,
    /// The icon.
    pub icon: String,
}

/// The page as a document.
#[must_use]
pub fn render_kiosk(assets: &KioskAssets) -> String {
    let owner = Owner::new();
    let document = owner.with(|| page(assets).to_html());
    format!("<!doctype html>{}", document.replace("<!>", ""))
}

/// A phrase that the script changes with the language.
fn said(key: &'static str) -> AnyView {
    view! { <span data-say=key>{vietnamese(key)}</span> }.into_any()
}

fn page(assets: &KioskAssets) -> AnyView {
    view! {
        <html lang="vi">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="robots" content="noindex"/>
                <title>{format!("{} – Hài Lòng", vietnamese("title"))}</title>
                <link rel="icon" href=assets.icon.clone()/>
                <link rel="manifest" href="/k/manifest.webmanifest"/>
                <link rel="stylesheet" href=assets.stylesheet.clone()/>
                <script type="module" src=assets.script.clone()></script>
            </head>
            <body class="kiosk">
                {symbols()}
                {head()}
                <main>
                    <noscript><p>{vietnamese("needs_script")}</p></noscript>
                    {ask()} {follow()} {thanks()} {notice()} {pin()} {staff()} {pair()}
                </main>
                <footer>
                    <p id="count" role="status"></p>
                    <button type="button" id="staff-door" class="staff" hidden>{said("staff")}</button>
                </footer>
            </body>
        </html>
    }
    .into_any()
}

fn symbols() -> AnyView {
    let faces = FACES.iter().zip((1..=5).rev()).map(|(path, level)| {
        format!(
            r#"<symbol id="f{level}" viewBox="0 0 40 40"><path d="{OUTLINE}"/><path d="{path}"/></symbol>"#
        )
    });
    let faces: String = faces.collect();
    view! { <svg hidden aria-hidden="true" inner_html=faces></svg> }.into_any()
}

fn head() -> AnyView {
    let languages = Language::ALL.map(|language| {
        let here = (language == Language::Vi).then_some("true");
        view! {
            <li>
                <button type="button" data-language=language.code() lang=language.code() aria-pressed=here.unwrap_or("false")>
                    {language.own_name()}
                </button>
            </li>
        }
    });
    view! {
        <header>
            <span class="brand">{brand::mark()}<span>"Hài Lòng"</span> " " <small id="province"></small></span>
            <nav id="languages" aria-label=vietnamese("languages") hidden>
                <ul class="langs">{languages.into_iter().collect_view()}</ul>
            </nav>
        </header>
    }
    .into_any()
}

fn ask() -> AnyView {
    let faces = (1..=5).rev().map(|level: u8| {
        view! {
            <button type="button" value=level.to_string()>
                <svg class="face" aria-hidden="true"><use_ href=format!("#f{level}")/></svg>
                <span class="word"></span>
            </button>
        }
    });
    view! {
        <section id="ask" aria-labelledby="question" hidden>
            <p class="where" id="where"></p>
            <h1 id="question" tabindex="-1"></h1>
            <div class="tap" role="group" aria-labelledby="question">{faces.collect_view()}</div>
            <p class="once">{said("once")}</p>
        </section>
    }
    .into_any()
}

fn follow() -> AnyView {
    view! {
        <section id="follow" aria-labelledby="about" hidden>
            <h1 id="about" tabindex="-1"></h1>
            <p class="once">{said("optional")}</p>
            <div class="fields" id="fields" role="group" aria-labelledby="about"></div>
            <p><button type="button" id="skip" class="large apart">{said("skip")}</button></p>
        </section>
    }
    .into_any()
}

fn thanks() -> AnyView {
    view! {
        <section id="thanks" hidden>
            <h1 tabindex="-1">{said("thanks")}</h1>
            <p class="once">{said("thanks_what")}</p>
        </section>
    }
    .into_any()
}

fn notice() -> AnyView {
    view! {
        <section id="notice" hidden>
            <h1 id="notice-title" tabindex="-1"></h1>
            <p class="once" id="notice-do">{said("tell_the_counter")}</p>
            <p><button type="button" id="notice-back" class="large apart" hidden>{said("back")}</button></p>
        </section>
    }
    .into_any()
}

/// A field for digits that are not shown.
fn digits(id: &'static str, label: &'static str) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{said(label)}</label>
            <input id=id type="password" inputmode="numeric" autocomplete="off" maxlength="8"/>
        </div>
    }
    .into_any()
}

fn pin() -> AnyView {
    view! {
        <section id="pin" hidden>
            <h1 tabindex="-1">{said("pin_title")}</h1>
            <form id="pin-form" class="desk">
                {digits("pin-digits", "pin")}
                <p class="wrong" id="pin-wrong" role="alert"></p>
                <p class="row">
                    <button class="large">{said("pin_open")}</button>
                    <button type="button" id="pin-back" class="large apart">{said("back")}</button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn staff() -> AnyView {
    let facts =
        ["name", "place", "waiting", "refused", "dropped", "until", "connection", "version"].map(|key| {
            view! { <dt>{said(key)}</dt> <dd data-fact=key></dd> }
        });
    let deeds =
        [("send_now", "send-now"), ("leave", "leave"), ("forget", "forget"), ("to_kiosk", "to-kiosk")];
    let deeds = deeds.map(|(key, id)| {
        view! { <button type="button" id=id class="large">{said(key)}</button> }
    });
    view! {
        <section id="staff" hidden>
            <h1 tabindex="-1">{said("staff_title")}</h1>
            <dl class="terms">{facts.into_iter().collect_view()}</dl>
            <p class="row">{deeds.into_iter().collect_view()}</p>
        </section>
    }
    .into_any()
}

fn pair() -> AnyView {
    view! {
        <section id="pair" hidden>
            <h1 tabindex="-1">{said("pair_title")}</h1>
            <p class="once" id="pair-none" hidden>{said("pair_none")}</p>
            <form id="pair-form" class="desk" hidden>
                <p>{said("pair_how")}</p>
                {digits("pair-pin", "pair_pin")}
                {digits("pair-again", "pair_again")}
                <p class="wrong" id="pair-wrong" role="alert"></p>
                <p><button class="large">{said("pair_do")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_knows_no_tablet_and_holds_no_script_of_its_own() {
        let assets =
            KioskAssets { stylesheet: "/a.css".into(), script: "/a.js".into(), icon: "/a.svg".into() };
        let page = render_kiosk(&assets);
        assert_eq!(page, render_kiosk(&assets), "the same for every tablet");
        assert_eq!(page.matches("<script").count(), 1);
        assert!(page.contains(r#"<script type="module" src="/a.js"></script>"#), "{page}");
        assert!(!page.contains("style=") && !page.contains("data-say=\"\""));
        for level in 1..=5 {
            assert!(
                page.contains(&format!("id=\"f{level}\"")) && page.contains(&format!("value=\"{level}\""))
            );
        }
    }

    #[test]
    fn no_script_asks_what_time_it_is() {
        let scripts = [
            include_str!("kiosk/box.js"),
            include_str!("kiosk/keys.js"),
            include_str!("kiosk/queue.js"),
            include_str!("kiosk/wire.js"),
            include_str!("kiosk/screen.js"),
            include_str!("kiosk/taps.js"),
            include_str!("kiosk/staff.js"),
            include_str!("kiosk/start.js"),
            WORKER,
        ];
        for script in scripts {
            for clock in ["Date", "timeOrigin", "timeStamp", "Intl.", "Temporal"] {
                assert!(!script.contains(clock), "a tablet's clock may stand in 2019: {clock}");
            }
        }
    }

    #[test]
    fn every_phrase_that_the_page_or_its_scripts_ask_for_exists() {
        let scripts = [
            include_str!("kiosk/screen.js"),
            include_str!("kiosk/taps.js"),
            include_str!("kiosk/staff.js"),
            include_str!("kiosk/start.js"),
            include_str!("kiosk/wire.js"),
        ];
        let mut asked: Vec<&str> = Vec::new();
        for script in scripts {
            for call in ["say('", "showNotice('", "onlySay('", "), '"] {
                asked.extend(script.split(call).skip(1).filter_map(|rest| rest.split('\'').next()));
            }
        }
        assert!(asked.len() > 10, "{asked:?}");
        for key in asked {
            assert!(!vietnamese(key).is_empty(), "{key}");
        }
    }
}
