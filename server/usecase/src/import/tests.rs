//! An office for the tests of imports.

use crate::chance::Chance;
use crate::clock::FrozenClock;
use crate::error::UsecaseError;
use crate::import::units::{UnitsWanted, import_units};
use crate::office::{Office, Setup};
use crate::registry::Province;
use domain::id::Tenant;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::Place;

/// Cà Mau as it ships, with its demo rows.
pub(crate) const CA_MAU: &str = include_str!("../../../../app/units/ca_mau_2025.csv");

/// A folder that is gone when the test is over, with an office in it.
pub(crate) struct Desk {
    pub(crate) office: Office,
    pub(crate) clock: Arc<FrozenClock>,
    folder: PathBuf,
}

impl Desk {
    pub(crate) async fn empty() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("hailong-import-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let place = Place::File(folder.join("hailong.db"));
        let setup = Setup { place, key_file: folder.join("hailong.key") };
        let clock = FrozenClock::at(time::macros::datetime!(2026-10-05 09:00 UTC));
        let office = Office::open(&setup, clock.clone(), Chance::seeded([7; 32])).await.unwrap();
        Self { office, clock, folder }
    }

    pub(crate) async fn ca_mau() -> Self {
        let desk = Self::empty().await;
        let wanted = UnitsWanted { tag: Some("CM"), ..UnitsWanted::default() };
        import_units(&desk.office, CA_MAU.as_bytes(), wanted).await.unwrap();
        desk
    }

    pub(crate) fn province(&self) -> Arc<Province> {
        self.office.province(tenant()).unwrap()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

pub(crate) fn tenant() -> Tenant {
    "CM".parse().unwrap()
}

/// What an error says, one line a fault.
pub(crate) fn told<T: std::fmt::Debug>(result: Result<T, UsecaseError>) -> Vec<String> {
    result.unwrap_err().to_string().lines().map(str::to_owned).collect()
}
