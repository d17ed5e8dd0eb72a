//! The files of the repository, for the rules of its shape.

use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;

/// One text file of the repository.
#[derive(Debug)]
pub struct Source {
    /// Its path from the root of the repository, with `/`.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// All files under a folder of the repository whose name ends in one of the endings, in order.
#[must_use]
pub fn files(under: &str, endings: &[&str]) -> Vec<Source> {
    let root = root();
    let mut found = Vec::new();
    walk(&root.join(under), &mut |path| {
        let name = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        if endings.iter().any(|ending| name.ends_with(ending)) {
            let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"));
            found.push(Source { path: name, text });
        }
    });
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn walk(folder: &Path, visit: &mut dyn FnMut(&Path)) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if name.starts_with('.') || matches!(&*name, "target" | "node_modules") {
            continue;
        }
        if path.is_dir() { walk(&path, visit) } else { visit(&path) }
    }
}

impl Source {
    /// Whether the whole file is test or example code.
    #[must_use]
    pub fn is_test(&self) -> bool {
        let parts: Vec<&str> = self.path.split('/').collect();
        parts.iter().any(|part| matches!(*part, "tests" | "tests.rs" | "examples" | "benches"))
    }

    /// The text of the parts that ship: items under `#[cfg(test)]` and comment lines are blank, so that
    /// line numbers stay right.
    ///
    /// # Panics
    /// When the file is not Rust.
    #[must_use]
    pub fn shipped_text(&self) -> String {
        let mut lines: Vec<&str> = self.text.lines().collect();
        for (first, last) in test_lines(&self.parse().items) {
            lines[first - 1..last].fill("");
        }
        let kept = lines.into_iter().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
        kept.collect::<Vec<_>>().join("\n")
    }

    /// The tokens of the parts that ship, in order, groups opened, with their lines. Comments and the
    /// text of doc comments are not among them.
    #[must_use]
    pub fn shipped_tokens(&self) -> Vec<(String, usize)> {
        let mut tokens = Vec::new();
        match self.shipped_text().parse() {
            Ok(stream) => flatten(stream, &mut tokens),
            Err(error) => panic!("{}: {error}", self.path),
        }
        tokens
    }

    fn parse(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }
}

fn test_lines(items: &[syn::Item]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for item in items {
        if attributes(item).iter().any(is_for_tests) {
            found.push((item.span().start().line, item.span().end().line));
        } else if let syn::Item::Mod(syn::ItemMod { content: Some((_, inner)), .. }) = item {
            found.extend(test_lines(inner));
        }
    }
    found
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attribute: &syn::Attribute) -> bool {
    let list = attribute.meta.require_list();
    attribute.path().is_ident("test")
        || (attribute.path().is_ident("cfg") && list.is_ok_and(|list| list.tokens.to_string() == "test"))
}

fn flatten(stream: TokenStream, into: &mut Vec<(String, usize)>) {
    for token in stream {
        let line = token.span().start().line;
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                    proc_macro2::Delimiter::Brace => ("{", "}"),
                    proc_macro2::Delimiter::Bracket => ("[", "]"),
                    proc_macro2::Delimiter::None => ("", ""),
                };
                into.push((open.to_owned(), line));
                flatten(group.stream(), into);
                into.push((close.to_owned(), group.span_close().start().line));
            }
            other => into.push((other.to_string(), line)),
        }
    }
}
