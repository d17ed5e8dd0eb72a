//! `hailong serve`.

use super::open;
use crate::config::Config;
use crate::lifecycle::{listen_for_signals, serve as run};
use crate::state::AppState;
use std::net::SocketAddr;
use std::process::ExitCode;
use tokio::net::TcpListener;
use usecase::UsecaseError;
use usecase::office::Office;
use usecase::poster::is_loopback;
use usecase::setup::offer_setup;

/// Binds first, so that a taken port is said before anything else happens.
pub(super) async fn bind(config: &Config) -> Result<(TcpListener, SocketAddr), UsecaseError> {
    let failed = |source| UsecaseError::Read { path: format!("the address {}", config.listen), source };
    let listener = TcpListener::bind(config.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// Signals are listened to before anybody is told that we are there.
pub(super) fn signals() -> Result<impl Future<Output = ()> + Send + 'static, UsecaseError> {
    listen_for_signals().map_err(|source| UsecaseError::Read { path: "signals".into(), source })
}

/// The address under which the public reaches us.
pub(super) fn public_url(config: &Config, address: SocketAddr) -> String {
    config.public_url.clone().unwrap_or_else(|| format!("http://{address}"))
}

pub(super) async fn serve(config: &Config) -> Result<ExitCode, UsecaseError> {
    let (listener, address) = bind(config).await?;
    let office = open(config).await?;
    let public_url = public_url(config, address);
    say_what_is_missing(&office, &public_url).await?;
    let is_open = config.trusted_proxy.is_empty() && !address.ip().is_loopback();
    if is_open && public_url.starts_with("https://") {
        eprintln!(
            "hailong: the public address is https, but http://{address} is open to the network and speaks plain \
             http; listen on 127.0.0.1, or name the proxy in front with --trusted-proxy"
        );
    }
    let setup = offer_setup(&office).await?;
    let signals = signals()?;
    if let Some(token) = setup {
        eprintln!(
            "hailong: nobody has an account yet; open the setup link below (once, within 24 hours) to make the \
             first one. A restart prints a new link."
        );
        println!("setup {public_url}/setup/{token}");
    }
    println!("listening on http://{address}");
    let state = AppState::behind(config.trusted_proxy.clone(), office, &public_url);
    run(listener, state, signals)
        .await
        .map_err(|source| UsecaseError::Read { path: "the network".into(), source })?;
    Ok(ExitCode::SUCCESS)
}

async fn say_what_is_missing(office: &Office, public_url: &str) -> Result<(), UsecaseError> {
    if is_loopback(public_url) {
        eprintln!(
            "hailong: posters would print {public_url}, which only this machine reaches; set --public-url"
        );
    }
    let several = office.registry().provinces().count() > 1;
    if several && !office.store.has_accounts().await? {
        eprintln!("hailong: nobody can sign in yet; add an account (hailong account add --help)");
    }
    Ok(())
}
