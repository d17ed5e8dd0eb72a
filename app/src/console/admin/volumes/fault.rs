//! What is wrong with a cell of volumes, in the reader's language.

use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{date, month};
use domain::language::Language;
use domain::volume::{DossierFault, VolumeFault};

/// The sentence.
pub(super) fn told(fault: &VolumeFault, language: Language) -> String {
    let text = &ConsoleText::of(language).volume;
    let spelled = |of| month(of, language);
    match fault {
        VolumeFault::NotAMonth(written) => fill(text.fault_not_month, &[("text", written)]),
        VolumeFault::StillToCome { month, .. } => fill(text.fault_to_come, &[("month", &spelled(*month))]),
        VolumeFault::NoUnit => text.fault_no_unit.to_owned(),
        VolumeFault::UnknownUnit(code) => fill(text.fault_unknown_unit, &[("code", code)]),
        VolumeFault::Ended { name, code, on, month } => {
            let (on, month) = (date(*on, language), spelled(*month));
            fill(text.fault_ended, &[("name", name), ("code", code), ("date", &on), ("month", &month)])
        }
        VolumeFault::NotYet { name, code, on, month } => {
            let (on, month) = (date(*on, language), spelled(*month));
            fill(text.fault_not_yet, &[("name", name), ("code", code), ("date", &on), ("month", &month)])
        }
        VolumeFault::Ambiguous { code, month } => {
            fill(text.fault_ambiguous, &[("code", code), ("month", &spelled(*month))])
        }
        VolumeFault::OnlyReceives { name } => fill(text.fault_receives, &[("name", name)]),
        VolumeFault::UnknownField(code) => fill(text.fault_field, &[("code", code)]),
        VolumeFault::NotACount(written) => fill(text.fault_count, &[("text", written)]),
        VolumeFault::Parts(DossierFault::Timed) => text.fault_timed.to_owned(),
        VolumeFault::Parts(DossierFault::Online) => text.fault_online.to_owned(),
        VolumeFault::Parts(DossierFault::Refused) => text.fault_refused.to_owned(),
        VolumeFault::Twice(line) => fill(text.fault_twice, &[("line", &line.to_string())]),
        VolumeFault::TwoWays(month) => fill(text.fault_two_ways, &[("month", &spelled(*month))]),
    }
}
