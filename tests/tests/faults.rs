//! What is acknowledged is kept: kill -9, restart, a wrong key.

#[path = "faults/kill.rs"]
mod kill;
#[path = "faults/loss.rs"]
mod loss;
