//! Which process serves a data directory.

use std::path::Path;

use tokio::net::UnixStream;

use super::socket::SocketPath;

/// The id of the server's process on this data directory; `None` if none runs, or the system doesn't say.
pub fn server_process(data: &Path) -> Option<u32> {
    let socket = SocketPath::within(data).ok()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().ok()?;
    let peer = runtime.block_on(async { UnixStream::connect(socket.as_path()).await?.peer_cred() });
    peer.ok()?.pid()?.try_into().ok()
}
