//! Forms on paper: batches, the printed sheet, and the pages on which they are typed.

mod batches;
mod desk;
mod entry;
mod keyed;
mod print;
mod settle;
mod stop;

pub use batches::{PaperBatchLine, PaperForm, PaperPage, PaperProblem, render_paper};
pub use desk::{DeskLine, PaperDesk, PaperSaid, render_desk};
pub use entry::{EntryPage, Turn, render_entry};
pub use print::{FORMS_A_PAGE, PrintPage, is_printable, render_print};
pub use settle::{SettlePage, render_settle};
pub use stop::{StopPage, StopReason, render_stop};

#[cfg(test)]
mod tests;
