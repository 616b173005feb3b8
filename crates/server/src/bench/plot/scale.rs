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
    /// The times with a label, in microseconds: powers of ten.
    pub ticks: Vec<u64>,
    pixels: f64,
}

impl TimeScale {
    /// A scale of whole decades over all of these, in microseconds.
    pub fn over(micros: impl Iterator<Item = u64> + Clone, pixels: u32) -> Self {
        let shortest = micros.clone().min().unwrap_or(1_000).max(1);
        let longest = micros.max().unwrap_or(1_000).max(1);
        let ends = shortest.ilog10()..=longest.ilog10() + 1;
        Self { ticks: ends.map(|power| 10_u64.pow(power)).collect(), pixels: f64::from(pixels) }
    }

    /// How far from the top.
    pub fn place(&self, micros: u64) -> f64 {
        let [first, last] =
            [self.ticks.first(), self.ticks.last()].map(|tick| float(tick.copied().unwrap_or(1)).log10());
        (last - float(micros.max(1)).log10()) / (last - first) * self.pixels
    }

    /// Between the ticks, so that eyes can tell where 2, 5 are.
    pub fn between(&self) -> impl Iterator<Item = u64> {
        self.ticks.iter().rev().skip(1).flat_map(|tick| [tick * 2, tick * 5])
    }
}

/// A step of 1, 2 or 5 times a power of ten, of which at most six make the whole.
fn round_step(whole: u64) -> u64 {
    let steps = (0..19).flat_map(|power| [1, 2, 5].map(|factor: u64| factor * 10_u64.pow(power)));
    steps.into_iter().find(|step| whole.div_ceil(*step) <= 6).unwrap_or(whole)
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
        let scale = TimeScale::over([250, 30_000].into_iter(), 300);
        assert_eq!(scale.ticks, [100, 1_000, 10_000, 100_000]);
        let places = scale.ticks.iter().map(|tick| format!("{:.0}", scale.place(*tick)));
        assert_eq!(places.collect::<Vec<_>>(), ["300", "200", "100", "0"]);
    }
}
