//! `hailong retention`.

use super::{open, tenant_of};
use crate::config::Config;
use crate::words::told;
use clap::Args;
use domain::language::Language;
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::retention::Retention;

/// Options of `retention`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Full months after its own that a text is kept
    #[arg(long)]
    texts: Option<i32>,
    /// Full years after its own that a response is kept; figures are kept for good
    #[arg(long)]
    responses: Option<i32>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn retention(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let office = open(config).await?;
    let tenant = tenant_of(config, &office)?;
    let before = Retention::of(&office, tenant).await?;
    let now = Retention {
        text_months: options.texts.unwrap_or(before.text_months),
        response_years: options.responses.unwrap_or(before.response_years),
    };
    if now != before {
        now.set(&office, tenant).await?;
        office.note(tenant, "cli", "set retention", &words(now, Language::En)).await?;
    }
    if options.json {
        println!(
            "{}",
            serde_json::json!({"text_months": now.text_months, "response_years": now.response_years})
        );
    } else {
        println!("{}", words(now, config.language()));
    }
    Ok(ExitCode::SUCCESS)
}

fn words(retention: Retention, language: Language) -> String {
    let Retention { text_months, response_years } = retention;
    told!(
        language,
        "ý kiến được giữ {text_months} tháng sau tháng của chúng, phiếu được giữ {response_years} năm sau năm của chúng, số liệu giữ mãi",
        "texts are kept for {text_months} months after theirs, responses for {response_years} years after theirs, figures for good"
    )
}
