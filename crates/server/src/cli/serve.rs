//! `loket serve`: the server.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Args;
use domain::lease::Role;
use serde::Serialize;

use super::shell::Shell;
use super::signals::stop_signal;
use super::{Outcome, output};
use crate::config::Config;
use crate::house::{DataDirectory, House, Seams};
use crate::log;
use crate::serve::{Ports, Serving};

/// Run the server
#[derive(Args)]
pub struct ServeArgs {
    /// Where the public API listens [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Where console, metrics and health listen [default: 127.0.0.1:8081]
    #[arg(long, value_name = "ADDR")]
    console_listen: Option<SocketAddr>,
    /// Let webhooks go to private addresses, as in a test network
    #[arg(long)]
    allow_private_webhooks: bool,
    /// A proxy that stands before the server, by its address or network; may be repeated
    #[arg(long, value_name = "CIDR")]
    trusted_proxy: Vec<String>,
}

/// What a server says of itself once it is ready.
#[derive(Serialize)]
struct Ready {
    api: String,
    console: String,
    data: String,
    mode: &'static str,
}

/// Serves until it is told to stop.
pub fn run(shell: Shell, args: &ServeArgs) -> Outcome {
    let shell = shell.with_flags(flags(args));
    let directory = DataDirectory::find_or_make(shell.data())?;
    let config = shell.config()?;
    log::start(config.settings.log_format, config.settings.log_level);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(&shell, directory, &config))
}

async fn serve(shell: &Shell, directory: DataDirectory, config: &Config) -> Outcome {
    let stop = stop_signal()?;
    let house = House::open(directory, config, Seams::system(), Role::Server)?;
    let serving = Serving::start(house, &config.settings, Ports::of(&config.settings)).await?;
    let ready = Ready {
        api: format!("http://{}", serving.api_address),
        console: format!("http://{}", serving.console_address),
        data: serving.house().directory.path().display().to_string(),
        mode: "sandbox",
    };
    shell.print(&ready, in_words)?;
    serving.run(stop).await;
    Ok(ExitCode::SUCCESS)
}

fn in_words(ready: &Ready) -> String {
    let Ready { api, console, data, mode: _ } = ready;
    output::list(&[
        ("API", Some(api.clone())),
        ("Reference", Some(format!("{api}/docs  {api}/openapi.json"))),
        ("Metrics", Some(format!("{console}/metrics"))),
        ("Health", Some(format!("{console}/livez  {console}/readyz"))),
        ("Data", Some(data.clone())),
        (
            "Mode",
            Some("sandbox: no real supplier is configured, so every order goes to the built-in sandbox".to_owned()),
        ),
    ])
}

fn flags(args: &ServeArgs) -> impl Iterator<Item = (&'static str, String)> {
    let proxies = (!args.trusted_proxy.is_empty()).then(|| args.trusted_proxy.join(","));
    [
        ("listen", args.listen.map(|address| address.to_string())),
        ("console_listen", args.console_listen.map(|address| address.to_string())),
        ("allow_private_webhooks", args.allow_private_webhooks.then(|| true.to_string())),
        ("trusted_proxies", proxies),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
}
