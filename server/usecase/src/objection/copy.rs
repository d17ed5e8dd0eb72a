//! What stands against a backup, a restore, or a file of releases.

use domain::id::Tenant;
use thiserror::Error;

/// Why a copy is not written, not put back, or not believed. Nothing is stored then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CopyFault {
    /// A file is never overwritten.
    #[error("{0} exists already; name a file that does not")]
    Exists(String),
    /// The system does not take or give the file: its words.
    #[error("{path} cannot be used: {why}")]
    Unusable {
        /// The path.
        path: String,
        /// What the system said.
        why: String,
    },
    /// Not a backup.
    #[error("{0} is not a backup of this program")]
    NotABackup(String),
    /// Not a file of releases.
    #[error("{0} is not a file of releases; write one with `hailong export releases --out FILE`")]
    NotReleases(String),
    /// The end is missing.
    #[error("{0} is not whole: its end is missing; take another copy")]
    Truncated(String),
    /// Something was changed.
    #[error("{0} is damaged: it is not what was written; take another copy")]
    Damaged(String),
    /// A newer program wrote it.
    #[error("{0} was written by a newer version of this program; update the program first")]
    Newer(String),
    /// The key file is another one.
    #[error("the key file {0} is not the one of this backup; put the right one there (--key-file)")]
    OtherKey(String),
    /// There is data already.
    #[error(
        "the database is not empty, or of another version than the backup; restore into a new, empty one"
    )]
    NotEmpty,
    /// An older version's backup, and newer releases.
    #[error(
        "the backup is of an older version, and newer releases can only be added to one of this version; restore \
         without --releases using the version that wrote it, or leave --releases out"
    )]
    Older,
    /// A file of releases without the sums.
    #[error("{0} proves the ledger and holds no sums; a restore needs one written with --exact")]
    Open(String),
    /// A file of releases of a province that the backup does not hold.
    #[error("{path} is of the province {tenant}, which the backup does not hold")]
    OtherTenant {
        /// The path.
        path: String,
        /// Whose it is.
        tenant: Tenant,
    },
    /// Releases are missing.
    #[error("{path} lacks the releases {from} to {through}; write one with --from {from}")]
    Gap {
        /// The path.
        path: String,
        /// The first that is missing.
        from: i64,
        /// The last that is missing.
        through: i64,
    },
    /// A release does not follow from the one before.
    #[error("release {release} in {path} does not follow from what it holds and the release before it")]
    Broken {
        /// The path.
        path: String,
        /// The release.
        release: i64,
    },
    /// Two ledgers that were one until some release.
    #[error("release {release} in {path} is another one than in the backup; they are not of one ledger")]
    OtherLedger {
        /// The path.
        path: String,
        /// The release.
        release: i64,
    },
    /// A head that is nowhere in the chain.
    #[error("{head} is not the hash of a release in {path}")]
    Head {
        /// The path.
        path: String,
        /// What was asked for.
        head: String,
    },
}

/// One sentence.
#[expect(clippy::too_many_lines, reason = "a table: one line a rule")]
pub(super) fn say(fault: &CopyFault) -> String {
    match fault {
        CopyFault::Exists(path) => format!("đã có {path}; xin đặt tên một tệp chưa có"),
        CopyFault::Unusable { path, why } => format!("không dùng được {path}: {why}"),
        CopyFault::NotABackup(path) => format!("{path} không phải là bản sao lưu của chương trình này"),
        CopyFault::NotReleases(path) => format!(
            "{path} không phải là tệp các kỳ công bố; xin ghi bằng `hailong export releases --out FILE`"
        ),
        CopyFault::Truncated(path) => format!("{path} không trọn vẹn: thiếu phần cuối; xin dùng bản khác"),
        CopyFault::Damaged(path) => format!("{path} bị hỏng: không còn như khi được ghi; xin dùng bản khác"),
        CopyFault::Newer(path) => {
            format!("{path} do một phiên bản mới hơn của chương trình ghi; xin cập nhật chương trình trước")
        }
        CopyFault::OtherKey(path) => format!(
            "tệp khoá {path} không phải của bản sao lưu này; xin đặt đúng tệp vào đó (--key-file)"
        ),
        CopyFault::NotEmpty => {
            "cơ sở dữ liệu không trống, hoặc khác phiên bản với bản sao lưu; xin khôi phục vào một cơ sở dữ liệu mới, \
             trống"
                .into()
        }
        CopyFault::Older => {
            "bản sao lưu thuộc phiên bản cũ hơn, mà kỳ công bố mới chỉ thêm được vào bản cùng phiên bản; xin bỏ \
             --releases, hoặc khôi phục bằng phiên bản đã ghi nó"
                .into()
        }
        CopyFault::Open(path) => format!(
            "{path} chỉ để kiểm chứng, không có các tổng; khôi phục cần tệp ghi với --exact"
        ),
        CopyFault::OtherTenant { path, tenant } => {
            format!("{path} là của tỉnh {tenant}, không có trong bản sao lưu")
        }
        CopyFault::Gap { path, from, through } => {
            format!("{path} thiếu các kỳ công bố từ số {from} đến số {through}; xin ghi với --from {from}")
        }
        CopyFault::Broken { path, release } => format!(
            "kỳ công bố số {release} trong {path} không khớp với nội dung của nó và kỳ trước đó"
        ),
        CopyFault::OtherLedger { path, release } => format!(
            "kỳ công bố số {release} trong {path} khác với bản sao lưu; hai bên không cùng một sổ"
        ),
        CopyFault::Head { path, head } => format!("{head} không phải mã của kỳ công bố nào trong {path}"),
    }
}
