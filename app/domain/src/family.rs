//! The one-way breakdowns of a cut (privacy-security.md, "From an answer to a figure", 6).

crate::survey::words! {
    /// A one-way breakdown of a box, in the order in which they are tried.
    Family, "family" {
        /// Granted or refused.
        Result = "result",
        /// Whether somebody complained or suggested something; *yes* carries the branch.
        Complained = "complained",
        /// What the dossier was about.
        Field = "field",
        /// Citizens, businesses by size, filing agents.
        Who = "who",
        /// Why an answer is doubtful.
        FlagClass = "flag-class",
        /// Sex.
        Sex = "sex",
        /// Age.
        Age = "age",
        /// Education.
        Education = "education",
        /// Occupation.
        Occupation = "occupation",
        /// Who helped with the answer.
        Helper = "helper",
        /// Where the dossier was handed in.
        ReceivingCounter = "receiving-counter",
    }
}

/// Code of what was too small for a part of its own ("khác"). Codes that are no answer begin with
/// an underscore: "other" is an answer to several questions.
pub const POOLED: &str = "_pooled";
/// Code of a question that was asked and left out.
pub const BLANK: &str = "_blank";
/// Code of a question that was not asked.
pub const NOT_ASKED: &str = "_not-asked";

/// Begins the dimension of parts that a parent's box was cut into: of people below the unit, whose
/// own boxes could not be split. The same family of the unit's own box is another breakdown.
pub const BELOW: &str = "below:";

/// The dimension of a family's parts: of a unit's own box, or of the box of what came up from below.
#[must_use]
pub fn dimension(family: Family, is_parent: bool) -> String {
    format!("{}{}", if is_parent { BELOW } else { "" }, family.code())
}
