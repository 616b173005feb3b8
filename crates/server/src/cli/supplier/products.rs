//! `loket supplier products`.

use clap::Args;

use super::super::output::{self, rupiah};
use super::super::{Outcome, shell::Shell};
use crate::control::supplier::{CompareProducts, Difference, ProductsCompared, SupplierProductShown, Terms};

/// Fetch its price list, and show where it differs from the routes that lead there
#[derive(Args)]
pub struct ProductsArgs {
    /// Its name in this house
    name: String,
    /// Take over costs, cut-offs and what is not sold there
    #[arg(long)]
    take: bool,
    /// Show all that it sells, too
    #[arg(long)]
    all: bool,
}

/// Compares, and takes over if that is wanted.
pub fn run(shell: &Shell, args: ProductsArgs) -> Outcome {
    let ProductsArgs { name, take, all } = args;
    shell.print(&shell.ask(CompareProducts { name, take, all })?, in_words)
}

fn in_words(compared: &ProductsCompared) -> String {
    let all = compared.products.as_deref().map(|products| products_table(products) + "\n\n").unwrap_or_default();
    let unreadable = match compared.unreadable {
        0 => String::new(),
        lines => format!(" ({lines} lines can't be read)"),
    };
    let verb = if compared.taken { "were other ones and are taken over" } else { "differ" };
    let found = format!(
        "{} sells {} products{unreadable}; {} of ours are routed there, and the terms of {} {verb}.\n",
        compared.name,
        compared.listed,
        compared.routed,
        compared.differences.len(),
    );
    let differences = match compared.differences.as_slice() {
        [] => String::new(),
        differences => format!("\n{}", differences_table(differences)),
    };
    format!("{all}{found}{differences}")
}

fn differences_table(differences: &[Difference]) -> String {
    output::table(
        ["CODE", "SKU", "STORED", "LISTED", "REMARK"],
        differences.iter().map(|one| {
            let listed = one.listed.as_ref().map_or_else(|| "not at all".to_owned(), terms);
            let remark = if one.too_dear { "too dear, so not bought there" } else { "" };
            [one.code.clone(), one.sku.clone(), terms(&one.stored), listed, remark.to_owned()]
        }),
    )
}

fn products_table(products: &[SupplierProductShown]) -> String {
    output::table(
        ["SKU", "NAME", "CATEGORY", "BRAND", "TERMS", "OUR CODES"],
        products.iter().map(|product| {
            let codes = product.codes.join(" ");
            let name = product.name.clone();
            [product.sku.clone(), name, product.category.clone(), product.brand.clone(), terms(&product.terms), codes]
        }),
    )
}

fn terms(terms: &Terms) -> String {
    let closed = if terms.available { "" } else { ", not sold" };
    let cut_off = if terms.cut_off == "none" { String::new() } else { format!(", not {}", terms.cut_off) };
    format!("{}{closed}{cut_off}", rupiah(terms.cost))
}
