//! What people do in a real browser, with scripts and without.

#[path = "browser/access.rs"]
mod access;
#[path = "browser/demonstration.rs"]
mod demonstration;
#[path = "browser/journey.rs"]
mod journey;
#[path = "browser/kiosk.rs"]
mod kiosk;
#[path = "browser/lighthouse.rs"]
mod lighthouse;
#[path = "browser/paper.rs"]
mod paper;
#[path = "browser/pictures.rs"]
mod pictures;
#[path = "browser/poster.rs"]
mod poster;
#[path = "browser/province.rs"]
mod province;
#[path = "browser/setup.rs"]
mod setup;
#[path = "browser/steps.rs"]
mod steps;
