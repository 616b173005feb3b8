//! Decimal numbers, read as text: no float stands between a supplier's amount and ours.

/// Exponents beyond this are no amounts of money.
const FARTHEST_EXPONENT: i32 = 30;

/// A decimal number, cut at its point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Decimal {
    /// What stands before the point.
    pub whole: i64,
    /// Something other than zeros stands after it.
    pub has_fraction: bool,
}

impl Decimal {
    /// Reads `10000`, `10000.00`, `1.0E4`. `None` for anything else, and for what doesn't fit.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (before, after) = match mantissa.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        if before.is_empty() || !before.bytes().chain(after.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if exponent.abs() > FARTHEST_EXPONENT {
            return None;
        }
        // Moves the point by the exponent, with zeros wherever there are no digits.
        let far = usize::try_from(FARTHEST_EXPONENT).ok()?;
        let padding = "0".repeat(far);
        let digits = format!("{padding}{before}{after}{padding}");
        let point = far.checked_add(before.len())?.checked_add_signed(isize::try_from(exponent).ok()?)?;
        let (whole, fraction) = digits.split_at_checked(point)?;
        let has_fraction = fraction.bytes().any(|digit| digit != b'0');
        Some(Self { whole: format!("{sign}{whole}").parse().ok()?, has_fraction })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_however_they_are_written() {
        let table = [
            ("0", 0),
            ("-0", 0),
            ("10000", 10_000),
            ("10000.0", 10_000),
            ("10000.000", 10_000),
            ("-10000.00", -10_000),
            ("007", 7),
            ("5.0E11", 500_000_000_000),
            ("5e+3", 5_000),
            ("1.25e2", 125),
            ("12500e-2", 125),
            ("0e30", 0),
            ("9223372036854775807", i64::MAX),
        ];
        for (text, number) in table {
            assert_eq!(Decimal::parse(text), Some(Decimal { whole: number, has_fraction: false }), "{text}");
        }
    }

    #[test]
    fn a_fraction_is_cut_and_told() {
        for (text, whole) in [("1.5", 1), ("-1.05", -1), ("125e-3", 0), ("0.01", 0)] {
            assert_eq!(Decimal::parse(text), Some(Decimal { whole, has_fraction: true }), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_guessed() {
        let table = [
            "",
            "-",
            "--1",
            "+1",
            ".5",
            "5.",
            "1e",
            "1e31",
            "1e-31",
            "1e99999999999",
            "e5",
            "1e5.0",
            "9223372036854775808",
            "1 000",
            "1,000",
            "1.000.000",
            "Rp1",
            "0x10",
            "NaN",
            "Infinity",
            "١",
        ];
        for text in table {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }
}
