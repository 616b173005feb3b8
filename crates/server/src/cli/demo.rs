//! `loket demo`: a throw-away server with a merchant, money and products, to try everything at once.

mod curl;

use std::fs::Permissions;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::process::ExitCode;

use app::{AddMerchant, add_merchant};
use clap::Args;
use domain::id::ApiId;
use domain::lease::Role;
use serde::Serialize;
use zeroize::Zeroizing;

use super::shell::Shell;
use super::signals::stop_signal;
use super::{Outcome, output};
use crate::config::Config;
use crate::control::product::SeedProducts;
use crate::control::{Fund, FundKind, Progress, Refused, Request};
use crate::house::{DataDirectory, House, Seams};
use crate::log;
use crate::serve::{Port, Ports, Serving};

const NAME: &str = "Demo Member";
/// The demo merchant's `api_id`.
pub const API_ID: &str = "demo";
/// Its `api_key`, which is no secret.
pub const API_KEY: &str = "demo-api-key";
/// Its `secret_key`, which is none either.
pub const SECRET_KEY: &str = "demo-secret-key";
const BALANCE: i64 = 10_000_000;

/// Run a throw-away server with demo data
#[derive(Args)]
pub struct DemoArgs {
    /// Where the public API listens [default: 127.0.0.1:8080, or the next free port]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Where console, metrics and health listen [default: 127.0.0.1:8081, or the next free port]
    #[arg(long, value_name = "ADDR")]
    console_listen: Option<SocketAddr>,
}

/// What a demo says of itself once it is ready.
#[derive(Serialize)]
struct Ready {
    api: String,
    console: String,
    data: String,
    api_id: &'static str,
    api_key: &'static str,
    secret_key: &'static str,
}

/// Serves until it is told to stop, then leaves nothing behind.
pub fn run(shell: &Shell, args: &DemoArgs) -> Outcome {
    let ours = Permissions::from_mode(0o700);
    let directory = tempfile::Builder::new().prefix("loket-demo-").permissions(ours).tempdir()?;
    let config = shell.config_in(directory.path())?;
    log::start(config.settings.log_format, config.settings.log_level);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let data = DataDirectory::find(directory.path())?;
    let outcome = runtime.block_on(serve(shell, args, data, &config));
    drop(runtime);
    directory.close()?;
    outcome
}

async fn serve(shell: &Shell, args: &DemoArgs, data: DataDirectory, config: &Config) -> Outcome {
    let stop = stop_signal()?;
    let house = House::open(data, config, Seams::system(), Role::Server)?;
    furnish(&house).await?;
    let ports = Ports {
        api: args.listen.map_or(Port::near(config.settings.listen), Port::exactly),
        console: args.console_listen.map_or(Port::near(config.settings.console_listen), Port::exactly),
    };
    let serving = Serving::start(house, &config.settings, ports).await?;
    let ready = Ready {
        api: format!("http://{}", serving.api_address),
        console: format!("http://{}", serving.console_address),
        data: serving.house().directory.path().display().to_string(),
        api_id: API_ID,
        api_key: API_KEY,
        secret_key: SECRET_KEY,
    };
    let now = serving.house().context.time().wall();
    shell.print(&ready, |ready| in_words(ready, now.seconds()))?;
    serving.run(stop).await;
    Ok(ExitCode::SUCCESS)
}

/// A merchant with the demo's keys and money, and something to sell.
async fn furnish(house: &House) -> Result<(), Refused> {
    let context = &house.context;
    let merchant = AddMerchant {
        name: NAME.to_owned(),
        api_id: ApiId::parse(API_ID),
        api_key: Some(Zeroizing::new(API_KEY.to_owned())),
        secret_key: Some(Zeroizing::new(SECRET_KEY.to_owned())),
        ..AddMerchant::default()
    };
    add_merchant(context, merchant).await?;
    let deposit = Fund {
        merchant: API_ID.to_owned(),
        kind: FundKind::Deposit,
        amount: BALANCE,
        note: "Demo".to_owned(),
        reference: Some("demo".to_owned()),
    };
    deposit.execute(context, &Progress::ignored()).await?;
    SeedProducts {}.execute(context, &Progress::ignored()).await?;
    Ok(())
}

fn in_words(ready: &Ready, now_seconds: i64) -> String {
    let Ready { api, console, data, .. } = ready;
    let lines = output::list(&[
        ("API", Some(api.clone())),
        ("Reference", Some(format!("{api}/docs  {api}/openapi.json"))),
        ("Metrics", Some(format!("{console}/metrics"))),
        ("Data", Some(format!("{data}  (removed at the end)"))),
        ("Merchant", Some(format!("{NAME}, balance {}", output::rupiah(BALANCE)))),
        ("api_id", Some(API_ID.to_owned())),
        ("api_key", Some(API_KEY.to_owned())),
        ("secret_key", Some(SECRET_KEY.to_owned())),
    ]);
    format!(
        "Loket's demo: nothing here is real, every order goes to the built-in sandbox. Ctrl-C ends it.\n\n{lines}\n\
         Check a bill and pay it, within five minutes (these two were signed just now):\n\n{}\n\n{}\n\n\
         Later, let openssl sign:\n\n{}\n",
        curl::signed(api, "inquiry", "INQ-001", now_seconds),
        curl::signed(api, "pay-pasca", "INQ-001", now_seconds),
        curl::signing(api),
    )
}
