//! The merchants whose requests these are, and how the load spreads over them.

use std::path::Path;

use domain::json::{LineSeparators, Writer};
use domain::signature::{API_ID, SigningKey, TIMESTAMP};
use serde::{Deserialize, Serialize};

use super::BenchError;

/// A merchant, with everything about its requests that is always the same.
pub struct Merchant {
    /// Its place among the merchants of the run, counted from 0.
    pub number: usize,
    /// What signs.
    pub key: SigningKey,
    /// `"api_id":"…","timestamp":`, what stands between the parameters and the time in a signed body.
    pub authentication: String,
}

impl Merchant {
    /// The merchant with this key.
    pub fn new(number: usize, key: SigningKey) -> Self {
        let mut api_id = String::new();
        Writer::new(&mut api_id, LineSeparators::Escaped).value(&key.api_id().into());
        let authentication = format!(r#""{API_ID}":{api_id},"{TIMESTAMP}":"#);
        Self { number, key, authentication }
    }
}

/// Which of the merchants a request is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spread {
    /// Any, with the same chance.
    Uniform,
    /// Always the first.
    Hot,
    /// The n-th one n times more seldom than the first, as it is with shops.
    Zipf,
}

/// All merchants of a run; at least one.
pub struct Merchants {
    all: Vec<Merchant>,
    /// For each merchant, its share of all requests and those of all before it, in parts of the last one's.
    shares: Vec<u64>,
}

impl Merchants {
    /// One merchant.
    pub fn single(merchant: Merchant) -> Self {
        Self { all: vec![merchant], shares: vec![1] }
    }

    /// The first `at_most` merchants of a file: a line each, as `loket merchant add --json` prints it.
    pub fn read(path: &Path, at_most: usize, spread: Spread) -> Result<Self, BenchError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| BenchError::MerchantsUnreadable { path: path.to_owned(), error })?;
        let lines = (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty());
        let keys = lines.enumerate().map(|(number, (line, text))| {
            let keys: Keys = serde_json::from_str(text).map_err(|error| BenchError::NotAMerchant {
                path: path.to_owned(),
                line,
                error,
            })?;
            Ok(keys.merchant(number))
        });
        let all = keys.take(at_most).collect::<Result<Vec<_>, BenchError>>()?;
        if all.is_empty() {
            return Err(BenchError::NoMerchants(path.to_owned()));
        }
        let shares = shares(all.len(), spread);
        Ok(Self { all, shares })
    }

    /// All of them, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Merchant> {
        self.all.iter()
    }

    /// Those whose requests there may be.
    pub fn used(&self) -> impl Iterator<Item = &Merchant> {
        let before = [0].into_iter().chain(self.shares.iter().copied());
        self.all
            .iter()
            .zip(self.shares.iter().zip(before))
            .filter(|(_, (sum, before))| *sum > before)
            .map(|(one, _)| one)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// One of them, by chance: in a round, two bills of one merchant would never meet.
    pub fn draw(&self, chance: u64) -> &Merchant {
        let whole = self.shares.last().copied().unwrap_or(1).max(1);
        let place = self.shares.partition_point(|share| *share <= chance % whole);
        &self.all[place.min(self.all.len() - 1)]
    }
}

/// The running sum of the merchants' shares.
fn shares(merchants: usize, spread: Spread) -> Vec<u64> {
    /// Divides evenly enough by the rank of any merchant.
    const FIRST: u64 = 1 << 32;
    let share = |rank: u64| match spread {
        Spread::Uniform => FIRST,
        Spread::Hot if rank == 1 => FIRST,
        Spread::Hot => 0,
        Spread::Zipf => FIRST / rank,
    };
    let running = |sum: &mut u64, rank| {
        *sum += share(rank);
        Some(*sum)
    };
    (1..).take(merchants).scan(0, running).collect()
}

/// A line of the file. Other members, such as the name, are of no interest here.
#[derive(Deserialize)]
struct Keys {
    api_id: String,
    api_key: String,
    secret_key: String,
}

impl Keys {
    fn merchant(&self, number: usize) -> Merchant {
        Merchant::new(number, SigningKey::new(&self.api_id, &self.api_key, &self.secret_key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merchants(spread: Spread) -> Merchants {
        let keys = ["a", "b", "c", "d"].map(|id| SigningKey::new(id, "k", "s"));
        let all = keys.into_iter().enumerate().map(|(number, key)| Merchant::new(number, key)).collect();
        Merchants { all, shares: shares(4, spread) }
    }

    /// How often each of four merchants is drawn.
    fn draws(spread: Spread) -> [u32; 4] {
        let merchants = merchants(spread);
        let mut drawn = [0; 4];
        for chance in 0..2_500_u64 {
            // Spreads the chances over all 64 bits.
            let id = merchants.draw(chance.wrapping_mul(0x9e37_79b9_7f4a_7c15)).key.api_id();
            drawn["abcd".find(id).expect("one of the four")] += 1;
        }
        drawn
    }

    #[test]
    fn the_load_spreads_as_told() {
        assert_eq!(draws(Spread::Hot), [2_500, 0, 0, 0]);
        assert!(draws(Spread::Uniform).iter().all(|count| (600..650).contains(count)));
        let [a, b, c, d] = draws(Spread::Zipf);
        assert!((1_150..1_250).contains(&a) && (550..650).contains(&b) && (350..450).contains(&c), "{a} {b} {c} {d}");
    }

    #[test]
    fn only_who_is_drawn_is_used() {
        let used = |spread| merchants(spread).used().map(|merchant| merchant.number).collect::<Vec<_>>();
        assert_eq!((used(Spread::Hot), used(Spread::Uniform)), (vec![0], vec![0, 1, 2, 3]));
    }

    #[test]
    fn the_file_is_what_merchant_add_prints() -> Result<(), Box<dyn std::error::Error>> {
        let directory = tempfile::tempdir()?;
        let path = directory.path().join("merchants");
        let line = r#"{"merchant_id":"1","name":"Toko","api_id":"a\"b","api_key":"k","secret_key":"s"}"#;
        std::fs::write(&path, format!("{line}\n\n{line}\n"))?;
        let merchants = Merchants::read(&path, usize::MAX, Spread::Uniform)?;
        assert_eq!(merchants.count(), 2);
        assert_eq!(Merchants::read(&path, 1, Spread::Uniform)?.count(), 1);
        assert_eq!(merchants.draw(0).authentication, r#""api_id":"a\"b","timestamp":"#);

        std::fs::write(&path, format!("{line}\n{{}}\n"))?;
        let error = Merchants::read(&path, usize::MAX, Spread::Uniform)
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(error.contains("line 2: missing field `api_id`"), "{error}");
        std::fs::write(&path, "\n")?;
        assert!(matches!(Merchants::read(&path, usize::MAX, Spread::Hot), Err(BenchError::NoMerchants(_))));
        Ok(())
    }
}
