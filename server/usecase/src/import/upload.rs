//! A file that somebody sends through a page: looked at first, stored only as it was seen.

use super::plan::mark;
use super::{Changes, Planned, fields, procedures, succession, units};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::table::{Manner, Shape};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::scope::Principal;

/// What an uploaded file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Units.
    Units,
    /// Who took over from whom.
    Succession,
    /// Fields.
    Fields,
    /// Procedures.
    Procedures,
}

impl Content {
    /// The columns of such a file.
    #[must_use]
    pub const fn shape(self) -> Shape<'static> {
        match self {
            Self::Units => units::SHAPE,
            Self::Succession => succession::SHAPE,
            Self::Fields => fields::SHAPE,
            Self::Procedures => procedures::SHAPE,
        }
    }

    const fn deed(self) -> &'static str {
        match self {
            Self::Units => "import-units",
            Self::Succession => "import-succession",
            Self::Fields => "import-fields",
            Self::Procedures => "import-procedures",
        }
    }
}

/// What a file would do, or has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Line by line.
    pub lines: Vec<Planned>,
    /// How the file is written.
    pub manner: Manner,
    /// The mark of the file and of what it would do.
    pub mark: String,
}

/// What became of the second step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// It was stored as it was seen.
    Done(Seen),
    /// It would now do something else than was seen; nothing was stored.
    MovedOn(Seen),
}

/// What a file would do.
///
/// # Errors
/// [`UsecaseError::File`] with everything that is wrong in the file.
pub async fn look(
    office: &Office,
    who: &Principal,
    content: Content,
    file: &[u8],
) -> Result<Seen, UsecaseError> {
    take(office, who, content, file, true).await
}

/// Stores a file that was looked at: all of it, and only if it still does what the mark stands for.
///
/// # Errors
/// As [`look`]; nothing is stored then.
pub async fn store(
    office: &Office,
    who: &Principal,
    content: Content,
    file: &[u8],
    seen: &str,
) -> Result<Stored, UsecaseError> {
    let now = look(office, who, content, file).await?;
    if now.mark != seen {
        return Ok(Stored::MovedOn(now));
    }
    let done = take(office, who, content, file, false).await?;
    let detail = format!("{}; file {}", Changes::of_all(&done.lines), crate::keys::sha256(file));
    office.note(who.tenant, &who.name, content.deed(), &detail).await?;
    Ok(Stored::Done(done))
}

async fn take(
    office: &Office,
    who: &Principal,
    content: Content,
    file: &[u8],
    dry_run: bool,
) -> Result<Seen, UsecaseError> {
    let (tenant, today) = (who.tenant, office.today());
    let (lines, manner) = match content {
        Content::Units => {
            let tag = Some(tenant.as_str());
            let wanted = units::UnitsWanted { tag, dry_run, ..units::UnitsWanted::default() };
            let done = units::import_units(office, file, wanted).await?;
            (done.lines, done.manner)
        }
        Content::Succession => {
            let done = succession::import_succession(office, tenant, file, dry_run).await?;
            (done.lines, done.manner)
        }
        Content::Fields => {
            let done = fields::import_fields(office, tenant, file, today, dry_run).await?;
            (done.lines, done.manner)
        }
        Content::Procedures => {
            let done = procedures::import_procedures(office, tenant, file, dry_run).await?;
            (done.lines, done.manner)
        }
    };
    let mark = mark(file, &lines);
    Ok(Seen { lines, manner, mark })
}

/// A file as a hidden field of a form carries it to the second step.
#[must_use]
pub fn hold(file: &[u8]) -> String {
    STANDARD.encode(file)
}

/// The file that a hidden field carries; `None` where it was changed on the way.
#[must_use]
pub fn release(held: &str) -> Option<Vec<u8>> {
    STANDARD.decode(held.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tests::{Desk, tenant, told};
    use domain::id::AccountId;
    use domain::scope::Role;

    const FILE: &str = "code,parent_code,level,name,name_en\nCM-X,96,department,Sở Thử,Test\n";

    fn admin() -> Principal {
        Principal {
            account: AccountId::from_bytes([1; 16]),
            name: "lan".into(),
            tenant: tenant(),
            role: Role::ProvinceAdmin,
            unit: None,
        }
    }

    #[tokio::test]
    async fn what_was_seen_is_what_is_stored() {
        let desk = Desk::ca_mau().await;
        let (office, who, file) = (&desk.office, admin(), FILE.as_bytes());
        let seen = look(office, &who, Content::Units, file).await.unwrap();
        assert_eq!((seen.lines.len(), seen.lines[0].line), (1, 2));
        assert_eq!(look(office, &who, Content::Units, file).await.unwrap().mark, seen.mark);
        let done = store(office, &who, Content::Units, file, &seen.mark).await.unwrap();
        assert!(matches!(done, Stored::Done(_)), "{done:?}");
        assert!(desk.province().unit_by_code("CM-X", office.today()).is_ok());
        let log = office.store.audit(tenant()).await.unwrap();
        let last = log.last().unwrap();
        assert_eq!((last.who.as_str(), last.what.as_str()), ("lan", "import-units"));
    }

    #[tokio::test]
    async fn what_is_not_what_was_seen_is_not_stored() {
        let desk = Desk::ca_mau().await;
        let (office, who) = (&desk.office, admin());
        let seen = look(office, &who, Content::Units, FILE.as_bytes()).await.unwrap();
        let other = FILE.replace("Thử", "Khác");
        for (file, mark) in [(other.as_str(), seen.mark.as_str()), (FILE, "0")] {
            let done = store(office, &who, Content::Units, file.as_bytes(), mark).await.unwrap();
            assert!(matches!(done, Stored::MovedOn(_)), "{done:?}");
        }
        // Somebody else stores a line of the same code meanwhile.
        let theirs = look(office, &who, Content::Units, other.as_bytes()).await.unwrap();
        store(office, &who, Content::Units, other.as_bytes(), &theirs.mark).await.unwrap();
        let done = store(office, &who, Content::Units, FILE.as_bytes(), &seen.mark).await.unwrap();
        assert!(matches!(done, Stored::MovedOn(_)), "{done:?}");
        assert_eq!(desk.province().unit_by_code("CM-X", office.today()).unwrap().name.vi, "Sở Khác");
    }

    #[tokio::test]
    async fn a_file_with_faults_has_no_preview() {
        let desk = Desk::ca_mau().await;
        let told = told(look(&desk.office, &admin(), Content::Fields, FILE.as_bytes()).await);
        assert!(told[0].starts_with("line 1, column 0 (deciding_unit): the column"), "{told:?}");
    }

    #[test]
    fn a_held_file_comes_back_byte_for_byte() {
        let file = b"a;b\r\n\xd0a\xcc;1\n";
        assert_eq!(release(&hold(file)).unwrap(), file);
        assert_eq!(release("!"), None);
    }
}
