//! `hailong analyze`.

use ::analyze::AnalyzeError;
use ::analyze::checks::run_all;
use clap::Args;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `analyze`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// CSV of responses, one questionnaire a row
    #[arg(required_unless_present = "all_checks", conflicts_with = "all_checks")]
    responses: Option<PathBuf>,
    /// JSON that says which columns are items and how the sample was drawn
    #[arg(long, required_unless_present = "all_checks", conflicts_with = "all_checks")]
    design: Option<PathBuf>,
    /// CSV of population counts to fit the weights to
    #[arg(long, conflicts_with = "all_checks")]
    population: Option<PathBuf>,
    /// Print JSON
    #[arg(long, conflicts_with = "all_checks")]
    json: bool,
    /// Compare with the expected numbers of a folder of reference cases
    #[arg(long, value_name = "DIR")]
    all_checks: Option<PathBuf>,
}

/// Exit code 0 done, 1 a file is wrong or a check failed.
pub(super) fn analyze(options: &Options) -> ExitCode {
    match obey(options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("hailong: {error}");
            ExitCode::FAILURE
        }
    }
}

fn obey(options: &Options) -> Result<bool, AnalyzeError> {
    if let Some(folder) = &options.all_checks {
        return match run_all(folder, &mut io::stdout().lock()) {
            Err(AnalyzeError::Read { source, .. }) if source.kind() == ErrorKind::BrokenPipe => Ok(true),
            outcome => Ok(outcome?.failed == 0),
        };
    }
    if let (Some(design), Some(responses)) = (&options.design, &options.responses) {
        let report = ::analyze::run(design, responses, options.population.as_deref())?;
        let text = if options.json { format!("{}\n", report.to_json()) } else { report.to_text() };
        print(&text)?;
    }
    Ok(true)
}

/// Writes to the standard output. A reader that has seen enough, `head` for example, is no fault.
fn print(text: &str) -> Result<(), AnalyzeError> {
    let mut out = io::stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(source) if source.kind() != ErrorKind::BrokenPipe => {
            Err(AnalyzeError::Read { path: PathBuf::from("output"), source })
        }
        _ => Ok(()),
    }
}
