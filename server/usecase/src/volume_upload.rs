//! A file of volumes that somebody sends through a page: it waits, is looked at, and is taken when its
//! sender says so. What is taken is read and checked again, because time has passed.

use crate::error::UsecaseError;
use crate::import::volumes::{Looked, VolumesImported, VolumesWanted, import_volumes, look_at_volumes};
use crate::keys::hexadecimal;
use crate::office::Office;
use domain::right::{Actor, Right};
use std::io::Cursor;
use store::upload::Upload;

/// Most bytes of a file that a page takes; the command line takes more.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;

/// Keeps a file for its sender and says under what name it waits.
///
/// # Errors
/// Where the actor may not, or the database is away.
pub async fn keep_upload(
    office: &Office,
    actor: &Actor,
    name: &str,
    file: &[u8],
) -> Result<String, UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    let id: [u8; 16] = office.chance.bytes();
    let plain = |c: &char| !c.is_control();
    let name: String =
        name.rsplit(['/', '\\']).next().unwrap_or(name).chars().filter(plain).take(120).collect();
    office.store.put_upload(actor.tenant, id, (&actor.name, &name), file, office.now()).await?;
    Ok(hexadecimal(&id))
}

async fn find(office: &Office, actor: &Actor, id: &str) -> Result<(Vec<u8>, Upload), UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    let gone = || UsecaseError::Unknown { what: "file", name: String::new() };
    let id = uuid_bytes(id).ok_or_else(gone)?;
    let upload = office.store.upload(actor.tenant, &id, &actor.name).await?.ok_or_else(gone)?;
    Ok((id, upload))
}

fn uuid_bytes(text: &str) -> Option<Vec<u8>> {
    if text.len() != 32 || !text.is_ascii() {
        return None;
    }
    (0..16).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()).collect()
}

/// Looks what a waiting file would do: its name, and that.
///
/// # Errors
/// [`UsecaseError::Unknown`] where it no longer waits; where the actor may not.
pub async fn look_at_upload(
    office: &Office,
    actor: &Actor,
    id: &str,
) -> Result<(String, Looked), UsecaseError> {
    let (_, upload) = find(office, actor, id).await?;
    let looked = look_at_volumes(office, actor, Cursor::new(upload.file)).await?;
    Ok((upload.name, looked))
}

/// Takes a waiting file.
///
/// # Errors
/// [`UsecaseError::Unknown`] where it no longer waits; [`UsecaseError::File`] where it has faults.
pub async fn take_upload(office: &Office, actor: &Actor, id: &str) -> Result<VolumesImported, UsecaseError> {
    let (key, upload) = find(office, actor, id).await?;
    let wanted = VolumesWanted { source: &upload.name, dry_run: false, progress: &mut |_, _| {} };
    let done = import_volumes(office, actor, Cursor::new(upload.file), wanted).await?;
    office.store.drop_upload(actor.tenant, &key).await?;
    Ok(done)
}
