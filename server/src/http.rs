//! Handlers, one file a part of the URL tree.

pub mod account;
pub mod admin;
pub mod analysis;
pub mod api;
pub mod assets;
pub mod breakdown;
pub mod code;
pub mod demonstration;
pub mod door;
pub mod figures;
pub mod find;
pub mod form;
pub mod health;
pub mod kiosk;
pub mod page;
pub mod poster;
pub mod public;
pub mod query;
pub mod setup;
pub mod slip;
pub mod survey;
