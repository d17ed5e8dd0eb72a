//! Why something that was asked for is not done: one variant a rule, so that each can be told in the
//! reader's language and beside the field that it is about. [`std::fmt::Display`] is for logs.

use thiserror::Error;

/// A rule that stands against what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Objection {
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
