//! How far a URL reaches.

/// Which addresses a URL's name may turn out to have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// All: a test network.
    Everywhere,
    /// Public ones, and the operator's allowed networks.
    Public,
    /// The operator's allowed networks alone: something about the URL isn't fit for the Internet.
    AllowedNetworks,
}
