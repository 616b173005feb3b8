//! IAK's calls: where each is made, and what it signs.

use crate::account::Account;

/// One of IAK's two houses. Bills and purchases are different servers, which know nothing of each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum House {
    Postpaid,
    Prepaid,
}

/// One of its calls.
#[derive(Debug)]
pub struct Call {
    /// In its own words.
    pub name: &'static str,
    house: House,
    path: &'static str,
}

impl Call {
    /// Looks a bill up.
    pub const INQUIRY: Self = Self::of_bills("inq-pasca");
    /// Pays a bill.
    pub const PAY: Self = Self::of_bills("pay-pasca");
    /// What became of a bill.
    pub const STATUS: Self = Self::of_bills("checkstatus");
    /// Which bills it takes.
    pub const BILL_PRICES: Self = Self::of_bills("pricelist-pasca");
    /// Buys.
    pub const TOP_UP: Self = Self::of_purchases("top-up", "/api/top-up");
    /// What became of a purchase.
    pub const CHECK_STATUS: Self = Self::of_purchases("check-status", "/api/check-status");
    /// What it sells.
    pub const PRICES: Self = Self::of_purchases("pricelist", "/api/pricelist");
    /// What is left of our deposit, which both houses share.
    pub const BALANCE: Self = Self::of_purchases("check-balance", "/api/check-balance");

    const fn of_bills(name: &'static str) -> Self {
        Self { name, house: House::Postpaid, path: "/api/v1/bill/check" }
    }

    const fn of_purchases(name: &'static str, path: &'static str) -> Self {
        Self { name, house: House::Prepaid, path }
    }

    /// Its address for an account. An account with an address of its own has both houses there.
    pub fn url(&self, account: &Account) -> String {
        let published = match (self.house, account.is_testing) {
            (House::Postpaid, false) => "https://mobilepulsa.net",
            (House::Postpaid, true) => "https://testpostpaid.mobilepulsa.net",
            (House::Prepaid, false) => "https://prepaid.iak.id",
            (House::Prepaid, true) => "https://prepaid.iak.dev",
        };
        let base = account.url.as_deref().unwrap_or(published);
        format!("{base}{}", self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Secret;

    #[test]
    fn each_house_has_its_address() {
        let account = |url: Option<&str>, is_testing| Account {
            url: url.map(Into::into),
            user: "0812".into(),
            key: Secret::new("key"),
            secret: Secret::default(),
            is_testing,
        };
        for (call, url, is_testing, expected) in [
            (Call::PAY, None, false, "https://mobilepulsa.net/api/v1/bill/check"),
            (Call::PAY, None, true, "https://testpostpaid.mobilepulsa.net/api/v1/bill/check"),
            (Call::TOP_UP, None, false, "https://prepaid.iak.id/api/top-up"),
            (Call::BALANCE, None, true, "https://prepaid.iak.dev/api/check-balance"),
            (Call::STATUS, Some("http://127.0.0.1:9"), false, "http://127.0.0.1:9/api/v1/bill/check"),
            (Call::CHECK_STATUS, Some("http://127.0.0.1:9"), true, "http://127.0.0.1:9/api/check-status"),
        ] {
            assert_eq!(call.url(&account(url, is_testing)), expected);
        }
    }
}
