//! The journal: what a fake was asked, what it really did, and what it said. It is the truth that a test compares with.
//!
//! A text file, one JSON object a line, only ever added to. A line is on disk before the answer that it is about is sent, and a fake that
//! is started again with the same file goes on from there.

mod delivery;
mod entry;
mod recorder;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::Path;

pub use delivery::Delivery;
pub use entry::{BrokenRule, Entry, Event, Kind, Outcome};
pub(crate) use recorder::{Recorder, Syncer};

/// A journal that was read.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// Oldest first.
    pub entries: Vec<Entry>,
}

impl Journal {
    /// Reads a journal, also while its fake is running. An unfinished last line is left out.
    pub fn read(path: &Path) -> io::Result<Self> {
        let text = fs::read_to_string(path)?;
        let whole = text.rfind('\n').and_then(|end| text.get(..end)).unwrap_or_default();
        let entries: Result<_, _> = whole.lines().map(serde_json::from_str).collect();
        Ok(Self { entries: entries? })
    }

    /// What was delivered, in order. What was refunded later is among it.
    pub fn deliveries(&self) -> impl Iterator<Item = Delivery> {
        self.entries.iter().filter_map(Entry::delivery)
    }

    /// What was delivered for each reference.
    pub fn deliveries_by_ref(&self) -> BTreeMap<String, Vec<Delivery>> {
        let mut by_ref: BTreeMap<String, Vec<Delivery>> = BTreeMap::new();
        for delivery in self.deliveries() {
            by_ref.entry(delivery.ref_id.clone()).or_default().push(delivery);
        }
        by_ref
    }

    /// Every delivery that should not have been: a second one for the same reference, or of the same bill without a refund between.
    pub fn paid_twice(&self) -> Vec<Delivery> {
        let mut refs = HashSet::new();
        let mut bills = HashSet::new();
        let mut twice = Vec::new();
        for entry in &self.entries {
            if let Event::Refunded { subject, bill: Some(bill), .. } = &entry.event {
                bills.remove(&(subject.sku.clone(), subject.customer_no.clone(), *bill));
            }
            if let Some(delivery) = entry.delivery() {
                let bill = delivery.bill.map(|bill| (delivery.sku.clone(), delivery.customer_no.clone(), bill));
                let is_known_ref = !refs.insert(delivery.ref_id.clone());
                let is_paid_bill = bill.is_some_and(|bill| !bills.insert(bill));
                if is_known_ref || is_paid_bill {
                    twice.push(delivery);
                }
            }
        }
        twice
    }

    /// Which of the interface's rules the caller broke, and when.
    pub fn rules_broken(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| matches!(entry.event, Event::RuleBroken { .. }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Subject;
    use crate::time::Moment;

    fn subject(ref_id: &str) -> Subject {
        Subject { ref_id: ref_id.to_owned(), sku: "pln".to_owned(), customer_no: "5301".to_owned(), tr_id: None }
    }

    fn delivered(ref_id: &str, bill: Option<u32>) -> Event {
        Event::Delivered { subject: subject(ref_id), bill, price: 10_000, sn: "S1".to_owned() }
    }

    fn journal(events: impl IntoIterator<Item = Event>) -> Journal {
        Journal { entries: events.into_iter().map(|event| Entry { at: Moment(0), event }).collect() }
    }

    #[test]
    fn a_second_delivery_is_found() {
        let refs = |journal: &Journal| journal.paid_twice().into_iter().map(|found| found.ref_id).collect::<Vec<_>>();
        let refund = Event::Refunded { subject: subject("A"), bill: Some(0), price: 10_000 };
        assert_eq!(refs(&journal([delivered("A", None), delivered("A", None)])), ["A"]);
        assert_eq!(refs(&journal([delivered("A", Some(0)), delivered("B", Some(0))])), ["B"]);
        assert!(refs(&journal([delivered("A", Some(0)), delivered("B", Some(1)), delivered("C", None)])).is_empty());
        assert!(refs(&journal([delivered("A", Some(0)), refund, delivered("B", Some(0))])).is_empty());
    }

    #[test]
    fn a_torn_line_is_left_out_and_cut_off() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let line = serde_json::to_string(&Entry { at: Moment(0), event: delivered("A", Some(0)) }).unwrap();
        fs::write(&path, format!("{line}\n{}", &line[..20])).unwrap();
        assert_eq!(Journal::read(&path).unwrap().entries.len(), 1);
        let (mut recorder, read) = Recorder::open(Some(&path)).unwrap();
        recorder.append(&Entry { at: Moment(0), event: delivered("B", None) }).unwrap();
        recorder.syncer().sync().unwrap();
        assert_eq!((read.entries.len(), recorder.journal().unwrap().entries.len()), (1, 2));
    }
}
