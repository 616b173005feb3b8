//! Balances before and after a run, against what the merchants were told: nothing acknowledged is lost, nothing is paid twice.

use std::iter::repeat_n;
use std::time::Duration;

use app::seams::Clock;
use serde::{Deserialize, Serialize};

use super::BenchError;
use super::connection::Connection;
use super::merchants::Merchants;
use super::plan::Plan;
use super::request::RequestWriter;
use super::spending::Spending;
use super::step::Step;

/// How long a merchant waits that has just used up its rate, and how often that may be for all of them.
const PAUSE: Duration = Duration::from_millis(100);
const PAUSES: usize = 100;

/// What every merchant of a run could spend at one moment, in rupiah, in the order of their numbers.
pub struct Balances(Vec<i64>);

impl Balances {
    /// Asks for each of them, one after the other.
    pub async fn read(plan: &Plan, clock: &dyn Clock) -> Result<Self, BenchError> {
        let mut requests = RequestWriter::new(plan.address.clone(), false);
        let opened = Connection::open(&plan.address.socket()).await;
        let mut connection = opened.map_err(|error| BenchError::unconnected(&plan.address, error))?;
        let mut balances = Vec::new();
        let mut patience = repeat_n(PAUSE, PAUSES);
        for merchant in plan.merchants.used() {
            let unknown =
                |why: &str| BenchError::NoBalance { api_id: merchant.key.api_id().to_owned(), why: why.to_owned() };
            let balance = loop {
                let request = requests.write_call(Step::Balance.call(), "", merchant, clock.wall().seconds());
                let answer = connection.exchange(request).await.map_err(|error| unknown(&error.to_string()))?;
                let is_busy = matches!(answer.code, "RATE_LIMITED" | "OVERLOADED");
                match is_busy.then(|| patience.next()).flatten() {
                    Some(pause) => clock.sleep(pause).await,
                    None => break answer.whole_number("balance").ok_or_else(|| unknown(answer.code))?,
                }
            };
            balances.push(balance);
        }
        Ok(Self(balances))
    }

    /// Holds what has gone since `before` against what was spent.
    pub fn compare(&self, before: &Self, merchants: &Merchants, spending: &Spending) -> Reckoning {
        let mut reckoning = Reckoning::default();
        for (merchant, (before, after)) in merchants.used().zip(before.0.iter().zip(&self.0)) {
            let spent = spending.of(merchant.number);
            let taken = before - after;
            reckoning.merchants += 1;
            reckoning.acknowledged += spent.acknowledged;
            reckoning.taken += taken;
            reckoning.open += spent.open;
            let fits = if spent.open == 0 { taken == spent.acknowledged } else { taken >= spent.acknowledged };
            if !fits {
                let api_id = merchant.key.api_id().to_owned();
                reckoning.wrong.push(WrongBalance { api_id, acknowledged: spent.acknowledged, taken });
            }
        }
        reckoning
    }
}

/// The sum over all merchants of a run, in rupiah.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoning {
    /// How many merchants were asked.
    pub merchants: usize,
    /// The sum of all successes that the generator was told.
    pub acknowledged: i64,
    /// By how much the balances are less.
    pub taken: i64,
    /// Requests whose end the generator wasn't told: what they moved isn't in `acknowledged`.
    pub open: u64,
    /// Merchants of whom less was taken than acknowledged, or more though nothing is open.
    pub wrong: Vec<WrongBalance>,
    /// Why the balances couldn't be read after the run, if so; then all else is empty.
    pub unread: Option<String>,
}

impl Reckoning {
    /// The sum over several runs of the same merchants; none of none.
    pub fn total<'r>(runs: impl Iterator<Item = &'r Self>) -> Option<Self> {
        runs.fold(None, |total: Option<Self>, run| {
            let mut total = total.unwrap_or_default();
            total.merchants = total.merchants.max(run.merchants);
            total.acknowledged += run.acknowledged;
            total.taken += run.taken;
            total.open += run.open;
            total.wrong.extend(run.wrong.iter().cloned());
            total.unread = total.unread.or_else(|| run.unread.clone());
            Some(total)
        })
    }

    /// Whether every balance fits.
    pub fn holds(&self) -> bool {
        self.wrong.is_empty() && self.unread.is_none()
    }
}

/// A merchant whose balance doesn't fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongBalance {
    /// Who.
    pub api_id: String,
    /// What it was told that it paid.
    pub acknowledged: i64,
    /// By how much its balance is less.
    pub taken: i64,
}
