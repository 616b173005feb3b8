//! Proofs of payment, as the families' suppliers write them.

use domain::product::ProductKind;

use crate::sandbox::family::Family;
use crate::sandbox::names;
use crate::sandbox::seed::Seed;
use crate::supplier::Task;

/// What a household pays for a kWh, in hundredths of a rupiah (PLN's tariff R1/1300VA since 2022).
const KWH_PRICE: u64 = 144_470;

/// The proof of a task: asked again, the same. `MPBPJS` and `TSEL21` have the proofs of the published examples.
pub fn sn_of(task: &Task) -> String {
    let customer_no = task.customer_no.as_str();
    let family = Family::of(&task.sku);
    let mut seed = Seed::of(&[&task.sku, customer_no, task.supplier_ref.as_str()]);
    match (task.kind, family) {
        (ProductKind::Postpaid, Family::HealthInsurance) => String::from("S1234554321N"),
        // This supplier proves a payment without any text.
        (ProductKind::Postpaid, Family::WorkInsurance) => String::new(),
        (ProductKind::Postpaid, Family::Electricity) => format!("{:016X}{:016X}", seed.bits(), seed.bits()),
        (ProductKind::Postpaid, _) => format!("S{}N", seed.digits(10)),
        (ProductKind::Prepaid, Family::Electricity) => {
            let tenths = kwh_tenths(&task.sku);
            let name = names::person(family, customer_no);
            format!("{}/{name}/R1/1300VA/{},{}", seed.groups(5), tenths / 10, tenths % 10)
        }
        (ProductKind::Prepaid, Family::Wallet) => {
            format!("{}/{}", names::person(family, customer_no), seed.digits(20))
        }
        (ProductKind::Prepaid, _) if task.sku.eq_ignore_ascii_case("TSEL21") => String::from("1234-5678-9012-3456"),
        (ProductKind::Prepaid, _) => seed.groups(4),
        (ProductKind::Game, _) => format!("{}/{}", names::person(family, customer_no), seed.digits(12)),
    }
}

/// Tenths of a kWh for the amount in a token's code: thousands of rupiah (`PLN20`), or rupiah (`PLN20000`).
fn kwh_tenths(sku: &str) -> u64 {
    let amount = sku
        .bytes()
        .filter(u8::is_ascii_digit)
        .fold(0_u64, |amount, digit| amount.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
    let rupiah = if amount < 1_000 { amount * 1_000 } else { amount };
    rupiah.saturating_mul(1_000) / KWH_PRICE
}

#[cfg(test)]
mod tests {
    use domain::id::{CustomerNo, SupplierRef};
    use domain::money::Rupiah;

    use super::*;

    fn sn(kind: ProductKind, sku: &str) -> String {
        sn_of(&Task {
            kind,
            sku: sku.into(),
            customer_no: CustomerNo::parse("1234567890").unwrap(),
            supplier_ref: SupplierRef::parse("Ref1").unwrap(),
            cost: Rupiah::whole(1),
            token: "".into(),
            is_repeat: false,
        })
    }

    #[test]
    fn the_published_examples_have_their_proofs() {
        assert_eq!(sn(ProductKind::Postpaid, "MPBPJS"), "S1234554321N");
        assert_eq!(sn(ProductKind::Prepaid, "TSEL21"), "1234-5678-9012-3456");
    }

    #[test]
    fn a_token_has_twenty_digits_a_name_a_tariff_and_its_energy() {
        let token = sn(ProductKind::Prepaid, "PLN20");
        let parts: Vec<&str> = token.split('/').collect();
        let [digits, name, tariff, power, energy] = parts[..] else { panic!("{token}") };
        assert_eq!(digits.bytes().filter(u8::is_ascii_digit).count(), 20);
        assert_eq!(digits.split('-').count(), 5);
        assert!(!name.is_empty());
        assert_eq!((tariff, power, energy), ("R1", "1300VA", "13,8"));
        assert!(sn(ProductKind::Prepaid, "PLN50000").ends_with("/34,6"));
    }

    #[test]
    fn other_families_prove_in_their_own_way() {
        assert_eq!(sn(ProductKind::Postpaid, "MPBPJSTK"), "");
        assert_eq!(sn(ProductKind::Postpaid, "MPPLN").len(), 32);
        assert_eq!(sn(ProductKind::Postpaid, "MPPDAM").len(), 12);
        assert_eq!(sn(ProductKind::Prepaid, "XL10").len(), 19);
        assert!(sn(ProductKind::Prepaid, "OVO50").contains('/'));
        assert!(sn(ProductKind::Game, "ML86").contains('/'));
        assert_eq!(sn(ProductKind::Game, "ML86"), sn(ProductKind::Game, "ML86"));
    }
}
