//! A report as people read it.

use std::fmt;

use comfy_table::{CellAlignment, Table, presets::NOTHING};

use super::books_text::fmt_books;
use super::latencies::Percentiles;
use super::receivers::WebhookReport;
use super::report::{Report, Use};
use super::step::Step;

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = self.setup.scenario.units();
        fmt_setup(formatter, self)?;
        writeln!(formatter)?;
        writeln!(
            formatter,
            "{:>9} {units}/s  ({} in {} s)",
            self.done_per_second,
            self.done,
            decimal(self.window_ms, 1)
        )?;
        writeln!(formatter, "{:>9} answers/s  ({})", self.answered_per_second, self.answered)?;
        if let Some(webhooks) = &self.webhooks {
            let WebhookReport { receivers, dead, received_per_second, .. } = webhooks;
            writeln!(
                formatter,
                "{received_per_second:>9} webhooks/s  (at {}, {dead} of them dead)",
                counted(*receivers, "receiver")
            )?;
        }
        writeln!(formatter, "\n{}\n", self.latencies())?;
        for (code, count) in &self.codes {
            writeln!(formatter, "{count:>9} {code}")?;
        }
        for (count, what) in [
            (self.broken, "connections broke"),
            (self.unanswered, "units were never answered"),
            (self.given_up, "arrivals found no free connection"),
        ] {
            if count > 0 {
                writeln!(formatter, "{count:>9} {what}")?;
            }
        }
        if self.codes.contains_key("RATE_LIMITED") {
            writeln!(
                formatter,
                "\nThe merchant's rate limit was met: use more merchants, or raise it with `loket merchant set`."
            )?;
        }
        writeln!(formatter)?;
        fmt_use(formatter, "generator", &self.generator)?;
        if let Some(server) = &self.server {
            fmt_use(formatter, "server", server)?;
        }
        fmt_machine(formatter, self)?;
        fmt_books(formatter, self.balances.as_ref(), self.books.as_ref())
    }
}

/// Where it was, in two lines.
pub fn fmt_machine(formatter: &mut fmt::Formatter<'_>, report: &Report) -> fmt::Result {
    let machine = &report.machine;
    writeln!(
        formatter,
        "machine    {} processors ({}), load average {} before, {} after",
        machine.processors,
        machine.processor,
        machine.load_before.as_str(),
        machine.load_after.as_str()
    )?;
    write!(
        formatter,
        "disk       {} ms to append and sync 4 KiB in {} (median of 50)",
        decimal(machine.sync_us, 3),
        machine.sync_directory.display()
    )
}

/// How it was made, in a line.
pub fn fmt_setup(formatter: &mut fmt::Formatter<'_>, report: &Report) -> fmt::Result {
    let setup = &report.setup;
    write!(formatter, "{} at {}", setup.scenario.units(), setup.url)?;
    write!(formatter, ", {}", counted(setup.connections, "connection"))?;
    match setup.rate {
        Some(rate) => write!(formatter, ", open loop at {rate}/s")?,
        None => write!(formatter, ", closed loop")?,
    }
    write!(formatter, ", {} ({})", counted(setup.merchants, "merchant"), format!("{:?}", setup.spread).to_lowercase())?;
    writeln!(formatter, "{}", if setup.testing { ", testing" } else { "" })
}

impl Report {
    /// The table of latencies; kinds of which there was nothing are left out.
    fn latencies(&self) -> String {
        let step = |step| self.step_latency.get(&step).copied();
        let mut table = Table::new();
        table.load_style(NOTHING).set_header(["ms", "count", "p50", "p90", "p99", "p99.9", "max"]);
        for (name, latency) in [
            ("inquiry", step(Step::Inquiry)),
            ("payment", step(Step::Payment)),
            ("prepaid", step(Step::Prepaid)),
            ("balance", step(Step::Balance)),
            ("whole", self.unit_latency),
            ("refusal", self.refusal_latency),
            ("delay", self.delay),
            ("lateness", self.lateness),
            ("webhook", self.webhooks.and_then(|webhooks| webhooks.delay)),
        ] {
            if let Some(latency) = latency {
                table.add_row(row(name, latency));
            }
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2)).set_cell_alignment(CellAlignment::Right);
        }
        table.trim_fmt()
    }
}

fn row(name: &str, latency: Percentiles) -> [String; 7] {
    let Percentiles { count, p50_us, p90_us, p99_us, p99_9_us, max_us } = latency;
    let [p50, p90, p99, p99_9, max] = [p50_us, p90_us, p99_us, p99_9_us, max_us].map(|micros| decimal(micros, 3));
    [name.to_owned(), count.to_string(), p50, p90, p99, p99_9, max]
}

fn fmt_use(formatter: &mut fmt::Formatter<'_>, name: &str, used: &Use) -> fmt::Result {
    writeln!(
        formatter,
        "{name:<10} {} s of processor time, {} µs a unit, {} µs an answer; {} MiB, at most {}",
        decimal(used.processor_ms, 2),
        used.processor_us_per_unit,
        used.processor_us_per_answer,
        used.resident_kib.div_ceil(1_024),
        used.peak_kib.div_ceil(1_024)
    )
}

/// So many of something.
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Thousandths as a decimal number with that many places, rounded down.
pub fn decimal(thousandths: u64, places: u32) -> String {
    let shown = thousandths % 1_000 / 10_u64.pow(3_u32.saturating_sub(places));
    format!("{}.{shown:0width$}", thousandths / 1_000, width = places as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_are_written_as_decimals() {
        assert_eq!(
            [decimal(1_234_567, 3), decimal(7, 3), decimal(1_990, 1), decimal(1_050, 2)],
            ["1234.567", "0.007", "1.9", "1.05"]
        );
    }
}
