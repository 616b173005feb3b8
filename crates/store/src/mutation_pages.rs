//! Finds a merchant's mutations and events by their moments without counting rows: their numbers are dense, and their moments never go
//! back.

use std::ops::RangeInclusive;

use domain::time::Timestamp;

use crate::StoreError;

/// The numbers of all mutations within two inclusive moments, out of those numbered 1 to `count`. Empty if `start > end`.
pub fn numbers_within(
    count: i64,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    mut made_at: impl FnMut(i64) -> Result<Timestamp, StoreError>,
) -> Result<RangeInclusive<i64>, StoreError> {
    let first = match from {
        Some(from) => first_number(1..=count, |number| Ok(made_at(number)? >= from))?,
        None => 1,
    };
    let last = match to {
        Some(to) => first_number(1..=count, |number| Ok(made_at(number)? > to))?.saturating_sub(1),
        None => count,
    };
    Ok(first..=last)
}

/// How many numbers a range has.
pub fn length(numbers: &RangeInclusive<i64>) -> u64 {
    u64::try_from(numbers.end().saturating_sub(*numbers.start()).saturating_add(1)).unwrap_or(0)
}

/// The part of `numbers` that stands on a page when the highest comes first. Pages count from 1; behind the last they are empty.
pub fn page_of(numbers: &RangeInclusive<i64>, page: u32, per_page: u32) -> RangeInclusive<i64> {
    let per_page = i64::from(per_page);
    let skipped = i64::from(page.saturating_sub(1)).saturating_mul(per_page);
    let last = numbers.end().saturating_sub(skipped);
    let first = last.saturating_sub(per_page).saturating_add(1);
    first.max(*numbers.start())..=last
}

/// The lowest of `numbers` for which `is_behind` holds, or the one after them. Once it holds, it holds for all higher numbers.
pub fn first_number(
    numbers: RangeInclusive<i64>,
    mut is_behind: impl FnMut(i64) -> Result<bool, StoreError>,
) -> Result<i64, StoreError> {
    let (mut low, mut high) = (*numbers.start(), numbers.end().saturating_add(1));
    while low < high {
        let middle = i64::midpoint(low, high);
        if is_behind(middle)? {
            high = middle;
        } else {
            low = middle.saturating_add(1);
        }
    }
    Ok(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_end_where_the_numbers_end() {
        let numbers = 1..=25;
        assert_eq!(page_of(&numbers, 1, 10), 16..=25);
        assert_eq!(page_of(&numbers, 3, 10), 1..=5);
        assert!(page_of(&numbers, 4, 10).is_empty());
        assert!(page_of(&numbers, u32::MAX, u32::MAX).is_empty());
        assert!(page_of(&numbers, 1, 0).is_empty());
        assert_eq!(page_of(&numbers, 0, 10), 16..=25, "there is no page before the first");
    }

    #[test]
    fn moments_are_inclusive_at_both_ends() {
        let moments = [10, 20, 20, 30].map(Timestamp::from_micros);
        let within = |from: Option<i64>, to: Option<i64>| {
            let [from, to] = [from, to].map(|micros| micros.map(Timestamp::from_micros));
            numbers_within(4, from, to, |number| Ok(moments[usize::try_from(number).unwrap() - 1])).unwrap()
        };
        assert_eq!(within(None, None), 1..=4);
        assert_eq!(within(Some(20), Some(20)), 2..=3);
        assert_eq!(within(Some(11), Some(29)), 2..=3);
        assert_eq!(within(Some(10), Some(30)), 1..=4);
        assert_eq!(length(&within(Some(31), None)), 0);
        assert_eq!(length(&within(None, Some(9))), 0);
        assert_eq!(length(&within(Some(30), Some(10))), 0);
    }
}
