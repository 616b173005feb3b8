//! What every subcommand understands.

use std::path::PathBuf;

use clap::Args;

/// The arguments that may stand anywhere.
#[derive(Args)]
pub struct Global {
    /// The data directory
    #[arg(long, global = true, value_name = "DIR", env = "LOKET_DATA", default_value = "./loket-data")]
    pub data: PathBuf,
    /// The database, if not the one inside the data directory [env: LOKET_DATABASE_URL]
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// Print JSON
    #[arg(long, global = true)]
    pub json: bool,
}
