//! What the store promises, on SQLite and on PostgreSQL.

#[path = "contract/accounts.rs"]
mod accounts;
#[path = "contract/analysis.rs"]
mod analysis;
#[path = "contract/api_keys.rs"]
mod api_keys;
#[path = "contract/backup.rs"]
mod backup;
#[path = "contract/bands.rs"]
mod bands;
#[path = "contract/certainty.rs"]
mod certainty;
#[path = "contract/code_balance.rs"]
mod code_balance;
#[path = "contract/codes.rs"]
mod codes;
#[path = "contract/devices.rs"]
mod devices;
#[path = "contract/exclusion.rs"]
mod exclusion;
#[path = "contract/figures.rs"]
mod figures;
#[path = "contract/fold.rs"]
mod fold;
#[path = "contract/health.rs"]
mod health;
#[path = "contract/help.rs"]
mod help;
#[path = "contract/inbox.rs"]
mod inbox;
#[path = "contract/moves.rs"]
mod moves;
#[path = "contract/paper.rs"]
mod paper;
#[path = "contract/parts.rs"]
mod parts;
#[path = "contract/records.rs"]
mod records;
#[path = "contract/registry.rs"]
mod registry;
#[path = "contract/releases.rs"]
mod releases;
#[path = "contract/restore.rs"]
mod restore;
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
