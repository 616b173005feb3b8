//! What can happen to an order.

use std::fmt;

use crate::order::OrderStatus;

/// What happened to an order. Section 10 of the contract has the names.
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
}

impl EventKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Success, Self::Failed, Self::SnReceived, Self::Pending, Self::Refunded];

    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Success => "order.success",
            Self::Failed => "order.failed",
            Self::SnReceived => "order.sn_received",
            Self::Pending => "order.pending",
            Self::Refunded => "order.refunded",
        }
    }

    /// What bears that name on the wire.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What has become of an order to which this happens.
    pub const fn status(self) -> OrderStatus {
        match self {
            Self::Success | Self::SnReceived => OrderStatus::Success,
            Self::Failed => OrderStatus::Failed,
            Self::Pending => OrderStatus::Pending,
            Self::Refunded => OrderStatus::Refunded,
        }
    }

    /// The sentence that the event carries.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Success => "Transaksi berhasil",
            Self::Failed => "Transaksi gagal",
            Self::SnReceived => "Nomor seri (SN) sudah diterima",
            Self::Pending => "Transaksi sedang diproses",
            Self::Refunded => "Transaksi dibatalkan, dana sudah dikembalikan",
        }
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
