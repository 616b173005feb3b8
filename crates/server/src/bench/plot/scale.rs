//! Where loads and times stand in a panel.

#![expect(clippy::float_arithmetic, reason = "pixels, not money")]

/// Loads from nothing on, evenly.
pub struct LoadScale {
    /// The loads with a label: multiples of a round number.
    pub ticks: Vec<u64>,
    end: f64,
    pixels: f64,
}

impl LoadScale {
    /// A scale on which the greatest load has its place.
    pub fn up_to(greatest: u64, pixels: u32) -> Self {
        let step = round_step(greatest.max(1));
        let last = greatest.max(1).div_ceil(step);
        let ticks: Vec<u64> = (0..=last).map(|number| number * step).collect();
        Self { ticks, end: float(last * step), pixels: f64::from(pixels) }
    }

    /// How far from the left.
    pub fn place(&self, load: u64) -> f64 {
        float(load) / self.end * self.pixels
    }
}

/// Times by their magnitudes: each decade as high as the next.
pub struct TimeScale {
    /// The times that have a line, in microseconds: 1, 2 and 5 times each power of ten.
    pub lines: Vec<u64>,
    pixels: f64,
}

impl TimeScale {
    /// A scale over all of these, in microseconds.
    pub fn over(micros: impl Iterator<Item = u64> + Clone, pixels: u32) -> Self {
        let shortest = micros.clone().min().unwrap_or(1_000).max(1);
        let longest = micros.max().unwrap_or(1_000).max(1);
        let round: Vec<u64> = round_numbers().take_while(|number| number / 10 < longest).collect();
        let first = round.partition_point(|number| *number <= shortest).saturating_sub(1);
        // One more than the greatest, so that there is always some height.
        let end = round.partition_point(|number| *number <= longest) + 1;
        Self { lines: round[first..end].to_vec(), pixels: f64::from(pixels) }
    }

    /// How far from the top.
    pub fn place(&self, micros: u64) -> f64 {
        let [first, last] =
            [self.lines.first(), self.lines.last()].map(|line| float(line.copied().unwrap_or(1)).log10());
        (last - float(micros.max(1)).log10()) / (last - first) * self.pixels
    }

    /// Whether a line has a label: the powers of ten, or all where these are few.
    pub fn is_labelled(&self, line: u64) -> bool {
        let is_power = |line: u64| 10_u64.pow(line.ilog10()) == line;
        is_power(line) || self.lines.iter().filter(|line| is_power(**line)).count() < 2
    }
}

/// A step of 1, 2 or 5 times a power of ten, of which at most six make the whole.
fn round_step(whole: u64) -> u64 {
    round_numbers().find(|step| whole.div_ceil(*step) <= 6).unwrap_or(whole)
}

/// 1, 2, 5, 10, 20, 50, …
fn round_numbers() -> impl Iterator<Item = u64> {
    (0..19).flat_map(|power| [1, 2, 5].map(|factor: u64| factor * 10_u64.pow(power)))
}

fn float(number: u64) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loads_are_labelled_at_round_numbers() {
        for (greatest, ticks) in [
            (12_345, vec![0, 5_000, 10_000, 15_000]),
            (10, vec![0, 2, 4, 6, 8, 10]),
            (1, vec![0, 1]),
            (0, vec![0, 1]),
            (59_000, vec![0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]),
        ] {
            assert_eq!(LoadScale::up_to(greatest, 100).ticks, ticks, "{greatest}");
        }
    }

    #[test]
    fn each_decade_is_as_high_as_the_next() {
        let scale = TimeScale::over([1_000, 99_000].into_iter(), 300);
        assert_eq!(scale.lines, [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000]);
        let labelled = scale.lines.iter().filter(|line| scale.is_labelled(**line));
        let places = labelled.map(|line| format!("{:.0}", scale.place(*line)));
        assert_eq!(places.collect::<Vec<_>>(), ["300", "150", "0"]);
    }

    #[test]
    fn the_scale_holds_whatever_was_measured() {
        for (shortest, longest) in [(1, 1), (1, 600_000_000), (999, 1_000), (1_000, 1_000), (2_100, 4_900)] {
            let scale = TimeScale::over([shortest, longest].into_iter(), 300);
            for micros in [shortest, longest] {
                assert!((0.0..=300.0).contains(&scale.place(micros)), "{micros} of {:?}", scale.lines);
            }
            assert!(scale.lines.iter().any(|line| scale.is_labelled(*line)), "{:?}", scale.lines);
        }
    }
}
