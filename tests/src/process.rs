//! The built `hailong`, as an administrator starts it: on a folder, on SQLite or PostgreSQL.

use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::calendar::showing;
use crate::cluster::{Cluster, Database};
use crate::folder::Folder;

/// A demo fills a year; on a busy machine with a debug build that takes a while.
const PATIENCE: Duration = Duration::from_mins(3);

/// Where the data live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file in the folder.
    Sqlite,
    /// A database of the tests' own cluster.
    Postgres,
}

impl Engine {
    /// Both: every case that stores runs on each.
    pub const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// One installation: a data folder with its key file, and a database.
#[derive(Debug)]
pub struct Installation {
    folder: Folder,
    database: Option<Database>,
    time: Option<String>,
}

/// A running `hailong`; it is killed when the value goes.
#[derive(Debug)]
pub struct Running {
    child: Child,
    lines: Vec<String>,
    said: Arc<Mutex<String>>,
    listener: Option<JoinHandle<()>>,
}

/// An account of the demo.
#[derive(Clone, Debug)]
pub struct Account {
    /// The name to sign in with.
    pub name: String,
    /// Its password.
    pub password: String,
    /// Its role, as in the contract.
    pub role: String,
}

/// The program: `HAILONG_BINARY`, or the one that cargo built beside the tests.
///
/// # Panics
/// When it was not built.
#[must_use]
pub fn program() -> PathBuf {
    let beside = || Some(std::env::current_exe().ok()?.parent()?.parent()?.join("hailong"));
    let program = std::env::var_os("HAILONG_BINARY").map(PathBuf::from).or_else(beside).unwrap_or_default();
    assert!(program.exists(), "{} is not there: build it with `cargo build -p server`", program.display());
    program
}

impl Installation {
    /// A new, empty one.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        let database = (engine == Engine::Postgres).then(|| Cluster::shared().database());
        Self { folder: Folder::new("data"), database, time: None }
    }

    /// What is started from now on sees this time: `2026-10-12 01:00:00`, UTC.
    pub fn set_time(&mut self, time: &str) {
        self.time = Some(time.to_owned());
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The database, when it is PostgreSQL.
    #[must_use]
    pub fn database(&self) -> Option<&Database> {
        self.database.as_ref()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).env("HAILONG_DATA", self.folder.path()).env("HAILONG_LISTEN", "127.0.0.1:0");
        command.env("HAILONG_LANG", "en");
        match &self.database {
            Some(database) => command.env("DATABASE_URL", database.url()),
            None => command.env_remove("DATABASE_URL"),
        };
        command.envs(self.time.as_deref().map(showing).unwrap_or_default());
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    /// Runs a command to its end, whatever that is.
    ///
    /// # Panics
    /// When it does not end in time.
    pub async fn try_run(&self, arguments: &[&str]) -> Output {
        finish(self.command(arguments), arguments).await
    }

    /// The same where the system names a language and nothing else does.
    pub async fn try_run_under(&self, locale: &str, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        command.env_remove("HAILONG_LANG").env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", locale);
        finish(command, arguments).await
    }

    /// Runs a command that must succeed, and returns what it prints.
    ///
    /// # Panics
    /// With its errors when it fails.
    pub async fn run(&self, arguments: &[&str]) -> String {
        let output = self.try_run(arguments).await;
        let (said, errors) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "hailong {arguments:?}: {}\n{said}{errors}", output.status);
        said.into_owned()
    }

    /// The demo of this folder with so many answers and always the same seed, once it says `ready`.
    pub async fn demo(&self, answers: u32) -> Running {
        let keep = self.folder.path().display().to_string();
        self.start(&["demo", "--answers", &answers.to_string(), "--seed", "7", "--keep", &keep], &[]).await
    }

