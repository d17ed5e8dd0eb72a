//! A form with a file, read piece by piece and never beyond its limits.

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Most bytes of a file of units; a national list of communes has half a megabyte.
pub const FILE_LIMIT: usize = 8_000_000;
/// Most bytes of the whole form. What is above the limit of the file is read and dropped, so that the
/// answer can say so: a browser that may not finish sending shows no page.
pub const BODY_LIMIT: usize = 32_000_000;
/// Most bytes of a field that is typed.
const TEXT_LIMIT: usize = 200;
/// Most fields.
const MOST_FIELDS: usize = 12;

/// What came with the form of the units.
#[derive(Debug, Default)]
pub struct Upload {
    /// A file was chosen rather than the list that ships.
    pub own_file: bool,
    /// Its bytes; nothing where it is too large.
    pub file: Vec<u8>,
    /// It is larger than [`FILE_LIMIT`].
    pub too_large: bool,
    /// Code of the province in it.
    pub province: String,
    /// Two letters of the province.
    pub tag: String,
}

/// Why a form was not read to its end.
#[derive(Debug)]
pub enum Unread {
    /// The connection or the limits of the whole form.
    Broken(MultipartError),
    /// It is not what our page sends.
    NotOurs,
}

impl Unread {
    /// Status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Broken(error) => error.status(),
            Self::NotOurs => StatusCode::BAD_REQUEST,
        }
    }
}

impl IntoResponse for Unread {
    fn into_response(self) -> Response {
        match self {
            Self::Broken(error) => error.into_response(),
            Self::NotOurs => StatusCode::BAD_REQUEST.into_response(),
        }
    }
}

impl Upload {
    /// Reads a form.
    ///
    /// # Errors
    /// Where it is broken, too large, or not what our page sends.
    pub async fn read(mut parts: Multipart) -> Result<Self, Unread> {
        let mut upload = Self::default();
        let mut seen: Vec<String> = Vec::new();
        while let Some(field) = parts.next_field().await.map_err(Unread::Broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            if seen.len() == MOST_FIELDS || seen.contains(&name) {
                return Err(Unread::NotOurs);
            }
            match name.as_str() {
                "file" => upload.take_file(field).await?,
                "source" => upload.own_file = word(field).await? == "file",
                "province" => upload.province = word(field).await?,
                "tag" => upload.tag = word(field).await?,
                _ => drop(word(field).await?),
            }
            seen.push(name);
        }
        Ok(upload)
    }

    async fn take_file(&mut self, mut field: Field<'_>) -> Result<(), Unread> {
        while let Some(piece) = field.chunk().await.map_err(Unread::Broken)? {
            if self.too_large || self.file.len() + piece.len() > FILE_LIMIT {
                self.too_large = true;
                self.file = Vec::new();
            } else {
                self.file.extend_from_slice(&piece);
            }
        }
        Ok(())
    }
}

/// A field that is typed: short, in UTF-8, without control characters.
async fn word(mut field: Field<'_>) -> Result<String, Unread> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(Unread::Broken)? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > TEXT_LIMIT {
            return Err(Unread::NotOurs);
        }
    }
    let text = String::from_utf8(bytes).map_err(|_| Unread::NotOurs)?;
    if text.chars().any(char::is_control) { Err(Unread::NotOurs) } else { Ok(text.trim().to_owned()) }
}
