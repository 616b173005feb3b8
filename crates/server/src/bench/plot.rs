//! Sweeps as a picture: latency against load, a panel for each, all on the same axes.
//!
//! The picture is SVG that bears its own style, for light and dark grounds, and needs nothing else to be shown. Why no library draws it:
//! `docs/decisions/0027-what-bench-believes.md`.

mod panel;
mod scale;
mod svg;

use super::report::Report;
use super::report_text::{counted, decimal};
use super::sweep::Sweep;
use panel::Panel;
use scale::{LoadScale, TimeScale};
use svg::{Svg, grouped};

const STYLE: &str = include_str!("plot/style.css");

/// The room for the labels of the times, left of the first panel.
const LEFT: u32 = 64;
/// The room for the title, above all panels.
const TOP: u32 = 112;
/// The room for the name of the horizontal axis and a note, below all panels.
const BOTTOM: u32 = 68;
/// What follows each panel: the names of its curves.
const GAP: u32 = 56;
/// A panel that is alone is wider.
const WIDTHS: [u32; 2] = [640, 380];

/// Draws them, from left to right.
pub fn plot(sweeps: &[Sweep]) -> String {
    let panel_width = if sweeps.len() <= 1 { WIDTHS[0] } else { WIDTHS[1] };
    let panels = u32::try_from(sweeps.len()).unwrap_or(u32::MAX).max(1);
    let width = LEFT + panels.saturating_mul(panel_width + GAP);
    let height = TOP + panel::HEIGHT + BOTTOM;
    let mut svg = Svg::new(width, height, STYLE);

    let points = || sweeps.iter().flat_map(|sweep| &sweep.points);
    let loads = LoadScale::up_to(points().map(|point| point.rate).max().unwrap_or(1), panel_width);
    let latencies = points().filter_map(|point| point.report.unit_latency);
    let times = TimeScale::over(latencies.flat_map(|latency| [latency.p50_us, latency.max_us]), panel::HEIGHT);

    if let Some(report) = sweeps.iter().flat_map(Sweep::reports).next() {
        draw_title(&mut svg, report);
        let units = format!("{} that arrive in a second", report.setup.scenario.units());
        svg.text(LEFT + (width - LEFT - GAP) / 2, height - 30, "middle", &units);
    }
    let mut left = LEFT;
    for (number, sweep) in sweeps.iter().enumerate() {
        Panel { left, top: TOP, width: panel_width, loads: &loads, times: &times }.draw(&mut svg, sweep, number == 0);
        left += panel_width + GAP;
    }
    if points().any(|point| !point.marks.is_empty()) {
        let note = "hollow: the rate was not kept, or the load generator itself was busy or late";
        svg.text(LEFT, height - 10, "", note);
    }
    svg.finish()
}

/// What was measured, and where.
fn draw_title(svg: &mut Svg, report: &Report) {
    let (setup, machine) = (&report.setup, &report.machine);
    svg.text(LEFT, 32, "title", &format!("How long {} take, by load", setup.scenario.units()));
    let merchants = format!("{} merchant{}", grouped(setup.merchants), if setup.merchants == 1 { "" } else { "s" });
    let spread = format!("{:?}", setup.spread).to_lowercase();
    let load = format!("{}, {merchants} ({spread})", counted(setup.connections, "connection"));
    svg.text(LEFT, 53, "", &load);
    let day = machine.measured_at.split([' ', 'T']).next().unwrap_or_default();
    let processors = counted(machine.processors, "processor");
    let sync = decimal(machine.sync_us, 2);
    let place = format!("{processors} ({}) · {day} · disk sync {sync} ms", machine.processor);
    svg.text(LEFT, 70, "", &place);
}

#[cfg(test)]
mod tests;
