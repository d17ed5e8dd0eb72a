//! `hailong demo`.

use super::open;
use super::serve::{bind, public_url, signals};
use crate::config::Config;
use crate::lifecycle::serve;
use crate::state::AppState;
use crate::words::told;
use clap::Args;
use domain::language::Language;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::demo::{ANSWERS, Demo, set_up};

/// Options of `demo`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// How many artificial answers
    #[arg(long, default_value_t = ANSWERS)]
    answers: usize,
    /// Seed of the artificial answers: the same seed gives the same figures
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Keep the data in this folder instead of throwing it away
    #[arg(long)]
    keep: Option<PathBuf>,
}

/// A folder that goes when the demo ends.
struct Throwaway(Option<PathBuf>, Language);

impl Drop for Throwaway {
    fn drop(&mut self) {
        if let Some(path) = &self.0
            && let Err(error) = std::fs::remove_dir_all(path)
        {
            let path = path.display();
            let says =
                told!(self.1, "không xoá được {path}: {error}", "{path} could not be removed: {error}");
            eprintln!("hailong: {says}");
        }
    }
}

pub(super) async fn demo(mut config: Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let (listener, address) = bind(&config).await?;
    let (folder, throwaway) = folder(options.keep, config.language())?;
    config.data = folder;
    config.key_file = None;
    let office = open(&config).await?;
    let demo = set_up(&office, options.answers, options.seed).await?;
    let public_url = public_url(&config, address);
    let state = AppState::behind(config.trusted_proxy.clone(), office, &public_url);
    let signals = signals()?;
    announce(&demo, &state);
    let served = serve(listener, state, signals).await;
    drop(throwaway);
    served.map_err(|source| UsecaseError::Read { path: "the network".into(), source })?;
    Ok(ExitCode::SUCCESS)
}

fn folder(keep: Option<PathBuf>, language: Language) -> Result<(PathBuf, Throwaway), UsecaseError> {
    let (path, throwaway) = if let Some(path) = keep {
        (path, None)
    } else {
        let name = usecase::keys::hexadecimal(&usecase::chance::Chance::of_the_system()?.bytes::<6>());
        let path = std::env::temp_dir().join(format!("hailong-demo-{name}"));
        (path.clone(), Some(path))
    };
    std::fs::create_dir_all(&path)
        .map_err(|source| UsecaseError::Read { path: path.display().to_string(), source })?;
    Ok((path, Throwaway(throwaway, language)))
}

/// What scripts wait for; see the contract.
fn announce(demo: &Demo, state: &AppState) {
    let base = &state.public_url;
    let mut lines = vec![
        format!("survey {}", state.address_of(&demo.touchpoint)),
        format!("agency {base}/a/{}", demo.agency),
        format!("province {base}/p/{}", demo.province),
    ];
    lines.extend(demo.accounts.iter().map(|a| format!("account {} {} {}", a.name, a.password, a.role)));
    lines.push("ready".into());
    let mut out = std::io::stdout().lock();
    // Nobody may be reading any more; the server runs all the same.
    let _ = writeln!(out, "{}", lines.join("\n"));
    let _ = out.flush();
}
