//! The server's end of the socket.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;

use app::Context;
use thiserror::Error;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;

use crate::house::House;

use super::answer::ControlAnswer;
use super::progress::Progress;
use super::refused::Refused;
use super::request::ControlRequest;
use super::socket::SocketPath;

/// For the directory's owner only.
const MODE: u32 = 0o600;
/// The longest request: a catalogue of a hundred thousand products fits.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;

/// Why commands can't be taken.
#[derive(Debug, Error)]
#[error(
    "the socket for commands, loket.sock in the data directory, cannot be made: {0}; give this user the right to write there"
)]
pub struct ListenerError(#[from] io::Error);

/// Takes commands until the context shuts down.
pub struct Listener {
    socket: SocketPath,
}

impl Listener {
    /// Begins to listen in a house's directory. Who has the house has the store's lock, so that a socket found there is nobody's.
    pub fn start(house: &House) -> Result<Self, ListenerError> {
        let socket = SocketPath::within(house.directory.path())?;
        match fs::remove_file(socket.as_path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let listener = UnixListener::bind(socket.as_path())?;
        fs::set_permissions(socket.as_path(), Permissions::from_mode(MODE))?;
        house.context.tasks().spawn_worker(accept(listener, house.context.clone()));
        Ok(Self { socket })
    }

    /// Takes the socket away, so that the next command knows at once that nobody listens.
    pub fn remove(self) {
        if let Err(error) = fs::remove_file(self.socket.as_path()) {
            tracing::warn!(%error, "the socket for commands could not be removed");
        }
    }
}

async fn accept(listener: UnixListener, context: Context) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => context.tasks().spawn(serve(stream, context.clone())),
            Err(error) => {
                tracing::warn!(%error, "a command could not connect");
                context.time().sleep(std::time::Duration::from_millis(100)).await;
            }
        }
    }
}

/// One connection. A request that was begun is finished and answered, also when the server is stopping.
async fn serve(stream: UnixStream, context: Context) {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    loop {
        let line = tokio::select! {
            line = next_line(&mut reader) => line,
            () = context.tasks().stopped() => return,
        };
        let done = match line {
            Ok(Some(line)) => answer(&line, &context, &mut writer).await,
            Ok(None) => return,
            Err(error) => Err(error),
        };
        if let Err(error) = done {
            tracing::debug!(%error, "a command's connection broke");
            return;
        }
    }
}

async fn next_line(reader: &mut BufReader<OwnedReadHalf>) -> io::Result<Option<String>> {
    let mut line = String::new();
    let length = reader.take(LONGEST_LINE).read_line(&mut line).await?;
    match (length, line.ends_with('\n')) {
        (0, _) => Ok(None),
        (_, true) => Ok(Some(line)),
        (_, false) => Err(io::ErrorKind::InvalidData.into()),
    }
}

async fn answer(line: &str, context: &Context, writer: &mut OwnedWriteHalf) -> io::Result<()> {
    let request: ControlRequest = match serde_json::from_str(line) {
        Ok(request) => request,
        Err(error) => {
            let sentence =
                format!("the running server does not know this request ({error}); restart it with this program");
            return write(writer, &ControlAnswer::Refused(Refused(sentence))).await;
        }
    };
    let (steps, mut told) = mpsc::unbounded_channel();
    let progress = Progress::to(move |done, of| {
        // Nobody listens any more when the connection broke.
        let _ = steps.send((done, of));
    });
    let work = async move { request.execute(context, &progress).await };
    let tell = async {
        while let Some((done, of)) = told.recv().await {
            write(writer, &ControlAnswer::Progress { done, of }).await?;
        }
        io::Result::Ok(())
    };
    let (last, told_all) = tokio::join!(work, tell);
    told_all?;
    write(writer, &last).await
}

async fn write(writer: &mut OwnedWriteHalf, answer: &ControlAnswer) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    writer.write_all(&line).await
}
