//! What an operator lets webhooks do.

use ipnet::IpNet;

/// Where webhooks may go. The default is for production: public addresses over HTTPS at ports 443 and 8443.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GuardPolicy {
    /// For a test network only: every address and port, also over plain HTTP.
    pub allow_private: bool,
    /// Networks of merchants who stand on the operator's premises. Their addresses are gone to as well, at every port and also over plain
    /// HTTP; but a plain URL whose name means any other address isn't.
    pub allowed_networks: Vec<IpNet>,
    /// The ports at which a public address is spoken to.
    pub ports: Vec<u16>,
}

impl Default for GuardPolicy {
    fn default() -> Self {
        Self { allow_private: false, allowed_networks: Vec::new(), ports: vec![443, 8443] }
    }
}
