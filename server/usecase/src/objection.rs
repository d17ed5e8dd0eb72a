//! Why something that was asked for is not done: one variant a rule, so that each can be told in the
//! reader's language and beside the field that it is about. [`std::fmt::Display`] is for logs.

use crate::error::Said;
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

impl Objection {
    /// The same for a reader of either language.
    #[must_use]
    pub fn told(&self) -> Said {
        let vi = match self {
            Self::NoProvinceLine => {
                "tệp không có dòng nào ở cấp province, mà tỉnh này chưa có trong danh mục".to_owned()
            }
            Self::ProvinceNotInFile(code) => format!("tệp không có tỉnh nào mang mã {code}"),
            Self::SeveralProvincesInFile(many) => {
                format!("tệp có {many} tỉnh; chọn một, chẳng hạn --province 96")
            }
            Self::OtherProvince { own, theirs } => {
                format!("danh mục này là của tỉnh {own}; tệp là của tỉnh {theirs}")
            }
        };
        Said { vi, en: self.to_string() }
    }
}
