//! HTTP/1.1 on one connection to loopback: enough for the tests, and light enough to share two cores
//! with the server that it measures.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A connection that is kept open between requests.
#[derive(Debug)]
pub struct Connection {
    stream: BufReader<TcpStream>,
}

/// What came back.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Names in lower case, in order of arrival.
    pub headers: Vec<(String, String)>,
    /// The body, as sent.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of this name (lower case).
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Connection {
    /// Opens a connection.
    ///
    /// # Errors
    /// Refuses every address but loopback: a test never sends traffic elsewhere.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        if !address.ip().is_loopback() {
            return Err(Error::new(ErrorKind::PermissionDenied, format!("{address} is not loopback")));
        }
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::with_capacity(64 * 1024, stream) })
    }

    /// Sends one finished request and reads the answer to it.
    pub async fn send(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.get_mut().write_all(request).await?;
        self.receive(request.starts_with(b"HEAD ")).await
    }

    /// Sends bytes and nothing more: for requests that are broken on purpose.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.stream.get_mut().write_all(bytes).await
    }

    /// Reads one answer; `bare` when the request was `HEAD`.
    pub async fn receive(&mut self, bare: bool) -> Result<Answer> {
        let mut answer = self.read_head().await?;
        // 100 and 103 announce the answer itself.
        while answer.status < 200 {
            answer = self.read_head().await?;
        }
        if bare || matches!(answer.status, 204 | 304) {
            return Ok(answer);
        }
        let length = answer.header("content-length").and_then(|digits| digits.parse::<usize>().ok());
        if answer.header("transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
            answer.body = self.read_chunks().await?;
        } else if let Some(length) = length {
            answer.body = vec![0; length];
            self.stream.read_exact(&mut answer.body).await?;
        } else {
            self.stream.read_to_end(&mut answer.body).await?;
        }
        Ok(answer)
    }

    async fn read_head(&mut self) -> Result<Answer> {
        let first = self.read_line().await?;
        let status = first.split(' ').nth(1).and_then(|digits| digits.parse().ok());
        let status =
            status.ok_or_else(|| Error::new(ErrorKind::InvalidData, format!("not HTTP: {first}")))?;
        let mut answer = Answer { status, ..Answer::default() };
        loop {
            let line = self.read_line().await?;
            if line.is_empty() {
                return Ok(answer);
            }
            if let Some((name, value)) = line.split_once(':') {
                answer.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }

    async fn read_chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = self.read_line().await?;
            let digits = line.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(digits, 16)
                .map_err(|_| Error::new(ErrorKind::InvalidData, format!("not a chunk: {line}")))?;
            let begun = body.len();
            body.resize(begun + size, 0);
            self.stream.read_exact(&mut body[begun..]).await?;
            self.read_line().await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn read_line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Err(Error::new(ErrorKind::UnexpectedEof, "the server closed the connection"));
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }
}

/// A finished request with a body; `headers` beside host and length, each ending in `\r\n`.
#[must_use]
pub fn request(verb: &str, host: &str, path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = if verb == "GET" || verb == "HEAD" {
        String::new()
    } else {
        format!("content-length: {}\r\n", body.len())
    };
    let mut bytes = format!("{verb} {path} HTTP/1.1\r\nhost: {host}\r\n{length}{headers}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}
