//! Rules over what people see: colours, inline style, inline script.

use tests::source::{Source, files};

const TOKENS: &str = "style/tokens.css";
/// A drawing that leaves the house for a printer's shop: it stands alone and carries its own ink and paper.
const DRAWING: &str = "app/src/console/poster/svg.rs";
const FUNCTIONS: [&str; 10] =
    ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color("];
const NAMES: [&str; 20] = [
    "white", "black", "red", "green", "blue", "yellow", "orange", "purple", "gray", "grey", "silver", "navy",
    "teal", "maroon", "brown", "pink", "gold", "cyan", "magenta", "tomato",
];
const ATTRIBUTES: [&str; 5] = ["fill=", "stroke=", "color=", "stop-color=", "bgcolor="];

/// Each line with its number.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(number, line)| (number + 1, line))
}

fn hex_colour(line: &str) -> Option<&str> {
    line.match_indices('#').map(|(at, _)| (&line[..at], &line[at + 1..])).find_map(|(before, after)| {
        let length =
            after.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-' && letter != '_');
        let word = &after[..length.unwrap_or(after.len())];
        let digits =
            word.chars().all(|letter| letter.is_ascii_hexdigit()) && matches!(word.len(), 3 | 4 | 6 | 8);
        let target = before.ends_with("href=\"") || before.ends_with("href=\\\"") || before.ends_with('&');
        (digits && !target).then_some(word)
    })
}

fn function_colour(line: &str) -> Option<&'static str> {
    let starts =
        |at: usize| !line[..at].ends_with(|letter: char| letter.is_alphanumeric() || "-_.:".contains(letter));
    FUNCTIONS.into_iter().find(|name| line.match_indices(name).any(|(at, _)| starts(at)))
}

/// A named colour as a word of its own, in the value of a declaration.
fn named_colour(line: &str) -> Option<&str> {
    let values = line.split([';', '{', '}']).filter_map(|part| part.split_once(':').map(|(_, value)| value));
    let mut words =
        values.flat_map(|value| value.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-'));
    words.find(|word| NAMES.contains(word))
}

fn attribute_colour(line: &str) -> Option<&'static str> {
    let named = |name: &str, at: &str| {
        line.contains(&format!("{at}\"{name}\"")) || line.contains(&format!("{at}\\\"{name}\\\""))
    };
    NAMES.into_iter().find(|name| ATTRIBUTES.iter().any(|at| named(name, at)))
}

fn colours_in_css(file: &Source) -> Vec<String> {
    if file.path == TOKENS {
        return Vec::new();
    }
    let text = without_css_comments(&file.text);
    let found = lines(&text).filter(|(_, line)| {
        hex_colour(line).is_some() || function_colour(line).is_some() || named_colour(line).is_some()
    });
    found.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim())).collect()
}

fn colours_in_rust(file: &Source) -> Vec<String> {
    if file.path == DRAWING {
        return Vec::new();
    }
    let text = file.shipped_text();
    let found = lines(&text).filter(|(_, line)| {
        let quoted = line.contains('"');
        quoted && (hex_colour(line).is_some() || function_colour(line).is_some())
            || attribute_colour(line).is_some()
    });
    found.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim())).collect()
}

/// Comments become spaces, so that lines keep their numbers.
fn without_css_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once("/*") {
        let (comment, after) = inside.split_once("*/").unwrap_or((inside, ""));
        kept.push_str(before);
        kept.extend(comment.chars().filter(|letter| *letter == '\n'));
        rest = after;
    }
    kept + rest
}

fn inline_styles(file: &Source) -> Vec<String> {
    let text = file.shipped_text();
    let begins =
        |line: &str, at: usize| line[..at].ends_with([' ', '\t', '"', '\'', '\n']) || line[..at].is_empty();
    let attribute = |line: &str| {
        line.match_indices("style=").any(|(at, _)| begins(line, at))
            || line
                .match_indices("style:")
                .any(|(at, _)| begins(line, at) && !line[at + 6..].starts_with([' ', ':']))
    };
    let found = lines(&text).filter(|(_, line)| attribute(line));
    found.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim())).collect()
}

