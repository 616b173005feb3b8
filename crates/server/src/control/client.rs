//! The command line's end of the socket.

use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

use serde_json::Value;

use super::answer::ControlAnswer;
use super::progress::Progress;
use super::refused::Refused;
use super::request::{ControlRequest, Request};
use super::socket::SocketPath;

/// A connection to a running server. It takes one request after the other, as many as one likes.
pub struct Client {
    stream: BufReader<UnixStream>,
}

impl Client {
    /// Connects to the server that runs on this data directory, if one does.
    pub fn connect(data: &Path) -> io::Result<Option<Self>> {
        let connected = SocketPath::within(data).and_then(|socket| UnixStream::connect(socket.as_path()));
        match connected {
            Ok(stream) => Ok(Some(Self { stream: BufReader::new(stream) })),
            // No file, or one that a killed server left behind.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Asks, and waits for the answer.
    pub fn ask<R: Request>(&mut self, request: R, progress: &Progress) -> Result<R::Answer, Refused> {
        let value = self.exchange(&request.into(), progress)?;
        serde_json::from_value(value).map_err(|error| other_version(&error))
    }

    fn exchange(&mut self, request: &ControlRequest, progress: &Progress) -> Result<Value, Refused> {
        let mut line = serde_json::to_string(request).map_err(|error| Refused(error.to_string()))?;
        line.push('\n');
        self.stream.get_mut().write_all(line.as_bytes()).map_err(|error| broken_off(&error))?;
        loop {
            line.clear();
            if self.stream.read_line(&mut line).map_err(|error| broken_off(&error))? == 0 {
                return Err(broken_off(&io::ErrorKind::UnexpectedEof.into()));
            }
            match serde_json::from_str(&line).map_err(|error| other_version(&error))? {
                ControlAnswer::Progress { done, of } => progress.tell(done, of),
                ControlAnswer::Done(value) => return Ok(value),
                ControlAnswer::Refused(refused) => return Err(refused),
            }
        }
    }
}

fn broken_off(error: &io::Error) -> Refused {
    Refused(format!("the server ended before it answered ({error}); whether it was done is not known, so look first"))
}

fn other_version(error: &serde_json::Error) -> Refused {
    Refused(format!("the running server is of another version ({error}); restart it with this program"))
}
