//! One question with its answers: a fieldset with its legend, never answered in advance, the best
//! answer first, and what stands apart last.

use super::face;
use super::shell::Frame;
use super::step::{Sounds, is_profile};
use super::summary::sentence;
use domain::instrument::{Choice, Purpose, Question};
use domain::language::Words;
use domain::path::{Ask, Condition};
use domain::submission::{Context, Problem, Sheet};
use leptos::prelude::*;

/// What a question needs to know about the form on which it stands.
pub(super) struct Form<'a> {
    pub frame: &'a Frame,
    pub context: &'a Context<'a>,
    pub sheet: &'a Sheet,
    pub problems: &'a [Problem],
    /// Everything that is asked on the same page.
    pub here: Vec<Ask<'a>>,
    pub at_once: bool,
    pub sounds: Option<&'a Sounds>,
}

/// The player of a question, where it has a recording and the reader wants to hear it. Nothing is loaded
/// before it is started.
fn player(form: &Form<'_>, ask: &Ask<'_>) -> Option<impl IntoView + use<>> {
    let (href, synthetic) = form.sounds?.get(ask.code())?.clone();
    let text = &form.frame.text().step;
    let label = (text.play)(words_of(ask).text(form.frame.language));
    let says = synthetic.then(|| view! { <span class="opt">{text.synthetic}</span> });
    Some(
        view! { <p class="player"><audio controls preload="none" src=href aria-label=label></audio>{says}</p> },
    )
}

impl<'a> Form<'a> {
    fn problem(&self, code: &str) -> Option<&'a Problem> {
        self.problems.iter().find(|problem| problem.field == code)
    }

    /// The conditions between questions of this page, in order. The style sheet knows the first six
    /// by their number; it can hide what nobody is asked, and where it cannot, a line says so.
    fn conditions(&self) -> Vec<Condition<'a>> {
        let mut found = Vec::new();
        let is_here = |code: &str| self.here.iter().any(|ask| ask.code() == code);
        for condition in self.here.iter().filter_map(Ask::condition).filter(|c| is_here(c.code)) {
            if !found.contains(&condition) {
                found.push(condition);
            }
        }
        found
    }

    /// Numbers of the conditions that an answer fulfils.
    fn opens(&self, code: &str, value: &str) -> Option<String> {
        let conditions = self.conditions();
        let opened = conditions
            .iter()
            .enumerate()
            .filter(|(_, condition)| condition.code == code && condition.values.iter().any(|v| v == value));
        let numbers: Vec<String> = opened.map(|(at, _)| (at + 1).to_string()).collect();
        (!numbers.is_empty()).then(|| numbers.join(" "))
    }
}

/// An answer that can be chosen.
struct Answer {
    value: String,
    words: Words,
    face: Option<u8>,
    apart: bool,
}

/// One question of the page.
pub(super) fn asked(form: &Form<'_>, ask: &Ask<'_>, number: Option<usize>) -> AnyView {
    match ask {
        Ask::Question(question) if question.purpose == Purpose::Text => written(form, question),
        _ => chosen(form, ask, number),
    }
}

fn chosen(form: &Form<'_>, ask: &Ask<'_>, number: Option<usize>) -> AnyView {
    let problem = form.problem(ask.code());
    let (text, lang) = form.frame.say(words_of(ask));
    let optional = is_optional(form, ask)
        .then(|| view! { " "<span class="opt">{form.frame.text().step.optional}</span> });
    let number = number.map(|n| view! { <i>{format!("{n}.")}</i> });
    let class = class_of(form, ask, problem.is_some());
    let (main, apart): (Vec<Answer>, Vec<Answer>) =
        answers(form, ask).into_iter().partition(|answer| !answer.apart);
    let group = Group { form, ask, wrong: problem.is_some() };
    view! {
        <fieldset class=class>
            <legend>{number}<span lang=lang>{text}</span>{optional}</legend>
            {player(form, ask)}
            {problem.map(|problem| problem_line(form, problem))}
            {only_if(form, ask)}
            {hint(form, ask)}
            <div class=choices_class(ask, main.len())>{group.choices(&main, true)}</div>
            {(!apart.is_empty()).then(|| {
                let class = if apart.len() == 2 { "apart two" } else { "apart" };
                view! { <div class=class>{group.choices(&apart, main.is_empty())}</div> }
            })}
        </fieldset>
    }
    .into_any()
}

/// The radios of one question.
struct Group<'a, 'b> {
    form: &'a Form<'b>,
    ask: &'a Ask<'b>,
    wrong: bool,
}

impl Group<'_, '_> {
    /// The first of the group carries the id to which the error summary leads.
    fn choices(&self, answers: &[Answer], holds_first: bool) -> impl IntoView + use<> {
        let code = self.ask.code();
        let given = self.form.sheet.get(code);
        let radios = answers.iter().enumerate().map(|(at, answer)| {
            let id = (holds_first && at == 0).then(|| code.to_owned());
            let described = self.wrong.then(|| format!("{code}-problem"));
            let (text, lang) = self.form.frame.say(&answer.words);
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        id=id
                        data-opens=self.form.opens(code, &answer.value)
                        name=code.to_owned()
                        value=answer.value.clone()
                        checked=given == Some(answer.value.as_str())
                        aria-describedby=described
                    />
                    <span class="tile" lang=lang>{answer.face.map(face::face)}{text}</span>
                </label>
            }
        });
        radios.collect_view()
    }
}

