//! Figures: from the cells of a release, within a scope, to readings. Nothing here reads anything
//! but releases (promise 7), and no figure leaves without its interval (promise 1).

mod agency;
pub mod aggregate;
mod bands;
mod change;
mod node;
mod province;
mod read;
mod setting;
mod table;

pub use agency::read_agency;
pub use node::{Definition, NodeRef, nodes_of};
pub use province::{ProvinceView, read_province};
pub use setting::Question;
pub use table::{Combined, Level, PeriodTable, TableCache, load};
