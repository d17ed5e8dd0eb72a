//! One unit: its days, its relations, its places, and the form for what posters print.

use super::super::frame::{Area, Frame, Page, document, sample, section};
use super::entry::{Entry, WrongEntry, saved, summary, title};
use super::link::{Kin, UnitLink, kind_word, link, named, shelves, validity};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date};
use crate::parts::wording::{kind, mode, spoken};
use domain::language::Words;
use domain::succession::Share;
use domain::survey::Mode;
use domain::unit::UnitKind;
use leptos::prelude::*;

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPage {
    /// The unit.
    pub unit: UnitLink,
    /// The unit above.
    pub parent: Option<UnitLink>,
    /// Units below, by kind.
    pub below: Vec<(UnitKind, Vec<UnitLink>)>,
    /// Who it took over from.
    pub predecessors: Vec<Kin>,
    /// Who took over from it, the main successor first.
    pub successors: Vec<Kin>,
    /// Places of the unit and of what is below it.
    pub places: Vec<UnitPlace>,
    /// The fields of its counter in their order; empty where it has no counter.
    pub fields: Vec<OfferedField>,
    /// How many of them a form names.
    pub named_fields: usize,
    /// The page of its figures.
    pub figures: Option<String>,
    /// What the form holds.
    pub entries: UnitEntries,
    /// What is wrong in it.
    pub wrong: Vec<WrongEntry>,
    /// Whether it has just been stored.
    pub saved: bool,
    /// Artificial answers.
    pub demo: bool,
    /// Whether the reader may change the registry.
    pub may_change: bool,
}

/// A place with its own QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPlace {
    /// What its address ends in.
    pub token: String,
    /// Where it hangs.
    pub unit: Words,
    /// How answers come from there.
    pub mode: Mode,
    /// Takes no more answers.
    pub revoked: bool,
}

/// A field at a counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedField {
    /// Its name.
    pub name: Words,
    /// Released answers that its place rests on.
    pub answers: Option<u64>,
}

/// What can be changed about a unit on its page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitEntries {
    /// Vietnamese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Khmer name.
    pub name_km: String,
    /// Postal address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// A mark of the unit as it was shown.
    pub seen: String,
}

/// One unit as a document.
#[must_use]
pub fn render_unit(page: &UnitPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().registry;
        let name = page.unit.name.text(frame.language);
        let main = view! {
            <div class="intro">
                {shelves(None, frame)}
                <div class="head">
                    <h1>{spoken(&page.unit.name, frame.language)}</h1>
                    <p class="soft">
                        {kind_word(page.unit.kind, frame.text())} ", " {validity(&page.unit, frame)}
                        {sample(page.demo, frame.text())}
                    </p>
                </div>
                {saved(page.saved, frame)}
                {facts(page, frame)}
                <p class="row">
                    {page.figures.as_ref().map(|path| {
                        view! { <a class="button plain low" href=frame.link(path)>{text.figures}</a> }
                    })}
                    <a class="button plain low" href=frame.link("/admin/units")>{text.all_units}</a>
                </p>
            </div>
            {kin(page, frame)}
            {below(page, frame)}
            {(!is_past(page)).then(|| places(page, frame))}
            {(!page.fields.is_empty()).then(|| fields(page, frame))}
            {page.may_change.then(|| form(page, frame))}
        };
        let title = title(name, &page.wrong, frame);
        Page { title, area: Some(Area::Registry), main: main.into_any(), foot: None }
    })
}

fn is_past(page: &UnitPage) -> bool {
    page.unit.until.is_some() && page.places.is_empty()
}

fn facts(page: &UnitPage, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let days = validity(&page.unit, frame);
    let unrecorded = page.unit.from.is_none().then(|| view! { <span>{text.from_unrecorded}</span> });
    let parent = page.parent.as_ref().map(|unit| {
        view! { <div><dt>{text.parent}</dt><dd>{link(unit, frame)} <span class="num">{unit.code.clone()}</span></dd></div> }
    });
    let fact = |name: &'static str, value: &Option<String>| {
        value.clone().map(|value| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
    };
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    view! {
        <dl class="facts">
            <div><dt>{text.code}</dt><dd class="num">{page.unit.code.clone()}</dd></div>
            <div><dt>{text.validity}</dt><dd>{days} {unrecorded}</dd></div>
            {parent}
            {fact(text.address, &some(&page.entries.address))}
            {fact(text.phone, &some(&page.entries.phone))}
        </dl>
    }
    .into_any()
}

fn kin(page: &UnitPage, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let list = |heading: &'static str, kin: &[Kin], is_after: bool| {
        (!kin.is_empty()).then(|| {
            let lines = kin.iter().map(|one| relative(one, is_after, frame)).collect_view();
            view! { <h3>{heading}</h3> <ul class="units-found">{lines}</ul> }
        })
    };
    let nothing = (page.predecessors.is_empty() && page.successors.is_empty())
        .then(|| view! { <p class="soft">{text.kin_none}</p> });
    let body = view! {
        <div class="flow">
            {list(text.went_to, &page.successors, true)}
            {list(text.came_from, &page.predecessors, false)}
            {nothing}
        </div>
    };
    let how = view! { <p>{text.kin_how}</p> };
    section("kin", text.kin.into_any(), how.into_any(), body.into_any())
}

