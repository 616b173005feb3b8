//! Identities and the short texts that name things: small types, so that a reference can't be passed where a number belongs.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A merchant: calls our API. Made by Loket, small and increasing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MerchantId(pub i64);

/// An order. Made by the node that accepts it, increasing with time, below 2^53 so that JavaScript reads it exactly.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OrderId(pub i64);

/// What a transfer of money was made for: an order or a voucher. Both are numbered from the same sequence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CauseId(pub i64);

/// An address where a merchant is told of its orders. Made by Loket, increasing with time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EndpointId(pub i64);

/// One running node. Random, and no other's ever.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub [u8; 16]);

impl From<OrderId> for CauseId {
    fn from(order_id: OrderId) -> Self {
        Self(order_id.0)
    }
}

impl fmt::Display for MerchantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for EndpointId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether an order is real, or a rehearsal at the sandbox that touches no balance.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Mode {
    /// Real money.
    Production,
    /// `"testing": true`.
    Testing,
}

impl Mode {
    /// The mode in which the same reference would be another order.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Production => Self::Testing,
            Self::Testing => Self::Production,
        }
    }
}

/// Makes a newtype over shared text with a rule that every value has passed.
macro_rules! text {
    ($(#[$doc:meta])* $Name:ident, $rule:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(Arc<str>);

        impl $Name {
            /// The text, if it keeps this type's rule.
            pub fn parse(text: &str) -> Option<Self> {
                let rule: fn(&str) -> bool = $rule;
                rule(text).then(|| Self(text.into()))
            }

            /// The bare text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $Name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

text!(
    /// A merchant's own reference for an inquiry or order: 1 to 64 of `A-Z a-z 0-9 - _ . : /`. Unique per merchant and mode, for ever.
    RefId,
    |text| (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/".contains(&byte))
);

text!(
    /// A customer, meter or phone number as the merchant wrote it: 1 to 64 characters, no control characters, no space at either end.
    CustomerNo,
    |text| (1..=64).contains(&text.chars().count())
        && !text.chars().any(char::is_control)
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace)
);

text!(
    /// A product's code in the operator's catalogue, e.g. `MPBPJS`: 1 to 64 printable ASCII characters without spaces.
    ProductCode,
    |text| (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
);

text!(
    /// The public half of a merchant's credentials: 1 to 64 of `A-Z a-z 0-9 - _ .`.
    ApiId,
    |text| (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
);

text!(
    /// The name of a supplier in the operator's configuration, e.g. `sandbox`: 1 to 32 of `a-z 0-9 - _`.
    SupplierName,
    |text| (1..=32).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
);

text!(
    /// Our reference at a supplier: random and alphanumeric, so that not even a restored database meets one again. 1 to 40 of `A-Z a-z 0-9`.
    SupplierRef,
    |text| (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
);

text!(
    /// A price tier, e.g. `gold`: 1 to 32 of `a-z 0-9 - _`.
    Tier,
    |text| (1..=32).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
);

text!(
    /// The caller's identity for a deposit or an adjustment, so that it can be repeated safely: 1 to 64 printable characters.
    VoucherRef,
    |text| (1..=64).contains(&text.chars().count()) && !text.chars().any(char::is_control)
);

impl CustomerNo {
    /// The number as bills are told apart by it: letters and digits in upper case; for phone products `62…` is `0…`.
    pub fn normalised(&self, is_phone: bool) -> Arc<str> {
        let kept: String =
            self.0.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        match kept.strip_prefix("62") {
            Some(local) if is_phone => format!("0{local}").into(),
            _ => kept.into(),
        }
    }
}

/// One merchant's reference in one mode: the key of inquiries and orders.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RefKey {
    /// Whose.
    pub merchant_id: MerchantId,
    /// In which mode.
    pub mode: Mode,
    /// The merchant's own reference.
    pub ref_id: RefId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_have_an_alphabet_and_a_length() {
        assert!(RefId::parse("INQ-001_a.b:c/d").is_some());
        for bad in ["", "with space", "é", "a\0", &"x".repeat(65)] {
            assert!(RefId::parse(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn customer_numbers_are_normalised() {
        for (given, is_phone, normal) in [
            ("5300-0000 0001", false, "530000000001"),
            ("dk 1243al", false, "DK1243AL"),
            ("+62 812-3456", true, "08123456"),
            ("628123456", false, "628123456"),
            ("08123456", true, "08123456"),
        ] {
            assert_eq!(&*CustomerNo::parse(given).unwrap().normalised(is_phone), normal, "{given}");
        }
    }

    #[test]
    fn customer_numbers_keep_their_rule() {
        for bad in ["", " 1", "1 ", "1\n2", &"9".repeat(65)] {
            assert!(CustomerNo::parse(bad).is_none(), "{bad:?}");
        }
        assert!(CustomerNo::parse("12345(6789) é").is_some());
    }
}
