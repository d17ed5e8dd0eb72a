//! `hailong account`: add, invite, list, disable, enable.

use super::{day, open, tenant_of};
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::id::UnitId;
use domain::right::Actor;
use domain::scope::Role;
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::account_change::{disable, enable};
use usecase::account_invite::invite;
use usecase::account_list::{Wanted, list_accounts};
use usecase::office::{Office, write_day};
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
    /// Make a one-time link with which somebody sets their own password
    Invite {
        /// Name to sign in with
        name: String,
        /// What it may do
        #[arg(long)]
        role: Role,
        /// Code of its unit, for roles that belong to one
        #[arg(long)]
        unit: Option<String>,
    },
    /// List the accounts: name, role, unit, last sign-in, state; then the invitations
    List,
    /// Shut an account out and end its sessions
    Disable {
        /// Its name
        name: String,
    },
    /// Let an account in again
    Enable {
        /// Its name
        name: String,
    },
}

pub(super) async fn account(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let office = open(config).await?;
    let actor = Actor::of_the_command_line(tenant_of(config, &office)?);
    match options.deed {
        Deed::Add { name, role, unit, on, password_stdin } => {
            let on = on.map(|on| day(&office, Some(&on))).transpose()?;
            let named = |unit: String| on.map_or(unit.clone(), |on| format!("{unit}@{}", write_day(on)));
            let unit = unit.map(named);
            add(&office, &actor, (name, role, unit), password_stdin).await?;
        }
        Deed::Invite { name, role, unit } => {
            let issued = invite(&office, &actor, &name, role, unit.as_deref()).await?;
            let public_url = super::serve::public_url(config, config.listen);
            println!("invitation {name} {role} {public_url}/invitation/{}", issued.token);
        }
        Deed::List => list(&office, &actor).await?,
        Deed::Disable { name } => disable(&office, &actor, &name).await?,
        Deed::Enable { name } => enable(&office, &actor, &name).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn add(
    office: &Office,
    actor: &Actor,
    (name, role, unit): (String, Role, Option<String>),
    password_stdin: bool,
) -> Result<(), UsecaseError> {
    let password = if password_stdin { read_password()? } else { make_password(office) };
    let new = NewAccount { name: name.clone(), password: password.clone(), role, unit };
    add_account(office, actor.tenant, new).await?;
    office.note(actor.tenant, &actor.name, "account-add", &name).await?;
    if password_stdin {
        println!("account {name} {role}");
    } else {
        println!("account {name} {password} {role}");
    }
    Ok(())
}

async fn list(office: &Office, actor: &Actor) -> Result<(), UsecaseError> {
    let province = office.province(actor.tenant)?;
    let found = list_accounts(office, actor, &Wanted::default()).await?;
    let code = |unit: Option<UnitId>| {
        unit.and_then(|unit| province.unit(unit)).map_or("-", |unit| unit.code.as_str()).to_owned()
    };
    for line in found.accounts {
        let who = line.principal;
        let seen = line.signed_in_on.map_or_else(|| "never".to_owned(), write_day);
        let state = if line.disabled { "disabled" } else { "enabled" };
        println!("{} {} {} {seen} {state}", who.name, who.role, code(who.unit));
    }
    for link in found.invitations {
        println!("{} {} {} invited by {}", link.name, link.role, code(link.unit), link.issued_by);
    }
    Ok(())
}

fn read_password() -> Result<String, UsecaseError> {
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .map_err(|source| UsecaseError::Read { path: "standard input".into(), source })?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn make_password(office: &Office) -> String {
    usecase::keys::hexadecimal(&office.chance.bytes::<10>())
}
