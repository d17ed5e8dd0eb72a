//! The citizen's pages: HTML and CSS, no script at all. Each function takes a finished view-model
//! and returns a whole document.
//!
//! To add a page: 1. its phrases in `i18n/citizen.rs` and the three tables; 2. a file here with a
//! view-model and a `render_…` function that hands its body to [`shell`]; 3. its name in
//! `examples/citizen_pages.rs`, to look at it.

pub mod asked;
pub mod code;
pub mod face;
pub mod notice;
pub mod privacy;
pub mod shell;
pub mod start;
pub mod step;
pub mod summary;
pub mod thanks;

pub use code::{CodePage, CodeProblem, render_code};
pub use notice::{Notice, NoticePage, UsedCodePage, render_notice, render_used_code};
pub use privacy::{PrivacyPage, render_privacy};
pub use shell::{Frame, Place};
pub use start::{StartPage, render_start};
pub use step::{Sounds, StepPage, render_step};
pub use thanks::{ThanksPage, render_thanks};

#[cfg(test)]
mod tests;
