//! Figures of every agency from a file of any size, in one pass:
//!
//! ```text
//! cargo run --release -p analyze --example throughput -- generate 1000000 responses.csv
//! cargo run --release -p analyze --example throughput -- responses.csv
//! ```
//!
//! The first writes artificial responses, the second prints a line for every agency and figure.
//! `tests/bench/analyze` measures the same in the product.

use analyze::generate::{Options, responses};
use analyze::stream::{Plan, Rules, tally};
use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["generate", rows, path] => {
            let options = Options { rows: rows.parse()?, ..Options::default() };
            Ok(responses(&options, &mut File::create(path)?)?)
        }
        [path] => figures(Path::new(path)),
        _ => Err("give a file, or: generate ROWS FILE".into()),
    }
}

fn figures(path: &Path) -> Result<(), Box<dyn Error>> {
    let plan = Plan {
        strata: vec!["agency".into()],
        domains: Vec::new(),
        factors: Options::default().factors(),
        items: Vec::new(),
        overall: Some("overall".into()),
    };
    let tallies = tally(path, &plan)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for figure in tallies.estimates(&tallies.domains(&["agency"])?, &Rules::default())? {
        let agency = figure.domain.first().map_or("", |(_, value)| value);
        let (stat, over, n) = (figure.stat.name(), &figure.over, figure.n);
        let [est, se] = [figure.est, figure.se].map(|number| number.unwrap_or(f64::NAN));
        let interval = figure.intervals.last().map(|(_, interval)| (interval.low, interval.high));
        let (low, high) = interval.unwrap_or((f64::NAN, f64::NAN));
        writeln!(out, "{agency} {stat} {over} n {n} est {est:.6} se {se:.6} from {low:.6} to {high:.6}")?;
    }
    Ok(())
}
