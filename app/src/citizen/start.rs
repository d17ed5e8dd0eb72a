//! The first screen: where, who asks, what is promised, how long it takes.

use super::face;
use super::shell::{self, Frame, hidden, honeypot};
use leptos::prelude::*;

/// The first screen of a survey.
#[derive(Debug, Clone)]
pub struct StartPage {
    /// What stands around the page; its place is named in the first line.
    pub frame: Frame,
    /// Where the form posts to: `/s/{token}`.
    pub action: String,
    /// The signed form token.
    pub token: String,
    /// How many parts follow.
    pub parts: usize,
    /// Whether all questions stand on one page (`?layout=one`).
    pub at_once: bool,
    /// Whether a newer poster hangs at the same place.
    pub newer_poster: bool,
    /// Whether somebody helps: on a tablet (`true`) or by telephone.
    pub help: Option<bool>,
    /// The same page with recordings, where there are any and they are not on yet.
    pub listen: Option<String>,
    /// Whether recordings stand beside the questions (`?sound=1`).
    pub sound: bool,
}

/// Draws the first screen.
#[must_use]
pub fn render_start(page: &StartPage) -> String {
    let frame = &page.frame;
    let text = &frame.text().start;
    let title = match &frame.place {
        Some(place) => format!("{} – {}", text.window, place.name.text(frame.language)),
        None => text.window.to_owned(),
    };
    shell::render(frame, &title, "wrap", || {
        view! {
            {place(frame)}
            <h1>{text.title}</h1>
            <p class="ask">{(text.who_asks)(frame.province.text(frame.language))}</p>
            {promises(page)}
            {(page.help == Some(true)).then(|| view! { <p class="notice"><b>{text.helped}</b></p> })}
            {page.newer_poster.then(|| view! { <p class="notice">{text.newer_poster}</p> })}
            <form method="post" action=page.action.clone()>
                {hidden("token", &page.token)}
                {hidden("step", "start")}
                {hidden("lang", frame.language.code())}
                {page.at_once.then(|| hidden("layout", "one"))}
                {page.sound.then(|| hidden("sound", "1"))}
                {honeypot(frame)}
                <button class="button wide-button" name="go" value="next">{text.begin}</button>
            </form>
            {page.listen.clone().map(|href| view! { <p><a class="button plain" href=href>{text.listen}</a></p> })}
            <p class="later">{text.safety}</p>
        }
    })
}

fn place(frame: &Frame) -> Option<impl IntoView + use<>> {
    let place = frame.place.as_ref()?;
    let address = place.address.as_ref().map(|address| view! { ", "{frame.span(address)} });
    Some(view! { <p class="step"><b>{frame.span(&place.name)}</b>{address}</p> })
}

fn promises(page: &StartPage) -> impl IntoView + use<> {
    let text = &page.frame.text().start;
    let length = if page.at_once { text.one_page.to_owned() } else { (text.parts)(page.parts) };
    let promises = [
        (face::UNTIED, text.untied[0], text.untied[1].to_owned()),
        (face::CLOCK, text.time, length),
        (face::PEOPLE, text.purpose[0], text.purpose[1].to_owned()),
    ];
    let promises = promises.map(|(paths, promise, meaning)| {
        view! { <li>{face::drawing(paths)}<div><b>{promise}</b>" "<span>{meaning}</span></div></li> }
    });
    view! { <ul class="promise">{promises.into_iter().collect_view()}</ul> }
}
