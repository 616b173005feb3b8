//! One sweep's panel: axes, and a curve for each share of the units.

#![expect(clippy::float_arithmetic, reason = "pixels, not money")]

use super::scale::{LoadScale, TimeScale};
use super::svg::{Svg, grouped};
use crate::bench::latencies::Percentiles;
use crate::bench::report_text::decimal;
use crate::bench::sweep::{Point, Sweep};

/// How high every panel is.
pub const HEIGHT: u32 = 330;
/// The names of two curves don't stand closer.
const LINE: f64 = 14.0;

/// A curve: its class, its name, and where its times stand.
type Curve = (&'static str, &'static str, fn(&Percentiles) -> u64);

/// The slowest first, so that the others lie over it.
const CURVES: [Curve; 4] = [
    ("max", "max", |latency| latency.max_us),
    ("p99-9", "p99.9", |latency| latency.p99_9_us),
    ("p99", "p99", |latency| latency.p99_us),
    ("p50", "p50", |latency| latency.p50_us),
];

/// Where a panel stands, and its axes.
pub struct Panel<'a> {
    /// Its left edge.
    pub left: u32,
    /// Its upper edge.
    pub top: u32,
    /// How wide it is.
    pub width: u32,
    /// Its horizontal axis.
    pub loads: &'a LoadScale,
    /// Its vertical axis.
    pub times: &'a TimeScale,
}

impl Panel<'_> {
    /// Draws a sweep; the times have their labels only once.
    pub fn draw(&self, svg: &mut Svg, sweep: &Sweep, has_labels: bool) {
        let maximum = format!("at most {}/s", grouped(sweep.maximum.per_second));
        svg.text(self.left, self.top - 10, "name", &sweep.name);
        svg.text(self.left + self.width, self.top - 10, "end", &maximum);
        self.draw_axes(svg, has_labels);
        let mut names = Vec::new();
        for (class, name, time) in CURVES {
            let places: Vec<((f64, f64), &Point, u64)> = sweep
                .points
                .iter()
                .filter_map(|point| {
                    let micros = time(&point.report.unit_latency?);
                    Some((self.place(point.rate, micros), point, micros))
                })
                .collect();
            let line: Vec<(f64, f64)> = places.iter().map(|(place, ..)| *place).collect();
            svg.curve(&line, &format!("curve {class}"));
            for (place, point, micros) in &places {
                let classes = format!("point {class}{}", if point.marks.is_empty() { "" } else { " hollow" });
                svg.point(*place, &classes, &format!("{} %: {name} {} ms", point.percent, decimal(*micros, 3)));
            }
            names.extend(line.last().map(|(x, y)| (*x, *y, class, name)));
        }
        let mut lowest_free = f64::MIN;
        for (x, y, class, name) in names {
            let y = y.max(lowest_free);
            lowest_free = y + LINE;
            svg.text(format_args!("{:.1}", x + 9.0), format_args!("{:.1}", y + 4.0), &format!("label {class}"), name);
        }
    }

    fn draw_axes(&self, svg: &mut Svg, has_labels: bool) {
        let left = f64::from(self.left);
        let (right, bottom) = (left + f64::from(self.width), f64::from(self.top + HEIGHT));
        for micros in &self.times.lines {
            let y = f64::from(self.top) + self.times.place(*micros);
            let is_labelled = self.times.is_labelled(*micros);
            svg.line((left, y), (right, y), if is_labelled { "grid" } else { "grid minor" });
            if has_labels && is_labelled {
                svg.text(format_args!("{:.1}", left - 10.0), format_args!("{:.1}", y + 4.0), "end", &in_words(*micros));
            }
        }
        svg.line((left, bottom), (right, bottom), "axis");
        for load in &self.loads.ticks {
            let x = left + self.loads.place(*load);
            svg.line((x, bottom), (x, bottom + 5.0), "axis");
            svg.text(format_args!("{x:.1}"), format_args!("{:.1}", bottom + 20.0), "middle", &grouped(load));
        }
    }

    fn place(&self, load: u64, micros: u64) -> (f64, f64) {
        (f64::from(self.left) + self.loads.place(load), f64::from(self.top) + self.times.place(micros))
    }
}

/// A round number of microseconds: `100 µs`, `1 ms`, `10 s`.
fn in_words(micros: u64) -> String {
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..1_000_000 => format!("{} ms", micros / 1_000),
        _ => format!("{} s", micros / 1_000_000),
    }
}
