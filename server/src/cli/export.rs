//! `hailong export`.

use super::{open, tenant_of};
use crate::config::Config;
use crate::words::told;
use clap::{Args, ValueEnum};
use domain::id::Tenant;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::escape::Sheet;
use usecase::export::{TALLY_COLUMNS, response_columns, write_responses, write_tallies};
use usecase::figures::aggregate::{COLUMNS, Precision, write_aggregates};
use usecase::office::Office;
use usecase::registry::Province;
use usecase::release_file::{Written, write_releases};

/// Options of `export`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// What to write
    what: What,
    /// Which release [default: the newest]
    #[arg(long)]
    release: Option<i64>,
    /// Unrounded figures, or releases with what a restore needs; for the province's own use, noted in the audit log
    #[arg(long)]
    exact: bool,
    /// Only with `releases`: the first release
    #[arg(long, default_value_t = 1)]
    from: i64,
    /// File to write to [default: standard output]
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Every displayed figure: one row each, with interval and caveats
    Aggregates,
    /// Folded answers: no day, field, profile or code
    Responses,
    /// Packed sums by cell and release
    Tallies,
    /// What the ledger's hashes are made of, for `verify`; with --exact for `restore` too
    Releases,
}

pub(super) async fn export(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let office = open(config).await?;
    let tenant = tenant_of(config, &office)?;
    let province = office.province(tenant)?;
    if options.what == What::Releases {
        return releases(config, &office, &province, &options).await;
    }
    let release = pick(&office, tenant, options.release).await?;
    let sink = sink(options.out.as_deref(), false)?;
    let columns: Vec<String> = match options.what {
        What::Aggregates => COLUMNS.map(str::to_owned).to_vec(),
        What::Responses => response_columns(&province),
        What::Tallies | What::Releases => TALLY_COLUMNS.map(str::to_owned).to_vec(),
    };
    let header: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut sheet = Sheet::new(BufWriter::new(sink), &header).map_err(failed)?;
    let detail = format!("{:?} of release {release}", options.what);
    let mut row = |cells: &[String]| sheet.line(cells);
    let rows = match options.what {
        What::Aggregates => {
            let precision = if options.exact { Precision::Exact } else { Precision::Published };
            write_aggregates(&office, &province, release, precision, &mut row).await?
        }
        What::Responses => write_responses(&office, &province, release, &mut row).await?,
        What::Tallies | What::Releases => write_tallies(&office, &province, release, &mut row).await?,
    };
    sheet.finish().map_err(failed)?;
    office.note(tenant, "cli", if options.exact { "export-exact" } else { "export" }, &detail).await?;
    let says = told!(
        config.language(),
        "{rows} dòng của kỳ công bố số {release}",
        "{rows} rows of release {release}"
    );
    eprintln!("{says}");
    Ok(ExitCode::SUCCESS)
}

/// The release that was asked for, or the newest; 0 before the first, when there are no rows, which is no error.
async fn pick(office: &Office, tenant: Tenant, wanted: Option<i64>) -> Result<i64, UsecaseError> {
    let releases = office.store.releases(tenant).await?;
    match wanted {
        None => Ok(releases.first().map_or(0, |release| release.number)),
        Some(number) if releases.iter().any(|release| release.number == number) => Ok(number),
        Some(number) => Err(UsecaseError::Unknown { what: "release", name: number.to_string() }),
    }
}

async fn releases(
    config: &Config,
    office: &Office,
    province: &Province,
    options: &Options,
) -> Result<ExitCode, UsecaseError> {
    let mut out = BufWriter::new(sink(options.out.as_deref(), options.exact)?);
    let (from, exact) = (options.from, options.exact);
    let Written { releases, head } = write_releases(office, province, (from, exact), &mut out).await?;
    out.flush().map_err(failed)?;
    let detail = format!("{releases} releases from {from}");
    let what = if exact { "export-exact" } else { "export" };
    office.note(province.tenant, "cli", what, &detail).await?;
    let says = told!(
        config.language(),
        "{releases} kỳ công bố, mã cuối {head}",
        "{releases} releases, last hash {head}"
    );
    eprintln!("{says}");
    Ok(ExitCode::SUCCESS)
}

fn failed(source: std::io::Error) -> UsecaseError {
    UsecaseError::Read { path: "the output".into(), source }
}

/// Standard output, or a file; one that is not for everybody only its owner may read.
fn sink(out: Option<&Path>, is_private: bool) -> Result<Box<dyn Write + Send>, UsecaseError> {
    let Some(path) = out else { return Ok(Box::new(std::io::stdout())) };
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if is_private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let file = options.open(path);
    let file = file.map_err(|source| UsecaseError::Read { path: path.display().to_string(), source })?;
    Ok(Box::new(file))
}
