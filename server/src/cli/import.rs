//! `hailong import`.

use super::{day, open, tenant_of};
use crate::config::Config;
use clap::{Args, ValueEnum};
use domain::right::Actor;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::import::Changes;
use usecase::import::fields::import_fields;
use usecase::import::instrument::{InstrumentImported, import_instrument};
use usecase::import::procedures::import_procedures;
use usecase::import::responses::import_responses;
use usecase::import::succession::import_succession;
use usecase::import::units::{UnitsWanted, import_units};
use usecase::import::volumes::{VolumesWanted, import_volumes};
use usecase::office::Office;

/// Options of `import`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// What the file holds
    what: What,
    /// The file
    file: PathBuf,
    /// Which column is which (JSON); for responses
    #[arg(long)]
    map: Option<PathBuf>,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// Day on which unit codes are resolved, such as 2026-10-01 [default: today]
    #[arg(long)]
    on: Option<String>,
    /// Take one province out of a national file of units
    #[arg(long)]
    province: Option<String>,
    /// Two-letter tag of a new province
    #[arg(long)]
    tag: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Agencies: code, parent_code, level, name, name_en …
    Units,
    /// Who took over from whom: old_code, old_name, …, new_code, share …
    Succession,
    /// Fields of work and who decides them
    Fields,
    /// Procedures in the fields, with their national codes
    Procedures,
    /// A question set (JSON)
    Instrument,
    /// Existing answers, with --map
    Responses,
    /// Closed dossiers: month, `deciding_unit`, `receiving_unit`, field, closed, `on_time`, late, online, refused
    Volumes,
}

pub(super) async fn import(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let office = open(config).await?;
    match options.what {
        What::Units => take_units(config, &office, &options).await?,
        What::Responses => import_answers(config, &office, &options).await?,
        What::Volumes => take_volumes(config, &office, &options).await?,
        What::Instrument => {
            let tenant = tenant_of(config, &office)?;
            let published =
                import_instrument(&office, tenant, open_file(&options.file)?, options.dry_run).await?;
            say_instrument(&published, options.dry_run);
            note(&office, tenant, "import-instrument", &options).await?;
        }
        What::Succession | What::Fields | What::Procedures => take_list(config, &office, &options).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn take_units(config: &Config, office: &Office, options: &Options) -> Result<(), UsecaseError> {
    let tag = options.tag.as_deref().or(config.tenant.as_deref());
    let wanted = UnitsWanted {
        tag,
        province: options.province.as_deref(),
        dry_run: options.dry_run,
        ..UnitsWanted::default()
    };
    let done = import_units(office, open_file(&options.file)?, wanted).await?;
    eprintln!("{}", done.manner);
    say(options, "units", done.changes);
    note(office, done.tenant, "import-units", options).await
}

async fn take_list(config: &Config, office: &Office, options: &Options) -> Result<(), UsecaseError> {
    let (tenant, file) = (tenant_of(config, office)?, open_file(&options.file)?);
    let (manner, deed) = match options.what {
        What::Succession => {
            let done = import_succession(office, tenant, file, options.dry_run).await?;
            say(options, "units", done.units);
            say(options, "successions", done.successions);
            (done.manner, "import-succession")
        }
        What::Procedures => {
            let done = import_procedures(office, tenant, file, options.dry_run).await?;
            say(options, "procedures", done.changes);
            (done.manner, "import-procedures")
        }
        _ => {
            let on = day(office, options.on.as_deref())?;
            let done = import_fields(office, tenant, file, on, options.dry_run).await?;
            say(options, "fields", done.changes);
            (done.manner, "import-fields")
        }
    };
    eprintln!("{manner}");
    note(office, tenant, deed, options).await
}

async fn import_answers(config: &Config, office: &Office, options: &Options) -> Result<(), UsecaseError> {
    let tenant = tenant_of(config, office)?;
    let map = options.map.as_ref().ok_or_else(|| {
        UsecaseError::Refused("say with --map MAP.json which column is which (see the README)".into())
    })?;
    let map = read(map)?;
    let file = open_file(&options.file)?;
    let report = import_responses(office, tenant, file, &map, &name(&options.file), options.dry_run).await?;
    let (would, release) = match report.release {
        Some(release) => ("", format!("release {release}")),
        None if options.dry_run => ("would be ", "a dry run".to_owned()),
        None => ("", "no release".to_owned()),
    };
    println!(
        "{} answers: {} in {} groups {would}folded, {} stay sealed ({release})",
        report.rows, report.moved, report.groups, report.withheld
    );
    for unit in &report.sealed {
        println!("{} ({}): {} answers stay sealed", unit.name, unit.code, unit.answers);
    }
    note(office, tenant, "import-responses", options).await
}

async fn take_volumes(config: &Config, office: &Office, options: &Options) -> Result<(), UsecaseError> {
    let actor = Actor::of_the_command_line(tenant_of(config, office)?);
    let mut told = 0;
    let mut progress = |stored: usize, of: usize| {
        if stored - told >= 20_000 || stored == of {
            told = stored;
            eprintln!("{stored} of {of} cells stored");
        }
    };
    let source = name(&options.file);
    let wanted = VolumesWanted { source: &source, dry_run: options.dry_run, progress: &mut progress };
    let done = import_volumes(office, &actor, open_file(&options.file)?, wanted).await?;
    say(options, "cells", done.changes);
    println!("{} dossiers of {} units, {} to {}", done.closed, done.units, done.months.0, done.months.1);
    Ok(())
}

async fn note(
    office: &Office,
    tenant: domain::id::Tenant,
    what: &str,
    options: &Options,
) -> Result<(), UsecaseError> {
    if options.dry_run {
        return Ok(());
    }
    office.note(tenant, "cli", what, &name(&options.file)).await
}

fn say(options: &Options, what: &str, changes: Changes) {
    let verb = if options.dry_run { "would be" } else { "are" };
    println!(
        "{} {what} {verb} new, {} changed, {} unchanged",
        changes.new, changes.changed, changes.unchanged
    );
    for (count, word) in [(changes.ended, "ended"), (changes.removed, "removed")] {
        if count > 0 {
            println!("{count} {what} {verb} {word}");
        }
    }
}

fn say_instrument(published: &InstrumentImported, dry_run: bool) {
    let state = match (published.is_new, dry_run) {
        (true, true) => "would be new",
        (true, false) => "is new",
        (false, _) => "was there already",
    };
    let (code, version) = (&published.code, published.version);
    println!("instrument {code} version {version} with {} items {state}", published.items);
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> UsecaseError {
    let path = path.display().to_string();
    move |source| UsecaseError::Read { path, source }
}

fn open_file(path: &Path) -> Result<File, UsecaseError> {
    File::open(path).map_err(failed(path))
}

fn read(path: &Path) -> Result<String, UsecaseError> {
    let bytes = std::fs::read(path).map_err(failed(path))?;
    String::from_utf8(bytes).map_err(|_| {
        UsecaseError::Refused(format!("{} is not UTF-8; save it as UTF-8 and try again", path.display()))
    })
}
