//! A page's form, read from its HTML and filled in as a person would: what is hidden stays, what is chosen
//! is chosen once.

use crate::html::{Tag, tags};

/// One form of a page.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Where it goes; empty means the page itself.
    pub action: String,
    /// `get` or `post`.
    pub method: String,
    fields: Vec<Field>,
    buttons: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    value: String,
    /// Radios and boxes count only when chosen; all others always.
    pick: bool,
    chosen: bool,
    typed: bool,
}

impl Form {
    /// All forms of a page, in order.
    #[must_use]
    pub fn all(html: &str) -> Vec<Self> {
        let mut forms: Vec<Self> = Vec::new();
        let mut open = false;
        for tag in tags(html) {
            match tag.name.as_str() {
                "form" => {
                    open = true;
                    let method = tag.get("method").unwrap_or("get").to_ascii_lowercase();
                    forms.push(Self { action: tag.text("action"), method, ..Self::default() });
                }
                "/form" => open = false,
                _ if open => {
                    if let Some(form) = forms.last_mut() {
                        form.take(&tag);
                    }
                }
                _ => {}
            }
        }
        forms
    }

    /// The first form that has a field of this name.
    #[must_use]
    pub fn with_field(html: &str, name: &str) -> Option<Self> {
        Self::all(html).into_iter().find(|form| form.fields.iter().any(|field| field.name == name))
    }

    fn take(&mut self, tag: &Tag) {
        let (name, kind) = (tag.text("name"), tag.get("type").unwrap_or_default());
        let pick = matches!(kind, "radio" | "checkbox");
        let mut field =
            Field { name, value: tag.text("value"), pick, chosen: tag.has("checked"), typed: false };
        match (tag.name.as_str(), kind) {
            ("button", _) | ("input", "submit") => self.buttons.push((field.name, field.value)),
            ("input" | "textarea", _) if field.name.is_empty() => {}
            ("input", _) => {
                field.typed = !pick && kind != "hidden";
                self.fields.push(field);
            }
            ("textarea", _) => {
                field.value.clone_from(&tag.content);
                field.typed = true;
                self.fields.push(field);
            }
            ("select", _) => {
                self.fields.push(Field { pick: true, chosen: false, value: String::new(), ..field });
            }
            ("option", _) => self.take_option(tag),
            _ => {}
        }
    }

    /// The first option of a list is chosen unless another says so.
    fn take_option(&mut self, tag: &Tag) {
        let Some(last) = self.fields.last_mut() else { return };
        let value = tag.get("value").map_or_else(|| tag.content.clone(), str::to_owned);
        let chosen = tag.has("selected");
        if last.pick && !last.chosen && last.value.is_empty() {
            (last.value, last.chosen) = (value, true);
        } else {
            let name = last.name.clone();
            if chosen {
                self.fields
                    .iter_mut()
                    .filter(|field| field.name == name)
                    .for_each(|field| field.chosen = false);
            }
            self.fields.push(Field { name, value, pick: true, chosen, typed: false });
        }
    }

    /// The questions of the form: each group of answers with its values, in order.
    #[must_use]
    pub fn groups(&self) -> Vec<(String, Vec<String>)> {
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for field in self.fields.iter().filter(|field| field.pick) {
            match groups.iter_mut().find(|(name, _)| *name == field.name) {
                Some((_, values)) => values.push(field.value.clone()),
                None => groups.push((field.name.clone(), vec![field.value.clone()])),
            }
        }
        groups
    }

    /// What a field would send now.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        let sent = self.fields.iter().find(|field| field.name == name && (!field.pick || field.chosen));
        sent.map(|field| field.value.as_str())
    }

    /// Chooses an answer, or types into a field.
    ///
    /// # Panics
    /// When the form has no such field or answer.
    pub fn set(&mut self, name: &str, value: &str) {
        let picks = self.fields.iter().any(|field| field.name == name && field.pick);
        let mut hit = false;
        for field in self.fields.iter_mut().filter(|field| field.name == name) {
            if picks {
                field.chosen = field.value == value;
                hit |= field.chosen;
            } else {
                value.clone_into(&mut field.value);
                hit = true;
            }
        }
        assert!(hit, "the form has no '{name}' that can be '{value}': {:?}", self.groups());
    }

    /// Whether it has a button of this value, such as `send`.
    #[must_use]
    pub fn has_button(&self, value: &str) -> bool {
        self.buttons.iter().any(|(_, one)| one == value)
    }

    /// The values of its buttons.
    #[must_use]
    pub fn buttons(&self) -> Vec<&str> {
        self.buttons.iter().map(|(_, value)| value.as_str()).collect()
    }

    /// What is sent when the button of this value is pressed (or any, when there is no such button).
    #[must_use]
    pub fn press(&self, value: &str) -> Vec<(String, String)> {
        let sent = self.fields.iter().filter(|field| !field.pick || field.chosen);
        let mut pairs: Vec<(String, String)> =
            sent.map(|field| (field.name.clone(), field.value.clone())).collect();
        let button = self.buttons.iter().find(|(_, one)| one == value).or(self.buttons.first());
        pairs.extend(button.filter(|(name, _)| !name.is_empty()).cloned());
        pairs
    }

    /// The names of the fields that a person types into.
    #[must_use]
    pub fn typed(&self) -> Vec<&str> {
        self.fields.iter().filter(|field| field.typed).map(|field| field.name.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<form method="get"><input name=q></form>
        <form method="post" action="/s/abc"><input type="hidden" name="token" value="a&amp;b">
        <label><input type="radio" name="overall" value="5"></label><label><input type="radio" name="overall" value="4" checked></label>
        <textarea name="comment">xã &lt;b&gt;</textarea>
        <select name="field"><option value="a">A</option><option value="b" selected>B</option></select>
        <button name="go" value="next">Tiếp</button><button name="go" value="send">Gửi</button></form>"#;

    fn pairs(form: &Form, button: &str) -> String {
        crate::http::urlencode(&form.press(button))
    }

    #[test]
    fn a_form_sends_what_a_browser_would_send() {
        let form = Form::with_field(PAGE, "token").unwrap();
        assert_eq!((form.action.as_str(), form.method.as_str()), ("/s/abc", "post"));
        assert_eq!(pairs(&form, "send"), "token=a%26b&overall=4&comment=x%C3%A3+%3Cb%3E&field=b&go=send");
    }

    #[test]
    fn choosing_an_answer_drops_the_other() {
        let mut form = Form::with_field(PAGE, "token").unwrap();
        form.set("overall", "5");
        form.set("comment", "");
        assert_eq!(pairs(&form, "next"), "token=a%26b&overall=5&comment=&field=b&go=next");
        assert_eq!(form.groups()[0], ("overall".to_owned(), vec!["5".to_owned(), "4".to_owned()]));
    }

    #[test]
    #[should_panic(expected = "no 'overall' that can be '9'")]
    fn an_answer_that_is_not_offered_cannot_be_chosen() {
        Form::with_field(PAGE, "token").unwrap().set("overall", "9");
    }
}
