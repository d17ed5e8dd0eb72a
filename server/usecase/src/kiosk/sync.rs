//! What a tablet sends: the answers that wait on it, and a word about itself. Nothing that it says of
//! time is asked for or believed: an answer counts in the month of its fold.

use super::device::counter_of;
use super::quarantine::{self, seal_held};
use super::screen::{Screen, is_revoked, screen, takes_queue};
use crate::error::UsecaseError;
use crate::form_token::FormToken;
use crate::office::Office;
use crate::record::Flag;
use crate::registry::{Province, RunningSurvey};
use crate::submit::{Origin, Place, keep, prepare};
use crate::traffic::Arrival;
use domain::device::{Device, DeviceState, tens};
use domain::id::{Tenant, UnitId};
use domain::path::Visit;
use domain::submission::{Context, FieldChoice, Sheet, Submission, submit};
use domain::survey::{Mode, Trust, Variant};
use domain::tally::Answer;
use std::sync::Arc;
use store::StoreError;
use store::device::Heard;
use store::quarantine::Held;
use time::OffsetDateTime;

/// Most answers of one message.
pub const MOST_TAPS: usize = 50;
/// Most characters of a version.
const VERSION: usize = 40;
/// Most days that a queue is given the budget of.
const MOST_DAYS: i64 = 60;

/// An answer that waits on a tablet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tap {
    /// Drawn on the tablet; the same answer sent twice is one.
    pub nonce: [u8; 16],
    /// Code of the survey that was on the screen.
    pub survey: String,
    /// The overall answer.
    pub overall: u8,
    /// What the visit was about, where it was said.
    pub field: Option<String>,
}

/// One message of a tablet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Drawn at each start of the tablet.
    pub session: [u8; 16],
    /// What it runs.
    pub version: String,
    /// Answers that wait on it.
    pub waiting: u32,
    /// Repeated taps that it dropped since it was paired.
    pub dropped: u32,
    /// Whether the answer was tapped just now, rather than waiting for a network.
    pub live: bool,
    /// Answers.
    pub taps: Vec<Tap>,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is kept, now or since it was sent before.
    Kept,
    /// It waits for the province's decision.
    Held,
    /// Its survey takes no answers any more.
    Late,
    /// It is no answer to anything that is asked here.
    Unreadable,
    /// Not now; the tablet keeps it and sends it again.
    Again,
}

/// What the tablet is told.
#[derive(Debug, Clone)]
pub struct Told {
    /// What became of each answer, in the order sent.
    pub fates: Vec<Fate>,
    /// What it shows from now on.
    pub screen: Screen,
    /// The device.
    pub device: Device,
    /// The counter where it hangs.
    pub counter: UnitId,
}

struct Desk<'a> {
    office: &'a Office,
    province: &'a Province,
    device: &'a Device,
    place: Place,
    /// Days since it was last heard of, today included.
    days: u32,
}

/// Takes a message of a device whose signature has been checked.
///
/// # Errors
/// Where the database is away; the tablet keeps everything then.
pub async fn sync(
    office: &Office,
    tenant: Tenant,
    device: Device,
    report: &Report,
) -> Result<Told, UsecaseError> {
    let province = office.province(tenant)?;
    let damaged = || UsecaseError::Damaged("the place of a device".into());
    let counter = counter_of(office, &province, &device).ok_or_else(damaged)?;
    let place = Place {
        touchpoint: Some(device.touchpoint),
        unit: counter,
        mode: Mode::Kiosk,
        variant: Variant::Kiosk,
    };
    let days = days_since(device.seen, office.now());
    let desk = Desk { office, province: &province, device: &device, place, days };
    let fates = desk.take(report).await?;
    if device.state == DeviceState::Paired {
        office.store.hear_device(tenant, device.id, &heard(office, report)).await?;
    }
    let screen = screen(office, &province, &device, counter).await?;
    Ok(Told { fates, screen, device, counter })
}

fn hour(now: OffsetDateTime) -> i64 {
    now.unix_timestamp().div_euclid(3_600)
}

fn days_since(seen: Option<i64>, now: OffsetDateTime) -> u32 {
    let days = seen.map_or(MOST_DAYS, |seen| (hour(now) - seen).div_euclid(24) + 1);
    u32::try_from(days.clamp(1, MOST_DAYS)).unwrap_or(1)
}

/// The hour, not the minute: a tablet that is on the network calls at the moment of a tap as well.
fn heard(office: &Office, report: &Report) -> Heard {
    Heard {
        hour: hour(office.now()),
        waiting: tens(report.waiting),
        dropped: tens(report.dropped),
        version: report.version.chars().filter(|c| !c.is_control()).take(VERSION).collect(),
        session: report.session,
        on: office.today(),
    }
}

