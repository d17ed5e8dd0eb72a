//! What a file would do, line by line, before it is done.

use super::super::frame::Frame;
use crate::i18n::console::fill;
use crate::i18n::format::count;
use leptos::prelude::*;

/// What would become of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineVerdict {
    /// It was not there before.
    New,
    /// It is there with something else in it.
    Changed,
    /// It is there, and would get an end.
    Ended,
    /// It is there and not in the file.
    Removed,
}

/// One line that would change something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLine {
    /// The line of the file; 0 where it is not in the file.
    pub line: u64,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// What would become of it.
    pub verdict: LineVerdict,
    /// Column, what stands there now, what would stand there.
    pub differences: Vec<(&'static str, String, String)>,
}

/// What a file would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// New lines.
    pub new: usize,
    /// Changed lines.
    pub changed: usize,
    /// Ended lines.
    pub ended: usize,
    /// Removed lines.
    pub removed: usize,
    /// Lines that stay as they are.
    pub unchanged: usize,
    /// The lines that would change something, the first of them.
    pub lines: Vec<PreviewLine>,
    /// How many more there are.
    pub more: usize,
}

impl Preview {
    /// Whether nothing would change.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.new + self.changed + self.ended + self.removed == 0
    }

    /// What would be, or was, done: "thêm 3, sửa 1".
    pub(super) fn told(&self, frame: &Frame) -> String {
        let text = &frame.text().registry;
        let parts = [
            (self.new, text.would_new),
            (self.changed, text.would_change),
            (self.ended, text.would_end),
            (self.removed, text.would_remove),
            (self.unchanged, text.would_keep),
        ];
        let told = parts.into_iter().filter(|(n, _)| *n > 0);
        let told = told.map(|(n, phrase)| fill(phrase, &[("n", &count(n as u64, frame.language))]));
        told.collect::<Vec<_>>().join(", ")
    }
}

/// The lines as a table.
pub(super) fn table(preview: &Preview, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let rows = preview.lines.iter().map(|line| row(line, frame)).collect_view();
    let more = (preview.more > 0).then(|| {
        let n = count(preview.more as u64, frame.language);
        view! { <p class="soft">{fill(text.more_lines, &[("n", &n)])}</p> }
    });
    view! {
        <table class="preview">
            <caption class="unseen">{text.preview}</caption>
            <thead>
                <tr>
                    <th scope="col" class="n">{text.line}</th>
                    <th scope="col">{text.what}</th>
                    <th scope="col">{text.who}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {more}
    }
    .into_any()
}

fn row(line: &PreviewLine, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let (class, verdict) = match line.verdict {
        LineVerdict::New => ("state on", text.is_new),
        LineVerdict::Changed => ("state", text.is_changed),
        LineVerdict::Ended => ("state off", text.is_ended),
        LineVerdict::Removed => ("state off", text.is_removed),
    };
    let number = if line.line == 0 {
        view! { <span class="why">{text.line_gone}</span> }.into_any()
    } else {
        view! { <span>{line.line.to_string()}</span> }.into_any()
    };
    let blank = |value: &str| if value.is_empty() { text.blank.to_owned() } else { value.to_owned() };
    let differences = line.differences.iter().map(|(column, before, after)| {
        let values = [("column", *column), ("before", &blank(before)), ("after", &blank(after))];
        view! { <span class="why under">{fill(text.difference, &values)}</span> }
    });
    view! {
        <tr>
            <td class="n">{number}</td>
            <td><span class=class>{verdict}</span></td>
            <th scope="row">
                <span lang="vi">{line.name.clone()}</span> " " <span class="why num">{line.code.clone()}</span>
                {differences.collect_view()}
            </th>
        </tr>
    }
    .into_any()
}
