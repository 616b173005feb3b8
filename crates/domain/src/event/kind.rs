//! What can happen that a merchant is told of.

use std::fmt;

/// What happened. Section 10 of the contract has the names of what happens to orders.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EventKind {
    /// It succeeded.
    Success,
    /// It failed, and its money is back.
    Failed,
    /// The proof of an earlier success arrived.
    SnReceived,
    /// The supplier left it open.
    Pending,
    /// An earlier success was taken back, and its money returned.
    Refunded,
    /// Not to an order: one of the merchant's endpoints was disabled. The published interface doesn't know it.
    WebhookDisabled,
}

impl EventKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Success, Self::Failed, Self::SnReceived, Self::Pending, Self::Refunded, Self::WebhookDisabled];

    /// Whether it happens to an order.
    pub const fn is_of_order(self) -> bool {
        !matches!(self, Self::WebhookDisabled)
    }

    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Success => "order.success",
            Self::Failed => "order.failed",
            Self::SnReceived => "order.sn_received",
            Self::Pending => "order.pending",
            Self::Refunded => "order.refunded",
            Self::WebhookDisabled => "webhook.disabled",
        }
    }

    /// What bears that name on the wire.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The sentence that the event carries.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Success => "Transaksi berhasil",
            Self::Failed => "Transaksi gagal",
            Self::SnReceived => "Nomor seri (SN) sudah diterima",
            Self::Pending => "Transaksi sedang diproses",
            Self::Refunded => "Transaksi dibatalkan, dana sudah dikembalikan",
            Self::WebhookDisabled => {
                "Webhook dinonaktifkan; webhook-recover mengaktifkannya dan mengirim yang tertunda"
            }
        }
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
