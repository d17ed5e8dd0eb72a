//! `hailong key`: keys of other systems.

use super::{open, tenant_of};
use crate::config::Config;
use crate::words::told;
use clap::{Args, Subcommand};
use domain::api_key::{USUAL_DAYS, Verb};
use domain::right::Actor;
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::api_key::{NewKey, list_keys, make_key, revoke_key};
use usecase::office::{Office, write_day};

/// Options of `key`.
#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Make a key and print it, once
    Make {
        /// What the audit log calls it
        name: String,
        /// What it may do: issue-codes, close-codes
        #[arg(long, required = true, value_delimiter = ',')]
        may: Vec<Verb>,
        /// Code of the unit whose codes it may ask for [default: the whole province]
        #[arg(long)]
        unit: Option<String>,
        /// Days for which it works
        #[arg(long, default_value_t = USUAL_DAYS)]
        days: i64,
    },
    /// List the keys: name, unit, what they may do, made, last day, last used, state
    List,
    /// Revoke a key: it does nothing any more
    Revoke {
        /// Its name
        name: String,
    },
}

pub(super) async fn key(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let office = open(config).await?;
    let actor = Actor::of_the_command_line(tenant_of(config, &office)?);
    match options.deed {
        Deed::Make { name, may, unit, days } => {
            let made =
                make_key(&office, &actor, &NewKey { name: name.clone(), unit, verbs: may, days }).await?;
            println!("key {name} {} {}", made.key, write_day(made.expires_on));
        }
        Deed::List => list(&office, &actor).await?,
        Deed::Revoke { name } => {
            revoke_key(&office, &actor, &name).await?;
            println!("{}", told!(config.language(), "khoá {name} đã thu hồi", "key {name} is revoked"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(office: &Office, actor: &Actor) -> Result<(), UsecaseError> {
    let province = office.province(actor.tenant)?;
    for key in list_keys(office, actor).await? {
        let unit = key.unit.and_then(|unit| province.unit(unit)).map_or("-", |unit| unit.code.as_str());
        let used = key.used_on.map_or_else(|| "never".to_owned(), write_day);
        let state = match key.revoked_on {
            Some(on) => format!("revoked {}", write_day(on)),
            None if key.expires_on < office.today() => "expired".to_owned(),
            None => "valid".to_owned(),
        };
        let verbs = key.verbs.to_string().replace(' ', ",");
        let (made, last) = (write_day(key.made_on), write_day(key.expires_on));
        println!("{} {unit} {verbs} {made} {last} {used} {state}", key.name);
    }
    Ok(())
}
