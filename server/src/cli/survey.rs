//! `hailong survey open`, `extend`, `close`, `reopen` and `margin`.

use super::{open, tenant_of};
use crate::config::Config;
use crate::words::told;
use clap::{Args, Subcommand};
use domain::id::Tenant;
use domain::language::Language;
use domain::period::Month;
use domain::survey::{DEFAULT_K, Variant};
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::margin::set_margin;
use usecase::objection::Objection;
use usecase::office::Office;
use usecase::open_survey::{NewSurvey, Opened, close_survey, open_survey};
use usecase::survey_term::{reopen_survey, set_last_month};
use usecase::target::set_target;

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
    /// Declare the target of a survey's overall question: units that fall below it raise an alarm
    Target {
        /// Code of the survey
        #[arg(long)]
        code: String,
        /// Per cent satisfied, such as 85
        #[arg(long)]
        percent: f64,
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
                let wrong = |_| Objection::Version(version.to_owned());
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
    let (tenant, language) = (tenant_of(config, &office)?, config.language());
    let (code, says) = match options.deed {
        Deed::Open(new) => open_new(&office, tenant, new, language).await?,
        Deed::Extend { code, to } => {
            set_last_month(&office, tenant, "cli", (&code, to)).await?;
            (code, told!(language, "nhận phiếu đến hết {to}", "takes answers until the end of {to}"))
        }
        Deed::Reopen { code } => {
            reopen_survey(&office, tenant, "cli", &code).await?;
            (code, told!(language, "đã mở lại", "open again"))
        }
        Deed::Close { code } => {
            let closed = close_survey(&office, tenant, &code).await?;
            office.note(tenant, "cli", "survey-close", &code).await?;
            let already = told!(language, "đã đóng từ trước", "was closed already");
            (code, if closed { told!(language, "đã đóng", "closed") } else { already })
        }
        Deed::Margin { code, points } => {
            set_margin(&office, tenant, &code, points).await?;
            office.note(tenant, "cli", "survey-margin", &format!("{code} {points}")).await?;
            let says = told!(
                language,
                "khi xếp nhóm, bỏ qua chênh lệch đến {points} điểm",
                "bands leave {points} points out of account"
            );
            (code, says)
        }
        Deed::Target { code, percent } => {
            set_target(&office, tenant, &code, percent).await?;
            office.note(tenant, "cli", "survey-target", &format!("{code} {percent}")).await?;
            let says = told!(language, "mục tiêu {percent} %", "the target is {percent} %");
            (code, says)
        }
    };
    println!("{}", told!(language, "đợt {code}: {says}", "survey {code}: {says}"));
    Ok(ExitCode::SUCCESS)
}

/// Its code, and what became of it.
async fn open_new(
    office: &Office,
    tenant: Tenant,
    new: NewOptions,
    language: Language,
) -> Result<(String, String), UsecaseError> {
    let code = new.code.clone();
    let Opened { units, touchpoints, .. } = open_survey(office, tenant, new.survey()?).await?;
    office.note(tenant, "cli", "survey-open", &code).await?;
    let says = told!(
        language,
        "{units} đơn vị, {touchpoints} điểm tiếp cận mới",
        "{units} units, {touchpoints} new touchpoints"
    );
    Ok((code, says))
}
