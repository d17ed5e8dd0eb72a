//! One-time codes: giving them out, opening the form that one stands for, running out, withdrawing,
//! counting. How a code is kept and why a used one looks unused: `server/docs/codes.md`.

mod batch;
mod case;
mod close;
mod count;
mod guess;
mod issue;
mod open;
mod record;
mod ticket;

pub use batch::{reissue, void};
pub use case::{MOST_AT_ONCE, close_for_dossiers, issue_for_dossiers};
pub use close::{Closed, close_codes, read_codes};
pub use count::{Balance, balances, count_codes, forget_codes};
pub use guess::Guesses;
pub use issue::{Drawn, Issued, MOST, Wish, draw, issue, issue_slip, may_print, valid_through};
pub use open::{Opened, find_code, open_code};
pub use record::{CodeRecord, Subject};
pub use ticket::{TICKET, Ticket};
