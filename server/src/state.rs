//! What every request is given.

use crate::guard::proxy::Network;
use domain::touchpoint::Touchpoint;
use std::sync::Arc;
use usecase::office::Office;
use usecase::poster::short_url;
use usecase::sign_in::Throttle;

/// Shared by all requests.
pub type Shared = Arc<AppState>;

/// See the module.
#[derive(Debug)]
pub struct AppState {
    /// The office.
    pub office: Office,
    /// Scheme and host under which the public reaches us, without a slash at the end.
    pub public_url: String,
    /// Failed attempts to sign in.
    pub throttle: Throttle,
    /// Who is believed when it says how the public reached it.
    pub proxies: Vec<Network>,
}

impl AppState {
    /// State for an office that is reached under an address.
    #[must_use]
    pub fn new(office: Office, public_url: &str) -> Shared {
        Self::behind(Vec::new(), office, public_url)
    }

    /// The same behind proxies that are believed.
    #[must_use]
    pub fn behind(proxies: Vec<Network>, office: Office, public_url: &str) -> Shared {
        let public_url = public_url.trim_end_matches('/').to_owned();
        Arc::new(Self { office, public_url, throttle: Throttle::default(), proxies })
    }

    /// Whether the public reaches us over https; cookies follow.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Name of the session's cookie. The prefix makes browsers refuse it from anywhere else.
    #[must_use]
    pub fn cookie_name(&self) -> &'static str {
        if self.is_secure() { "__Host-hailong" } else { "hailong" }
    }

    /// The address of a touchpoint.
    #[must_use]
    pub fn address_of(&self, touchpoint: &Touchpoint) -> String {
        short_url(&self.public_url, touchpoint)
    }

    /// The host of the public address, as posters print it.
    #[must_use]
    pub fn public_domain(&self) -> String {
        let rest = self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, rest)| rest);
        rest.split('/').next().unwrap_or_default().to_owned()
    }
}
