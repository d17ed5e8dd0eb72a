//! `hailong survey open`, `extend`, `close`, `reopen` and `margin`.

use super::{open, tenant_of};
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::period::Month;
use domain::survey::{DEFAULT_K, Variant};
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::margin::set_margin;
use usecase::open_survey::{NewSurvey, close_survey, open_survey};
use usecase::survey_term::{reopen_survey, set_last_month};

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
    /// Give a survey another last month; not after the run that ended it
    Extend {
        /// Code of the survey
        #[arg(long)]
        code: String,
        /// The new last month, such as 2027-03; an earlier one takes an extension back
        #[arg(long)]
        to: Month,
    },
    /// Close a survey before its last month
    Close {
        /// Code of the survey
        #[arg(long)]
        code: String,
    },
    /// Open a survey again that was closed before its last month
    Reopen {
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
    /// Code of the instrument, with @2 for its second version [default: the newest]
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

impl NewOptions {
    fn survey(self) -> Result<NewSurvey, UsecaseError> {
        let (instrument, version) = match self.instrument.split_once('@') {
            None => (self.instrument.as_str(), None),
            Some((code, version)) => {
                let wrong = |_| UsecaseError::Refused(format!("{version:?} is no version, such as @2"));
                (code, Some(version.parse().map_err(wrong)?))
            }
        };
        let units =
            (self.units != "all").then(|| self.units.split(',').map(|code| code.trim().to_owned()).collect());
        Ok(NewSurvey {
            instrument: instrument.to_owned(),
            version,
            code: self.code,
            name: self.name,
            variant: self.variant,
            from: self.from,
            to: self.to,
            units,
            k: self.k,
            definition: self.definition,
        })
    }
}

pub(super) async fn survey(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let office = open(config).await?;
    let tenant = tenant_of(config, &office)?;
    match options.deed {
        Deed::Open(new) => {
            let code = new.code.clone();
            let opened = open_survey(&office, tenant, new.survey()?).await?;
            office.note(tenant, "cli", "survey-open", &code).await?;
            println!("survey {code}: {} units, {} new touchpoints", opened.units, opened.touchpoints);
        }
        Deed::Extend { code, to } => {
            set_last_month(&office, tenant, "cli", (&code, to)).await?;
            println!("survey {code}: takes answers until the end of {to}");
        }
        Deed::Reopen { code } => {
            reopen_survey(&office, tenant, "cli", &code).await?;
            println!("survey {code}: open again");
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
