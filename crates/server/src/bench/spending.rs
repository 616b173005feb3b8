//! What merchants were told that they have paid, counted while it happens.

use super::answer::Answer;
use super::step::Step;

/// What each merchant of a run has spent, by its number.
#[derive(Default)]
pub struct Spending {
    by_merchant: Vec<Spent>,
}

/// One merchant's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// The sum of all successes, in rupiah.
    pub acknowledged: i64,
    /// Requests that may have moved money, and of which nothing final was heard.
    pub open: u64,
}

impl Spending {
    /// A request leaves. Without an answer it stays open.
    pub fn asked(&mut self, step: Step, merchant: usize) {
        if step.price().is_some() {
            self.of_mut(merchant).open += 1;
        }
    }

    /// It was answered.
    pub fn answered(&mut self, step: Step, merchant: usize, answer: Answer<'_>) {
        let Some(price) = step.price() else { return };
        let amount = if answer.code == step.success_code() {
            answer.whole_number(price)
        } else {
            is_refused(answer).then_some(0)
        };
        if let Some(amount) = amount {
            let spent = self.of_mut(merchant);
            spent.open = spent.open.saturating_sub(1);
            spent.acknowledged = spent.acknowledged.saturating_add(amount);
        }
    }

    /// What a merchant has spent.
    pub fn of(&self, merchant: usize) -> Spent {
        self.by_merchant.get(merchant).copied().unwrap_or_default()
    }

    fn of_mut(&mut self, merchant: usize) -> &mut Spent {
        if self.by_merchant.len() <= merchant {
            self.by_merchant.resize(merchant + 1, Spent::default());
        }
        &mut self.by_merchant[merchant]
    }
}

/// Whether nothing will come of the request: refused before any work, or failed for good. What went wrong inside may have been done.
fn is_refused(answer: Answer<'_>) -> bool {
    answer.status < 500 && !answer.code.is_empty() && !answer.code.ends_with("_PENDING") || answer.code == "OVERLOADED"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spent(step: Step, status: u16, code: &str, body: &str) -> Spent {
        let mut spending = Spending::default();
        spending.asked(step, 3);
        spending.answered(step, 3, Answer { status, code, body: body.as_bytes() });
        assert_eq!(spending.of(0), Spent::default());
        spending.of(3)
    }

    #[test]
    fn only_what_is_final_is_settled() {
        for (step, status, code, body, acknowledged, open) in [
            (Step::Payment, 200, "BILL_PAYMENT_SUCCESS", r#"{"tagihan":5,"total":7}"#, 7, 0),
            (Step::Prepaid, 200, "ORDER_SUCCESS", r#"{"price":9}"#, 9, 0),
            (Step::Payment, 200, "BILL_PAYMENT_SUCCESS", "{}", 0, 1),
            (Step::Payment, 200, "BILL_PAYMENT_PENDING", r#"{"total":7}"#, 0, 1),
            (Step::Payment, 200, "BILL_PAYMENT_FAILED", r#"{"total":7}"#, 0, 0),
            (Step::Payment, 503, "OVERLOADED", "", 0, 0),
            (Step::Payment, 429, "RATE_LIMITED", "", 0, 0),
            (Step::Payment, 500, "INTERNAL_ERROR", "", 0, 1),
            (Step::Payment, 502, "", "", 0, 1),
            (Step::Inquiry, 200, "BILL_INQUIRY_SUCCESS", r#"{"total":7}"#, 0, 0),
        ] {
            assert_eq!(spent(step, status, code, body), Spent { acknowledged, open }, "{code} {status}");
        }
    }

    #[test]
    fn what_is_never_answered_stays_open() {
        let mut spending = Spending::default();
        spending.asked(Step::Payment, 0);
        spending.asked(Step::Balance, 0);
        assert_eq!(spending.of(0), Spent { acknowledged: 0, open: 1 });
    }
}
