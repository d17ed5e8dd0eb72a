//! The office looks at itself: base tallies against a recount of the responses or the seal of their
//! month, running totals against the increments, parts against their boxes, releases and the audit log
//! against their hashes, and every waiting record against the key.

use crate::audit_log::verify_audit;
use crate::cut::BELOW;
use crate::error::UsecaseError;
use crate::fold::{hash_of, unpack};
use crate::keys::Purpose;
use crate::office::Office;
use crate::record::Kept;
use crate::recount::{Cells, Span, add_up, compare, count_month, here};
use crate::registry::{Province, RunningSurvey};
use crate::retention::{hash_of_cells, hash_of_seal, sealed_through};
use crate::submit::seal_subject;
use domain::period::{Month, Period};
use domain::right::Actor;
use domain::scope::Scope;
use domain::survey::Group;
use domain::tally::Tally;
use std::collections::BTreeMap;
use store::inbox::Kind;
use store::tally::{ALL, Increment, period_number};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub what: String,
    /// What is wrong; `None` where it is as it should be.
    pub fault: Option<String>,
}

pub(crate) fn finding(what: impl Into<String>, faults: &[String]) -> Finding {
    let fault = (!faults.is_empty()).then(|| {
        let more = faults.len().saturating_sub(3);
        let shown = faults.iter().take(3).cloned().collect::<Vec<_>>().join("; ");
        if more > 0 { format!("{shown}; and {more} more") } else { shown }
    });
    Finding { what: what.into(), fault }
}

/// Looks at everything of a tenant.
///
/// # Errors
/// Where the database is away. Faults that are found are findings, not errors.
pub async fn check(office: &Office, province: &Province) -> Result<Vec<Finding>, UsecaseError> {
    let mut findings = vec![
        check_ledger(office, province).await?,
        check_seals(office, province).await?,
        check_audit(office, province).await?,
    ];
    for survey in province.surveys() {
        let code = &survey.survey.code;
        let published = published_increments(office, province, survey).await?;
        findings.push(check_steps(survey, &published));
        findings.push(check_recount(office, province, survey, &published).await?);
        findings.push(check_totals(office, province, survey, &published).await?);
        findings
            .push(finding(format!("{code}: parts of each family add up"), &families(survey, &published)?));
        findings.push(check_inbox(office, province, survey).await?);
    }
    Ok(findings)
}

/// How many answers a tenant holds: waiting and folded.
///
/// # Errors
/// Where the database is away.
pub async fn count_answers(office: &Office, province: &Province) -> Result<(i64, i64), UsecaseError> {
    let (mut waiting, mut folded) = (0, 0);
    for survey in province.surveys() {
        waiting += office.store.count_waiting(province.tenant, survey.survey.id).await?;
        let increments = office.store.increments(province.tenant, survey.survey.id).await?;
        folded += increments.iter().filter(|i| i.dimension == ALL).map(|i| i.n).sum::<i64>();
    }
    Ok((waiting, folded))
}

async fn published_increments(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
) -> Result<Vec<Increment>, UsecaseError> {
    let releases = office.store.releases(province.tenant).await?;
    let latest = releases.first().map_or(0, |r| r.number);
    let all = office.store.increments(province.tenant, survey.survey.id).await?;
    Ok(all.into_iter().filter(|i| i.release <= latest).collect())
}

async fn check_ledger(office: &Office, province: &Province) -> Result<Finding, UsecaseError> {
    let mut releases = office.store.releases(province.tenant).await?;
    releases.reverse();
    let (mut before, mut faults) = (String::new(), Vec::new());
    for release in &releases {
        let hash = hash_of(office, province.tenant, release.number, release.scheduled, &before).await?;
        if hash != release.hash {
            faults.push(format!("release {} was changed after it was published", release.number));
        }
        before.clone_from(&release.hash);
    }
    Ok(finding(format!("ledger of {} releases", releases.len()), &faults))
}

async fn check_audit(office: &Office, province: &Province) -> Result<Finding, UsecaseError> {
    let chain = verify_audit(office, &Actor::of_the_command_line(province.tenant)).await?;
    let fault = chain.broken_at.map(|line| format!("line {line} was changed, or one before it is missing"));
    Ok(finding(format!("audit log of {} lines", chain.lines), &Vec::from_iter(fault)))
}

fn check_steps(survey: &RunningSurvey, increments: &[Increment]) -> Finding {
    let k = i64::from(survey.survey.k);
    let small = increments.iter().filter(|i| i.n < k);
    let faults: Vec<String> =
        small.map(|i| format!("a step of {} people in release {}", i.n, i.release)).collect();
    finding(format!("{}: no cell grew by fewer than {k} people", survey.survey.code), &faults)
}

/// Months whose responses are there are counted again; of the others the seal is checked. Releases that were restored
/// from their files have no responses; the ledger is what proves them.
async fn check_recount(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
    increments: &[Increment],
) -> Result<Finding, UsecaseError> {
    let seals = office.store.sealed_months(province.tenant).await?;
    let latest = increments.iter().map(|i| i.release).max().unwrap_or(0);
    let span = |month| Span { after: sealed_through(&seals, month), through: latest };
    let is_empty = |month| seals.iter().all(|seal| seal.month != month || seal.emptied_on.is_some());
    let is_here = here(&office.store.releases(province.tenant).await?);
    let kept = add_up(survey, increments, |i| is_here(i) && span(i.months.0).holds(i.release))?;
    let (mut counted, mut responses, mut faults) = (Cells::new(), 0, Vec::new());
    for month in office.store.response_months(province.tenant, survey.survey.id).await? {
        let of = (survey, month);
        let (n, sealed) = count_month(office, province.tenant, of, span(month), &mut counted, |_| ()).await?;
        responses += n;
        if sealed > 0 && is_empty(month) {
            faults.push(format!("{sealed} responses of {month} are there, and had been deleted"));
        }
    }
    faults.extend(compare(&kept, &counted));
    Ok(finding(format!("{}: recount of {responses} responses", survey.survey.code), &faults))
}