    /// Starts a command that goes on running, and waits for its line `ready`.
    ///
    /// # Panics
    /// With all that it said, when it ends or stays silent instead.
    pub async fn start(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Running {
        self.start_until("ready", arguments, environment).await
    }

    /// The server on whatever this folder holds, once it listens.
    pub async fn serve(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Running {
        let arguments = [&["serve"], arguments].concat();
        self.start_until("listening on", &arguments, environment).await
    }

    async fn start_until(&self, word: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Running {
        let mut command = self.command(arguments);
        command.envs(environment.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = Running {
            child: command.spawn().expect("hailong starts"),
            lines: vec![],
            said: Arc::default(),
            listener: None,
        };
        running.listen_to_errors();
        let ready = timeout(PATIENCE, running.read_until(word)).await;
        let ready = ready.unwrap_or(false);
        assert!(
            ready,
            "hailong {arguments:?} did not get ready:\n{}\n{}",
            running.lines.join("\n"),
            running.said()
        );
        running
    }
}

impl Running {
    async fn read_until(&mut self, word: &str) -> bool {
        let Some(output) = self.child.stdout.take() else { return false };
        let mut output = BufReader::new(output).lines();
        while let Ok(Some(line)) = output.next_line().await {
            let ready = line.starts_with(word);
            self.lines.push(line);
            if ready {
                let said = Arc::clone(&self.said);
                tokio::spawn(async move {
                    while let Ok(Some(line)) = output.next_line().await {
                        note(&said, &line);
                    }
                });
                return true;
            }
        }
        false
    }

    fn listen_to_errors(&mut self) {
        let Some(errors) = self.child.stderr.take() else { return };
        let (mut errors, said) = (BufReader::new(errors).lines(), Arc::clone(&self.said));
        self.listener = Some(tokio::spawn(async move {
            while let Ok(Some(line)) = errors.next_line().await {
                note(&said, &line);
            }
        }));
    }

    /// All that it has logged so far.
    #[must_use]
    pub fn said(&self) -> String {
        self.said.lock().map(|said| said.clone()).unwrap_or_default()
    }

    /// The address on the line that begins with this word: `survey`, `agency`, `province`.
    ///
    /// # Panics
    /// When there is no such line.
    #[must_use]
    pub fn url(&self, word: &str) -> String {
        let found = self.lines.iter().find_map(|line| line.strip_prefix(word)?.strip_prefix(' '));
        found
            .unwrap_or_else(|| panic!("no line '{word} URL' among\n{}", self.lines.join("\n")))
            .trim()
            .to_owned()
    }

    /// The address on which it listens, however it is called outside.
    ///
    /// # Panics
    /// When it said none.
    #[must_use]
    pub fn listening(&self) -> String {
        self.url("listening").trim_start_matches("on ").to_owned()
    }

    /// Whether there was a line that begins with this word before it was ready.
    #[must_use]
    pub fn has_line(&self, word: &str) -> bool {
        self.lines.iter().any(|line| line.split(' ').next() == Some(word))
    }

    /// The demo's account of a role.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn account(&self, role: &str) -> Account {
        let accounts = self.lines.iter().filter_map(|line| line.strip_prefix("account "));
        let mut read = accounts.filter_map(|line| {
            let mut words = line.split(' ').map(str::to_owned);
            Some(Account { name: words.next()?, password: words.next()?, role: words.next()? })
        });
        read.find(|account| account.role == role)
            .unwrap_or_else(|| panic!("no account of role {role} among\n{}", self.lines.join("\n")))
    }

    /// Kills it as a power cut would.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("it can be killed");
    }

    /// Stops it and says all that it ever wrote to its log.
    ///
    /// # Panics
    /// When it does not end well.
    pub async fn end(mut self) -> String {
        let (listener, said) = (self.listener.take(), Arc::clone(&self.said));
        assert_eq!(self.stop().await, Some(0), "it ends well");
        if let Some(listener) = listener {
            listener.await.expect("its log is read to the end");
        }
        said.lock().map(|said| said.clone()).unwrap_or_default()
    }

    /// Asks it to stop (SIGTERM) and says with which code it ended.
    ///
    /// # Panics
    /// When it does not end within the 30 seconds that it has.
    pub async fn stop(mut self) -> Option<i32> {
        let id = self.child.id().expect("it runs").to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().await;
        assert!(asked.is_ok_and(|status| status.success()), "kill -TERM {id}");
        let ended = timeout(Duration::from_secs(35), self.child.wait()).await;
        ended.expect("it ends within 30 seconds").expect("it can be waited for").code()
    }
}

async fn finish(mut command: Command, arguments: &[&str]) -> Output {
    let output = timeout(PATIENCE, command.output()).await;
    output.unwrap_or_else(|_| panic!("hailong {arguments:?} did not end")).expect("hailong starts")
}

fn note(said: &Mutex<String>, line: &str) {
    if let Ok(mut said) = said.lock() {
        *said += line;
        said.push('\n');
    }
}
