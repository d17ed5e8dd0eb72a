//! Random operations against a naive account of them.

#[path = "model/folds.rs"]
mod folds;
