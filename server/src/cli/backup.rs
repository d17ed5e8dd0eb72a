//! `hailong backup`.

use super::open;
use crate::config::Config;
use crate::words::told;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::backup::back_up;
use usecase::objection::Objection;

/// Options of `backup`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// File to write; it must not exist yet
    file: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn backup(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let office = open(config).await?;
    if office.registry().provinces().next().is_none() {
        return Err(Objection::NoProvince.into());
    }
    let written = back_up(&office, &options.file).await?;
    let (file, key, rows) = (options.file.display(), config.setup().key_file, written.rows);
    let key = key.display();
    if options.json {
        let releases: serde_json::Map<_, _> = written
            .releases
            .iter()
            .map(|(tenant, release)| (tenant.to_string(), (*release).into()))
            .collect();
        let json = serde_json::json!({"file": file.to_string(), "rows": rows, "releases": releases});
        println!("{json}");
    } else {
        let says = told!(config.language(), "{file}: {rows} dòng", "{file}: {rows} rows");
        println!("{says}");
    }
    let says = told!(
        config.language(),
        "tệp khoá không nằm trong bản sao lưu: hãy giữ một bản của {key} ở nơi khác; thiếu nó thì những gì đang chờ không \
         mở được nữa",
        "the key file is not in the backup: keep a copy of {key} in another place; without it nothing that waits can be \
         opened"
    );
    eprintln!("hailong: {says}");
    Ok(ExitCode::SUCCESS)
}
