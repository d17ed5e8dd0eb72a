//! The command line.

mod account;
mod analyze;
mod backup;
mod check;
mod codes;
mod demo;
mod export;
mod fold;
mod generate;
mod import;
mod key;
mod poster;
mod restore;
mod retention;
mod serve;
mod survey;
mod verify;

use crate::clock::SystemClock;
use crate::config::Config;
use crate::telemetry;
use crate::words::{say, told};
use clap::{Parser, Subcommand};
use domain::id::Tenant;
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::chance::Chance;
use usecase::objection::Objection;
use usecase::office::Office;

/// Hài Lòng: how satisfied citizens are with public services, measured so that it can be believed.
#[derive(Debug, Parser)]
#[command(name = "hailong", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the product (the default)
    #[command(after_help = "Example: hailong serve --public-url https://hailong.camau.gov.vn")]
    Serve,
    /// Run a throw-away province with artificial answers
    #[command(after_help = "Example: hailong demo --answers 5000 --seed 7")]
    Demo(demo::Options),
    /// Take in units, fields, an instrument, or existing answers
    #[command(after_help = "Example: hailong import units vietnam_2025.csv --province 96 --tag CM")]
    Import(import::Options),
    /// Open, extend or close a survey
    #[command(
        after_help = "Example: hailong survey open --code SH-2026 --instrument post-service --variant full \
                            --name \"Ý kiến 2026\" --from 2026-10 --to 2026-12"
    )]
    Survey(survey::Options),
    /// Write posters as SVG and HTML
    #[command(after_help = "Example: hailong poster --unit all --size a4 --out posters")]
    Poster(poster::Options),
    /// Draw one-time codes, withdraw them, say that their dossiers are closed
    #[command(
        after_help = "Example: hailong codes issue --unit 31825-TT --field ho-tich --channel in-person --count 500 \
                            --csv codes.csv"
    )]
    Codes(codes::Options),
    /// Do what is due by the calendar: folds, cuts, ends
    #[command(after_help = "Example: hailong fold")]
    Fold(fold::Options),
    /// Write figures as CSV, or releases as lines that prove the ledger
    #[command(after_help = "Example: hailong export aggregates --release 12 --out figures.csv")]
    Export(export::Options),
    /// Write artificial answers, to try and to measure the analysis with
    #[command(
        after_help = "Example: hailong generate responses --rows 1000000 --seed 7 --out responses.csv \
                            --design case.json"
    )]
    Generate(generate::Options),
    /// Compute the ledger again from a file of releases alone
    #[command(after_help = "Example: hailong verify releases.jsonl --head 3f9a0c61d2e47b85")]
    Verify(verify::Options),
    /// Write everything but the key file to one new file, while the server runs
    #[command(after_help = "Example: hailong backup /backup/ca-mau-2026-10-12.hailong")]
    Backup(backup::Options),
    /// Put a backup, and newer releases from their file, into an empty database
    #[command(after_help = "Example: hailong restore ca-mau-2026-10-12.hailong --releases releases.jsonl")]
    Restore(restore::Options),
    /// Say or set how long texts and responses are kept
    #[command(after_help = "Example: hailong retention --texts 24 --responses 5")]
    Retention(retention::Options),
    /// Recount everything
    #[command(after_help = "Example: hailong check --anonymity")]
    Check(check::Options),
    /// Analyse a CSV of responses, with standard errors and intervals; no database is needed
    #[command(
        after_help = "Example: hailong analyze --design case.json responses.csv --population pop.csv --json"
    )]
    Analyze(analyze::Options),
    /// Add, invite, list, disable accounts
    #[command(
        after_help = "Example: echo \"$PASSWORD\" | hailong account add lan --role agency-head --unit 31825 \
                            --password-stdin"
    )]
    Account(account::Options),
    /// Make, list, revoke keys of other systems
    #[command(after_help = "Example: hailong key make case-system --may issue-codes,close-codes --days 365")]
    Key(key::Options),
}

/// Reads the command line and does what it says: exit code 0 done, 1 refused or failed, 2 wrong usage.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let language = cli.config.language();
    telemetry::start();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let says =
                told!(language, "hệ thống không cấp luồng: {error}", "the system gives no threads: {error}");
            eprintln!("hailong: {says}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(obey(cli)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("hailong: {}", say(&error, language));
            ExitCode::FAILURE
        }
    }
}

async fn obey(cli: Cli) -> Result<ExitCode, UsecaseError> {
    let config = cli.config;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::serve(&config).await,
        Command::Demo(options) => demo::demo(config, options).await,
        Command::Import(options) => import::import(&config, options).await,
        Command::Survey(options) => survey::survey(&config, options).await,
        Command::Poster(options) => poster::poster(&config, options).await,
        Command::Codes(options) => codes::codes(&config, options).await,
        Command::Fold(options) => fold::fold(&config, options).await,
        Command::Export(options) => export::export(&config, options).await,
        Command::Generate(options) => Ok(generate::generate(&config, &options)),
        Command::Verify(options) => verify::verify(&config, &options),
        Command::Backup(options) => backup::backup(&config, options).await,
        Command::Restore(options) => restore::restore(&config, options).await,
        Command::Retention(options) => retention::retention(&config, options).await,
        Command::Check(options) => check::check(&config, options).await,
        Command::Analyze(options) => Ok(analyze::analyze(&options)),
        Command::Account(options) => account::account(&config, options).await,
        Command::Key(options) => key::key(&config, options).await,
    }
}

/// Opens the office that a command works in.
async fn open(config: &Config) -> Result<Office, UsecaseError> {
    if config.database_url.is_none() {
        std::fs::create_dir_all(&config.data)
            .map_err(|source| UsecaseError::Read { path: config.data.display().to_string(), source })?;
    }
    Office::open(&config.setup(), SystemClock::shared(), Chance::of_the_system()?).await
}

/// The day on which unit codes are resolved: the one named, else today.
fn day(office: &Office, text: Option<&str>) -> Result<time::Date, UsecaseError> {
    match text {
        None => Ok(office.today()),
        Some(text) => usecase::office::parse_day(text).ok_or_else(|| Objection::Day(text.to_owned()).into()),
    }
}

/// The tenant that is meant: the one named, else the only one.
fn tenant_of(config: &Config, office: &Office) -> Result<Tenant, UsecaseError> {
    if let Some(tag) = &config.tenant {
        return tag.parse().map_err(|_| Objection::Tag(tag.clone()).into());
    }
    let registry = office.registry();
    match registry.only() {
        Some(province) => Ok(province.tenant),
        None if registry.provinces().next().is_none() => Err(Objection::NoProvince.into()),
        None => Err(Objection::SeveralTenants.into()),
    }
}
