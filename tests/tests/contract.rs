//! What the store promises, on SQLite and on PostgreSQL.

#[path = "contract/bands.rs"]
mod bands;
#[path = "contract/figures.rs"]
mod figures;
#[path = "contract/fold.rs"]
mod fold;
#[path = "contract/inbox.rs"]
mod inbox;
#[path = "contract/records.rs"]
mod records;
