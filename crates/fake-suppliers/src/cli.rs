//! The command line. One process is one supplier; its address goes to stdout when it listens, and nothing else does.

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};

use crate::options::{Options, Settling, Supplier, Webhook};
use crate::plan::Plan;
use crate::running::FakeSupplier;
use crate::signature::Credentials;
use crate::time::read_span;

const AFTER_HELP: &str = "\
The base address is printed on stdout when the program listens. It stops on SIGTERM or SIGINT, and may be killed: started again with
the same journal it goes on where it was.

While it runs, below BASE/_fake:
  GET  /_fake/journal                                  every line of the journal
  GET  /_fake/transactions                             the state of every reference
  GET  /_fake/plan, PUT /_fake/plan                    what goes wrong
  PUT  /_fake/webhook   {\"url\",\"secret\"}               where callbacks go; null for nowhere
  POST /_fake/clock     {\"offset_seconds\":n}           set the clock ahead, for midnights, cut-offs and limits
  POST /_fake/settle    {\"ref_id\",\"outcome\"}           end a transaction: success, failed or refund; sends the callback too
  POST /_fake/callback  {\"ref_id\",\"copies\",\"forged\"}   send a callback, as often as wanted

A plan:
  {\"seed\":7,\"rules\":[
    {\"call\":\"pay-pasca\",\"match\":{\"customer_no\":\"530000000001\"},\"times\":1,\"fault\":\"silent_after\"},
    {\"call\":\"any\",\"match\":{\"probability\":0.01},\"fault\":{\"delay\":{\"ms\":500}}}]}

  call    any, balance, deposit, price-list, price-list-pasca, top-up, status-prepaid, inq-pasca, pay-pasca, status-pasca,
          inquiry-pln, inquiry-ovo, check-operator, or an array of these
  match   ref_id, customer_no, sku, nth (a number or an array), probability (0 to 1, by the seed)
  times   how often at most
  work    false: the answer is broken and nothing was done (garbage, truncated, html, status, code, reset_mid_answer)
  fault   {\"delay\":{\"ms\":n}}, \"silent_before\", \"silent_after\", \"reset_before\", \"reset_after\", \"reset_mid_answer\",
          \"garbage\", \"truncated\", \"html\", {\"status\":{\"code\":502,\"body\":\"empty\"|\"own\"}},
          {\"code\":{\"rc\":\"77\",\"status\":…,\"message\":\"…\"}}, {\"wrong_amount\":{\"by\":n}},
          {\"contradict\":\"failed_but_delivered\"|\"refund_after_success\"},
          {\"callback\":\"early\"|\"forged\"|\"none\"|{\"late\":{\"ms\":n}}|{\"copies\":{\"n\":n}}} (for top-up and pay-pasca)";

/// Stands in for a supplier: speaks its real interface, writes down what it did, and misbehaves on demand
#[derive(Parser)]
#[command(name = "fake-suppliers", version, max_term_width = 100, after_long_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    supplier: WhichSupplier,
}

#[derive(Subcommand)]
enum WhichSupplier {
    /// Speak the buyer API of Digiflazz
    Digiflazz(FakeArgs),
    /// Speak IAK's interface, postpaid and prepaid
    Iak(FakeArgs),
}

#[derive(Args)]
#[command(after_long_help = AFTER_HELP)]
struct FakeArgs {
    /// Where to listen; port 0 is a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Whose requests are taken
    #[arg(long, value_name = "NAME", default_value = "loket")]
    username: String,
    /// The key that signs them
    #[arg(long, value_name = "KEY", default_value = "dev-key")]
    api_key: String,
    /// Where callbacks go, beginning with http://
    #[arg(long, value_name = "URL")]
    webhook_url: Option<String>,
    /// What signs Digiflazz's webhooks
    #[arg(long, value_name = "SECRET", requires = "webhook_url")]
    webhook_secret: Option<String>,
    /// The journal's file; without it nothing survives the program's end
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// What goes wrong, as JSON
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// The deposit before anything was paid, in rupiah
    #[arg(long, value_name = "RUPIAH", default_value_t = 1_000_000_000)]
    balance: i64,
    /// When pending transactions settle, such as 200ms or 5s, or `never` [default: as the supplier does]
    #[arg(long, value_name = "SPAN", value_parser = read_settling)]
    settle_after: Option<Settling>,
    /// Take calls however often and whenever they come: no pauses, no cut-offs, no same-day rule
    #[arg(long)]
    no_limits: bool,
    /// A customer has the next bill as soon as one is paid
    #[arg(long)]
    fresh_bills: bool,
}

fn read_settling(text: &str) -> Result<Settling, String> {
    if text == "never" {
        return Ok(Settling::ByHand);
    }
    read_span(text).map(|span: Duration| Settling::After(span))
}

/// Does what the command line says.
pub fn main() -> ExitCode {
    main_with(std::env::args_os())
}

/// The same with other arguments, the first of which is the program's name: for a process that becomes a stand-in.
pub fn main_with(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> ExitCode {
    match run(Cli::parse_from(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If even that can't be written, nobody is there to read it.
            let _ = writeln!(io::stderr(), "fake-suppliers: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<(), Box<dyn Error>> {
    let (supplier, args) = match cli.supplier {
        WhichSupplier::Digiflazz(args) => (Supplier::Digiflazz, args),
        WhichSupplier::Iak(args) => (Supplier::Iak, args),
    };
    let options = options(supplier, args)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let running = FakeSupplier::start(options).await?;
        writeln!(io::stdout(), "{}", running.url())?;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        running.stop().await;
        Ok(())
    })
}

fn options(supplier: Supplier, args: FakeArgs) -> Result<Options, Box<dyn Error>> {
    let plan = match &args.plan {
        None => Plan::none(),
        Some(path) => serde_json::from_slice(&fs::read(path)?)
            .map_err(|error| format!("{} is no plan: {error}", path.display()))?,
    };
    let secret = args.webhook_secret;
    Ok(Options {
        listen: args.listen,
        credentials: Credentials { username: args.username, api_key: args.api_key },
        webhook: args.webhook_url.map(|url| Webhook { url, secret }),
        journal: args.journal,
        plan,
        balance: args.balance,
        settling: args.settle_after.unwrap_or_default(),
        limits: !args.no_limits,
        fresh_bills: args.fresh_bills,
        ..Options::new(supplier)
    })
}
