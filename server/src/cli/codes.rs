//! `hailong codes`: issue, list, void, reissue, close.

use super::{day, open, tenant_of};
use crate::config::Config;
use crate::http::page::console_frame;
use crate::http::slip::{address_of, slip_of};
use crate::state::AppState;
use crate::words::told;
use app::console::{Occasion, Slip, SlipPaper, render_slips};
use app::parts::address::Address;
use clap::{Args, Subcommand};
use domain::code::{Code, Written};
use domain::language::Language;
use domain::period::Month;
use domain::right::Actor;
use domain::survey::{Channel, Mode};
use futures_util::{StreamExt, TryStreamExt, stream};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use usecase::UsecaseError;
use usecase::code::{
    CodeRecord, Drawn, Issued, Wish, close_codes, find_code, issue, read_codes, reissue, void,
};
use usecase::escape::Sheet;
use usecase::objection::Objection;
use usecase::office::{Office, write_day};

/// Codes of a file that are looked up at the same time.
const LOOKED_UP_AT_ONCE: usize = 16;

/// Options of `codes`.
#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Draw a batch into a new file: code, typed, url, valid_through
    Issue(NewOptions),
    /// List the batches: number, day, units, field, channel, mode, issuer, codes, state
    List,
    /// Withdraw a batch: its codes open no form any more
    Void {
        /// Number of the batch
        #[arg(long)]
        batch: i64,
    },
    /// Withdraw a batch and draw as many codes again, for the same
    Reissue {
        /// Number of the batch
        #[arg(long)]
        batch: i64,
        /// File to write to; it must not exist
        #[arg(long)]
        csv: PathBuf,
    },
    /// Draw the slips of a file of codes into one page to print
    Slips {
        /// The file that `codes issue` wrote
        file: PathBuf,
        /// Paper: a4 (eight on a sheet) or thermal (80 mm)
        #[arg(long, default_value = "a4")]
        paper: SlipPaper,
        /// What they go with: result, supplement, refusal
        #[arg(long, default_value = "result")]
        occasion: Occasion,
        /// Page to write; it must not exist
        #[arg(long)]
        out: PathBuf,
    },
    /// Take in codes whose dossiers are closed, refused or withdrawn: valid to the end of next month
    Close {
        /// CSV with the column code
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
struct NewOptions {
    /// Code of the unit that receives the dossiers
    #[arg(long)]
    unit: String,
    /// Code of the unit that decides [default: as in the table of fields]
    #[arg(long)]
    deciding: Option<String>,
    /// Code of the field; not for a sample
    #[arg(long, required_unless_present = "sample")]
    field: Option<String>,
    /// How the dossiers are handed in: in-person, online, post, other; not for a sample
    #[arg(long, required_unless_present = "sample")]
    channel: Option<Channel>,
    /// How the codes reach people: slip or link [default: link where online, else slip]
    #[arg(long, value_parser = ["slip", "link"])]
    mode: Option<String>,
    /// For residents of the unit who were drawn into a sample: the codes open the survey of residents
    #[arg(long, conflicts_with_all = ["field", "channel", "mode", "deciding"])]
    sample: bool,
    /// How many
    #[arg(long)]
    count: u32,
    /// File to write to; it must not exist
    #[arg(long)]
    csv: PathBuf,
    /// Day on which unit codes are resolved, such as 2025-06-30 [default: today]
    #[arg(long)]
    on: Option<String>,
}

pub(super) async fn codes(config: &Config, options: Options) -> Result<ExitCode, UsecaseError> {
    let office = open(config).await?;
    let actor = Actor::of_the_command_line(tenant_of(config, &office)?);
    let language = config.language();
    match options.deed {
        Deed::Issue(new) => {
            let wish = wish(&office, &actor, &new)?;
            let mut file = CodeFile::new(config, &new.csv)?;
            let issued = issue(&office, &actor, &wish, new.count, &mut |drawn| file.line(drawn)).await;
            file.close(&office, &actor, issued, language).await?;
        }
        Deed::List => list(&office, &actor).await?,
        Deed::Void { batch } => {
            void(&office, &actor, batch).await?;
            println!("{}", told!(language, "đợt mã {batch} đã thu hồi", "batch {batch} is withdrawn"));
        }
        Deed::Reissue { batch, csv } => {
            let mut file = CodeFile::new(config, &csv)?;
            let issued = reissue(&office, &actor, batch, &mut |drawn| file.line(drawn)).await;
            file.close(&office, &actor, issued, language).await?;
        }
        Deed::Slips { file, paper, occasion, out } => {
            slips(config, office, &actor, (&file, &out), (paper, occasion)).await?;
        }
        Deed::Close { file } => close(&office, &actor, &file, language).await?,
    }
    Ok(ExitCode::SUCCESS)
}

fn wish(office: &Office, actor: &Actor, new: &NewOptions) -> Result<Wish, UsecaseError> {
    let province = office.province(actor.tenant)?;
    let on = day(office, new.on.as_deref())?;
    let receiving = province.unit_by_code(&new.unit, on)?.id;
    let (Some(field), Some(channel), false) = (&new.field, new.channel, new.sample) else {
        return Ok(Wish::of_residents(receiving));
    };
    let deciding = new.deciding.as_deref().map(|code| province.unit_by_code(code, on)).transpose()?;
    let mode = new.mode.as_deref().map(|word| if word == "link" { Mode::Link } else { Mode::Slip });
    Wish::new(&province, (receiving, deciding.map(|unit| unit.id)), field, (channel, mode))
}

/// A file of codes that only its owner may read. It has its name once it is whole.
struct CodeFile {
    sheet: Sheet<BufWriter<File>>,
    public_url: String,
    part: PathBuf,
    whole: PathBuf,
}

impl CodeFile {
    fn new(config: &Config, path: &Path) -> Result<Self, UsecaseError> {
        if path.exists() {
            return Err(Objection::FileThere(path.display().to_string()).into());
        }
        let public_url = super::serve::public_url(config, config.listen);
        super::serve::warn_of_loopback(&public_url, config.language());
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = new_file(&part)?;
        let failed = |source| UsecaseError::Read { path: part.display().to_string(), source };
        let sheet = Sheet::new(BufWriter::new(file), &["code", "typed", "url", "valid_through"]);
        let sheet = sheet.map_err(failed)?;
        Ok(Self {
            sheet,
            public_url: public_url.trim_end_matches('/').to_owned(),
            part,
            whole: path.to_owned(),
        })
    }

    fn line(&mut self, drawn: &Drawn) -> std::io::Result<()> {
        let code = drawn.code.to_string();
        let url = address_of(&self.public_url, &drawn.code);
        let through = drawn.through.last_day().map(write_day).unwrap_or_default();
        self.sheet.line(&[code, drawn.code.typed().to_string(), url, through])
    }

    /// A file that is not whole is no file, and nobody has the codes of its batch.
    async fn close(
        self,
        office: &Office,
        actor: &Actor,
        issued: Result<Issued, UsecaseError>,
        language: Language,
    ) -> Result<(), UsecaseError> {
        let (part, whole) = (self.part.clone(), self.whole.clone());
        let Issued { batch, count, through } = match issued {
            Ok(issued) => issued,
            Err(error) => {
                let _ = std::fs::remove_file(&part);
                return Err(error);
            }
        };
        if let Err(source) = self.keep() {
            void(office, actor, batch).await?;
            return Err(UsecaseError::Read { path: part.display().to_string(), source });
        }
        let (name, day) = (whole.display(), through.last_day().map(write_day).unwrap_or_default());
        println!(
            "{}",
            told!(
                language,
                "đợt mã {batch}: {count} mã trong {name}, dùng đến {day}",
                "batch {batch}: {count} codes in {name}, valid through {day}"
            )
        );
        Ok(())
    }

    fn keep(self) -> std::io::Result<()> {
        let file = self.sheet.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.sync_all()?;
        // A link never takes the place of a file that has appeared meanwhile.
        std::fs::hard_link(&self.part, &self.whole)?;
        std::fs::remove_file(&self.part)
    }
}

/// The place of a code stands in its record; the file has the code itself.
async fn slips(
    config: &Config,
    office: Office,
    actor: &Actor,
    (file, out): (&Path, &Path),
    (paper, occasion): (SlipPaper, Occasion),
) -> Result<(), UsecaseError> {
    let public_url = super::serve::public_url(config, config.listen);
    super::serve::warn_of_loopback(&public_url, config.language());
    let source = File::open(file);
    let source = source.map_err(|source| UsecaseError::Read { path: file.display().to_string(), source })?;
    let province = office.province(actor.tenant)?;
    let state = AppState::new(office, &public_url);
    let codes = read_codes(source, actor.tenant)?;
    let found: Vec<Found> = stream::iter(&codes)
        .map(|(line, code)| find_line(&state, *line, code))
        .buffered(LOOKED_UP_AT_ONCE)
        .try_collect()
        .await?;
    let slips = draw_all(&found, |(code, record, through)| {
        slip_of(&state, &province, record.subject.receiving, (code, *through), occasion)
    })?;
    let css = site::find(site::CONSOLE_CSS).and_then(|sheet| std::str::from_utf8(sheet.identity).ok());
    let frame = console_frame(&state, Language::Vi, None, Address::new("/"));
    let page = render_slips(&slips, paper, &frame, ("/", Some(css.unwrap_or_default())), false);
    let failed = |source| UsecaseError::Read { path: out.display().to_string(), source };
    new_file(out)?.write_all(page.as_bytes()).map_err(failed)?;
    let (n, name) = (slips.len(), out.display());
    println!("{}", told!(config.language(), "{n} phiếu trong {name}", "{n} slips in {name}"));
    Ok(())
}

/// A code of a file, what it is about, and its last month.
type Found = (Code, CodeRecord, Month);

async fn find_line(state: &AppState, line: u64, code: &Written) -> Result<Found, UsecaseError> {
    let found = match code {
        Written::Whole(whole) => find_code(&state.office, whole).await?,
        Written::Typed(_) => None,
    };
    found.ok_or_else(|| Objection::NoSuchCode(line).into())
}

/// Draws the slips of all codes, in their order, on as many cores as there are: a QR tries eight masks.
fn draw_all(
    found: &[Found],
    draw: impl Fn(&Found) -> Result<Slip, UsecaseError> + Sync,
) -> Result<Vec<Slip>, UsecaseError> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let each = found.len().div_ceil(cores).max(1);
    let draw = &draw;
    let drawn: Result<Vec<Vec<Slip>>, UsecaseError> = std::thread::scope(|scope| {
        let work = |piece: &'_ [Found]| piece.iter().map(draw).collect::<Result<Vec<Slip>, _>>();
        let threads: Vec<_> = found.chunks(each).map(|piece| scope.spawn(move || work(piece))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err(lost()))).collect()
    });
    Ok(drawn?.into_iter().flatten().collect())
}

