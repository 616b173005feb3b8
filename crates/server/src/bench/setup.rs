//! Merchants to measure with, made on a server that is there for it.

use std::error::Error;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::control::merchant::{AddMerchant, ChangeMerchant, Clearable};
use crate::control::product::{ListProducts, SeedProducts};
use crate::control::{Door, Fund, FundKind, Progress};

use super::step::Step;

/// The file of these merchants in the data directory. Their keys stand in it.
pub const MERCHANTS_FILE: &str = "bench-merchants.jsonl";

/// Ten trillion rupiah last for weeks, and for the hottest merchant for hours.
const DEPOSIT: i64 = 10_000_000_000_000;
/// Nobody measures a rate limit.
const RATE_PER_SECOND: u32 = 10_000_000;
/// For its owner only, since keys stand in it.
const MODE: u32 = 0o600;

/// Sees to it that `file` has at least `count` merchants with money and without a limit, and that there is something to sell. What is
/// there is kept, and what was made stays made when this fails halfway.
pub fn set_up(door: &mut Door, file: &Path, count: usize, progress: &Progress) -> Result<(), Box<dyn Error>> {
    seed_products(door)?;
    let known = match std::fs::read_to_string(file) {
        Ok(text) => text.lines().filter(|line| !line.trim().is_empty()).count(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(error) => return Err(format!("{}: {error}", file.display()).into()),
    };
    if known >= count {
        return Ok(());
    }
    let mut file = OpenOptions::new().append(true).create(true).mode(MODE).open(file)?;
    let length = |count| u64::try_from(count).unwrap_or(u64::MAX);
    for number in known..count {
        writeln!(file, "{}", make_merchant(door, number + 1)?)?;
        progress.tell(length(number + 1), length(count));
    }
    Ok(())
}

/// A catalogue with what is asked for, unless there is one.
fn seed_products(door: &mut Door) -> Result<(), Box<dyn Error>> {
    for step in [Step::Payment, Step::Prepaid] {
        let code = step.order().map(|(_, code)| code.to_owned());
        if door.ask(ListProducts { code, ..ListProducts::default() }, &Progress::ignored())?.is_empty() {
            door.ask(SeedProducts {}, &Progress::ignored())?;
        }
    }
    Ok(())
}

/// The keys of a new merchant, as `loket merchant add --json` prints them.
fn make_merchant(door: &mut Door, number: usize) -> Result<String, Box<dyn Error>> {
    let name = format!("Bench {number}");
    let keys = door
        .ask(AddMerchant { name, api_id: None, allow_ips: Vec::new(), webhooks: Vec::new() }, &Progress::ignored())?;
    let merchant = keys.merchant_id.clone();
    let rate_per_second = Some(Clearable::Set(RATE_PER_SECOND));
    door.ask(
        ChangeMerchant { merchant: merchant.clone(), rate_per_second, ..ChangeMerchant::default() },
        &Progress::ignored(),
    )?;
    let note = "to measure with".to_owned();
    let reference = Some("bench".to_owned());
    door.ask(Fund { merchant, kind: FundKind::Deposit, amount: DEPOSIT, note, reference }, &Progress::ignored())?;
    Ok(serde_json::to_string(&keys)?)
}
