//! Why something that was asked for is not done: one variant a rule, so that each can be told in the
//! reader's language and beside the field that it is about. [`std::fmt::Display`] is for logs.

mod copy;
mod instrument;
mod vietnamese;

pub use copy::CopyFault;

use crate::error::Said;
use crate::import::responses::MapFault;
use crate::office::write_day;
use domain::instrument::Fault as InstrumentFault;
use domain::period::NotAPeriod;
use std::ops::RangeInclusive;
use thiserror::Error;
use time::Date;

/// Why items of two question sets cannot be equal.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unequal {
    /// Other people answer it.
    #[error("but other people answer it")]
    Population,
    /// Points are no levels of satisfaction.
    #[error("but one of them is in points")]
    Scale,
    /// No such item.
    #[error("which has no item {0} that everybody is asked")]
    Item(String),
}

/// A rule that stands against what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Objection {
    /// A password could not be checked.
    #[error("the password could not be checked; try again")]
    PasswordUnchecked,
    /// A password could not be hashed.
    #[error("the password could not be hashed")]
    PasswordUnhashed,
    /// Not a version of an instrument.
    #[error("{0:?} is no version, such as @2")]
    Version(String),
    /// How long answers are kept.
    #[error(
        "texts can be kept for {} to {} months, responses for {} to {} years",
        .months.start(), .months.end(), .years.start(), .years.end()
    )]
    Retention {
        /// Months of a text.
        months: RangeInclusive<i32>,
        /// Years of a response.
        years: RangeInclusive<i32>,
    },
    /// The margin of a survey's bands.
    #[error("the margin must be between 0 and {most} points, for example 2; it was {points}")]
    Margin {
        /// The widest.
        most: String,
        /// What was asked for.
        points: String,
    },
    /// The target of a survey.
    #[error("the target must be between {least} and {most} per cent, for example 85; it was {percent}")]
    Target {
        /// The lowest.
        least: String,
        /// The highest.
        most: String,
        /// What was asked for.
        percent: String,
    },
    /// Real service has lived its past.
    #[error("only a demo has a past that was never lived")]
    NoPast,
    /// Not a period.
    #[error(transparent)]
    Period(#[from] NotAPeriod),
    /// Not a day.
    #[error("{0} is not a day; write it as 2026-10-01")]
    Day(String),
    /// Not a tenant's tag.
    #[error("a tag is two capital letters, not {0:?}; write it as --tag CM")]
    Tag(String),
    /// No tag was named for a new tenant.
    #[error("name the province's two letters, such as --tag CM")]
    NoTag,
    /// There is no province.
    #[error(
        "there is no province yet; import units first (hailong import units FILE --province CODE --tag XX)"
    )]
    NoProvince,
    /// There are several provinces, and none was named.
    #[error("there are several provinces; say which with --tenant")]
    SeveralTenants,
    /// A demo in a database that holds something.
    #[error("a demo needs an empty database")]
    DemoNotEmpty,
    /// A database in real service cannot become a demo.
    #[error("this database is in real service and cannot become a demo")]
    RealService,
    /// A backup, a restore, or a file of releases.
    #[error(transparent)]
    Copy(#[from] CopyFault),
    /// The clock of real service.
    #[error("only the clock of a demo can be moved")]
    ClockIsReal,
    /// The demo's clock shows this day or a later one.
    #[error("the demo's clock already shows {}", write_day(*.0))]
    ClockShows(Date),
    /// A QR code cannot hold the address.
    #[error("the public address is too long for a QR code")]
    AddressTooLong,
    /// A number of codes that is out of range.
    #[error("a batch holds 1 to {0} codes")]
    CodeCount(u32),
    /// A batch of codes that was withdrawn before.
    #[error("batch {0} is withdrawn already")]
    BatchWithdrawn(i64),
    /// A line of a file names no valid code.
    #[error("line {0}: there is no such valid code")]
    NoSuchCode(u64),
    /// A file that would be overwritten.
    #[error("{0} is there already; name another file")]
    FileThere(String),
    /// A run was begun by a process that is gone.
    #[error("a run was interrupted; run `hailong fold` to finish it, then import again")]
    RunInterrupted,
    /// Another process folds.
    #[error("a fold is under way; try again in a minute")]
    FoldUnderWay,
    /// A file is in another encoding.
    #[error("{0} is not UTF-8; save it as UTF-8 and try again")]
    NotUtf8(String),
    /// A line of a file is in another encoding.
    #[error("line {0} is not UTF-8 text; save the file as UTF-8")]
    LineNotUtf8(usize),
    /// The system does not give the file: its words.
    #[error("the file cannot be read: {0}")]
    FileUnreadable(String),
    /// The file of an instrument is too large.
    #[error("the file of an instrument holds at most 1 MB")]
    InstrumentTooLarge,
    /// What is wrong in the file of an instrument.
    #[error("{}", lines(faults, *more))]
    Instrument {
        /// The first faults.
        faults: Vec<InstrumentFault>,
        /// How many more there are.
        more: usize,
    },
    /// No sound of a kind that browsers play.
    #[error("this is no sound: send MP3, Ogg (Opus, Vorbis), WebM, M4A or WAV")]
    NoSound,
    /// A sound that is too large.
    #[error("a recording has at most one megabyte")]
    SoundTooLarge,
    /// Nobody was named who has read the texts.
    #[error("name whoever has read the texts, in 1 to {0} characters")]
    NoReader(usize),
    /// A declaration of equal items between two sets.
    #[error("{instrument} declares items equal to {other}, {why}")]
    Equals {
        /// The set that declares.
        instrument: String,
        /// The other one, with its version.
        other: String,
        /// Why that cannot be.
        why: Unequal,
    },
    /// A published version with another text.
    #[error(
        "version {version} of {code} is published with another text and stays so; give this one a new version"
    )]
    InstrumentTaken {
        /// Its code.
        code: String,
        /// Its version.
        version: u32,
    },
    /// Answers without their map.
    #[error("say with --map MAP.json which column is which (see the README)")]
    NoMap,
    /// What is wrong with a map.
    #[error(transparent)]
    Map(MapFault),
    /// A file that is there already: code of its survey.
    #[error("the survey {0} already holds a file with exactly these bytes")]
    SameBytes(String),
    /// A file of units holds no line of the level province, and the tenant is new.
    #[error("the file holds no line with the level province, and the tenant is new")]
    NoProvinceLine,
    /// A file of units holds no province of this code.
    #[error("the file holds no province with the code {0}")]
    ProvinceNotInFile(String),
    /// A file of units holds several provinces, and none was chosen.
    #[error("the file holds {0} provinces; choose one, such as --province 96")]
    SeveralProvincesInFile(usize),
    /// A file of units is another province's.
    #[error("this tenant is the province {own}; the file is of the province {theirs}")]
    OtherProvince {
        /// Code of the tenant's province.
        own: String,
        /// Code of the file's.
        theirs: String,
    },
}

impl Objection {
    /// The same for a reader of either language.
    #[must_use]
    pub fn told(&self) -> Said {
        Said { vi: vietnamese::say(self), en: self.to_string() }
    }
}

fn lines(faults: &[InstrumentFault], more: usize) -> String {
    let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    if more > 0 {
        lines.push(format!("there are {more} more faults; mend these first"));
    }
    lines.join("\n")
}
