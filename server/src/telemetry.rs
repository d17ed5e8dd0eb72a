//! Logs. Survey routes log no address, no user agent and no path parameter: a line of the log must
//! not be able to say who answered when.

use tracing_subscriber::EnvFilter;

/// Starts logging to standard error; `HAILONG_LOG` chooses what, such as `info` or `server=debug`.
pub fn start() {
    let filter = EnvFilter::try_from_env("HAILONG_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let logger =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // A second start (tests) keeps the first logger.
    let _ = logger.try_init();
}