impl Desk<'_> {
    async fn take(&self, report: &Report) -> Result<Vec<Fate>, UsecaseError> {
        let live = report.live && report.taps.len() == 1;
        let mut fates = vec![Fate::Kept; report.taps.len()];
        let mut read = Vec::new();
        for (at, tap) in report.taps.iter().enumerate() {
            match self.read(tap).await? {
                Ok((survey, submission)) => read.push((at, survey, submission, tap.nonce)),
                Err(fate) => fates[at] = fate,
            }
        }
        if is_revoked(self.province, self.device) {
            self.hold(&read, &mut fates).await?;
        } else {
            self.keep(&read, live, &mut fates).await?;
        }
        Ok(fates)
    }

    /// What a tap says, and in which survey.
    async fn read(&self, tap: &Tap) -> Result<Result<(Arc<RunningSurvey>, Submission), Fate>, UsecaseError> {
        let province = self.province;
        let Some(survey) = province.survey(&tap.survey).cloned() else { return Ok(Err(Fate::Unreadable)) };
        let committee = province.committee(self.place.unit).map(|unit| unit.id);
        let is_about = province.is_about(&survey, self.place.unit)
            || committee.is_some_and(|id| province.is_about(&survey, id));
        let Some(submission) = self.submission(&survey, tap).filter(|_| is_about) else {
            return Ok(Err(Fate::Unreadable));
        };
        if !takes_queue(self.office, province, &survey).await? {
            return Ok(Err(Fate::Late));
        }
        Ok(Ok((survey, submission)))
    }

    /// The same reading as of a form. A field that is not offered any more is left out: the answer itself
    /// was honest.
    fn submission(&self, survey: &RunningSurvey, tap: &Tap) -> Option<Submission> {
        let ranked = self.province.ranked_fields(self.place.unit);
        let fields: Vec<FieldChoice> = ranked
            .into_iter()
            .map(|(field, _)| FieldChoice { code: field.code.clone(), name: field.name.clone() })
            .collect();
        let visit =
            Visit { variant: Variant::Kiosk, mode: Mode::Kiosk, channel_of_code: None, has_code: false };
        let context = Context { instrument: &survey.questions.instrument, visit, fields: &fields };
        let mut pairs = vec![("overall".to_owned(), tap.overall.to_string())];
        pairs.extend(tap.field.iter().map(|field| ("field".to_owned(), field.clone())));
        let (sheet, _) = Sheet::read(&pairs, &context).ok()?;
        let submission = submit(&context, &sheet);
        matches!(submission.overall, Answer::Level(_)).then_some(submission)
    }

    fn flag(&self, live: bool) -> Flag {
        let (traffic, touchpoint, at) = (&self.office.traffic, self.device.touchpoint, self.office.now());
        if !live {
            return traffic.flag_queued(touchpoint, at, self.days);
        }
        // Nobody knows since when the question stood there: no tap is too fast.
        let (age, answered) = (u64::MAX, 1);
        traffic.flag(Arrival { touchpoint, at, age, answered, all_alike: false, has_hours: true })
    }

    fn token(survey: &RunningSurvey, nonce: [u8; 16]) -> FormToken {
        let version = survey.survey.instrument_version;
        FormToken { nonce, survey: survey.survey.id, version, trust: Trust::Kiosk, issued: 0 }
    }

    async fn keep(&self, read: &[Read], live: bool, fates: &mut [Fate]) -> Result<(), UsecaseError> {
        let mut envelopes = Vec::with_capacity(read.len());
        for (_, survey, submission, nonce) in read {
            let token = Self::token(survey, *nonce);
            let origin = self.origin(survey, &token);
            envelopes.push(prepare(self.office, origin, submission, self.flag(live))?);
        }
        let outcomes = self.office.committer.keep_all(envelopes).await;
        for ((at, ..), outcome) in read.iter().zip(outcomes) {
            fates[*at] = if outcome.is_ok() { Fate::Kept } else { Fate::Again };
        }
        Ok(())
    }

    async fn hold(&self, read: &[Read], fates: &mut [Fate]) -> Result<(), UsecaseError> {
        let (office, tenant) = (self.office, self.province.tenant);
        if !read.is_empty() && office.store.count_held(tenant).await? > quarantine::MOST {
            return Err(StoreError::Full.into());
        }
        let mut held: Vec<Held> = Vec::with_capacity(read.len());
        for (at, survey, submission, nonce) in read {
            let token = Self::token(survey, *nonce);
            let kept = keep(self.origin(survey, &token), submission, self.flag(false), office.today())?;
            held.push(seal_held(office, (tenant, survey.survey.id), (self.device.id, *nonce), &kept)?);
            fates[*at] = Fate::Held;
        }
        Ok(office.store.hold(tenant, &held).await?)
    }

    fn origin<'a>(&'a self, survey: &'a RunningSurvey, token: &'a FormToken) -> Origin<'a> {
        Origin {
            province: self.province,
            survey,
            place: &self.place,
            token,
            ticket: None,
            helper: None,
            trapped: false,
        }
    }
}

/// Position, survey, what was meant, nonce.
type Read = (usize, Arc<RunningSurvey>, Submission, [u8; 16]);

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_queue_has_the_days_since_its_tablet_was_heard_of() {
        let now = datetime!(2026-10-06 05:30 UTC);
        let seen = |hours: i64| days_since(Some(hour(now) - hours), now);
        assert_eq!([seen(0), seen(23), seen(24), seen(24 * 9)], [1, 1, 2, 10]);
        assert_eq!((seen(24 * 400), days_since(None, now)), (60, 60));
        assert_eq!(seen(-5), 1, "a clock that ran backwards");
    }
}
