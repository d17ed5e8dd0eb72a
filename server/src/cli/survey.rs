//! `hailong survey open`, `hailong survey close` and `hailong survey margin`.

use super::{open, tenant_of};
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::period::Month;
use domain::survey::{DEFAULT_K, Variant};
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::margin::set_margin;
use usecase::open_survey::{NewSurvey, close_survey, open_survey};

/// Options of `survey`.
#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Open a survey; makes one poster touchpoint for each counter, else for each commune
    Open(NewOptions),
    /// Close a survey before its last month
    Close {
        /// Code of the survey
        #[arg(long)]
        code: String,
    },
    /// Set the margin of a survey's bands: smaller differences from the peers count as none
    Margin {
        /// Code of the survey
        #[arg(long)]
        code: String,
        /// Points, such as 2
        #[arg(long)]
        points: f64,
    },
}

#[derive(Debug, Args)]
struct NewOptions {
    /// Code of the survey
    #[arg(long)]
    code: String,
    /// Code of the instrument; its newest version is taken
    #[arg(long)]
    instrument: String,
    /// Form: full, short or kiosk
    #[arg(long, default_value = "full")]
    variant: Variant,
    /// Name of the survey
    #[arg(long)]
    name: String,
    /// First month, such as 2026-10
    #[arg(long)]
    from: Month,
    /// Last month
    #[arg(long)]
    to: Month,
    /// Codes of units with commas between, or "all"
    #[arg(long, default_value = "all")]
    units: String,
    /// Smallest number of people that any figure may speak of; at least 5, fixed for ever
    #[arg(long, default_value_t = DEFAULT_K)]
    k: u32,
    /// Index definition [default: the instrument's]
    #[arg(long)]
    definition: Option<String>,
}

pub(super) async fn survey(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let office = open(config).await?;
    let tenant = tenant_of(config, &office)?;
    match options.deed {
        Deed::Open(new) => {
            let code = new.code.clone();
            let units =
                (new.units != "all").then(|| new.units.split(',').map(|c| c.trim().to_owned()).collect());
            let new = NewSurvey {
                code: new.code,
                name: new.name,
                instrument: new.instrument,
                variant: new.variant,
                from: new.from,
                to: new.to,
                units,
                k: new.k,
                definition: new.definition,
            };
            let opened = open_survey(&office, tenant, new).await?;
            office.note(tenant, "cli", "survey-open", &code).await?;
            println!("survey {code}: {} units, {} new touchpoints", opened.units, opened.touchpoints);
        }
        Deed::Close { code } => {
            let closed = close_survey(&office, tenant, &code).await?;
            office.note(tenant, "cli", "survey-close", &code).await?;
            println!("survey {code}: {}", if closed { "closed" } else { "was closed already" });
        }
        Deed::Margin { code, points } => {
            set_margin(&office, tenant, &code, points).await?;
            office.note(tenant, "cli", "survey-margin", &format!("{code} {points}")).await?;
            println!("survey {code}: bands leave {points} points out of account");
        }
    }
    Ok(ExitCode::SUCCESS)
}
