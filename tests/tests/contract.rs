//! What the store promises, on SQLite and on PostgreSQL.

#[path = "contract/accounts.rs"]
mod accounts;
#[path = "contract/bands.rs"]
mod bands;
#[path = "contract/codes.rs"]
mod codes;
#[path = "contract/exclusion.rs"]
mod exclusion;
#[path = "contract/figures.rs"]
mod figures;
#[path = "contract/fold.rs"]
mod fold;
#[path = "contract/inbox.rs"]
mod inbox;
#[path = "contract/moves.rs"]
mod moves;
#[path = "contract/parts.rs"]
mod parts;
#[path = "contract/records.rs"]
mod records;
#[path = "contract/registry.rs"]
mod registry;
#[path = "contract/releases.rs"]
mod releases;
#[path = "contract/retention.rs"]
mod retention;
#[path = "contract/surveys.rs"]
mod surveys;
#[path = "contract/texts.rs"]
mod texts;
#[path = "contract/touchpoints.rs"]
mod touchpoints;
#[path = "contract/volumes.rs"]
mod volumes;
