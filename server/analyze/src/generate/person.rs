//! One respondent after the other.
//!
//! Satisfaction is a number in thousandths of a standard deviation, cut into the codes 1..5.

use super::Options;
use super::chance::{Chance, bell};
use std::io::{self, Write};

/// A satisfaction below the first limit is a 1, and so on; about four answers in five are 4 or 5.
const LIMITS: [i32; 4] = [-2_100, -1_500, -900, 500];

/// The part of the mood in a single answer, and that of its own chance: a correlation of 0.56.
const MOOD: i32 = 750;
const OWN: i32 = 661;

/// Of 65 536: questions that most people, and people who skip, leave blank.
const BLANK: u64 = 2_600;
const BLANK_SKIPPING: u64 = 16_000;

/// Agencies, services and items with their levels.
pub(super) struct Land {
    /// An agency once for every share of the respondents it has.
    lots: Vec<usize>,
    /// How many there are.
    tickets: u32,
    agencies: Vec<(String, i32)>,
    services: u32,
    items: Vec<i32>,
    petitions: usize,
}

/// What all answers of one person share.
struct Person {
    level: i32,
    blank: u64,
    silent: bool,
    petitioned: bool,
}

impl Land {
    pub(super) fn of(options: &Options) -> Self {
        let mut levels = Chance::of(options.seed, 1);
        let mut level = |spread: i32| bell((levels.bits() >> 32) as u32) * spread / 1_000;
        let width = options.agencies.to_string().len().max(2);
        let agencies: Vec<_> =
            (1..=options.agencies).map(|agency| (format!("A{agency:0width$}"), level(350))).collect();
        let items = (0..options.items).map(|_| level(250)).collect();
        let mut sizes = Chance::of(options.seed, 2);
        let lots: Vec<usize> = (0..agencies.len()).flat_map(|at| vec![at; 2 + sizes.below(5)]).collect();
        let tickets = u32::try_from(lots.len()).unwrap_or(u32::MAX);
        let petitions = options.ends()[3] as usize;
        Self { lots, tickets, agencies, services: options.services, items, petitions }
    }

    /// Adds a row.
    pub(super) fn write(&self, id: u64, chance: &mut Chance, row: &mut Vec<u8>) -> io::Result<()> {
        let agency = self.lots[chance.below(self.tickets)];
        let (name, level) = &self.agencies[agency];
        let service = chance.below(self.services) + 1;
        let (month, sex, age) = (chance.below(12) + 1, chance.below(50), chance.below(5));
        let sex = ["F", "M"].get(sex % 2).filter(|_| sex > 0).unwrap_or(&"");
        let age = ["18-29", "30-44", "45-59", "60+", "30-44"][age];
        write!(row, "{id},{name},S{service},2025-{month:02},{sex},{age}")?;
        let person = Person::of(*level, chance);
        self.answers(&person, chance, row);
        row.push(b'\n');
        Ok(())
    }

    fn answers(&self, person: &Person, chance: &mut Chance, row: &mut Vec<u8>) {
        for (at, level) in self.items.iter().enumerate() {
            let bits = chance.bits();
            let asked = !person.silent && (at < self.petitions || person.petitioned);
            row.push(b',');
            if asked && bits & 0xffff >= person.blank {
                row.push(person.code(*level, (bits >> 32) as u32));
            }
        }
        let bits = chance.bits();
        row.push(b',');
        if bits & 0xffff >= person.blank {
            row.push(person.code(0, (bits >> 32) as u32));
        }
    }
}

impl Person {
    fn of(level: i32, chance: &mut Chance) -> Self {
        let mood = bell((chance.bits() >> 32) as u32) * MOOD / 1_000;
        Self {
            level: level + mood,
            blank: if chance.below(16) == 0 { BLANK_SKIPPING } else { BLANK },
            silent: chance.below(128) == 0,
            petitioned: chance.below(8) == 0,
        }
    }

    fn code(&self, item: i32, bits: u32) -> u8 {
        let satisfaction = self.level + item + bell(bits) * OWN / 1_000;
        LIMITS.iter().fold(b'1', |code, limit| code + u8::from(satisfaction >= *limit))
    }
}