fn lost() -> UsecaseError {
    UsecaseError::Damaged("the drawing of slips".into())
}

/// A file that only its owner may read, and that was not there.
fn new_file(path: &Path) -> Result<File, UsecaseError> {
    if path.exists() {
        return Err(Objection::FileThere(path.display().to_string()).into());
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|source| UsecaseError::Read { path: path.display().to_string(), source })
}

async fn list(office: &Office, actor: &Actor) -> Result<(), UsecaseError> {
    let province = office.province(actor.tenant)?;
    let code = |unit| province.unit(unit).map_or("-", |unit| unit.code.as_str()).to_owned();
    for batch in office.store.code_batches(actor.tenant).await? {
        let about = &batch.about;
        let state =
            batch.voided_on.map_or_else(|| "valid".to_owned(), |on| format!("void {}", write_day(on)));
        println!(
            "{} {} {} {} {} {} {} {} {} {state}",
            batch.number,
            write_day(about.drawn_on),
            code(about.deciding),
            code(about.receiving),
            about.field,
            about.channel,
            about.mode,
            about.issuer,
            batch.issued
        );
    }
    Ok(())
}

async fn close(office: &Office, actor: &Actor, path: &Path, language: Language) -> Result<(), UsecaseError> {
    let file = File::open(path);
    let file = file.map_err(|source| UsecaseError::Read { path: path.display().to_string(), source })?;
    let closed = close_codes(office, actor, file).await?;
    let (set, gone) = (closed.set, closed.gone);
    let day = closed.through.last_day().map(write_day).unwrap_or_default();
    println!(
        "{}",
        told!(
            language,
            "{set} mã dùng được đến {day}; {gone} mã không còn trong sổ",
            "{set} codes valid through {day}; {gone} not on record"
        )
    );
    Ok(())
}
