//! What a copy of the database, its files and the logs do not tell.

#[path = "privacy/answers.rs"]
mod answers;
#[path = "privacy/audit.rs"]
mod audit;
#[path = "privacy/boxes.rs"]
mod boxes;
#[path = "privacy/codes.rs"]
mod codes;
#[path = "privacy/copy.rs"]
mod copy;
#[path = "privacy/kiosk.rs"]
mod kiosk;
#[path = "privacy/knowing.rs"]
mod knowing;
#[path = "privacy/linking.rs"]
mod linking;
#[path = "privacy/paper.rs"]
mod paper;
#[path = "privacy/permuting.rs"]
mod permuting;
#[path = "privacy/raw.rs"]
mod raw;
#[path = "privacy/restoring.rs"]
mod restoring;
#[path = "privacy/rules.rs"]
mod rules;
#[path = "privacy/sizes.rs"]
mod sizes;
#[path = "privacy/traffic.rs"]
mod traffic;
