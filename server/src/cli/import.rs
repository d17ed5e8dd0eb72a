//! `hailong import`.

use super::{day, open, tenant_of};
use crate::config::Config;
use crate::words::told;
use clap::{Args, ValueEnum};
use domain::language::Language;
use domain::right::Actor;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::import::Changes;
use usecase::import::fields::import_fields;
use usecase::import::instrument::{InstrumentImported, import_instrument};
use usecase::import::procedures::import_procedures;
use usecase::import::responses::{ImportReport, SealedUnit, import_responses};
use usecase::import::succession::import_succession;
use usecase::import::units::{UnitsWanted, import_units};
use usecase::import::volumes::{VolumesImported, VolumesWanted, import_volumes};
use usecase::objection::Objection;
use usecase::office::Office;
use usecase::table::Manner;

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
    let language = config.language();
    match options.what {
        What::Units => take_units(config, &office, &options).await?,
        What::Responses => import_answers(config, &office, &options).await?,
        What::Volumes => take_volumes(config, &office, &options).await?,
        What::Instrument => {
            let tenant = tenant_of(config, &office)?;
            let published =
                import_instrument(&office, tenant, open_file(&options.file)?, options.dry_run).await?;
            say_instrument(&published, options.dry_run, language);
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
    let language = config.language();
    say_manner(done.manner, language);
    say(options, &told!(language, "đơn vị", "units"), done.changes, language);
    note(office, done.tenant, "import-units", options).await
}

async fn take_list(config: &Config, office: &Office, options: &Options) -> Result<(), UsecaseError> {
    let language = config.language();
    let said = |what: String, changes| say(options, &what, changes, language);
    let (tenant, file) = (tenant_of(config, office)?, open_file(&options.file)?);
    let (manner, deed) = match options.what {
        What::Succession => {
            let done = import_succession(office, tenant, file, options.dry_run).await?;
            said(told!(language, "đơn vị", "units"), done.units);
            said(told!(language, "lần kế thừa", "successions"), done.successions);
            (done.manner, "import-succession")
        }
        What::Procedures => {
            let done = import_procedures(office, tenant, file, options.dry_run).await?;
            said(told!(language, "thủ tục", "procedures"), done.changes);
            (done.manner, "import-procedures")
        }
        _ => {
            let on = day(office, options.on.as_deref())?;
            let done = import_fields(office, tenant, file, on, options.dry_run).await?;
            said(told!(language, "lĩnh vực", "fields"), done.changes);
            (done.manner, "import-fields")
        }
    };
    say_manner(manner, language);
    note(office, tenant, deed, options).await
}

async fn import_answers(config: &Config, office: &Office, options: &Options) -> Result<(), UsecaseError> {
    let tenant = tenant_of(config, office)?;
    let map = options.map.as_ref().ok_or(Objection::NoMap)?;
    let map = read(map)?;
    let file = open_file(&options.file)?;
    let report = import_responses(office, tenant, file, &map, &name(&options.file), options.dry_run).await?;
    say_answers(&report, options.dry_run, config.language());
    note(office, tenant, "import-responses", options).await
}

async fn take_volumes(config: &Config, office: &Office, options: &Options) -> Result<(), UsecaseError> {
    let actor = Actor::of_the_command_line(tenant_of(config, office)?);
    let language = config.language();
    let mut last = 0;
    let mut progress = |stored: usize, of: usize| {
        if stored - last >= 20_000 || stored == of {
            last = stored;
            let says = told!(language, "đã ghi {stored} trên {of} ô", "{stored} of {of} cells stored");
            eprintln!("{says}");
        }
    };
    let source = name(&options.file);
    let wanted = VolumesWanted { source: &source, dry_run: options.dry_run, progress: &mut progress };
    let done = import_volumes(office, &actor, open_file(&options.file)?, wanted).await?;
    say(options, &told!(language, "ô", "cells"), done.changes, language);
    let VolumesImported { closed, units, months: (first, last), .. } = done;
    let says = told!(
        language,
        "{closed} hồ sơ của {units} đơn vị, từ {first} đến {last}",
        "{closed} dossiers of {units} units, {first} to {last}"
    );
    println!("{says}");
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

fn say_answers(report: &ImportReport, dry_run: bool, language: Language) {
    let release = match report.release {
        Some(number) => told!(language, "kỳ công bố số {number}", "release {number}"),
        None if dry_run => told!(language, "chạy thử", "a dry run"),
        None => told!(language, "không có kỳ công bố mới", "no release"),
    };
    let ImportReport { rows, moved, groups, withheld, .. } = report;
    let says = if dry_run && report.release.is_none() {
        told!(
            language,
            "{rows} phiếu: {moved} phiếu trong {groups} nhóm sẽ được nhập sổ, {withheld} ở lại trong hộp ({release})",
            "{rows} answers: {moved} in {groups} groups would be folded, {withheld} stay sealed ({release})"
        )
    } else {
        told!(
            language,
            "{rows} phiếu: {moved} phiếu trong {groups} nhóm đã nhập sổ, {withheld} ở lại trong hộp ({release})",
            "{rows} answers: {moved} in {groups} groups folded, {withheld} stay sealed ({release})"
        )
    };
    println!("{says}");
    for SealedUnit { name, code, answers } in &report.sealed {
        let says = told!(
            language,
            "{name} ({code}): {answers} phiếu ở lại trong hộp",
            "{name} ({code}): {answers} answers stay sealed"
        );
        println!("{says}");
    }
}

/// How a file was read, so that a wrong guess is seen.
fn say_manner(Manner { encoding, separator }: Manner, language: Language) {
    let separator = match separator {
        ';' => told!(language, "dấu chấm phẩy", "semicolons"),
        _ => told!(language, "dấu phẩy", "commas"),
    };
    let says = told!(
        language,
        "đã đọc như {encoding}, ngăn bằng {separator}",
        "read as {encoding}, separated by {separator}"
    );
    eprintln!("{says}");
}

fn say(options: &Options, what: &str, changes: Changes, language: Language) {
    let Changes { new, changed, ended, unchanged, removed } = changes;
    let verb =
        if options.dry_run { told!(language, "sẽ có", "would be") } else { told!(language, "có", "are") };
    let says = told!(
        language,
        "{verb} {new} {what} mới, {changed} thay đổi, {unchanged} giữ nguyên",
        "{new} {what} {verb} new, {changed} changed, {unchanged} unchanged"
    );
    println!("{says}");
    let ends = told!(language, "kết thúc", "ended");
    let goes = told!(language, "bị bỏ", "removed");
    for (count, word) in [(ended, ends), (removed, goes)] {
        if count > 0 {
            println!("{}", told!(language, "{verb} {count} {what} {word}", "{count} {what} {verb} {word}"));
        }
    }
}

fn say_instrument(published: &InstrumentImported, dry_run: bool, language: Language) {
    let state = match (published.is_new, dry_run) {
        (true, true) => told!(language, "sẽ là bản mới", "would be new"),
        (true, false) => told!(language, "là bản mới", "is new"),
        (false, _) => told!(language, "đã có từ trước", "was there already"),
    };
    let InstrumentImported { code, version, items, .. } = published;
    let says = told!(
        language,
        "bộ câu hỏi {code} bản {version}, {items} mục: {state}",
        "instrument {code} version {version} with {items} items {state}"
    );
    println!("{says}");
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
    String::from_utf8(bytes).map_err(|_| Objection::NotUtf8(path.display().to_string()).into())
}
