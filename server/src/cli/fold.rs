//! `hailong fold`.

use super::{open, tenant_of};
use crate::config::Config;
use clap::Args;
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::fold::{RunReport, fold_due, fold_until};
use usecase::office::{parse_day, write_day};

/// Options of `fold`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Only in a demo: move its clock to this day, with every run and cut on the way
    #[arg(long)]
    until: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn fold(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let office = open(config).await?;
    let tenant = tenant_of(config, &office)?;
    let reports = match options.until {
        None => fold_due(&office, tenant).await?,
        Some(text) => {
            let day = parse_day(&text)
                .ok_or_else(|| UsecaseError::Refused(format!("{text} is not a day; write 2026-12-31")))?;
            fold_until(&office, tenant, day).await?
        }
    };
    if options.json {
        println!("{}", serde_json::Value::from(reports.iter().map(json).collect::<Vec<_>>()));
    } else {
        say(&reports);
    }
    Ok(ExitCode::SUCCESS)
}

fn say(reports: &[RunReport]) {
    if reports.is_empty() {
        println!("nothing is due");
    }
    for report in reports {
        let release = report.release.map_or_else(|| "no release".to_owned(), |n| format!("release {n}"));
        println!("run of {}: {release}, {} parts cut", write_day(report.scheduled), report.parts);
        if let Some(words) = report.removed.in_words() {
            println!("retention: {words}");
        }
        for survey in &report.surveys {
            println!(
                "survey {}: {} groups, {} answers moved, {} waiting",
                survey.survey, survey.groups, survey.moved, survey.waiting
            );
            if survey.damaged > 0 {
                println!("survey {}: {} records do not open; they stay", survey.survey, survey.damaged);
            }
        }
    }
}

fn json(report: &RunReport) -> serde_json::Value {
    let survey = |s: &usecase::fold::SurveyFold| {
        serde_json::json!({
            "survey": s.survey, "groups": s.groups, "moved": s.moved, "waiting": s.waiting, "damaged": s.damaged,
        })
    };
    serde_json::json!({
        "scheduled": write_day(report.scheduled),
        "release": report.release,
        "parts": report.parts,
        "surveys": report.surveys.iter().map(survey).collect::<Vec<_>>(),
    })
}
