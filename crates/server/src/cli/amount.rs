//! An amount as an operator types it.

use domain::money::Rupiah;

/// Reads whole rupiah with an optional sign: `10000000`, `-500`, and `10.000.000` as Indonesia writes it.
pub fn read_amount(text: &str) -> Result<i64, String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let mut groups = digits.split('.');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    // 10.5 is neither ten and a half rupiah nor a hundred and five: only whole groups of three are believed.
    let is_grouped = rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || (1..=3).contains(&first.len()));
    let plain = format!("{sign}{first}{}", rest.concat());
    let all_digits = !first.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let amount = plain.parse().ok().and_then(Rupiah::new).filter(|_| is_grouped && all_digits);
    amount.map(Rupiah::get).ok_or_else(|| "an amount is whole rupiah, such as 10000000 or 10.000.000".to_owned())
}

/// The same, but more than nothing.
pub fn read_positive_amount(text: &str) -> Result<i64, String> {
    match read_amount(text)? {
        amount if amount > 0 => Ok(amount),
        _ => Err("a deposit is more than nothing; `loket adjust` takes money away".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_rupiah() {
        for (text, amount) in
            [("25000", 25_000), ("-500", -500), ("+1", 1), ("10.000.000", 10_000_000), ("-1.000", -1_000)]
        {
            assert_eq!(read_amount(text), Ok(amount), "{text}");
        }
        for bad in ["", "-", "10.5", "1,000", "1.0000", "1000.000", "1e3", "--5", "+-5", "9999999999999999", "."] {
            assert!(read_amount(bad).is_err(), "{bad}");
        }
        assert!(read_positive_amount("0").is_err());
    }
}
