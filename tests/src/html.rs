//! The tags of a page, as far as a test needs them: names, attributes, the text behind each.

/// One tag; a closing tag's name begins with `/`.
#[derive(Clone, Debug, Default)]
pub struct Tag {
    /// In lower case.
    pub name: String,
    /// Names in lower case, values with their entities resolved.
    pub attributes: Vec<(String, String)>,
    /// The text up to the next tag, with its entities resolved.
    pub content: String,
}

impl Tag {
    /// The value of an attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// The value of an attribute, or nothing.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// Whether an attribute is there.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// All tags of a page in order, comments left out.
#[must_use]
pub fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (inside, after) = rest.split_at(end_of_tag(rest));
        rest = after.strip_prefix('>').unwrap_or(after);
        let content = &rest[..rest.find('<').unwrap_or(rest.len())];
        let mut tag = read_tag(inside);
        tag.content = resolve(content);
        found.push(tag);
    }
    found
}

/// The visible text of a page, one space between words; what stands in `<style>`, `<script>` and `<head>` is
/// left out.
#[must_use]
pub fn visible_text(html: &str) -> String {
    let body = html.find("<body").map_or(html, |at| &html[at..]);
    let shown = tags(body).into_iter().filter(|tag| !matches!(tag.name.as_str(), "style" | "script"));
    let text: Vec<String> = shown.map(|tag| tag.content).collect();
    text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A `>` inside quotes does not end a tag.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn read_tag(inside: &str) -> Tag {
    let end = inside.find(|letter: char| letter.is_whitespace()).unwrap_or(inside.len());
    let (name, mut rest) = inside.split_at(end);
    let mut tag = Tag { name: name.trim_end_matches('/').to_ascii_lowercase(), ..Tag::default() };
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if rest.is_empty() {
            return tag;
        }
        let end = rest
            .find(|letter: char| letter.is_whitespace() || matches!(letter, '=' | '/'))
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, left) =
            after.trim_start().strip_prefix('=').map_or(("", after), |value| cut(value.trim_start()));
        tag.attributes.push((name.to_ascii_lowercase(), resolve(value)));
        rest = left;
    }
}

/// The value at the start of a text, and what follows it.
fn cut(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// Resolves the entities that a server writes.
#[must_use]
pub fn resolve(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest[1..].split_once(';').map(|(name, _)| name).filter(|name| name.len() <= 8);
        if let (Some(one), Some(name)) = (name.and_then(letter), name) {
            out.push(one);
            rest = &rest[name.len() + 2..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out + rest
}

fn letter(name: &str) -> Option<char> {
    let number = |digits: &str, base| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => match (name.strip_prefix("#x"), name.strip_prefix('#')) {
            (Some(digits), _) => number(digits, 16),
            (None, Some(digits)) => number(digits, 10),
            (None, None) => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        let tag = &tags("<!-- <b> --><INPUT type=radio value='a > b' checked/>x &amp; y&#x2011;z &foo;")[0];
        assert_eq!(tag.name, "input");
        assert_eq!(
            (tag.get("type"), tag.get("value"), tag.has("checked")),
            (Some("radio"), Some("a > b"), true)
        );
        assert_eq!(tag.content, "x & y\u{2011}z &foo;");
    }

    #[test]
    fn the_visible_text_leaves_out_what_is_not_shown() {
        let page = "<head><title>a</title></head><body><style>b</style><p>c <b>d</b></p></body>";
        assert_eq!(visible_text(page), "c d");
    }
}
