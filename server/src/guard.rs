//! What stands between a request and a page: headers, origins, sessions.

pub mod headers;
pub mod origin;
pub mod session;
