//! A demo of a test's own, within the test's process.

use std::sync::Arc;
use store::Place;
use tests::folder::Folder;
use usecase::chance::Chance;
use usecase::clock::FrozenClock;
use usecase::demo::{Demo, SURVEY, set_up};
use usecase::office::{Office, Setup};
use usecase::registry::{Province, RunningSurvey};

/// See the module.
pub struct Stage {
    /// The office.
    pub office: Office,
    /// What was set up.
    pub demo: Demo,
    _folder: Folder,
}

impl Stage {
    /// A demo with so many answers from `seed`; `secrets` seeds ids, seals and shuffling.
    pub async fn open(answers: usize, seed: u64, secrets: u8) -> Self {
        let folder = Folder::new("stage");
        let place = Place::File(folder.path().join("hailong.sqlite"));
        let setup = Setup { place, key_file: folder.path().join("hailong.key") };
        let clock = FrozenClock::at(time::macros::datetime!(2026-11-20 05:00 UTC));
        let office = Office::open(&setup, clock, Chance::seeded([secrets; 32])).await.expect("an office");
        let demo = set_up(&office, answers, seed).await.expect("a demo");
        Self { office, demo, _folder: folder }
    }

    pub fn province(&self) -> Arc<Province> {
        self.office.province(self.demo.tenant).expect("the province")
    }

    pub fn survey(&self) -> Arc<RunningSurvey> {
        self.province().survey(SURVEY).expect("the survey").clone()
    }
}
