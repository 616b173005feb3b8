//! What becomes of a transaction after it began: its callbacks, and its end.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::book::{State, Transaction};
use crate::fake::Fake;
use crate::journal::Outcome;
use crate::options::Settling;
use crate::plan::{CallbackFault, Chosen, Contradiction, Fault};

impl Fake {
    /// Sees to a transaction that has just begun. What the plan wants early is done when this ends; the rest follows by itself.
    pub(crate) async fn follow_up(self: &Arc<Self>, begun: Transaction, chosen: &Chosen) -> io::Result<()> {
        if let Some(fault) = chosen.callback {
            self.callback_faults.lock().insert(begun.subject.ref_id.clone(), fault);
        }
        let spoiling = chosen.spoiling.as_ref().map(|(fault, _)| fault);
        let is_refunded = spoiling == Some(&Fault::Contradict(Contradiction::RefundAfterSuccess));
        let is_early = chosen.callback == Some(CallbackFault::Early);
        let mut to_come = Vec::new();
        if begun.state == State::Pending && is_early {
            self.settle(&begun.subject.ref_id, begun.then).await?;
        } else if is_early {
            self.call_back(begun.clone(), true).await?;
        } else {
            self.call_back_soon(begun.clone(), true);
            to_come.extend((begun.state == State::Pending).then_some(begun.then));
        }
        to_come.extend(is_refunded.then_some(Outcome::Refund));
        self.settle_later(&begun, to_come, Duration::ZERO);
        Ok(())
    }

    /// Ends a transaction, and sends its callback. Answers whether it could end so.
    pub(crate) async fn settle(self: &Arc<Self>, ref_id: &str, outcome: Outcome) -> io::Result<bool> {
        let settled = self.at_desk(|desk| {
            let Some(known) = desk.book.transaction(ref_id) else { return Ok(None) };
            let failure = self.protocol.failure_code(known.kind, &known.subject);
            let is_settled = desk.settle(ref_id, outcome, failure)?;
            Ok::<_, io::Error>(desk.book.transaction(ref_id).filter(|_| is_settled).cloned())
        })?;
        self.sync().await?;
        let Some(transaction) = settled else { return Ok(false) };
        self.call_back(transaction, false).await?;
        Ok(true)
    }

    /// What was pending when the fake ended goes on to its end.
    pub(crate) fn take_up_pending(self: &Arc<Self>) {
        let now = self.now();
        let transactions: Vec<Transaction> = self.desk.lock().book.transactions().cloned().collect();
        for transaction in transactions.iter().filter(|transaction| transaction.state == State::Pending) {
            self.settle_later(transaction, vec![transaction.then], now.since(transaction.at));
        }
    }

    /// Ends a transaction by and by, each time after the usual span. The first span's time runs from now on, less what has passed.
    fn settle_later(self: &Arc<Self>, transaction: &Transaction, outcomes: Vec<Outcome>, passed: Duration) {
        let span = match self.settling {
            Settling::AsTheSupplier => self.protocol.settles_after(transaction.kind),
            Settling::After(span) => Some(span),
            Settling::ByHand => None,
        };
        let Some(span) = span.filter(|_| !outcomes.is_empty()) else { return };
        let mut pause = self.clock.sleep(span.saturating_sub(passed));
        let (fake, ref_id) = (Arc::clone(self), transaction.subject.ref_id.clone());
        self.tasks.spawn(async move {
            for outcome in outcomes {
                pause.await;
                pause = fake.clock.sleep(span);
                // A journal that can't be written fails the next request, which somebody waits for.
                let _ = fake.settle(&ref_id, outcome).await;
            }
        });
    }
}
