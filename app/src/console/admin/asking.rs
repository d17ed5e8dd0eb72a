//! Parts of forms: a field with its hint and its mistake, the summary of mistakes above the form.

use leptos::prelude::*;

/// A field and what stands at it.
pub(crate) struct Asked {
    /// Name of the field, and its id.
    pub name: &'static str,
    /// Label.
    pub label: &'static str,
    /// How to fill it in.
    pub hint: Option<&'static str>,
    /// What is wrong with what was typed.
    pub mistake: Option<String>,
}

impl Asked {
    /// Ids of what describes the field, for `aria-describedby`.
    pub(crate) fn described(&self) -> Option<String> {
        let hint = self.hint.map(|_| format!("{}-hint", self.name));
        let mistake = self.mistake.as_ref().map(|_| format!("{}-mistake", self.name));
        let ids: Vec<String> = mistake.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Whether it must be mended, for `aria-invalid`.
    pub(crate) fn invalid(&self) -> Option<&'static str> {
        self.mistake.is_some().then_some("true")
    }

    /// Mistake and hint, to stand between label and control.
    pub(crate) fn told(&self) -> AnyView {
        let mistake = self.mistake.clone().map(|says| {
            view! { <span class="mistake" id=format!("{}-mistake", self.name)>{says}</span> }
        });
        let hint =
            self.hint.map(|says| view! { <span class="hint" id=format!("{}-hint", self.name)>{says}</span> });
        view! { {mistake} {hint} }.into_any()
    }

    /// The field with a control of one line.
    pub(crate) fn line(self, value: &str, kind: &'static str) -> AnyView {
        let numeric = (kind == "number").then_some("numeric");
        let kind = if kind == "number" { "text" } else { kind };
        view! {
            <div class="field">
                <label for=self.name>{self.label}</label>
                {self.told()}
                <input id=self.name name=self.name type=kind value=value.to_owned() inputmode=numeric
                    autocomplete="off" aria-invalid=self.invalid() aria-describedby=self.described()/>
            </div>
        }
        .into_any()
    }

    /// The field with a list to choose from: value and words.
    pub(crate) fn list(self, options: Vec<(String, String)>, chosen: &str) -> AnyView {
        let options = options.into_iter().map(|(value, words)| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{words}</option> }
        });
        view! {
            <div class="field">
                <label for=self.name>{self.label}</label>
                {self.told()}
                <select id=self.name name=self.name aria-invalid=self.invalid()
                    aria-describedby=self.described()>
                    {options.collect_view()}
                </select>
            </div>
        }
        .into_any()
    }
}

/// All mistakes above the form, each leading to its field.
pub(crate) fn mistakes(heading: String, list: &[(&'static str, String)]) -> Option<AnyView> {
    if list.is_empty() {
        return None;
    }
    let lines = list.iter().map(|(field, says)| {
        view! { <li><a href=format!("#{field}")>{says.clone()}</a></li> }
    });
    Some(
        view! {
            <div class="errors" role="alert" tabindex="-1">
                <h2>{heading}</h2>
                <ul>{lines.collect_view()}</ul>
            </div>
        }
        .into_any(),
    )
}

/// What was typed, to be sent again unseen.
pub(crate) fn hidden(pairs: Vec<(&'static str, String)>) -> AnyView {
    let fields = pairs.into_iter().map(|(name, value)| {
        view! { <input type="hidden" name=name value=value/> }
    });
    fields.collect_view().into_any()
}

/// A deed that has just been done.
pub(crate) fn done(says: String) -> AnyView {
    view! { <div class="notice ok" role="status"><p><b>{says}</b></p></div> }.into_any()
}
