//! The tree of units on a day, and the search in it.

use super::super::frame::{Area, Frame, Page, document, sample, section};
use super::link::{Shelf, UnitLink, link, named, shelves, validity};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date, machine_date};
use crate::parts::wording::kind;
use domain::language::Words;
use domain::unit::UnitKind;
use leptos::prelude::*;
use time::Date;

/// The tree of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units {
    /// The province.
    pub province: Words,
    /// The day shown.
    pub on: Date,
    /// Today, by the product's clock.
    pub today: Date,
    /// Artificial answers.
    pub demo: bool,
    /// What was typed into the search.
    pub asked: String,
    /// How many units answer it, and the first of them; `None` where nothing was asked.
    pub found: Option<(usize, Vec<UnitFound>)>,
    /// The provinces of that day with all that is below them.
    pub tree: Vec<Branch>,
    /// How many units of a kind there are on that day.
    pub counts: Vec<(UnitKind, usize)>,
    /// Whether the reader may change the registry.
    pub may_change: bool,
}

/// A unit that answers a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFound {
    /// The unit.
    pub unit: UnitLink,
    /// Who took over from it, the main successor first.
    pub successors: Vec<UnitLink>,
}

/// A unit with what is below it, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The unit.
    pub unit: UnitLink,
    /// Units below.
    pub below: Vec<(UnitKind, Vec<Branch>)>,
}

/// The tree of units as a document.
#[must_use]
pub fn render_units(page: &Units, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().registry;
        let day = date(page.on, frame.language);
        let province = page.province.text(frame.language);
        let under = fill(text.units_under, &[("province", province), ("date", &day)]);
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.registry}</h1>
                    <p class="soft">{under} {sample(page.demo, frame.text())}</p>
                </div>
                {shelves(Some(Shelf::Units), frame)}
                <p class="lead">{lead(page, frame)}</p>
                {ask(page, frame)}
                {change(page, frame)}
            </div>
            {page.found.as_ref().map(|found| answers(found, page, frame))}
            {(!page.tree.is_empty()).then(|| tree(page, frame))}
        };
        Page { title: text.units.to_owned(), area: Some(Area::Registry), main: main.into_any(), foot: None }
    })
}

fn lead(page: &Units, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let day = date(page.on, frame.language);
    let n = |kind| {
        let found = page.counts.iter().find(|(one, _)| *one == kind);
        count(found.map_or(0, |(_, n)| *n as u64), frame.language)
    };
    let (communes, districts) = (n(UnitKind::Commune), n(UnitKind::District));
    let (departments, provinces) = (n(UnitKind::Department), n(UnitKind::Province));
    let values = [
        ("date", day.as_str()),
        ("communes", &communes),
        ("districts", &districts),
        ("departments", &departments),
        ("provinces", &provinces),
    ];
    let phrase = match page.tree.is_empty() {
        true => text.units_lead_none,
        false if districts == "0" => text.units_lead,
        false => text.units_lead_old,
    };
    fill(phrase, &values).into_any()
}

fn ask(page: &Units, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let lang = frame.here.query.iter().find(|(name, _)| name == "lang").map(|(_, value)| value.clone());
    let lang = lang.map(|lang| view! { <input type="hidden" name="lang" value=lang/> });
    view! {
        <form class="filter ask" method="get" action="/admin/units" role="search">
            {lang}
            <div class="field">
                <label for="q">{text.search}</label>
                <input id="q" name="q" type="search" value=page.asked.clone() aria-describedby="q-hint"
                    autocomplete="off" maxlength="100"/>
            </div>
            <div class="field">
                <label for="on">{text.on}</label>
                <input id="on" name="on" type="date" value=machine_date(page.on)/>
            </div>
            <button class="button low">{text.show}</button>
        </form>
        <p class="hint" id="q-hint">{text.search_hint}</p>
    }
    .into_any()
}

fn change(page: &Units, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    if !page.may_change {
        return view! { <p class="hint">{text.read_only}</p> }.into_any();
    }
    let units = frame.link("/admin/units/import");
    let succession =
        frame.here.carry("/admin/units/import", &["lang"]).with("what", "succession").to_string();
    view! {
        <p class="row">
            <a class="button plain low" href=units>{text.import_units}</a>
            <a class="button plain low" href=succession>{text.import_succession}</a>
        </p>
    }
    .into_any()
}

fn answers((total, found): &(usize, Vec<UnitFound>), page: &Units, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let (n, shown) = (count(*total as u64, frame.language), found.len().to_string());
    let values = [("n", n.as_str()), ("asked", &page.asked), ("shown", &shown)];
    let body = if found.is_empty() {
        view! { <div class="notice"><p><b>{fill(text.found_none, &values)}</b> " " {text.found_none_do}</p></div> }
            .into_any()
    } else {
        let phrase = if found.len() < *total { text.found_first } else { text.found_many };
        let rows = found.iter().map(|one| answer(one, frame)).collect_view();
        view! { <p>{fill(phrase, &values)}</p> <ul class="units-found">{rows}</ul> }.into_any()
    };
    let how = view! { <p>{text.found_how}</p> };
    section("found", text.found.into_any(), how.into_any(), body)
}

fn answer(found: &UnitFound, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let unit = &found.unit;
    let now = (!found.successors.is_empty()).then(|| {
        let names: Vec<&str> = found.successors.iter().map(|unit| unit.name.text(frame.language)).collect();
        format!("; {}", fill(text.is_now, &[("units", &names.join(", "))]))
    });
    view! {
        <li>
            {link(unit, frame)} " " <span class="why num">{unit.code.clone()}</span> " "
            <span class="why under">
                {super::link::kind_word(unit.kind, frame.text())} ", " {validity(unit, frame)} {now}
            </span>
        </li>
    }
    .into_any()
}

fn tree(page: &Units, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let how = view! { <p>{text.tree_how}</p> };
    let many = page.tree.len() > 1;
    let roots = page.tree.iter().map(|branch| {
        view! { <h3 class="gap">{named(&branch.unit, frame)}</h3> {groups(branch, !many, frame)} }
    });
    let body = view! { <div class="tree">{roots.collect_view()}</div> };
    section("tree", text.tree.into_any(), how.into_any(), body.into_any())
}

fn groups(branch: &Branch, is_open: bool, frame: &Frame) -> AnyView {
    let groups = branch.below.iter().map(|(of, units)| {
        let n = count(units.len() as u64, frame.language);
        let name = kind(*of, frame.text());
        let heading = fill(frame.text().registry.of_kind, &[("kind", name), ("n", &n)]);
        let open = is_open && units.len() <= 20;
        let units = units.iter().map(|unit| leaf(unit, frame)).collect_view();
        view! { <details open=open><summary>{heading}</summary><ul>{units}</ul></details> }
    });
    groups.collect_view().into_any()
}

/// A unit of the tree; what little is below it stands behind it in one line.
fn leaf(branch: &Branch, frame: &Frame) -> AnyView {
    let few: usize = branch.below.iter().map(|(_, units)| units.len()).sum();
    let is_flat = branch.below.iter().flat_map(|(_, units)| units).all(|unit| unit.below.is_empty());
    let below = if few == 0 {
        None
    } else if few <= 6 && is_flat {
        let names = branch.below.iter().flat_map(|(_, units)| units).map(|unit| {
            view! { <li>{named(&unit.unit, frame)}</li> }
        });
        Some(view! { <ul>{names.collect_view()}</ul> }.into_any())
    } else {
        Some(groups(branch, false, frame))
    };
    view! { <li>{named(&branch.unit, frame)} {below}</li> }.into_any()
}
