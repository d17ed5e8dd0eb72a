//! `hailong generate`.

use crate::config::Config;
use crate::words::told;
use analyze::generate::{self, GenerateError};
use clap::{Args, ValueEnum};
use domain::language::Language;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Options of `generate`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// What to write
    what: What,
    /// How many
    #[arg(long, default_value_t = 1_000_000)]
    rows: u64,
    /// Agencies, each with its own size and satisfaction
    #[arg(long, default_value_t = 40)]
    agencies: u32,
    /// Services
    #[arg(long, default_value_t = 5)]
    services: u32,
    /// Items, in five factors
    #[arg(long, default_value_t = 22)]
    items: u32,
    /// The same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// File to write to [default: standard output]
    #[arg(long)]
    out: Option<PathBuf>,
    /// File for the description that goes with it, as `analyze --design` takes it
    #[arg(long)]
    design: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Artificial answers as CSV: one questionnaire a row
    Responses,
}

pub(super) fn generate(config: &Config, options: &Options) -> ExitCode {
    let What::Responses = options.what;
    match write(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hailong: {}", say(&error, config.language()));
            ExitCode::FAILURE
        }
    }
}

fn write(options: &Options) -> Result<(), GenerateError> {
    let Options { rows, agencies, services, items, seed, .. } = *options;
    let wanted = generate::Options { rows, agencies, services, items, seed };
    // Before any file is touched.
    let description = generate::description(&wanted)?;
    if let Some(path) = &options.design {
        let mut file = create(path)?;
        writeln!(file, "{description:#}").map_err(|source| at(path, &source))?;
    }
    match &options.out {
        Some(path) => generate::responses(&wanted, &mut create(path)?),
        None => generate::responses(&wanted, &mut io::stdout().lock()),
    }
}

fn create(path: &Path) -> Result<File, GenerateError> {
    File::create(path).map_err(|source| at(path, &source).into())
}

/// The same fault with its file.
fn at(path: &Path, source: &io::Error) -> io::Error {
    io::Error::new(source.kind(), format!("{}: {source}", path.display()))
}

fn say(error: &GenerateError, language: Language) -> String {
    match error {
        GenerateError::Range { what, got, least, most } => told!(
            language,
            "--{what} {got}: phải từ {least} đến {most}",
            "--{what} {got}: must be from {least} to {most}"
        ),
        GenerateError::Write(source) => {
            told!(language, "không ghi được: {source}", "cannot write: {source}")
        }
    }
}
