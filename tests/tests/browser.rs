//! What people do in a real browser, with scripts and without.

#[path = "browser/access.rs"]
mod access;
#[path = "browser/journey.rs"]
mod journey;
#[path = "browser/pictures.rs"]
mod pictures;
#[path = "browser/province.rs"]
mod province;
#[path = "browser/setup.rs"]
mod setup;
#[path = "browser/steps.rs"]
mod steps;