/// A script element may name its file and hold nothing.
fn inline_scripts(file: &Source) -> Vec<String> {
    let text = file.shipped_text();
    let mut found = Vec::new();
    for (at, _) in text.match_indices("<script") {
        let after = &text[at + "<script".len()..];
        if !after.starts_with([' ', '>', '/', '\n']) {
            continue;
        }
        let (tag, inside) = after.split_once('>').unwrap_or((after, ""));
        let content = inside.split_once("</script").map_or(inside, |(content, _)| content);
        let holds = !tag.ends_with('/') && !content.trim().is_empty();
        if holds || tag.contains("inner_html") || !tag.contains("src") {
            found.push(format!("{}:{}: <script{tag}>", file.path, text[..at].lines().count().max(1)));
        }
    }
    found
}

fn shipped_rust() -> Vec<Source> {
    ["app", "server"].iter().flat_map(|room| files(room, &[".rs"])).filter(|file| !file.is_test()).collect()
}

#[test]
fn colours_live_in_the_tokens() {
    let mut findings: Vec<String> = files("style", &[".css"]).iter().flat_map(colours_in_css).collect();
    findings.extend(shipped_rust().iter().flat_map(colours_in_rust));
    super::nothing("a colour outside style/tokens.css", &findings);
}

#[test]
fn no_element_carries_its_own_style() {
    super::nothing(
        "style belongs into style/",
        &shipped_rust().iter().flat_map(inline_styles).collect::<Vec<_>>(),
    );
}

#[test]
fn no_script_is_written_into_a_page() {
    super::nothing("scripts are files", &shipped_rust().iter().flat_map(inline_scripts).collect::<Vec<_>>());
}

fn made_up(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn a_colour_in_a_style_sheet_is_found() {
    let css = |text: &str| colours_in_css(&made_up("style/base.css", text)).len();
    let wrong = [
        "a { color: #fff }",
        "a{fill:#12345678}",
        "a { color: rgb(1 2 3) }",
        "a{background:white}",
        "a { border: 1px solid red; }",
        "a { color: oklch(50% 0 0) }",
    ];
    for text in wrong {
        assert_eq!(css(text), 1, "{text}");
    }
    let right = [
        "/* #fff\n white */",
        "a { color: var(--ink) }",
        "#main { top: 0 }",
        "a { white-space: nowrap }",
        "a { color: CanvasText }",
        "a { color: var(--red) }",
        "a { background: color-mix(in srgb, var(--ink) 10%, transparent) }",
    ];
    for text in right {
        assert_eq!(css(text), 0, "{text}");
    }
    assert_eq!(colours_in_css(&made_up(TOKENS, "a { color: #fff }")).len(), 0);
}

#[test]
fn a_colour_in_a_page_is_found() {
    let rust = |text: &str| colours_in_rust(&made_up("app/src/a.rs", text)).len();
    for text in [
        r##"fn a() { "#fff" }"##,
        r#"fn a() { view! { <rect fill="white"/> } }"#,
        r#"fn a() { "rgb(1,2,3)" }"#,
    ] {
        assert_eq!(rust(text), 1, "{text}");
    }
    for text in [
        r##"fn a() { view! { <use href="#face"/> } }"##,
        r#"fn a() { "&#233;" }"#,
        "#[test]\nfn a() { \"#fff\" }",
    ] {
        assert_eq!(rust(text), 0, "{text}");
    }
}

#[test]
fn an_inline_style_is_found() {
    let rust = |text: &str| inline_styles(&made_up("app/src/a.rs", text)).len();
    for text in [
        r#"fn a() { view! { <p style="x"/> } }"#,
        r#"fn a() { view! { <p style:width="1"/> } }"#,
        r#"fn a() { r"<p style='x'>" }"#,
    ] {
        assert_eq!(rust(text), 1, "{text}");
    }
    for text in [
        r#"fn a() { let style = "x"; }"#,
        "struct A { style: u8 }",
        r#"fn a() { view! { <p data-style="x"/> } }"#,
    ] {
        assert_eq!(rust(text), 0, "{text}");
    }
}

#[test]
fn an_inline_script_is_found() {
    let rust = |text: &str| inline_scripts(&made_up("app/src/a.rs", text)).len();
    for text in [
        r#"fn a() { "<script>alert(1)</script>" }"#,
        "fn a() { view! { <script inner_html=x src=y></script> } }",
    ] {
        assert_eq!(rust(text), 1, "{text}");
    }
    let right = r#"fn a() { view! { <script type="module" src=start></script> } }"#;
    assert_eq!(rust(right), 0, "{right}");
}
