//! What stands in the picture of sweeps that are made up.

use std::error::Error;

use super::plot;
use crate::bench::sweep::Sweep;

/// A sweep with this name, whose every unit takes so long.
fn sweep(name: &str, maximum: u64, took_us: u64) -> Result<Sweep, Box<dyn Error>> {
    let times = serde_json::json!({
        "count": 1, "p50_us": took_us, "p90_us": took_us, "p99_us": 2 * took_us, "p99_9_us": 5 * took_us, "max_us": 9 * took_us
    });
    let used = serde_json::json!({
        "processor_ms": 1, "processor_us_per_unit": 1, "processor_us_per_answer": 1, "peak_kib": 1, "resident_kib": 1
    });
    let report = serde_json::json!({
        "setup": {
            "url": "http://127.0.0.1:1", "scenario": "pay", "connections": 256, "rate": null, "merchants": 1_000,
            "spread": "uniform", "testing": false, "warmup_ms": 0
        },
        "window_ms": 1, "done": 1, "done_per_second": maximum, "answered": 1, "answered_per_second": 1,
        "unit_latency": times, "step_latency": {}, "codes": {}, "broken": 0, "unanswered": 0, "given_up": 0,
        "done_in_all": 1, "generator": used,
        "machine": {
            "measured_at": "2026-11-23 01:00:00", "processor": "Made up <1>", "processors": 2, "load_before": "0 0 0",
            "load_after": "0 0 0", "sync_directory": ".", "sync_us": 210
        }
    });
    let point = |percent: u64, marks: &[&str]| {
        serde_json::json!({
            "percent": percent, "rate": maximum * percent / 100, "marks": marks, "report": report
        })
    };
    Ok(serde_json::from_value(serde_json::json!({
        "name": name, "maximum": {"per_second": maximum, "repeats": [report]},
        "points": [point(50, &[]), point(100, &["rate_not_kept"])], "overload": []
    }))?)
}

#[test]
fn every_sweep_has_its_panel_with_four_curves_on_common_axes() -> Result<(), Box<dyn Error>> {
    let picture = plot(&[sweep("SQLite", 12_345, 900)?, sweep("Postgres & friends", 6_000, 2_000)?]);
    let count = |part: &str| picture.matches(part).count();
    assert_eq!((count("<polyline"), count("<circle")), (8, 16));
    assert_eq!((count(">SQLite</text>"), count(">Postgres &amp; friends</text>")), (1, 1));
    assert_eq!((count(">at most 12,345/s<"), count(">15,000</text>")), (1, 2));
    assert_eq!((count(">10 ms</text>"), count("p99.9 4.500 ms")), (1, 2), "times are labelled once");
    assert_eq!((count("hollow\">"), count(">hollow: ")), (8, 1));
    assert!(picture.contains(">256 connections, 1,000 merchants (uniform)</text>"));
    assert!(picture.contains(">2 processors (Made up &lt;1&gt;) · 2026-11-23 · disk sync 0.21 ms</text>"));
    assert!(picture.contains("prefers-color-scheme: dark"));
    Ok(())
}

#[test]
fn nothing_is_a_picture_too() {
    assert!(plot(&[]).ends_with("</svg>\n"));
}
