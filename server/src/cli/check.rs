//! `hailong check`.

use super::{open, tenant_of};
use crate::config::Config;
use crate::words::told;
use clap::Args;
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::anonymity::check_anonymity;
use usecase::check::{check as look, count_answers};

/// Options of `check`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Search what is published for figures that, added and subtracted, speak of fewer than k people
    #[arg(long)]
    anonymity: bool,
}

pub(super) async fn check(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let office = open(config).await?;
    let tenant = tenant_of(config, &office)?;
    let province = office.province(tenant)?;
    let mut findings = look(&office, &province).await?;
    if options.anonymity {
        findings.extend(check_anonymity(&office, &province).await?);
    }
    let (waiting, folded) = count_answers(&office, &province).await?;
    let failed = findings.iter().filter(|f| f.fault.is_some()).count();
    if options.json {
        let lines: Vec<_> =
            findings.iter().map(|f| serde_json::json!({"what": f.what, "fault": f.fault})).collect();
        println!("{}", serde_json::json!({"findings": lines, "waiting": waiting, "folded": folded}));
    } else {
        tracing::debug!(?config, "what is checked");
        for finding in &findings {
            match &finding.fault {
                None => println!("ok      {}", finding.what),
                Some(fault) => println!("FAILED  {}: {fault}", finding.what),
            }
        }
        let says = told!(
            config.language(),
            "phiếu: {waiting} đang chờ, {folded} đã nhập sổ",
            "answers: {waiting} waiting, {folded} folded"
        );
        println!("{says}");
    }
    println!("check: {} passed, {failed} failed", findings.len() - failed);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
