//! Figures of a file that is larger than the memory: one pass, whole numbers, any number of cores.
//!
//! The design must be without weights, clusters and finite population: every value of the columns
//! in [`Plan::strata`] is a stratum of its own. Then everything that the figures need is a sum
//! over respondents (statistics.md 11), and a cell of sums for every combination of groups is all
//! that is kept. [`Tallies::estimates`] turns cells into figures.
//!
//! The file is read in blocks that end where a row ends; each core takes the next block and adds
//! to cells of its own, which are added up at the end. Sums of whole numbers do not depend on
//! the order, so neither on the number of cores nor on the size of the blocks.
//!
//! A block that holds no quote is read byte by byte (`row`), any other by the crate `csv`. As
//! soon as anything is not as it should be, the file is read once more from its first row by the
//! crate `csv` alone (`careful`), which names the place as [`crate::table::Table`] does.
//!
//! | module | holds |
//! | --- | --- |
//! | `plan` | what to tally, and where the columns are |
//! | `block` | the file in blocks |
//! | `row` | a row of a block without quotes |
//! | `careful` | the same by the crate `csv`, with the place of what is wrong |
//! | `group` | from the texts of the grouping columns to a cell |
//! | `cell` | the sums of a cell |
//! | `tallies` | all cells of a file |
//! | `index` | the cells of a domain |
//! | `estimate` | figures |

mod block;
mod careful;
mod cell;
mod estimate;
mod group;
mod index;
mod plan;
mod row;
mod tallies;

pub use estimate::{Figure, Respondents, Rules, Stat};
pub use plan::Plan;
pub(crate) use plan::header;
pub use tallies::{Domain, Tallies};

use crate::AnalyzeError;
use block::{Block, Blocks};
use plan::{Layout, read_header};
use std::io;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Mutex;
use std::thread;
use tallies::Tally;

/// How a file is read; no figure depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Threads that tally at the same time.
    pub threads: NonZeroUsize,
    /// The bytes of a block, as far as rows fit.
    pub block: usize,
}

impl Default for Reading {
    /// A thread for every core, and blocks that stay in its cache.
    fn default() -> Self {
        Self { threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN), block: 1 << 18 }
    }
}

/// Why a block was not tallied: something in it needs a careful look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Odd;

/// Tallies a file: commas, or semicolons where the header is a single cell by commas; RFC 4180
/// quotes, any line ends.
///
/// # Errors
///
/// What is wrong with the plan or the file: a column that is not there, a row of another length, a
/// text that is not UTF-8 (the first of these in the file); then the first cell that is neither
/// empty nor an answer 1 to 5; then too many groups for the memory.
///
/// # Example
///
/// ```
/// use analyze::stream::{Plan, Rules, Stat, tally};
/// let path = std::env::temp_dir().join(format!("stream-{}.csv", std::process::id()));
/// std::fs::write(&path, "agency,q1,q2,overall\nA,4,5,4\nA,3,,2\nB,5,5,5\nA,4,2,4\n")?;
/// let plan = Plan {
///     strata: vec!["agency".into()],
///     domains: Vec::new(),
///     factors: vec![("F1".into(), vec!["q1".into(), "q2".into()])],
///     items: Vec::new(),
///     overall: Some("overall".into()),
/// };
/// let tallies = tally(&path, &plan)?;
/// let domains = tallies.domains(&["agency"])?;
/// let figures = tallies.estimates(&domains, &Rules::default())?;
/// let first = &figures[0];
/// assert_eq!((first.stat, first.domain[0].1.as_str()), (Stat::SharePooled, "A"));
/// assert_eq!((first.est, first.n, first.answers, first.df), (Some(0.6), 3, 5, Some(2)));
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn tally(path: &Path, plan: &Plan) -> Result<Tallies, AnalyzeError> {
    tally_with(path, plan, Reading::default())
}

