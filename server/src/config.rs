//! Configuration: options of the command line, each also an environment variable.

use crate::guard::proxy::Network;
use clap::Args;
use domain::language::Language;
use std::net::SocketAddr;
use std::path::PathBuf;
use store::Place;
use usecase::office::Setup;

/// Where the product listens, keeps its data, and is known to the public.
#[derive(Clone, Args)]
pub struct Config {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, env = "HAILONG_LISTEN", default_value = "127.0.0.1:3000", global = true)]
    pub listen: SocketAddr,
    /// Folder of the database file and the key file
    #[arg(long, env = "HAILONG_DATA", default_value = "data", global = true)]
    pub data: PathBuf,
    /// PostgreSQL server (`postgres://user:password@host/database`); without it, an SQLite file in the data folder
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,
    /// Key file; keep a copy apart from the database [default: hailong.key in the data folder]
    #[arg(long, env = "HAILONG_KEY_FILE", global = true)]
    pub key_file: Option<PathBuf>,
    /// Address under which the public reaches the product; it is printed on posters [default: http:// and --listen]
    #[arg(long, env = "HAILONG_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// Addresses or networks of proxies in front, with commas between; only they are believed when they say
    /// (X-Forwarded-Proto) whether the public came over https
    #[arg(long, env = "HAILONG_TRUSTED_PROXY", value_delimiter = ',', global = true)]
    pub trusted_proxy: Vec<Network>,
    /// Two-letter tag of the province [default: the only one]
    #[arg(long, env = "HAILONG_TENANT", global = true)]
    pub tenant: Option<String>,
    /// Language of messages [default: that of LC_ALL, LC_MESSAGES or LANG, else vi]
    #[arg(long, env = "HAILONG_LANG", value_parser = ["vi", "en"], global = true)]
    pub lang: Option<String>,
}

impl std::fmt::Debug for Config {
    /// Without the password that the database's address may hold.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("listen", &self.listen)
            .field("data", &self.data)
            .field("database", &self.place())
            .field("key_file", &self.key_path())
            .field("public_url", &self.public_url)
            .field("trusted_proxy", &self.trusted_proxy)
            .field("tenant", &self.tenant)
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}

impl Config {
    fn place(&self) -> Place {
        match &self.database_url {
            Some(url) => Place::Server(url.clone()),
            None => Place::File(self.data.join("hailong.sqlite")),
        }
    }

    fn key_path(&self) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| self.data.join("hailong.key"))
    }

    /// The language of messages: the one asked for, else that of the system where it is one of ours.
    #[must_use]
    pub fn language(&self) -> Language {
        let system = || {
            let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
            names.iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty())
        };
        let word = self.lang.clone().or_else(system).unwrap_or_default();
        if word.starts_with("en") { Language::En } else { Language::Vi }
    }

    /// How to open the office.
    #[must_use]
    pub fn setup(&self) -> Setup {
        Setup { place: self.place(), key_file: self.key_path() }
    }
}
