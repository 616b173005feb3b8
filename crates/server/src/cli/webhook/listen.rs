//! `loket webhook listen`: webhooks on a developer's machine.
//!
//! It listens where a server on the same machine can send, or reads the events from a server that can't reach it; either way it checks
//! the signatures, passes everything on as it came, and prints a line. Nothing is sent twice from here: a server that sends tries again
//! by itself, and what was read once is not read again.

mod destination;
mod key_ring;
mod line;
mod puller;
mod receiver;
mod webhook;

use std::net::SocketAddr;
use std::pin::pin;
use std::process::ExitCode;

use clap::Args;
use domain::signature::webhook::WebhookSecret;
use futures_util::FutureExt;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::super::keys::KeyArgs;
use super::super::shell::Shell;
use super::super::signals::stop_signal;
use super::super::{Outcome, ServerAddress, output};
use destination::Destination;
use key_ring::KeyRing;
use puller::Puller;
use receiver::Receiver;

/// Receive webhooks on a developer's machine, print whether their signatures hold, and pass them on
#[derive(Args)]
pub struct ListenArgs {
    /// Where each webhook goes, e.g. http://localhost:3000/webhook
    #[arg(long, value_name = "URL")]
    forward_to: Destination,
    /// Where to listen, on this machine alone
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8082", value_parser = read_loopback)]
    listen: SocketAddr,
    /// Read the events from the server at this base URL instead, which need not reach this machine
    #[arg(long, value_name = "API", conflicts_with = "listen")]
    url: Option<ServerAddress>,
    /// The endpoint's secret, to check (or with --url to make) the Standard Webhooks signature
    #[arg(
        long,
        value_name = "SECRET",
        env = "LOKET_WEBHOOK_SECRET",
        hide_env_values = true,
        value_parser = WebhookSecret::parse
    )]
    webhook_secret: Option<WebhookSecret>,
    #[command(flatten)]
    keys: KeyArgs,
}

/// Receives until it is told to stop.
pub fn run(shell: &Shell, args: ListenArgs) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(receive(shell, args))
}

async fn receive(shell: &Shell, args: ListenArgs) -> Outcome {
    let ListenArgs { forward_to, listen, url, webhook_secret, keys } = args;
    let mut stop = pin!(stop_signal()?);
    let (lines, mut told) = mpsc::unbounded_channel();
    let key_ring = KeyRing { secret_key: keys.secret_key.clone(), webhook_secret };
    let work = if let Some(api) = url {
        let puller = Puller::start(api, keys, key_ring, forward_to.clone(), lines).await?;
        output::remark(&format!("Reading what happens from {}, and passing it on to {forward_to}", puller.api()));
        puller.pull().boxed_local()
    } else {
        let socket = TcpListener::bind(listen).await.map_err(|error| format!("{listen}: {error}; choose --listen"))?;
        output::remark(&format!("Listening on http://{}, and passing on to {forward_to}", socket.local_addr()?));
        Receiver::new(key_ring, forward_to, lines).receive(socket).boxed_local()
    };
    let mut work = pin!(work);
    loop {
        tokio::select! {
            () = &mut stop => return Ok(ExitCode::SUCCESS),
            ended = &mut work => ended?,
            Some(line) = told.recv() => shell.print(&line, line::in_words).map(drop)?,
        }
    }
}

/// Whoever can send here is believed by the program behind: nobody but this machine may.
fn read_loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text.parse().map_err(|_| "an address is 127.0.0.1:8082 or [::1]:8082".to_owned())?;
    if address.ip().is_loopback() { Ok(address) } else { Err("only this machine may send here: 127.0.0.1".to_owned()) }
}
