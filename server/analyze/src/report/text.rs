//! The report for people: aligned tables, one decimal.

use super::{Line, NOT_COVERED, Precise, Report, Scale, group_name};

const HEAD: [&str; 8] = ["figure", "of", "estimate", "se", "interval", "df", "n", "deff"];

pub(super) fn write(report: &Report) -> String {
    let mut out = vec![
        format!(
            "{} respondents, {} items, intervals at {} %",
            report.respondents,
            report.items,
            100.0 * report.level
        ),
        String::new(),
    ];
    out.extend(report.design.iter().map(|words| format!("  {words}")));
    for warning in &report.warnings {
        out.push(format!("! {warning}"));
    }
    let mut lines = report.lines.as_slice();
    while let Some(first) = lines.first() {
        let here = lines.iter().take_while(|line| line.group == first.group).count();
        let (group, rest) = lines.split_at(here);
        out.extend([String::new(), group_name(first)]);
        out.extend(table(group));
        lines = rest;
    }
    for section in &report.sections {
        out.extend([String::new(), section.name.to_owned()]);
        out.extend(section.lines.iter().map(|line| format!("  {line}")));
    }
    out.extend([String::new(), "What the intervals do not cover".to_owned()]);
    out.extend(NOT_COVERED.map(|sentence| format!("  {sentence}")));
    out.push(String::new());
    out.join("\n")
}

/// Shares in per cent, scores in points.
fn table(lines: &[Line]) -> Vec<String> {
    let mut rows = vec![HEAD.map(str::to_owned).to_vec()];
    rows.extend(lines.iter().map(|line| cells(line).to_vec()));
    aligned(&rows, 2).into_iter().map(|line| format!(" {line}")).collect()
}

/// Columns of one width: the first `words` to the left, numbers to the right.
pub(super) fn aligned(rows: &[Vec<String>], words: usize) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| {
        rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let align = |row: &Vec<String>| {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let pad = " ".repeat(width.saturating_sub(cell.chars().count()));
            let (left, right) = if at < words { ("", pad.as_str()) } else { (pad.as_str(), "") };
            line.extend([" ", left, cell.as_str(), right]);
        }
        line.trim_end().to_owned()
    };
    rows.iter().map(align).collect()
}

fn cells(line: &Line) -> [String; 8] {
    let name = match line.statistic {
        "share_pooled" => "answers 4-5",
        "all_satisfied" => "everything 4-5",
        "score_mean" => "score 0-100",
        "index_composite" => "composite",
        _ => "satisfied",
    };
    let [figure, over] = [name.to_owned(), line.over.clone()];
    match &line.figure {
        Err(reason) => [
            figure,
            over,
            "none".to_owned(),
            String::new(),
            reason.to_string(),
            String::new(),
            String::new(),
            String::new(),
        ],
        Ok(precise) => {
            let [estimate, se, interval, deff] = numbers(precise, line.scale);
            let Precise { estimate: of, .. } = precise;
            [figure, over, estimate, se, interval, of.df.to_string(), of.n.to_string(), deff]
        }
    }
}

fn numbers(precise: &Precise, scale: Scale) -> [String; 4] {
    let (times, sign) = if scale == Scale::Share { (100.0, " %") } else { (1.0, "") };
    let one = |value: f64| format!("{:.1}", times * value);
    let shown = precise.intervals.first().and_then(|(_, interval)| *interval);
    [
        format!("{}{sign}", one(precise.estimate.est)),
        precise.estimate.se.map_or_else(|| "-".to_owned(), one),
        shown.map_or_else(
            || "-".to_owned(),
            |shown| format!("{} to {}{sign}", one(shown.low), one(shown.high)),
        ),
        precise.deff.map_or_else(|| "-".to_owned(), |deff| format!("{deff:.1}")),
    ]
}
