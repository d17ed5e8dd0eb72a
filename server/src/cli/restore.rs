//! `hailong restore`.

use crate::clock::SystemClock;
use crate::config::Config;
use crate::words::told;
use clap::Args;
use domain::language::Language;
use std::path::PathBuf;
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::chance::Chance;
use usecase::restore::{Dropped, Restore, Restored};

/// Options of `restore`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The backup
    file: PathBuf,
    /// Newer releases, as `export releases --exact` wrote them; one file a province
    #[arg(long)]
    releases: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn restore(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    if config.database_url.is_none() {
        std::fs::create_dir_all(&config.data)
            .map_err(|source| UsecaseError::Read { path: config.data.display().to_string(), source })?;
    }
    let order = Restore::new(&options.file, &options.releases);
    let given = (SystemClock::shared(), Chance::of_the_system()?);
    let (_, restored) = order.run(&config.setup(), given).await?;
    for one in &restored {
        println!("{}", if options.json { json(one) } else { words(one, config.language()) });
    }
    let says = told!(
        config.language(),
        "hãy so mã của kỳ công bố cuối với mã đã công bố; kỳ nào thiếu thì khôi phục lại cùng --releases vào một cơ sở dữ \
         liệu trống, trước khi mở cho người dân; rồi chạy `hailong check`",
        "compare the hash of the last release with the one that was published; if releases are missing, restore again \
         with --releases into an empty database before anybody uses it; then run `hailong check`"
    );
    eprintln!("hailong: {says}");
    Ok(ExitCode::SUCCESS)
}

fn json(one: &Restored) -> String {
    let Dropped { answers, texts, entries } = one.dropped;
    serde_json::json!({
        "tenant": one.tenant.to_string(), "release": one.release, "head": one.head, "newer": one.newer,
        "dropped": {"answers": answers, "texts": texts, "entries": entries},
    })
    .to_string()
}

fn words(one: &Restored, language: Language) -> String {
    let Restored { tenant, release, head, newer, dropped } = one;
    let Dropped { answers, texts, entries } = dropped;
    let mut says = told!(
        language,
        "{tenant}: kỳ công bố số {release}, mã {head}",
        "{tenant}: release {release}, hash {head}"
    );
    if *newer > 0 {
        says.push('\n');
        says.push_str(&told!(
            language,
            "{tenant}: {newer} kỳ mới hơn lấy từ tệp; khoảng {answers} phiếu, {texts} ý kiến và {entries} mục của hộp đã \
             có trong đó nên không đưa lại",
            "{tenant}: {newer} newer releases came from the file; about {answers} answers, {texts} texts and {entries} \
             entries of boxes are in them already and were not put back"
        ));
    }
    says
}