fn answers(form: &Form<'_>, ask: &Ask<'_>) -> Vec<Answer> {
    match ask {
        Ask::Overall(_) => levels(form),
        Ask::Item(_) => {
            let mut answers = levels(form);
            let not_applicable = form.context.instrument.scale.not_applicable.clone();
            answers.extend(not_applicable.map(|words| Answer {
                value: "na".into(),
                words,
                face: None,
                apart: true,
            }));
            answers
        }
        Ask::Question(question) => {
            let fields = form.context.fields.iter().filter(|_| question.purpose == Purpose::Field);
            let fields = fields.map(|field| Answer {
                value: field.code.clone(),
                words: field.name.clone(),
                face: None,
                apart: false,
            });
            let options = question.options.iter().map(|Choice { value, text, apart }| Answer {
                value: value.clone(),
                words: text.clone(),
                face: None,
                apart: *apart,
            });
            fields.chain(options).collect()
        }
    }
}

fn levels(form: &Form<'_>) -> Vec<Answer> {
    let words = form.context.instrument.scale.answers.iter();
    let levels = [5_u8, 4, 3, 2, 1].into_iter().zip(words);
    let answer = |(level, words): (u8, &Words)| Answer {
        value: level.to_string(),
        words: words.clone(),
        face: Some(level),
        apart: false,
    };
    levels.map(answer).collect()
}

/// Free text.
fn written(form: &Form<'_>, question: &Question) -> AnyView {
    let code = question.code.clone();
    let problem = form.problem(&code);
    let typed = problem.and_then(|problem| problem.typed.clone());
    let text = typed.or_else(|| form.sheet.get(&code).map(str::to_owned)).unwrap_or_default();
    let (words, lang) = form.frame.say(&question.text);
    let class = class_of(form, &Ask::Question(question), problem.is_some());
    let described = match (problem.is_some(), question.hint.is_some()) {
        (true, _) => Some(format!("{code}-problem")),
        (false, true) => Some(format!("{code}-hint")),
        (false, false) => None,
    };
    view! {
        <div class=format!("{class} field")>
            <label for=code.clone()>
                <span lang=lang>{words}</span>" "<span class="opt">{form.frame.text().step.optional}</span>
            </label>
            {player(form, &Ask::Question(question))}
            {problem.map(|problem| problem_line(form, problem))}
            {hint(form, &Ask::Question(question))}
            <textarea id=code.clone() name=code.clone() rows="4" aria-describedby=described>
                {escape(&text)}
            </textarea>
        </div>
    }
    .into_any()
}

/// leptos writes the content of a `textarea` as it is, so what people wrote is escaped here.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn problem_line(form: &Form<'_>, problem: &Problem) -> impl IntoView + use<> {
    let title = format!("{}: ", form.frame.text().problem.title);
    view! {
        <p class="problem" id=format!("{}-problem", problem.field)>
            <span class="unseen">{title}</span>{sentence(form, problem)}
        </p>
    }
}

fn hint(form: &Form<'_>, ask: &Ask<'_>) -> Option<impl IntoView + use<>> {
    let Ask::Question(question) = ask else { return None };
    let (text, lang) = form.frame.say(question.hint.as_ref()?);
    Some(view! { <p class="ask" id=format!("{}-hint", question.code) lang=lang>{text}</p> })
}

/// For browsers that cannot hide what nobody is asked.
fn only_if(form: &Form<'_>, ask: &Ask<'_>) -> Option<impl IntoView + use<>> {
    let condition = ask.condition().filter(|condition| form.conditions().contains(condition))?;
    let target = form.context.instrument.question(condition.code)?;
    let language = form.frame.language;
    let chosen = target.options.iter().filter(|option| condition.values.contains(&option.value));
    let answers: Vec<&str> = chosen.map(|option| option.text.text(language)).collect();
    let line = (form.frame.text().step.only_if)(target.text.text(language), &answers.join(" / "));
    Some(view! { <p class="ask only-if">{line}</p> })
}

fn class_of(form: &Form<'_>, ask: &Ask<'_>, wrong: bool) -> String {
    let wrong = if wrong { " wrong" } else { "" };
    let number = ask.condition().and_then(|when| form.conditions().iter().position(|c| *c == when));
    let branch = number.map(|at| format!(" branch-{}", at + 1)).unwrap_or_default();
    format!("question{wrong}{branch}")
}

fn choices_class(ask: &Ask<'_>, answers: usize) -> &'static str {
    match ask {
        Ask::Overall(_) | Ask::Item(_) => "choices five",
        Ask::Question(_) if answers >= 6 => "choices words two",
        Ask::Question(_) => "choices words",
    }
}

pub(super) const fn words_of<'a>(ask: &Ask<'a>) -> &'a Words {
    match ask {
        Ask::Overall(overall) => &overall.text,
        Ask::Item(item) => &item.text,
        Ask::Question(question) => &question.text,
    }
}

fn is_optional(form: &Form<'_>, ask: &Ask<'_>) -> bool {
    // Where profile questions are folded away, the heading of the group says it once for all.
    !ask.is_needed() && (form.at_once || !is_profile(ask))
}
