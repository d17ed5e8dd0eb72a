//! `hailong poster`.

use super::{day, open, tenant_of};
use crate::config::Config;
use crate::http::page::console_frame;
use crate::http::poster::poster_of;
use crate::state::AppState;
use app::console::{SheetSize, poster_svg, render_poster};
use app::parts::address::Address;
use clap::Args;
use domain::language::Language;
use domain::survey::Mode;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::poster::is_loopback;

/// Options of `poster`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Code of a unit, or "all"
    #[arg(long)]
    unit: String,
    /// Day on which the code is resolved, such as 2025-06-30 [default: today]
    #[arg(long)]
    on: Option<String>,
    /// Size
    #[arg(long, default_value = "a4", value_parser = ["a4", "a5", "slip"])]
    size: String,
    /// Folder to write to
    #[arg(long)]
    out: PathBuf,
}

pub(super) async fn poster(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let size = SheetSize::from_code(&options.size).unwrap_or(SheetSize::A4);
    let office = open(config).await?;
    let tenant = tenant_of(config, &office)?;
    let province = office.province(tenant)?;
    let inside = match options.unit.as_str() {
        "all" => province.subtree(province.root),
        code => province.subtree(province.unit_by_code(code, day(&office, options.on.as_deref())?)?.id),
    };
    let public_url = super::serve::public_url(config, config.listen);
    if is_loopback(&public_url) {
        eprintln!(
            "hailong: the posters print {public_url}, which only this machine reaches; set --public-url"
        );
    }
    let state = AppState::new(office, &public_url);
    write(&options.out, |path| std::fs::create_dir_all(path))?;
    let style = options.out.join("poster.css");
    let css = site::find(site::CONSOLE_CSS).map(|asset| asset.identity).unwrap_or_default();
    write(&style, |path| std::fs::write(path, css))?;
    let mut written = 0;
    for touchpoint in province.touchpoints().filter(|t| t.mode == Mode::Poster && !t.revoked) {
        if !inside.contains(&touchpoint.unit) {
            continue;
        }
        let poster = poster_of(&state, &province, touchpoint, size)?;
        let mut frame = console_frame(&state, Language::Vi, None, Address::new("/"));
        frame.assets.stylesheet = "poster.css".into();
        frame.assets.script = None;
        let name = format!("{}-{}", touchpoint.token, size.code());
        write(&options.out.join(format!("{name}.svg")), |path| std::fs::write(path, poster_svg(&poster)))?;
        write(&options.out.join(format!("{name}.html")), |path| {
            std::fs::write(path, render_poster(&poster, &frame))
        })?;
        written += 1;
    }
    println!("{written} posters in {}", options.out.display());
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, deed: impl FnOnce(&Path) -> std::io::Result<()>) -> Result<(), UsecaseError> {
    deed(path).map_err(|source| UsecaseError::Read { path: path.display().to_string(), source })
}
