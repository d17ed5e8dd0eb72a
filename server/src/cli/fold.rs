//! `hailong fold`.

use super::{open, tenant_of};
use crate::config::Config;
use crate::words::told;
use clap::Args;
use domain::language::Language;
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::fold::{RunReport, SurveyFold, fold_due, fold_until};
use usecase::objection::Objection;
use usecase::office::{parse_day, write_day};
use usecase::retention::Removed;

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
            let day = parse_day(&text).ok_or(Objection::Day(text))?;
            fold_until(&office, tenant, day).await?
        }
    };
    if options.json {
        println!("{}", serde_json::Value::from(reports.iter().map(json).collect::<Vec<_>>()));
    } else {
        say(&reports, config.language());
    }
    Ok(ExitCode::SUCCESS)
}

fn say(reports: &[RunReport], language: Language) {
    if reports.is_empty() {
        println!("{}", told!(language, "chưa có gì đến hạn", "nothing is due"));
    }
    for report in reports {
        let (day, parts) = (write_day(report.scheduled), report.parts);
        let release = match report.release {
            Some(number) => told!(language, "kỳ công bố số {number}", "release {number}"),
            None => told!(language, "không có kỳ công bố mới", "no release"),
        };
        let says = told!(
            language,
            "lần chạy ngày {day}: {release}, {parts} phần được tách",
            "run of {day}: {release}, {parts} parts cut"
        );
        println!("{says}");
        if let Some(words) = removed(&report.removed, language) {
            println!("{words}");
        }
        for survey in &report.surveys {
            say_survey(survey, language);
        }
    }
}

/// What retention has deleted; nothing where it had nothing to do.
fn removed(removed: &Removed, language: Language) -> Option<String> {
    let Removed { responses, months, texts, leftovers, faults } = removed;
    let says = told!(
        language,
        "lưu giữ: đã xoá {responses} phiếu của {months} tháng, {texts} ý kiến, {leftovers} phần còn sót",
        "retention: {responses} responses of {months} months, {texts} texts, {leftovers} leftovers deleted"
    );
    (*removed != Removed::default()).then(|| [vec![says], faults.clone()].concat().join("; "))
}

fn say_survey(survey: &SurveyFold, language: Language) {
    let SurveyFold { survey, groups, moved, waiting, damaged } = survey;
    let says = told!(
        language,
        "đợt {survey}: {groups} nhóm, {moved} phiếu đã nhập sổ, {waiting} đang chờ",
        "survey {survey}: {groups} groups, {moved} answers moved, {waiting} waiting"
    );
    println!("{says}");
    if *damaged > 0 {
        let says = told!(
            language,
            "đợt {survey}: {damaged} bản ghi không mở được; chúng ở lại",
            "survey {survey}: {damaged} records do not open; they stay"
        );
        println!("{says}");
    }
}

fn json(report: &RunReport) -> serde_json::Value {
    let survey = |s: &SurveyFold| {
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
