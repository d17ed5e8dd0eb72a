//! `hailong account add`.

use super::{day, open, tenant_of};
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::scope::Role;
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::office::write_day;
use usecase::sign_in::{NewAccount, add_account};

/// Options of `account`.
#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Add an account
    Add {
        /// Name to sign in with
        name: String,
        /// What it may do: province-admin, province-analyst, agency-head, agency-officer, interviewer, auditor
        #[arg(long)]
        role: Role,
        /// Code of its unit, for roles that belong to one
        #[arg(long)]
        unit: Option<String>,
        /// Day on which the code is resolved, such as 2025-06-30 [default: today]
        #[arg(long)]
        on: Option<String>,
        /// Read the password from standard input instead of making one
        #[arg(long)]
        password_stdin: bool,
    },
}

pub(super) async fn account(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let Deed::Add { name, role, unit, on, password_stdin } = options.deed;
    let office = open(config).await?;
    let tenant = tenant_of(config, &office)?;
    let password = if password_stdin { read_password()? } else { make_password(&office) };
    let on = on.map(|on| day(&office, Some(&on))).transpose()?;
    let named = |unit: String| on.map_or(unit.clone(), |on| format!("{unit}@{}", write_day(on)));
    let unit = unit.map(named);
    let new = NewAccount { name: name.clone(), password: password.clone(), role, unit };
    add_account(&office, tenant, new).await?;
    office.note(tenant, "cli", "account-add", &name).await?;
    if password_stdin {
        println!("account {name} {role}");
    } else {
        println!("account {name} {password} {role}");
    }
    Ok(ExitCode::SUCCESS)
}

fn read_password() -> Result<String, UsecaseError> {
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .map_err(|source| UsecaseError::Read { path: "standard input".into(), source })?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn make_password(office: &usecase::office::Office) -> String {
    usecase::keys::hexadecimal(&office.chance.bytes::<10>())
}
