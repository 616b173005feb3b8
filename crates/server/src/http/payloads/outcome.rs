//! Which code an order's state is told by.

use domain::order::OrderStatus;

use crate::http::codes::Code;

/// The code of a bill payment. One that was reversed after success has failed, as far as the merchant's customer is concerned.
pub const fn payment_code(status: OrderStatus) -> Code {
    match status {
        OrderStatus::Pending => Code::BillPaymentPending,
        OrderStatus::Success => Code::BillPaymentSuccess,
        OrderStatus::Failed | OrderStatus::Refunded => Code::BillPaymentFailed,
    }
}

/// The code of a prepaid or game order.
pub const fn purchase_code(status: OrderStatus) -> Code {
    match status {
        OrderStatus::Pending => Code::OrderPending,
        OrderStatus::Success => Code::OrderSuccess,
        OrderStatus::Failed | OrderStatus::Refunded => Code::OrderFailed,
    }
}