fn relative(kin: &Kin, is_after: bool, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let share = if kin.share == Share::Whole { text.whole } else { text.part };
    let main = (kin.share == Share::Part && kin.is_main).then(|| format!(", {}", text.main));
    let since =
        is_after.then(|| format!(", {}", fill(text.since, &[("date", &date(kin.on, frame.language))])));
    view! { <li>{named(&kin.unit, frame)} " " <span class="why under">{share} {main} {since}</span></li> }
        .into_any()
}

fn below(page: &UnitPage, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let groups = page.below.iter().map(|(of, units)| {
        let n = count(units.len() as u64, frame.language);
        let heading = fill(text.of_kind, &[("kind", kind(*of, frame.text())), ("n", &n)]);
        let units = units.iter().map(|unit| view! { <li>{named(unit, frame)}</li> }).collect_view();
        view! { <h3>{heading}</h3> <ul class="units-found">{units}</ul> }
    });
    let nothing = page.below.is_empty().then(|| view! { <p class="soft">{text.below_none}</p> });
    let body = view! { <div class="flow">{groups.collect_view()} {nothing}</div> };
    let how = view! { <p>{text.below_how}</p> };
    section("children", text.below.into_any(), how.into_any(), body.into_any())
}

fn places(page: &UnitPage, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let places = page.places.iter().map(|place| {
        let revoked = place.revoked.then(|| format!(", {}", text.revoked));
        view! {
            <li>
                <span class="num">{place.token.clone()}</span> " " {spoken(&place.unit, frame.language)} " "
                <span class="why">{mode(&place.mode, frame.text())} {revoked}</span>
            </li>
        }
    });
    let body = if page.places.is_empty() {
        view! { <p class="soft">{text.places_none}</p> }.into_any()
    } else {
        view! { <ul class="units-found">{places.collect_view()}</ul> }.into_any()
    };
    let how = view! { <p>{text.places_how}</p> };
    section("places", text.places.into_any(), how.into_any(), body)
}

fn fields(page: &UnitPage, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let line = |field: &OfferedField| {
        let n = field.answers.map(|n| fill(text.answers_n, &[("n", &count(n, frame.language))]));
        view! { <li>{spoken(&field.name, frame.language)} " " <span class="why">{n}</span></li> }
    };
    let first = page.fields.iter().take(page.named_fields).map(line).collect_view();
    let left = page.fields.get(page.named_fields..).unwrap_or_default();
    let others = (!left.is_empty()).then(|| {
        let summary = fill(text.others_left, &[("n", &left.len().to_string())]);
        let start = (page.named_fields + 1).to_string();
        let lines = left.iter().map(line).collect_view();
        view! { <details><summary>{summary}</summary><ol class="units-found" start=start>{lines}</ol></details> }
    });
    let body = view! { <ol class="units-found">{first}</ol> {others} };
    let how = view! { <p>{text.offered_how}</p> };
    section("offered", text.offered.into_any(), how.into_any(), body.into_any())
}

fn form(page: &UnitPage, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let (entries, wrong) = (&page.entries, &page.wrong);
    let labels = [
        ("name", text.name),
        ("name_en", text.name_en),
        ("name_km", text.name_km),
        ("address", text.address),
        ("phone", text.phone),
    ];
    let name = Entry { is_optional: false, ..Entry::new("name", text.name, &entries.name) };
    let name = Entry { lang: Some("vi"), ..name };
    let english = Entry { lang: Some("en"), ..Entry::new("name_en", text.name_en, &entries.name_en) };
    let khmer = Entry { lang: Some("km"), ..Entry::new("name_km", text.name_km, &entries.name_km) };
    let phone = Entry { kind: "tel", ..Entry::new("phone", text.phone, &entries.phone) };
    let action = frame.link(&format!("/admin/units/{}", page.unit.named));
    let body = view! {
        {summary(wrong, &labels, frame)}
        <form class="flow narrow" method="post" action=action novalidate=true>
            {frame.csrf_field()}
            <input type="hidden" name="seen" value=entries.seen.clone()/>
            {name.draw(wrong, frame)}
            {english.draw(wrong, frame)}
            {khmer.draw(wrong, frame)}
            {Entry::new("address", text.address, &entries.address).draw(wrong, frame)}
            {phone.draw(wrong, frame)}
            <p class="row"><button class="button low">{text.save}</button></p>
        </form>
    };
    let how = view! { <p>{text.edit_how}</p> };
    section("edit", text.edit.into_any(), how.into_any(), body.into_any())
}
