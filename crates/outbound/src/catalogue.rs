//! The demo catalogue: what a fresh installation can sell at the sandbox.
//!
//! Its data is `data/demo-catalogue.csv`, one product a line. What all its products share is written here: the sandbox buys them under
//! their own codes, no commission, no tiers, no cut-off, and a bill may be paid again at once.

mod row;

use domain::product::Product;
use domain::time::Timestamp;
use thiserror::Error;

use crate::catalogue::row::Row;

const DATA: &str = include_str!("../data/demo-catalogue.csv");

/// Why the catalogue's data can't be used. Its own tests keep that from happening in a released binary.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// A line doesn't have the columns.
    #[error("the demo catalogue cannot be read: {0}")]
    Unreadable(#[from] csv::Error),
    /// A code that can't be a product's.
    #[error("the demo catalogue has an invalid code: {0:?}")]
    InvalidCode(String),
}

/// The demo's products, changed last at `now`.
pub fn demo_catalogue(now: Timestamp) -> Result<Vec<Product>, CatalogueError> {
    csv::Reader::from_reader(DATA.as_bytes())
        .into_deserialize()
        .map(|row: csv::Result<Row>| row?.into_product(now))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use domain::command::{Command, Outcome, PutProducts, apply};
    use domain::id::CustomerNo;
    use domain::money::Rupiah;
    use domain::product::ProductKind;
    use domain::revision::Listing;
    use domain::world::World;

    use super::*;
    use crate::sandbox::Sandbox;

    fn catalogue() -> Vec<Product> {
        demo_catalogue(Timestamp::default()).unwrap()
    }

    fn product(code: &str) -> Product {
        catalogue().into_iter().find(|product| product.code.as_str() == code).unwrap()
    }

    fn accepts(product: &Product, number: &str) -> bool {
        product.number_rule.accepts(&CustomerNo::parse(number).unwrap())
    }

    #[test]
    fn the_promised_products_are_there_once() {
        let products = catalogue();
        let codes: HashSet<&str> = products.iter().map(|product| product.code.as_str()).collect();
        assert_eq!(codes.len(), products.len());
        assert!(products.len() >= 55, "{}", products.len());
        for code in "MPBPJS MPPLN MPPDAM MPTELKOM MPHALO MPFIF MPPBB MPGAS MPTV TSEL21 TSEL10 PLN20 ML86".split(' ') {
            assert!(codes.contains(code), "{code}");
        }
    }

    #[test]
    fn the_domain_takes_it_and_nothing_is_sold_below_cost() {
        let products = catalogue();
        for product in &products {
            let (earned, other) = match product.kind {
                ProductKind::Postpaid => (product.admin, product.price),
                ProductKind::Prepaid | ProductKind::Game => (product.price, product.admin),
            };
            assert!(product.routes[0].route.cost < earned && other.is_zero(), "{}", product.code);
            assert!(!product.name.is_empty() && !product.description.is_empty(), "{}", product.code);
        }
        let mut world = World::default();
        for product in &products {
            world.products.load(product.code.clone(), None);
        }
        world.revisions.load(Listing::Products, None);
        let count = products.len();
        let outcome = apply(&mut world, &Command::from(PutProducts { products }), Timestamp::from_seconds(1)).unwrap();
        assert!(matches!(outcome, Outcome::PutProducts(changed) if *changed == count));
    }

    #[test]
    fn a_bills_cost_is_the_sandboxs_fee() {
        for product in catalogue().iter().filter(|product| product.kind == ProductKind::Postpaid) {
            assert_eq!(product.routes[0].route.cost, Rupiah::whole(Sandbox::BILL_FEE), "{}", product.code);
        }
    }

    #[test]
    fn the_published_examples_have_their_terms() {
        let pulsa = product("TSEL21");
        assert_eq!((&*pulsa.name, pulsa.price), ("Telkomsel 21.000", Rupiah::whole(21_425)));
        assert!(accepts(&pulsa, "08123456789") && accepts(&pulsa, "+6281234567890"));
        let bpjs = product("MPBPJS");
        assert_eq!(bpjs.admin, Rupiah::whole(2_700));
        assert!(accepts(&bpjs, "1234567890") && !accepts(&bpjs, "123456789A"));
        assert!(accepts(&product("ML86"), "12345(6789)"));
    }

    #[test]
    fn every_product_has_a_number_for_every_row_of_the_sandboxs_table() {
        for product in catalogue() {
            for row in 9001..=9014 {
                let number =
                    format!("{:0>width$}{row}", 8, width = usize::from(product.number_rule.min_length).max(8) - 4);
                assert!(accepts(&product, &number), "{} {number}", product.code);
            }
        }
    }

    #[test]
    fn bills_that_are_the_same_share_a_group() {
        let groups: BTreeSet<_> = ["MPTELKOM", "MPINDIHOME"].map(|code| product(code).bill_group).into();
        assert_eq!(groups.len(), 1);
        assert_eq!(&*product("TSEL21").bill_group, "TSEL21");
    }
}
