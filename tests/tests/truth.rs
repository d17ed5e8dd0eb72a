//! Artificial people of whom the truth is known: the demo says the same twice, and intervals hold what
//! they promise.

#[path = "truth/coverage.rs"]
mod coverage;
#[path = "truth/demo.rs"]
mod demo;
#[path = "truth/place.rs"]
mod place;
