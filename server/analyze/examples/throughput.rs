//! Figures of every agency from a file of any size, in one pass, as `hailong analyze --json` prints
//! them:
//!
//! ```text
//! cargo run --release -p analyze --example throughput -- generate 1000000 case.json responses.csv
//! cargo run --release -p analyze --example throughput -- case.json responses.csv
//! ```
//!
//! The first writes artificial responses and their description. `tests/bench/analyze` measures the
//! same in the product.

use analyze::generate::{Options, description, responses};
use analyze::run;
use std::error::Error;
use std::fs::{self, File};
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["generate", rows, design, file] => {
            let options = Options { rows: rows.parse()?, ..Options::default() };
            fs::write(design, description(&options)?.to_string())?;
            Ok(responses(&options, &mut File::create(file)?)?)
        }
        [design, file] => {
            println!("{}", run(Path::new(design), Path::new(file), None)?.to_json());
            Ok(())
        }
        _ => Err("give a description and a file, or: generate ROWS DESIGN FILE".into()),
    }
}
