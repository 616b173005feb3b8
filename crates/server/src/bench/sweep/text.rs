//! A sweep as people read it.

use std::fmt;

use comfy_table::{CellAlignment, Table, presets::NOTHING};

use super::result::{Point, Sweep};
use crate::bench::balances::Reckoning;
use crate::bench::books_text::fmt_books;
use crate::bench::latencies::Percentiles;
use crate::bench::report::{Report, Use};
use crate::bench::report_text::{counted, decimal, fmt_machine, fmt_setup};

impl fmt::Display for Sweep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.maximum.repeats.first() else { return Ok(()) };
        write!(formatter, "{}: ", self.name)?;
        fmt_setup(formatter, first)?;
        let repeats: Vec<String> =
            self.maximum.repeats.iter().map(|report| report.done_per_second.to_string()).collect();
        writeln!(
            formatter,
            "\n{:>9} {}/s at most  (median of {})",
            self.maximum.per_second,
            first.setup.scenario.units(),
            repeats.join(", ")
        )?;
        writeln!(formatter, "\n{}", latencies(&self.maximum.repeats, &self.points))?;
        if !self.overload.is_empty() {
            writeln!(formatter, "\n{}", overload(&self.overload))?;
        }
        writeln!(formatter)?;
        fmt_machine(formatter, self.points.last().map_or(first, |point| &point.report))?;
        let balances = Reckoning::total(self.reports().filter_map(|report| report.balances.as_ref()));
        fmt_books(formatter, balances.as_ref(), self.books.as_ref())
    }
}

/// A row for each load: how long, and at which cost.
fn latencies(maximum: &[Report], points: &[Point]) -> String {
    let mut table = new_table([
        "load",
        "rate/s",
        "done/s",
        "p50 ms",
        "p99",
        "p99.9",
        "max",
        "server µs",
        "MiB",
        "generator µs",
        "MiB",
        "",
    ]);
    let closed = maximum.iter().map(|report| row("closed".to_owned(), "-".to_owned(), report, ""));
    let open = points.iter().map(|point| {
        let marks: Vec<&str> = point.marks.iter().map(|mark| mark.in_words()).collect();
        row(format!("{} %", point.percent), point.rate.to_string(), &point.report, &marks.join(", "))
    });
    table.add_rows(closed.chain(open));
    finish(table)
}

fn row(load: String, rate: String, report: &Report, marks: &str) -> [String; 12] {
    let [p50, p99, p99_9, max] = report.unit_latency.map_or_else(Default::default, |latency| {
        [latency.p50_us, latency.p99_us, latency.p99_9_us, latency.max_us].map(|micros| decimal(micros, 3))
    });
    let used = |used: Option<&Use>| {
        let cost = used.map_or_else(|| "-".to_owned(), |used| used.processor_us_per_unit.to_string());
        let memory = used.map_or_else(|| "-".to_owned(), |used| used.resident_kib.div_ceil(1_024).to_string());
        (cost, memory)
    };
    let (server_cost, server_memory) = used(report.server.as_ref());
    let (generator_cost, generator_memory) = used(Some(&report.generator));
    [
        load,
        rate,
        report.done_per_second.to_string(),
        p50,
        p99,
        p99_9,
        max,
        server_cost,
        server_memory,
        generator_cost,
        generator_memory,
        marks.to_owned(),
    ]
}

/// A row for each load beyond the maximum: what became of the arrivals. Times count from when a request's bytes left.
fn overload(points: &[Point]) -> String {
    let mut table = new_table([
        "beyond",
        "rate/s",
        "done/s",
        "refused/s",
        "done p50 ms",
        "p99",
        "refused p50",
        "p99",
        "no connection",
        "server MiB",
        "normal again",
    ]);
    table.add_rows(points.iter().map(overload_row));
    let codes: Vec<String> = points.iter().map(codes).collect();
    finish(table) + "\n" + &codes.join("\n")
}

fn overload_row(point: &Point) -> [String; 11] {
    let report = &point.report;
    let dash = || "-".to_owned();
    let times = |latency: Option<Percentiles>| {
        latency.map_or_else(
            || [dash(), dash()],
            |latency| [latency.p50_us, latency.p99_us].map(|micros| decimal(micros, 3)),
        )
    };
    let [done_p50, done_p99] = times(report.sent_success_latency);
    let [refused_p50, refused_p99] = times(report.sent_refusal_latency);
    let refused = report.sent_refusal_latency.map_or(0, |latency| latency.count);
    let again = report.recovery.and_then(|recovery| recovery.after_ms);
    [
        beyond(point),
        point.rate.to_string(),
        report.done_per_second.to_string(),
        (refused * 1_000 / report.window_ms.max(1)).to_string(),
        done_p50,
        done_p99,
        refused_p50,
        refused_p99,
        report.given_up.to_string(),
        report.server.as_ref().map_or_else(dash, |used| used.peak_kib.div_ceil(1_024).to_string()),
        again.map_or_else(|| "not within a minute".to_owned(), |millis| format!("after {millis} ms")),
    ]
}

/// Every answer's code, and how many broke off.
fn codes(point: &Point) -> String {
    let report = &point.report;
    let said = report.codes.iter().map(|(code, count)| format!("{count} {code}"));
    let broke = (report.broken > 0).then(|| format!("{} connections broke", report.broken));
    let said: Vec<String> = said.chain(broke).collect();
    format!("{}, {}: {}", beyond(point), counted(report.setup.connections, "connection"), said.join(", "))
}

/// How many times the maximum.
fn beyond(point: &Point) -> String {
    format!("{} ×", point.percent / 100)
}

fn new_table<const COLUMNS: usize>(header: [&str; COLUMNS]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(header);
    table
}

fn finish(mut table: Table) -> String {
    for column in table.column_iter_mut() {
        column.set_padding((0, 2)).set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}
