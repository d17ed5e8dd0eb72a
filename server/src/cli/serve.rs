//! `hailong serve`.

use super::open;
use crate::config::Config;
use crate::lifecycle::{listen_for_signals, serve as run};
use crate::state::AppState;
use crate::words::told;
use domain::language::Language;
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
    say_what_is_missing(config, &office, &public_url).await?;
    warn_of_open_http(config, address, &public_url);
    let setup = offer_setup(&office).await?;
    let signals = signals()?;
    if let Some(token) = setup {
        let says = told!(
            config.language(),
            "chưa ai có tài khoản; xin mở đường dẫn thiết lập dưới đây (một lần, trong 24 giờ) để tạo tài khoản đầu \
             tiên. Khởi động lại thì có đường dẫn mới.",
            "nobody has an account yet; open the setup link below (once, within 24 hours) to make the first one. A \
             restart prints a new link."
        );
        eprintln!("hailong: {says}");
        println!("setup {public_url}/setup/{token}");
    }
    println!("listening on http://{address}");
    let state = AppState::behind(config.trusted_proxy.clone(), office, &public_url);
    run(listener, state, signals)
        .await
        .map_err(|source| UsecaseError::Read { path: "the network".into(), source })?;
    Ok(ExitCode::SUCCESS)
}

/// A server that is open to the network beside its https address would take passwords in clear.
fn warn_of_open_http(config: &Config, address: SocketAddr, public_url: &str) {
    let is_open = config.trusted_proxy.is_empty() && !address.ip().is_loopback();
    if is_open && public_url.starts_with("https://") {
        let says = told!(
            config.language(),
            "địa chỉ công khai là https, nhưng http://{address} mở ra mạng mà không mã hoá; hãy lắng nghe ở 127.0.0.1, \
             hoặc nêu máy chủ trung gian bằng --trusted-proxy",
            "the public address is https, but http://{address} is open to the network and speaks plain http; listen \
             on 127.0.0.1, or name the proxy in front with --trusted-proxy"
        );
        eprintln!("hailong: {says}");
    }
}

/// Posters with such an address are of no use to anybody else.
pub(super) fn warn_of_loopback(public_url: &str, language: Language) {
    if is_loopback(public_url) {
        let says = told!(
            language,
            "áp phích in địa chỉ {public_url}, chỉ máy này mở được; hãy đặt --public-url",
            "posters print {public_url}, which only this machine reaches; set --public-url"
        );
        eprintln!("hailong: {says}");
    }
}

async fn say_what_is_missing(config: &Config, office: &Office, public_url: &str) -> Result<(), UsecaseError> {
    let language = config.language();
    warn_of_loopback(public_url, language);
    let several = office.registry().provinces().count() > 1;
    if several && !office.store.has_accounts().await? {
        let says = told!(
            language,
            "chưa ai đăng nhập được; hãy thêm tài khoản (hailong account add --help)",
            "nobody can sign in yet; add an account (hailong account add --help)"
        );
        eprintln!("hailong: {says}");
    }
    Ok(())
}
