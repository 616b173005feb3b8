//! Receivers of webhooks on this machine, to measure how long what merchants are told is on its way.
//!
//! Each has an address of its own (`127.1.0.1`, `127.1.0.2`, …), as on the Internet: connections to one can't be used for another.
//! Some may be dead: they take a connection, and never answer.

mod arrivals;
mod registration;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use app::Tasks;
use app::seams::Clock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

pub use arrivals::{Arrivals, WebhookReport};
pub use registration::register;

use super::message::{header, split_at_blank_line};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
/// A webhook is some 2 KiB.
const USUAL_BYTES: usize = 4096;

/// All receivers of a run. They end with the process.
pub struct Receivers {
    /// Where they listen.
    pub addresses: Vec<SocketAddr>,
    /// What came.
    pub arrivals: Arc<Arrivals>,
}

impl Receivers {
    /// Opens so many; the first `dead` of them never answer. They have a thread of their own.
    pub async fn open(count: usize, dead: usize, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let arrivals = Arc::new(Arrivals::new(clock));
        let (tell, told) = oneshot::channel();
        let heard = Arc::clone(&arrivals);
        std::thread::Builder::new().name("receivers".into()).spawn(move || {
            let serving = async move {
                let opened = listen_everywhere(count, dead, &heard).await;
                // If nobody waits any more, there is nothing to serve.
                let _ = tell.send(opened);
                std::future::pending::<()>().await;
            };
            match tokio::runtime::Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => runtime.block_on(serving),
                Err(error) => tracing::error!(%error, "the receivers can't run"),
            }
        })?;
        let addresses = told.await.map_err(|_| io::Error::other("the receivers can't run"))??;
        Ok(Self { addresses, arrivals })
    }
}

async fn listen_everywhere(count: usize, dead: usize, arrivals: &Arc<Arrivals>) -> io::Result<Vec<SocketAddr>> {
    let tasks = Tasks::default();
    let mut addresses: Vec<SocketAddr> = Vec::with_capacity(count);
    for (number, host) in (0..count).zip(hosts()) {
        // All at the port that the first one got.
        let port = addresses.first().map_or(0, SocketAddr::port);
        let listener = TcpListener::bind((host, port)).await?;
        addresses.push(listener.local_addr()?);
        tasks.spawn(accept(listener, number >= dead, Arc::clone(arrivals), tasks.clone()));
    }
    Ok(addresses)
}

/// `127.1.0.1` and on: all of 127.0.0.0/8 is this machine.
fn hosts() -> impl Iterator<Item = Ipv4Addr> {
    let first = u32::from(Ipv4Addr::new(127, 1, 0, 1));
    (first..).map(Ipv4Addr::from)
}

async fn accept(listener: TcpListener, is_alive: bool, arrivals: Arc<Arrivals>, tasks: Tasks) {
    while let Ok((stream, _)) = listener.accept().await {
        let arrivals = Arc::clone(&arrivals);
        // A connection that breaks is its sender's to notice.
        tasks.spawn(async move { drop(serve(stream, is_alive, &arrivals).await) });
    }
}

/// Takes in one webhook after the other.
async fn serve(mut stream: TcpStream, is_alive: bool, arrivals: &Arrivals) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut received = Vec::with_capacity(USUAL_BYTES);
    while stream.read_buf(&mut received).await? > 0 {
        while let Some((length, id)) = first_webhook(&received) {
            if is_alive {
                arrivals.take(id);
                stream.write_all(OK).await?;
            }
            received.drain(..length);
        }
    }
    Ok(())
}

/// The length of the first request, once all of it is there, and its `webhook-id`.
fn first_webhook(bytes: &[u8]) -> Option<(usize, &str)> {
    let (head, rest) = split_at_blank_line(bytes)?;
    let length: usize = header(head, "content-length")?.parse().ok()?;
    let after = rest.get(length..)?;
    Some((bytes.len() - after.len(), header(head, "webhook-id").unwrap_or_default()))
}
