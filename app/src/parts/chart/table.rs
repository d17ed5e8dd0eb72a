//! The table under a chart: the same figures, with their intervals and respondents.

use crate::i18n::console::ConsoleText;
use crate::i18n::format::{count, number};
use crate::parts::figure::{reason, with_interval};
use crate::parts::help::{Term, help};
use domain::language::Language;
use domain::reading::{Figure, Reading};
use leptos::prelude::*;

/// A row of a table of figures.
pub(crate) struct TableRow<'a> {
    /// What the figure is about.
    pub name: AnyView,
    /// `sum` for a total, `sub` for a part of the row above, or nothing.
    pub class: &'static str,
    /// The figure or the reason.
    pub reading: &'a Reading,
}

/// A table of figures.
pub(crate) struct FigureTable<'a> {
    /// What it shows, for those who do not see it.
    pub caption: String,
    /// Head of the first column.
    pub what: &'static str,
    /// Head of the column of figures.
    pub figures: &'static str,
    /// Whether blanks and "not applicable" stand beside the respondents.
    pub detailed: bool,
    /// Smallest number of respondents.
    pub k: u32,
    /// The reader's language.
    pub language: Language,
    /// Its rows.
    pub rows: Vec<TableRow<'a>>,
}

impl FigureTable<'_> {
    /// The table.
    pub(crate) fn draw(self) -> AnyView {
        let text = ConsoleText::of(self.language);
        let respondents = if self.detailed { text.figure.n_detail_head } else { text.figure.n_head };
        let (k, language, detailed) = (self.k, self.language, self.detailed);
        let rows = self.rows.into_iter().map(|row| {
            view! {
                <tr class=row.class>
                    <th scope="row">{row.name}</th>
                    {cells(row.reading, k, language, detailed)}
                </tr>
            }
        });
        view! {
            <table>
                <caption class="unseen">{self.caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{self.what}</th>
                        <th scope="col" class="n">{self.figures} {help(Term::Index, self.language)}</th>
                        <th scope="col" class="n">{respondents}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any()
    }
}

/// The two cells of a reading: figure with interval, respondents; or one cell with the reason.
pub(crate) fn cells(reading: &Reading, k: u32, language: Language, detailed: bool) -> AnyView {
    let Some(figure) = reading.figure() else {
        return view! { <td colspan="2" class="why">{reason(reading, k, language)}</td> }.into_any();
    };
    view! {
        <td class="n">{with_interval(figure, language)}</td>
        <td class="n">
            <span class="num">{count(figure.n, language)}</span>
            {detailed.then(|| left_out(figure, language))}
        </td>
    }
    .into_any()
}

fn left_out(figure: &Figure, language: Language) -> AnyView {
    let shares = format!("({}; {})", number(figure.blank_share, language), number(figure.na_share, language));
    view! { " " <span class="num i">{shares}</span> }.into_any()
}
