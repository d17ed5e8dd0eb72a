//! `hailong verify`.

use crate::config::Config;
use crate::words::told;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::release_file::{Verified, verify as compute};

/// Options of `verify`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// A file of releases
    file: PathBuf,
    /// A hash that was noted earlier (16 digits or more); it must be one of the chain
    #[arg(long)]
    head: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Needs the file alone: no database, no key.
pub(super) fn verify(config: &Config, options: &Options) -> Result<ExitCode, UsecaseError> {
    let Verified { tenant, from, through, head } = compute(&options.file, options.head.as_deref())?;
    if options.json {
        let tenant = tenant.to_string();
        let json = serde_json::json!({"tenant": tenant, "from": from, "through": through, "head": head});
        println!("{json}");
    } else {
        let says = told!(
            config.language(),
            "{tenant}: các kỳ công bố từ số {from} đến số {through} khớp nhau, mã cuối {head}",
            "{tenant}: releases {from} to {through} follow from each other, last hash {head}"
        );
        println!("{says}");
    }
    Ok(ExitCode::SUCCESS)
}
