//! `loket product`: what is sold.

mod csv_file;
mod file;
mod show;
mod table;
mod xlsx_file;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::shell::Shell;
use super::{Outcome, output};
use crate::control::product::{ListProducts, ProductRow, ProductType, Put, PutProducts, PutRule, SeedProducts};

/// List, change, import and export products
#[derive(Args)]
pub struct ProductArgs {
    #[command(subcommand)]
    command: ProductCommand,
}

#[derive(Subcommand)]
enum ProductCommand {
    List(ListArgs),
    /// Add a product; it needs at least --type and --name
    Add(ProductRow),
    /// Change a product; what isn't given stays
    Set(ProductRow),
    /// Add or change the products of a CSV or XLSX file, all or none; empty cells stay as they are
    Import {
        /// The file, its kind told from its extension, or - for CSV from stdin
        file: PathBuf,
    },
    /// Write all products to a CSV or XLSX file
    Export {
        /// The file, which must not be there yet, its kind told from its extension, or - for CSV to stdout
        file: PathBuf,
    },
    /// Add the demo catalogue, every product routed to the sandbox supplier, for trying things out
    Seed,
}

/// List the products that fit
#[derive(Args)]
struct ListArgs {
    /// Only of this type
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<ProductType>,
    /// Only of this category
    #[arg(long)]
    category: Option<String>,
    /// Only of this brand
    #[arg(long)]
    brand: Option<String>,
    /// Only this one
    #[arg(long)]
    code: Option<String>,
}

/// Does one of them.
pub fn run(shell: &Shell, args: ProductArgs) -> Outcome {
    match args.command {
        ProductCommand::List(ListArgs { kind, category, brand, code }) => {
            let products = shell.ask(ListProducts { code, kind, category, brand })?;
            shell.print(&products, |products| show::table(products))
        }
        ProductCommand::Add(row) => put(shell, vec![row], PutRule::New),
        ProductCommand::Set(row) => put(shell, vec![row], PutRule::Known),
        ProductCommand::Import { file } => put(shell, file::read(&file)?, PutRule::Any),
        ProductCommand::Export { file } => export(shell, &file),
        ProductCommand::Seed => shell.print(&shell.ask(SeedProducts {})?, in_words),
    }
}

fn put(shell: &Shell, rows: Vec<ProductRow>, rule: PutRule) -> Outcome {
    shell.print(&shell.ask(PutProducts { rows, rule })?, in_words)
}

fn export(shell: &Shell, file: &Path) -> Outcome {
    let products = shell.ask(ListProducts::default())?;
    file::write(file, &products)?;
    output::remark(&format!("{} products are written.", products.len()));
    Ok(ExitCode::SUCCESS)
}

fn in_words(put: &Put) -> String {
    format!("{} of {} products were new or changed.", put.changed, put.of)
}
