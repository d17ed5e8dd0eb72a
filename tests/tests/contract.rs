//! What the store promises, on SQLite and on PostgreSQL.

#[path = "contract/figures.rs"]
mod figures;
#[path = "contract/fold.rs"]
mod fold;
#[path = "contract/inbox.rs"]
mod inbox;
#[path = "contract/parts.rs"]
mod parts;
#[path = "contract/records.rs"]
mod records;
#[path = "contract/surveys.rs"]
mod surveys;
#[path = "contract/touchpoints.rs"]
mod touchpoints;
