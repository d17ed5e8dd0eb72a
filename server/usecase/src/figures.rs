//! Figures: from the cells of a release, within a scope, to readings. Nothing here reads anything
//! but releases (promise 7), and no figure leaves without its interval (promise 1).

mod agency;
pub mod aggregate;
mod analysis;
mod bands;
mod breakdown;
mod certainty;
mod change;
mod joined;
mod kept;
mod node;
mod paired;
mod part_name;
mod parts;
mod planner;
mod points;
mod population;
mod province;
mod read;
mod receiving;
mod setting;
mod table;
mod tenure;
mod without;

pub use agency::read_agency;
pub use analysis::{AnalysisCache, AnalysisView, read_analysis};
pub use breakdown::read_breakdown;
pub use node::{Definition, NodeRef, nodes_of};
pub use planner::read_planner;
pub use population::AnswerCache;
pub use province::{ProvinceView, read_province};
pub use read::reading_of;
pub use setting::Question;
pub use table::{Combined, Level, PeriodTable, TableCache, load};
