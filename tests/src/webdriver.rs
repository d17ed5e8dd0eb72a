//! ChromeDriver, spoken to directly: the protocol is JSON over HTTP and the tests need a dozen words of it.

use std::io::Read;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::folder::Folder;
use crate::wire::{Connection, request};

/// How long one word may take; a page load is one word.
const PATIENCE: Duration = Duration::from_mins(1);

// The keeper waits on a pipe from this process and then asks the driver to end its browser: Chromium has
// a process group of its own and would stay behind.
const KEEPER: &str = r#"
trap '' INT TERM HUP
"$1" --port="$2" --log-level=SEVERE >/dev/null 2>&1 </dev/null & driver=$!
read -r _
if exec 3<>"/dev/tcp/127.0.0.1/$2"; then
    printf 'GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
    timeout 5 cat <&3 >/dev/null
fi 2>/dev/null
kill "$driver" 2>/dev/null
wait "$driver"
"#;

/// A driver with one session.
#[derive(Debug)]
pub struct Driver {
    keeper: Child,
    address: SocketAddr,
    session: String,
    // Removed after the browser has gone: fields drop in order, and `Drop` waits for the keeper.
    profile: Arc<Folder>,
}

/// Why the driver did not do as asked: the kind of the failure and its words.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// As the protocol names it, such as `no such element`.
    pub kind: String,
    /// In the driver's words.
    pub words: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.kind, self.words)
    }
}

impl Driver {
    /// Starts a driver and a browser with these arguments and preferences and a new, empty profile.
    ///
    /// # Panics
    /// Says what to install when there is no ChromeDriver, or why the browser did not start.
    pub async fn start(arguments: &[&str], preferences: &Value) -> Self {
        Self::start_in(Arc::new(Folder::new("profile")), arguments, preferences).await
    }

    /// The same with a profile that was used before.
    ///
    /// # Panics
    /// As [`Driver::start`].
    pub async fn start_in(profile: Arc<Folder>, arguments: &[&str], preferences: &Value) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|probe| probe.local_addr())
            .expect("a free port")
            .port();
        let keeper = Command::new("bash")
            .args(["-c", KEEPER, "keeper", "chromedriver", &port.to_string()])
            .stdin(Stdio::piped())
            .process_group(0)
            .spawn()
            .expect("bash runs");
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let mut driver = Self { keeper, address, session: String::new(), profile };
        driver.wait_until_ready().await;
        let folder = format!("--user-data-dir={}", driver.profile.path().display());
        let mut all = vec![folder.as_str()];
        all.extend_from_slice(arguments);
        let options = json!({ "args": all, "prefs": preferences });
        let wanted = json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
        let answer =
            driver.ask("POST", "/session", &json!({ "capabilities": { "alwaysMatch": wanted } })).await;
        let session = answer.unwrap_or_else(|refusal| panic!("Chromium did not start: {refusal}"));
        session["sessionId"].as_str().expect("a session has an id").clone_into(&mut driver.session);
        driver
    }

    /// The profile, for a browser that starts after this one has ended.
    #[must_use]
    pub fn profile(&self) -> Arc<Folder> {
        Arc::clone(&self.profile)
    }

    async fn wait_until_ready(&mut self) {
        for _ in 0..300 {
            if self.ask("GET", "/status", &Value::Null).await.is_ok_and(|status| status["ready"] == true) {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("chromedriver did not start; install it with: apt-get install chromium chromium-driver");
    }

    /// One word of the protocol about the session, such as `POST /url`.
    pub async fn say(&self, verb: &str, path: &str, body: &Value) -> Result<Value, Refusal> {
        self.ask(verb, &format!("/session/{}{path}", self.session), body).await
    }

    /// One command of the browser's own protocol.
    pub async fn command(&self, name: &str, parameters: Value) -> Result<Value, Refusal> {
        self.say("POST", "/goog/cdp/execute", &json!({ "cmd": name, "params": parameters })).await
    }

    async fn ask(&self, verb: &str, path: &str, body: &Value) -> Result<Value, Refusal> {
        let refuse = |kind: &str, words: String| Refusal { kind: kind.to_owned(), words };
        let body = if verb == "POST" { body.to_string().into_bytes() } else { Vec::new() };
        let headers = "content-type: application/json\r\nconnection: close\r\n";
        let bytes = request(verb, &format!("127.0.0.1:{}", self.address.port()), path, headers, &body);
        let exchange = async { Connection::open(self.address).await?.send(&bytes).await };
        let answer = timeout(PATIENCE, exchange).await;
        let answer = answer.map_err(|_| refuse("timeout", format!("{path} took more than {PATIENCE:?}")))?;
        let answer = answer.map_err(|error| refuse("no answer", error.to_string()))?;
        let mut read: Value =
            serde_json::from_slice(&answer.body).map_err(|error| refuse("not JSON", error.to_string()))?;
        let value = read["value"].take();
        if answer.status == 200 {
            return Ok(value);
        }
        let word = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Err(Refusal {
            kind: word("error"),
            words: word("message").lines().next().unwrap_or_default().to_owned(),
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Some(mut output) = self.keeper.stdout.take() {
            let _ = output.read_to_end(&mut Vec::new());
        }
        let _ = self.keeper.wait();
    }
}