/// [`tally`] with a number of threads and a size of blocks.
///
/// # Errors
///
/// As [`tally`].
pub fn tally_with(path: &Path, plan: &Plan, reading: Reading) -> Result<Tallies, AnalyzeError> {
    let read = |source| AnalyzeError::Read { path: path.to_owned(), source };
    let kind = std::fs::metadata(path).map_err(read)?.file_type();
    if !kind.is_file() && !kind.is_dir() {
        let what = "is no file on a disk, and may have to be read twice".to_owned();
        return Err(AnalyzeError::Description { path: path.to_owned(), what });
    }
    let (layout, begin) = read_header(path, plan)?;
    let tally = match quick(path, &layout, begin, reading).map_err(read)? {
        Some(tally) => tally,
        None => careful::tally(path, &layout)?,
    };
    Ok(Tallies::of(path, plan, layout, tally))
}

/// All blocks, on all threads; `None` if anything needs a careful look.
fn quick(path: &Path, layout: &Layout, begin: u64, reading: Reading) -> io::Result<Option<Tally>> {
    let blocks = Mutex::new(Blocks::open(path, begin, layout.delimiter, reading.block)?);
    let parts = thread::scope(|scope| {
        let others: Vec<_> =
            (1..reading.threads.get()).map(|_| scope.spawn(|| work(layout, &blocks))).collect();
        let own = work(layout, &blocks);
        let others = others.into_iter().map(|other| other.join().unwrap_or(Ok(None)));
        std::iter::once(own).chain(others).collect::<io::Result<Option<Vec<Tally>>>>()
    });
    let Some(mut parts) = parts? else { return Ok(None) };
    let Some(mut whole) = parts.pop() else { return Ok(None) };
    let merged = parts.iter().try_for_each(|part| whole.merge(part));
    Ok(merged.is_ok().then_some(whole))
}

/// Takes block after block until there is none.
fn work(layout: &Layout, blocks: &Mutex<Blocks>) -> io::Result<Option<Tally>> {
    let mut tally = Tally::new(layout);
    let mut block = Block::default();
    loop {
        // No thread panics while it holds the lock; if one did, the careful look is still right.
        let Ok(mut next) = blocks.lock() else { return Ok(None) };
        let Some(quoted) = next.next(&mut block)? else { return Ok(next.whole().then_some(tally)) };
        drop(next);
        if rows(layout, block.rows(), quoted, &mut tally).is_err() {
            if let Ok(mut blocks) = blocks.lock() {
                blocks.stop();
            }
            return Ok(None);
        }
    }
}

/// Tallies the rows of a block.
fn rows(layout: &Layout, rows: &[u8], quoted: bool, tally: &mut Tally) -> Result<(), Odd> {
    std::str::from_utf8(rows).map_err(|_| Odd)?;
    if quoted { careful::quoted(layout, rows, tally) } else { row::plain(layout, rows, tally) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figures would be right all the same, but take several times as long.
    #[test]
    fn a_file_that_is_as_it_should_be_is_read_once() {
        let row = "\"A, \"\"B\"\"\r\nC\",4,\"5\"\r\nA,,3\nA\"b, 4 ,\n";
        let path = std::env::temp_dir().join(format!("stream-once-{}.csv", std::process::id()));
        std::fs::write(&path, format!("agency,q1,q2\n{}", row.repeat(20))).unwrap();
        let plan = Plan {
            strata: vec!["agency".into()],
            domains: Vec::new(),
            factors: vec![("F1".into(), vec!["q1".into(), "q2".into()])],
            items: Vec::new(),
            overall: None,
        };
        let (layout, begin) = read_header(&path, &plan).unwrap();
        for block in 1..80 {
            let reading = Reading { block, ..Reading::default() };
            let tally = quick(&path, &layout, begin, reading).unwrap();
            assert!(tally.is_some(), "read twice in blocks of {block} bytes");
        }
        std::fs::remove_file(&path).unwrap();
    }
}
