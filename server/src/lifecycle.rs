//! Bind first, then start; finish what was begun, then end.

use crate::router::router;
use crate::state::Shared;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use usecase::fold::{count_waiting, fold_due};

/// How long open requests may take after the signal to stop.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often other processes' changes are looked for.
const LOOK: Duration = Duration::from_secs(1);
/// How often the calendar is looked at.
const CALENDAR: Duration = Duration::from_secs(30);

/// Serves until `shutdown` completes, then finishes open requests.
///
/// # Errors
/// Where the listener breaks.
pub async fn serve(
    listener: TcpListener,
    state: Shared,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let background =
        [tokio::spawn(look_around(state.clone())), tokio::spawn(keep_the_calendar(state.clone()))];
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let signal = async move {
        shutdown.await;
        let _ = stop.send(());
    };
    let service = router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(signal);
    let impatient = async {
        let _ = stopped.await;
        tokio::time::sleep(PATIENCE).await;
    };
    let result = tokio::select! {
        result = server => result,
        () = impatient => Ok(()),
    };
    background.iter().for_each(tokio::task::JoinHandle::abort);
    state.office.store.close().await;
    result
}

/// Units, surveys and touchpoints may be changed by another process.
async fn look_around(state: Shared) {
    loop {
        tokio::time::sleep(LOOK).await;
        if let Err(error) = state.office.refresh().await {
            tracing::warn!("what other processes changed could not be read: {error}");
        }
    }
}

/// Runs that are due; a missed one is executed once, dated as scheduled. A demo's clock stands still
/// and its folds are asked for by hand.
async fn keep_the_calendar(state: Shared) {
    let mut counted = None;
    loop {
        let office = &state.office;
        for province in office.registry().provinces() {
            if !office.is_demo()
                && let Err(error) = fold_due(office, province.tenant).await
            {
                tracing::error!("the run that is due did not end: {error}");
            }
            if counted != Some(office.today())
                && let Err(error) = count_waiting(office, province.tenant).await
            {
                tracing::error!("what waits could not be counted: {error}");
            }
        }
        counted = Some(office.today());
        tokio::time::sleep(CALENDAR).await;
    }
}

/// Listens from now on, and completes at SIGTERM or Ctrl-C. A second signal ends the process at once.
///
/// # Errors
/// Where the system does not let signals be listened to.
pub fn listen_for_signals() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut signals = Signals::listen()?;
    Ok(async move {
        signals.next().await;
        tokio::spawn(async move {
            signals.next().await;
            std::process::exit(1);
        });
    })
}

/// The signals that ask a process to stop. They are caught from the moment of listening, not of
/// waiting: a process that has said it is ready must not die of the first one.
struct Signals {
    #[cfg(unix)]
    streams: [tokio::signal::unix::Signal; 2],
}

impl Signals {
    #[cfg(unix)]
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { streams: [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?] })
    }

    #[cfg(unix)]
    async fn next(&mut self) {
        let [terminate, interrupt] = &mut self.streams;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }

    #[cfg(not(unix))]
    fn listen() -> std::io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
