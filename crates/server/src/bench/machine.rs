//! What the machine is and how busy it was, as Linux tells it.

use std::num::NonZero;

use serde::{Deserialize, Serialize};

/// The load average over one, five and fifteen minutes, as the system writes it; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LoadAverage(String);

impl LoadAverage {
    /// Asks now.
    pub fn read() -> Self {
        Self(std::fs::read_to_string("/proc/loadavg").map(|text| Self::first_three(&text)).unwrap_or_default())
    }

    /// The three averages; what follows counts processes.
    fn first_three(text: &str) -> String {
        text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
    }

    /// `0.52 0.60 0.55`
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the first processor calls itself; empty where the system doesn't say.
pub fn processor_name() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let named = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    named.map(|(_, name)| name.trim().to_owned()).unwrap_or_default()
}

/// How many processors this process may use.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_averages_are_taken_and_nothing_else() {
        assert_eq!(LoadAverage::first_three("0.52 0.60 0.55 2/312 4711\n"), "0.52 0.60 0.55");
        assert_eq!(LoadAverage::read().as_str().split(' ').count(), 3);
    }
}
