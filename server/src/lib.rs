//! The product as a server: routes, guards, pages, and the command line.
//!
//! Every route stands in [`router`]; every error becomes a status and a page in [`failure`]; only
//! this crate sees a request.

pub mod cli;
pub mod clock;
pub mod config;
pub mod failure;
pub mod guard;
pub mod http;
pub mod lifecycle;
pub mod router;
pub mod state;
pub mod telemetry;
pub mod words;

pub use lifecycle::serve;
pub use state::{AppState, Shared};
