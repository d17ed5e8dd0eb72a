//! The test house itself: each of its instruments is shown something wrong and must see it.

#[path = "house/browser.rs"]
mod browser;
#[path = "house/cluster.rs"]
mod cluster;
