//! The test house: what a test needs to use the product as people do.
//!
//! | module | gives |
//! | --- | --- |
//! | [`calendar`] | another day for the program to see |
//! | [`cluster`] | a throw-away PostgreSQL, one database a test |
//! | [`desk`] | an office of a test's own, on either engine, with a clock that stands still |
//! | [`folder`] | a throw-away folder |
//! | [`process`] | the built `hailong`, started, asked, killed, started again |
//! | [`wire`], [`http`] | requests on loopback |
//! | [`html`], [`form`] | a page's form, read and filled in as a person would |
//! | [`browser`] over [`webdriver`], [`axe`], [`qr`] | Chromium, the accessibility check, the camera |
//! | [`journey`] | the steps that several suites share |
//! | [`tablet`] | a tablet at a counter, as the server sees it |
//! | [`source`] | the files of the repository, for the rules of its shape |
//!
//! To add a case: write a sentence as the name of a test in the folder of its kind under `tests/tests/`.
//! A case that takes minutes says `#[ignore = "full"]`: `tests/run` names it, `tests/run full` runs it.

pub mod axe;
pub mod browser;
pub mod calendar;
pub mod cluster;
pub mod desk;
pub mod folder;
pub mod form;
pub mod html;
pub mod http;
pub mod journey;
pub mod process;
pub mod qr;
pub mod source;
pub mod tablet;
pub mod webdriver;
pub mod wire;
