//! The languages of a survey: who has read the texts, and the recordings of its questions.

use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::date;
use domain::language::{Language, Words};
use leptos::prelude::*;
use time::Date;

/// A recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingLine {
    /// Code of the question.
    pub code: String,
    /// Its language.
    pub language: Language,
    /// A machine reads.
    pub synthetic: bool,
    /// Its address.
    pub href: String,
}

/// The languages of a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguagesPage {
    /// Code of the survey.
    pub survey: String,
    /// Its name.
    pub name: String,
    /// Whether there are Khmer texts at all.
    pub has_khmer: bool,
    /// Who has read them, when, and who noted it.
    pub review: Option<(String, Date, String)>,
    /// Everything that can be read aloud: code and words.
    pub questions: Vec<(String, Words)>,
    /// What has been recorded.
    pub recordings: Vec<RecordingLine>,
    /// Whether the reader may change anything.
    pub may_change: bool,
    /// Why nothing was done.
    pub fault: Option<String>,
    /// Artificial answers.
    pub demo: bool,
}

/// The page as a document.
#[must_use]
pub fn render_languages(page: &LanguagesPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().language;
        let fault = page.fault.as_ref().map(|why| {
            let says = fill(text.fault, &[("why", why)]);
            view! { <p class="wrong" role="alert">{says}</p> }
        });
        let back = frame.link(&format!("/admin/surveys/{}", page.survey));
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.heading}</h1>
                    <p class="soft"><a href=back>{page.name.clone()}</a> {sample(page.demo, frame.text())}</p>
                </div>
                {fault}
            </div>
            {page.has_khmer.then(|| review(page, frame))}
            {recordings(page, frame)}
        };
        let title = format!("{} – {}", text.heading, page.name);
        Page { title, area: Some(Area::Surveys), main: main.into_any(), foot: None }
    })
}

/// In what state the Khmer texts are.
pub(super) fn khmer(review: Option<&(String, Date, String)>, frame: &Frame) -> String {
    let text = &frame.text().language;
    review.map_or_else(
        || text.unreviewed.to_owned(),
        |(reader, day, who)| {
            let day = date(*day, frame.language);
            fill(text.reviewed, &[("reader", reader), ("date", &day), ("who", who)])
        },
    )
}

fn action(page: &LanguagesPage, frame: &Frame) -> String {
    frame.link(&format!("/admin/surveys/{}/languages", page.survey))
}

fn review(page: &LanguagesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().language;
    let says = khmer(page.review.as_ref(), frame);
    let form = (page.may_change && page.review.is_none()).then(|| {
        view! {
            <form class="flow narrow" method="post" enctype="multipart/form-data" action=action(page, frame)>
                {frame.csrf_field()}
                <div class="field">
                    <label for="reader">{text.reader}</label>
                    <input id="reader" name="reader" type="text" maxlength="80" autocomplete="off"/>
                </div>
                <button class="button low" name="go" value="sign">{text.sign}</button>
            </form>
        }
    });
    let how = view! { <p>{text.texts_how}</p> };
    let body = view! { <p class="say">{says}</p> {form} };
    section("texts", text.texts.into_any(), how.into_any(), body.into_any())
}

fn recordings(page: &LanguagesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().language;
    let table = if page.recordings.is_empty() {
        view! { <p class="soft">{text.none}</p> }.into_any()
    } else {
        let rows = page.recordings.iter().map(|line| row(page, line, frame)).collect_view();
        view! {
            <table>
                <caption class="unseen">{text.recordings}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.question}</th>
                        <th scope="col">{text.language}</th>
                        <th scope="col">{text.voice}</th>
                        <th scope="col">{text.listen}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let how = view! { <p>{text.recordings_how}</p> };
    let body = view! { {table} {page.may_change.then(|| upload(page, frame))} };
    section("recordings", text.recordings.into_any(), how.into_any(), body.into_any())
}

fn row(page: &LanguagesPage, line: &RecordingLine, frame: &Frame) -> AnyView {
    let text = &frame.text().language;
    let drop = page.may_change.then(|| {
        let says = format!("{} {}", text.drop, line.code);
        view! {
            <form method="post" enctype="multipart/form-data" action=action(page, frame)>
                {frame.csrf_field()}
                <input type="hidden" name="language" value=line.language.code()/>
                <input type="hidden" name="code" value=line.code.clone()/>
                <button class="button plain low" name="go" value="drop">{says}</button>
            </form>
        }
    });
    let spoken = line.language;
    view! {
        <tr>
            <th scope="row">{line.code.clone()}</th>
            <td lang=spoken.code()>{spoken.own_name()}</td>
            <td>{if line.synthetic { text.synthetic } else { text.human }}</td>
            <td><a href=line.href.clone()>{format!("{} {}", text.listen, line.code)}</a> {drop}</td>
        </tr>
    }
    .into_any()
}

fn upload(page: &LanguagesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().language;
    let questions = page.questions.iter().map(|(code, words)| {
        view! { <option value=code.clone()>{format!("{code} – {}", words.text(frame.language))}</option> }
    });
    let languages = Language::ALL.map(|language| {
        view! { <option value=language.code() lang=language.code()>{language.own_name()}</option> }
    });
    view! {
        <form class="flow narrow" method="post" enctype="multipart/form-data" action=action(page, frame)>
            {frame.csrf_field()}
            <div class="field">
                <label for="code">{text.question}</label>
                <select id="code" name="code">{questions.collect_view()}</select>
            </div>
            <div class="field">
                <label for="language">{text.language}</label>
                <select id="language" name="language">{languages.into_iter().collect_view()}</select>
            </div>
            <div class="field">
                <label for="file">{text.file}</label>
                <p class="hint" id="file-hint">{text.file_hint}</p>
                <input id="file" name="file" type="file" accept="audio/*" aria-describedby="file-hint"/>
            </div>
            <ul class="ticks">
                <li>
                    <input type="checkbox" id="synthetic" name="synthetic" value="1"/>
                    <label for="synthetic">{text.is_synthetic}</label>
                </li>
            </ul>
            <button class="button low" name="go" value="send">{text.send}</button>
        </form>
    }
    .into_any()
}
