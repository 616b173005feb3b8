//! What goes wrong: each fault by itself, and mixtures of all.

use fake_suppliers::{Call, CallbackFault, Contradiction, Fault, Match, Nth, Plan, Rule, StatusBody};

use crate::chaos::scene::{WAYS, Way};
use crate::harness::Dice;

/// Something to pay, and what goes wrong with it.
#[derive(Clone, Debug)]
pub struct Case {
    /// How it is paid.
    pub way: Way,
    /// Who gets it; nobody else does.
    pub customer_no: String,
    /// Only about this customer.
    pub rules: Vec<Rule>,
}

/// Every fault at every point, once.
pub fn every_case() -> Vec<Case> {
    let mut cases = Vec::new();
    for way in WAYS {
        let mut add = |rules: Vec<Rule>| {
            // A customer of no payer's thread.
            let customer_no = way.customer(99, cases.len());
            let rules = rules.into_iter().map(|rule| rule.of_customer(&customer_no)).collect();
            cases.push(Case { way, customer_no, rules });
        };
        for (fault, works) in spoilings(&way) {
            let rule = |call| Rule { work: works, ..Rule::once(call, fault.clone()) };
            if way.is_bill() {
                add(vec![rule(Call::InqPasca)]);
            }
            add(vec![rule(way.pays)]);
            // A question's answer with a code that isn't the truth is a lie, and not for here.
            if !is_failure(&fault, &way) {
                add(vec![Rule::once(way.pays, Fault::ResetAfter), asking(&way, rule(way.asks))]);
            }
        }
        for fault in [
            Fault::Contradict(Contradiction::FailedButDelivered),
            Fault::Contradict(Contradiction::RefundAfterSuccess),
            Fault::WrongAmount { by: 1_000 },
        ] {
            add(vec![Rule::once(way.pays, fault)]);
        }
        for callback in callbacks() {
            let rule = Rule::once(way.pays, Fault::Callback(callback));
            add(vec![rule.clone()]);
            add(vec![Rule::once(way.pays, Fault::SilentAfter), rule.clone()]);
            add(vec![Rule::once(way.pays, code(way.pending)), rule]);
        }
    }
    cases
}

/// At Digiflazz the question about a purchase is the purchase again.
fn asking(way: &Way, rule: Rule) -> Rule {
    if way.asks != way.pays {
        return rule;
    }
    Rule { matching: Match { nth: Some(Nth::One(2)), ..rule.matching }, ..rule }
}

/// A mixture of everything, at every point.
pub fn mixture(supplier: &str, dice: &Dice) -> Plan {
    let mut rules = Vec::new();
    for way in WAYS.iter().filter(|way| way.supplier == supplier) {
        for (fault, works) in spoilings(way) {
            let calls = [Some(Call::InqPasca), Some(way.pays), Some(way.asks)].into_iter().flatten();
            for call in calls.filter(|call| *call != way.asks || !is_failure(&fault, way)) {
                let percent = if call == Call::InqPasca { 1 } else { 3 };
                rules.push(sometimes(Rule { work: works, ..Rule::always(call, fault.clone()) }, percent));
            }
        }
        for contradiction in [Contradiction::FailedButDelivered, Contradiction::RefundAfterSuccess] {
            rules.push(sometimes(Rule::always(way.pays, Fault::Contradict(contradiction)), 2));
        }
        for callback in callbacks() {
            rules.push(sometimes(Rule::always(way.pays, Fault::Callback(callback)), 8));
        }
    }
    Plan { seed: dice.below(u64::MAX), rules }
}

#[expect(clippy::float_arithmetic, reason = "a chance is no money")]
fn sometimes(rule: Rule, percent: u32) -> Rule {
    let probability = Some(f64::from(percent) / 100.0);
    Rule { matching: Match { probability, ..rule.matching }, ..rule }
}

/// What can spoil an answer, and whether the work is done all the same.
fn spoilings(way: &Way) -> Vec<(Fault, bool)> {
    let mut faults = vec![
        (Fault::Delay { ms: 80 }, true),
        // Later than anybody waits.
        (Fault::Delay { ms: 600 }, true),
        (Fault::SilentBefore, false),
        (Fault::SilentAfter, true),
        (Fault::ResetBefore, false),
        (Fault::ResetAfter, true),
        (code(way.pending), true),
        (code(way.failed), false),
    ];
    let either = [
        Fault::ResetMidAnswer,
        Fault::Garbage,
        Fault::Truncated,
        Fault::Html,
        Fault::Status { code: 502, body: StatusBody::Empty },
        Fault::Status { code: 500, body: StatusBody::Own },
        code("777"),
    ];
    faults.extend(either.iter().flat_map(|fault| [(fault.clone(), true), (fault.clone(), false)]));
    faults
}

fn callbacks() -> [CallbackFault; 5] {
    use CallbackFault::{Copies, Early, Forged, Late};
    [Early, Late { ms: 300 }, Copies { n: 25 }, Forged, CallbackFault::None]
}

fn code(rc: &str) -> Fault {
    Fault::Code { rc: rc.to_owned(), status: None, message: String::new() }
}

fn is_failure(fault: &Fault, way: &Way) -> bool {
    *fault == code(way.failed) || matches!(fault, Fault::Status { body: StatusBody::Own, .. })
}
