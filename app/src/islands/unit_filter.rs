//! A field above a table of units: rows whose name does not hold what is typed step aside.

#![expect(
    missing_docs,
    clippy::must_use_candidate,
    reason = "the macro writes a struct for the properties without words, and a component is called by its page"
)]

use super::folding::{Wanted, fold};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlCollection, HtmlTableElement, HtmlTableSectionElement};

/// Narrows a table to the units one looks for, as one types. Without script it is not to be seen, and the
/// table is whole; a row of class `sum` stays in any case.
#[island]
pub fn UnitFilter(
    /// The field's id, unique on the page.
    id: String,
    /// What the field is called.
    label: String,
    /// What may be typed.
    hint: String,
    /// Selects the table.
    target: String,
    /// What is said of a narrowed table; holds `{shown}` and `{total}`.
    found: String,
    /// What is said when no row is left.
    none: String,
) -> impl IntoView {
    let table = Table { target, found, none };
    let field = NodeRef::<html::Input>::new();
    let awake = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    let waking = table.clone();
    Effect::new(move || {
        // Going back to the page, a browser fills in what was typed before.
        let typed = field.get().map(|field| field.value()).unwrap_or_default();
        said.set(waking.narrow(&typed));
        awake.set(!waking.rows().is_empty());
    });
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field find" hidden=move || !awake.get()>
            <label for=id.clone()>{label}</label>
            <input
                node_ref=field
                id=id
                type="search"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=hint_id.clone()
                on:input=move |event| said.set(table.narrow(&event_target_value(&event)))
            />
            <p class="hint" id=hint_id>{hint}</p>
            <p class="found" role="status">{move || said.get()}</p>
        </div>
    }
}

/// The table on the page, and what to say about it.
#[derive(Clone)]
struct Table {
    target: String,
    found: String,
    none: String,
}

impl Table {
    /// Shows the rows that match and says how many they are; says nothing of a whole table.
    fn narrow(&self, typed: &str) -> String {
        let wanted = Wanted::new(typed);
        let rows = self.rows();
        let mut shown = 0;
        for row in &rows {
            let fits = wanted.fits(&fold(&name(row)));
            // A row that cannot be hidden stays, which is what the page promises without script.
            let _ = row.toggle_attribute_with_force("hidden", !fits);
            shown += usize::from(fits);
        }
        self.say(&wanted, shown, rows.len())
    }

    fn say(&self, wanted: &Wanted, shown: usize, total: usize) -> String {
        if wanted.is_anything() {
            String::new()
        } else if shown == 0 {
            self.none.clone()
        } else {
            self.found.replace("{shown}", &shown.to_string()).replace("{total}", &total.to_string())
        }
    }

    /// The rows that have a name of their own. A selector that selects no table has none.
    fn rows(&self) -> Vec<Element> {
        let table = document().query_selector(&self.target).ok().flatten();
        let bodies =
            table.and_then(|table| table.dyn_into::<HtmlTableElement>().ok()).map(|table| table.t_bodies());
        let bodies = bodies
            .iter()
            .flat_map(elements)
            .filter_map(|body| body.dyn_into::<HtmlTableSectionElement>().ok());
        let rows = bodies.flat_map(|body| elements(&body.rows()));
        rows.filter(|row| !row.class_list().contains("sum")).collect()
    }
}

fn elements(found: &HtmlCollection) -> Vec<Element> {
    (0..found.length()).filter_map(|index| found.item(index)).collect()
}

/// What a row is about: its heading cell, or all of it.
fn name(row: &Element) -> String {
    let heading = row.query_selector("th").ok().flatten();
    heading.as_ref().unwrap_or(row).text_content().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Table, Wanted};

    fn table() -> Table {
        Table {
            target: "#units".to_owned(),
            found: "Đang hiện {shown} trên {total} đơn vị".to_owned(),
            none: "Không có đơn vị nào khớp".to_owned(),
        }
    }

    #[test]
    fn a_narrowed_table_says_how_much_of_it_is_left() {
        assert_eq!(table().say(&Wanted::new("ca"), 3, 64), "Đang hiện 3 trên 64 đơn vị");
    }

    #[test]
    fn an_empty_table_says_so_in_words() {
        assert_eq!(table().say(&Wanted::new("zzz"), 0, 64), "Không có đơn vị nào khớp");
    }

    #[test]
    fn a_whole_table_says_nothing() {
        assert_eq!(table().say(&Wanted::new("  "), 64, 64), "");
    }
}
