//! Finds out what a plan does to a call.

use std::collections::HashMap;
use std::time::Duration;

use crate::call::{Asked, Call};
use crate::plan::{CallbackFault, Fault, Plan, Rule};
use crate::seed::Seed;

/// A plan in use: it knows how often its rules were met.
#[derive(Debug, Default)]
pub struct Chooser {
    plan: Plan,
    /// By the rule's place in the plan.
    uses: HashMap<usize, Uses>,
}

#[derive(Debug, Default)]
struct Uses {
    /// Calls that fitted, before `nth`, `probability` and `times`.
    fitting: u64,
    fitting_by_ref: HashMap<String, u64>,
    used: u64,
}

/// What goes wrong with one call.
#[derive(Debug, Default)]
pub struct Chosen {
    /// All delays together.
    pub delay: Duration,
    /// What spoils the answer, and whether the rule wants the work done.
    pub spoiling: Option<(Fault, bool)>,
    /// What spoils the callback.
    pub callback: Option<CallbackFault>,
    /// Everything that was chosen, for the journal.
    pub faults: Vec<Fault>,
}

impl Chooser {
    /// Begins a plan.
    pub fn new(plan: Plan) -> Self {
        Self { plan, uses: HashMap::new() }
    }

    /// The plan.
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What goes wrong with this call.
    pub fn choose(&mut self, asked: &Asked) -> Chosen {
        let mut chosen = Chosen::default();
        for (place, rule) in self.plan.rules.iter().enumerate() {
            let is_free = match rule.fault {
                Fault::Delay { .. } => true,
                Fault::Callback(_) => chosen.callback.is_none() && matches!(asked.call, Call::TopUp | Call::PayPasca),
                _ => chosen.spoiling.is_none(),
            };
            let uses = self.uses.entry(place).or_default();
            if !is_free || !fits(rule, asked) || !uses.hit(rule, self.plan.seed, place, &asked.subject.ref_id) {
                continue;
            }
            chosen.faults.push(rule.fault.clone());
            match &rule.fault {
                Fault::Delay { ms } => chosen.delay = chosen.delay.saturating_add(Duration::from_millis(*ms)),
                Fault::Callback(fault) => chosen.callback = Some(*fault),
                fault => chosen.spoiling = Some((fault.clone(), rule.work)),
            }
        }
        chosen
    }
}

fn fits(rule: &Rule, asked: &Asked) -> bool {
    let is = |wanted: &Option<String>, actual: &str| wanted.as_deref().is_none_or(|wanted| wanted == actual);
    let subject = &asked.subject;
    rule.call.contains(asked.call)
        && is(&rule.matching.ref_id, &subject.ref_id)
        && is(&rule.matching.customer_no, &subject.customer_no)
        && is(&rule.matching.sku, &subject.sku)
}

impl Uses {
    /// Counts a call that fits, and says whether the rule is used for it.
    fn hit(&mut self, rule: &Rule, seed: u64, place: usize, ref_id: &str) -> bool {
        self.fitting += 1;
        let by_ref = self.fitting_by_ref.entry(ref_id.to_owned()).or_default();
        *by_ref += 1;
        let is_used = rule.matching.nth.as_ref().is_none_or(|nth| nth.contains(self.fitting))
            && rule.times.is_none_or(|times| self.used < times)
            && rule.matching.probability.is_none_or(|probability| {
                let (seed, place, count) = (seed.to_string(), place.to_string(), by_ref.to_string());
                Seed::of(&[&seed, &place, ref_id, &count]).happens(per_million(probability))
            });
        self.used += u64::from(is_used);
        is_used
    }
}

#[expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a chance is no money, and `as` keeps it within bounds"
)]
fn per_million(probability: f64) -> u64 {
    (probability * 1_000_000.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Subject;
    use crate::plan::{Match, Nth};

    fn asked(call: Call, ref_id: &str) -> Asked {
        let subject = Subject { ref_id: ref_id.to_owned(), ..Subject::default() };
        Asked { call, subject, path: String::new(), body: None }
    }

    fn spoilt(plan: Plan, calls: &[Asked]) -> Vec<bool> {
        let mut chooser = Chooser::new(plan);
        calls.iter().map(|asked| chooser.choose(asked).spoiling.is_some()).collect()
    }

    #[test]
    fn a_rule_counts_the_calls_that_fit() {
        let calls = [(Call::InqPasca, "A"), (Call::PayPasca, "A"), (Call::PayPasca, "B"), (Call::PayPasca, "A")]
            .map(|(call, ref_id)| asked(call, ref_id));
        let pay = Rule::always(Call::PayPasca, Fault::Garbage);
        let with = |matching| Plan::of([Rule { matching, ..pay.clone() }]);
        assert_eq!(spoilt(Plan::of([Rule::once(Call::PayPasca, Fault::Html)]), &calls), [false, true, false, false]);
        let second = Match { nth: Some(Nth::One(2)), ..Match::default() };
        assert_eq!(spoilt(with(second), &calls), [false, false, true, false]);
        let of_a = Match { ref_id: Some("A".to_owned()), ..Match::default() };
        assert_eq!(spoilt(with(of_a), &calls), [false, true, false, true]);
    }

    #[test]
    fn chance_depends_on_the_reference_and_not_on_the_order() {
        let plan = || Plan {
            seed: 7,
            rules: vec![Rule {
                matching: Match { probability: Some(0.5), ..Match::default() },
                ..Rule::always(Call::TopUp, Fault::Garbage)
            }],
        };
        let mut calls: Vec<Asked> = (0..100).map(|number| asked(Call::TopUp, &number.to_string())).collect();
        let mut forwards = spoilt(plan(), &calls);
        calls.reverse();
        let backwards = spoilt(plan(), &calls);
        forwards.reverse();
        assert_eq!(forwards, backwards);
        assert!((30..70).contains(&forwards.iter().filter(|is_spoilt| **is_spoilt).count()));
    }
}
