//! Names that mean something inside a network only.

/// The last labels of such names: IANA's registry of special-use domain names (RFC 6761), `internal` as ICANN reserved it, and what networks
/// use without asking (RFC 6762, appendix G).
const PRIVATE_ENDS: [&str; 15] = [
    "alt",
    "corp",
    "example",
    "home",
    "home.arpa",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
    "test",
];

/// Whether a name, in lower case, can't be one of a public receiver. A name without a full stop is completed by this machine's own settings.
pub fn is_private_name(name: &str) -> bool {
    !name.contains('.') || PRIVATE_ENDS.iter().any(|end| ends_with(name, end))
}

fn ends_with(name: &str, end: &str) -> bool {
    name.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_networks_are_told_from_those_of_the_internet() {
        for name in
            ["localhost", "a.localhost", "printer", "nas.local", "db.internal", "x.y.home.arpa", "home.arpa", "a.test"]
        {
            assert!(is_private_name(name), "{name}");
        }
        for name in [
            "toko.id",
            "localhost.toko.id",
            "notlocalhost.id",
            "mylocal.id",
            "a.nolocal",
            "home.arpa.id",
            "example.com",
        ] {
            assert!(!is_private_name(name), "{name}");
        }
    }
}
