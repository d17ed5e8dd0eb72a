//! Tablets at counters: pairing one with a device, taking what people tapped on it, holding apart what
//! a revoked one still sends.

mod device;
mod pair;
mod quarantine;
mod screen;
mod signature;
mod sync;

pub use device::{change_device, device_named, devices_of, may_edit, revoke_device};
pub use pair::{Invited, MINUTES, Secret, invite_again, make_device, pair};
pub use quarantine::{drop_held, held_by_device, release_held};
pub use screen::{Screen, screen};
pub use signature::{PAIRING, SYNCING, is_signed};
pub use sync::{Fate, MOST_TAPS, Report, Tap, Told, sync};
