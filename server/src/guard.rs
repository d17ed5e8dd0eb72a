//! What stands between a request and a page: headers, origins, proxies, sessions.

pub mod headers;
pub mod origin;
pub mod proxy;
pub mod session;
