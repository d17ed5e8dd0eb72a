//! A throw-away PostgreSQL cluster: one a test process, one database a test.
//!
//! The server's parent is a small shell that waits on a pipe from this process. However this process
//! ends (finished, killed, interrupted), the pipe closes, the shell stops the server and removes its
//! folder: nothing is left behind and nothing has to be called.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::folder::Folder;

/// Why there is no cluster. Tests that need one fail with this; they are never skipped.
#[derive(Debug)]
pub struct NoCluster(String);

impl std::fmt::Display for NoCluster {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "no PostgreSQL for the tests: {}", self.0)
    }
}

impl std::error::Error for NoCluster {}

/// A running cluster with trust authentication on loopback and on a socket in its own folder.
#[derive(Debug)]
pub struct Cluster {
    programs: PathBuf,
    port: u16,
    folder: PathBuf,
    // Its standard input is the pipe that keeps the cluster alive.
    _keeper: Child,
}

/// One database of the cluster, dropped when the value goes.
#[derive(Debug)]
pub struct Database {
    cluster: &'static Cluster,
    name: String,
}

const USER: &str = "hailong";

// Arguments: programs, folder, port; the words before them run a command as the owner of the folder.
const KEEPER: &str = r#"
programs=$1 folder=$2 port=$3; shift 3
end() { "$@" "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1; rm -rf "$folder"; }
trap '' INT TERM HUP
"$@" "$programs/initdb" -D "$folder/data" -U hailong --auth=trust --encoding=UTF8 --locale=C --no-sync >"$folder/log" 2>&1 &&
"$@" "$programs/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w -t 60 -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB" start >>"$folder/log" 2>&1 </dev/null
if [ $? -ne 0 ]; then cat "$folder/log" "$folder/data/log" 2>/dev/null; end "$@"; exit 1; fi
echo ready
read -r _
end "$@"
"#;

impl Cluster {
    /// The cluster of this test process; the first caller starts it.
    ///
    /// # Panics
    /// Says what to install when there is no PostgreSQL or it does not start.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| Self::start().unwrap_or_else(|error| panic!("{error}")))
    }

    fn start() -> Result<Self, NoCluster> {
        let programs = find_programs()?;
        let mut last = NoCluster("no free port".to_owned());
        // Between choosing a port and binding it another process may take it.
        for _ in 0..5 {
            match Self::start_on(&programs, free_port()?) {
                Ok(cluster) => return Ok(cluster),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn start_on(programs: &Path, port: u16) -> Result<Self, NoCluster> {
        let (folder, owner) = make_folder()?;
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .args([programs, &folder])
            .arg(port.to_string())
            .args(owner)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .map_err(|error| NoCluster(format!("cannot start sh: {error}")))?;
        let mut first = String::new();
        let mut output = BufReader::new(keeper.stdout.take().ok_or_else(|| NoCluster("no output".into()))?);
        output.read_line(&mut first).map_err(|error| NoCluster(error.to_string()))?;
        if first.trim() != "ready" {
            let mut rest = String::new();
            let _ = output.read_to_string(&mut rest);
            return Err(NoCluster(format!("it did not start on port {port}:\n{first}{rest}")));
        }
        Ok(Self { programs: programs.to_owned(), port, folder, _keeper: keeper })
    }

    /// A new, empty database.
    pub fn database(&'static self) -> Database {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        self.say("postgres", &format!("create database {name}"));
        Database { cluster: self, name }
    }

    /// The folder with the raw files, for tests that read what is on disk.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn say(&self, database: &str, sql: &str) -> String {
        let output =
            self.run("psql", &["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql]);
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        Command::new(self.programs.join(program))
            .args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", USER])
            .args(arguments)
            .output()
            .unwrap_or_else(|error| panic!("cannot run {program}: {error}"))
    }
}

impl Database {
    /// The address that `DATABASE_URL` takes.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{}", self.cluster.port, self.name)
    }

    /// Runs statements as the superuser and returns what they print, one row a line, columns by `|`.
    #[must_use]
    pub fn ask(&self, sql: &str) -> String {
        self.cluster.say(&self.name, sql)
    }

    /// The whole database as SQL, as a backup would hold it.
    #[must_use]
    pub fn dump(&self) -> String {
        let output = self.cluster.run("pg_dump", &["-d", &self.name]);
        assert!(output.status.success(), "pg_dump: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// A superuser's `psql` that stays open: for tests that ask hundreds of times.
#[derive(Debug)]
pub struct Session {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
}

/// Printed after each answer.
const END: &str = "-- that was all --";

impl Database {
    /// Opens a session.
    ///
    /// # Panics
    /// Where psql does not start.
    #[must_use]
    pub fn session(&self) -> Session {
        let mut child = Command::new(self.cluster.programs.join("psql"))
            .args(["-h", "127.0.0.1", "-p", &self.cluster.port.to_string(), "-U", USER])
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", &self.name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("psql starts");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        Session { child, output }
    }
}

impl Session {
    /// Runs statements and returns what they print, one row a line, columns by `|`.
    ///
    /// # Panics
    /// Where a statement fails; psql says which on its standard error.
    pub fn ask(&mut self, sql: &str) -> Vec<String> {
        let input = self.child.stdin.as_mut().expect("its input");
        input.write_all(format!("{sql}\n\\echo {END}\n").as_bytes()).expect("psql listens");
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).expect("psql answers");
            assert!(read > 0, "psql ended at: {sql}");
            match line.trim_end() {
                END => return lines,
                line => lines.push(line.to_owned()),
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("drop database if exists {} with (force)", self.name);
        let _ = self.cluster.run("psql", &["-X", "-q", "-d", "postgres", "-c", &sql]);
    }
}

fn find_programs() -> Result<PathBuf, NoCluster> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, programs)| programs.join("initdb").exists() && programs.join("pg_ctl").exists())
        .collect();
    found.sort();
    found.pop().map(|(_, programs)| programs).ok_or_else(|| {
        NoCluster(
            "nothing under /usr/lib/postgresql/*/bin; install it with: apt-get install postgresql".into(),
        )
    })
}

fn free_port() -> Result<u16, NoCluster> {
    let probe = TcpListener::bind("127.0.0.1:0").map_err(|error| NoCluster(error.to_string()))?;
    Ok(probe.local_addr().map_err(|error| NoCluster(error.to_string()))?.port())
}

/// The cluster's folder, and the words that run a command as its owner: PostgreSQL refuses to run as root.
fn make_folder() -> Result<(PathBuf, Vec<String>), NoCluster> {
    let folder = Folder::new("postgres");
    let path = folder.path().to_owned();
    // The keeper removes it, after the server has stopped.
    std::mem::forget(folder);
    let told = |error: std::io::Error| NoCluster(format!("{}: {error}", path.display()));
    if std::fs::metadata(&path).map_err(told)?.uid() != 0 {
        return Ok((path, Vec::new()));
    }
    let owned = Command::new("chown").arg("postgres:").arg(&path).status().map_err(told)?;
    if !owned.success() {
        return Err(NoCluster("run as root, but there is no user 'postgres' to run it under".into()));
    }
    let words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"];
    Ok((path, words.map(str::to_owned).to_vec()))
}