/// The chain of sealed months, and that the figures of each are those that were sealed.
async fn check_seals(office: &Office, province: &Province) -> Result<Finding, UsecaseError> {
    let tenant = province.tenant;
    let seals = office.store.sealed_months(tenant).await?;
    let releases = office.store.releases(tenant).await?;
    let is_here = here(&releases);
    let (mut before, mut faults) = ("", Vec::new());
    for seal in &seals {
        let span = (seal.after_release, seal.through_release);
        let cells = office.store.increments_of_month(tenant, seal.month, span).await?;
        let release = releases.iter().find(|release| release.number == seal.through_release);
        let hash = hash_of_seal(tenant, seal, release.map_or("", |r| r.hash.as_str()), before);
        if hash != seal.hash || hash_of_cells(&cells) != seal.cell_hash {
            faults.push(format!("{} was changed after it was sealed", seal.month));
        } else if cells.iter().filter(|cell| is_here(cell)).map(|cell| cell.n).sum::<i64>() != seal.responses
        {
            faults.push(format!("{} was sealed with another number of responses", seal.month));
        }
        before = &seal.hash;
    }
    Ok(finding(format!("{} sealed months", seals.len()), &faults))
}

async fn check_totals(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
    increments: &[Increment],
) -> Result<Finding, UsecaseError> {
    let mut sums: BTreeMap<(Group, i64), Tally> = BTreeMap::new();
    for increment in increments.iter().filter(|i| i.dimension == ALL) {
        let tally = unpack(&survey.questions, &increment.record)?;
        let Some(month) = Month::from_number(increment.months.0) else { continue };
        let periods = [
            Period::Month(month),
            Period::Quarter(month.year(), month.quarter()),
            Period::Year(month.year()),
        ];
        for period in periods.into_iter().filter_map(period_number) {
            *sums.entry((increment.group.clone(), period)).or_default() += &tally;
        }
    }
    let latest = increments.iter().map(|i| i.release).max().unwrap_or(0);
    let scope = Scope::of_the_office(province.tenant);
    let mut faults = Vec::new();
    let mut periods: Vec<i64> = sums.keys().map(|(_, period)| *period).collect();
    periods.sort_unstable();
    periods.dedup();
    let mut totals = 0;
    for period in periods {
        for total in office.store.totals(&scope, survey.survey.id, period, latest).await? {
            totals += 1;
            let tally = unpack(&survey.questions, &total.record)?;
            if sums.remove(&(total.group, period)).as_ref() != Some(&tally) {
                faults.push(format!("the running total of {period} is not the sum of its steps"));
            }
        }
    }
    faults.extend(sums.keys().map(|(_, period)| format!("a running total of {period} is missing")));
    Ok(finding(format!("{}: {totals} running totals", survey.survey.code), &faults))
}

/// Within one box every family counts the same people, but for families that were not split. What went up
/// to a parent is of another box for each family: there nothing need agree.
fn families(survey: &RunningSurvey, increments: &[Increment]) -> Result<Vec<String>, UsecaseError> {
    let mut families: BTreeMap<(Group, i64, i64, i64, String), i64> = BTreeMap::new();
    for part in increments.iter().filter(|i| i.dimension != ALL) {
        Tally::unpack(&survey.questions.part, &part.record)
            .map_err(|error| UsecaseError::Damaged(format!("a part ({error})")))?;
        let key = (part.group.clone(), part.months.0, part.months.1, part.release, part.dimension.clone());
        *families.entry(key).or_default() += part.n;
    }
    let mut boxes: BTreeMap<(Group, i64, i64, i64), i64> = BTreeMap::new();
    let mut faults = Vec::new();
    for ((group, from, to, release, family), n) in families {
        if family.starts_with(BELOW) {
            continue;
        }
        let known = *boxes.entry((group, from, to, release)).or_insert(n);
        if known != n {
            faults.push(format!("family {family} of release {release} counts {n} people, another {known}"));
        }
    }
    Ok(faults)
}

async fn check_inbox(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
) -> Result<Finding, UsecaseError> {
    let about = seal_subject(province.tenant, survey.survey.id);
    let (mut after, mut waiting, mut damaged) = (Vec::new(), 0_usize, 0_usize);
    loop {
        let page =
            office.store.waiting_page(Kind::Answer, province.tenant, survey.survey.id, &after, 2_000).await?;
        let Some(last) = page.last() else { break };
        after = last.id.to_vec();
        waiting += page.len();
        damaged += page
            .iter()
            .filter(|sealed| {
                let record = office.keys.unseal(Purpose::Inbox, &sealed.record, &about);
                !record.is_ok_and(|record| Kept::decode(&record).is_ok())
            })
            .count();
    }
    let faults: Vec<String> =
        if damaged > 0 { vec![format!("{damaged} records do not open")] } else { Vec::new() };
    let tens = waiting / 10 * 10;
    Ok(finding(format!("{}: what waits opens (about {tens})", survey.survey.code), &faults))
}
