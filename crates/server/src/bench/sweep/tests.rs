//! Sweeps of servers that are made up: their reports are written, not measured.

use std::error::Error;

use serde_json::json;

use super::mark::Mark;
use super::*;
use crate::bench::plan::Extent;
use crate::bench::{Merchant, Merchants, Scenario, Spread};

/// A plan of one second.
fn load() -> Plan {
    Plan {
        address: "http://127.0.0.1:1".parse().expect("an address"),
        scenario: Scenario::Pay,
        merchants: Merchants::single(Merchant::new(0, domain::signature::SigningKey::new("a", "k", "s"))).into(),
        spread: Spread::Uniform,
        is_testing: false,
        connections: 8,
        rate: None,
        warmup: Duration::ZERO,
        extent: Extent::Time(Duration::from_secs(1)),
        receivers: 0,
        dead_receivers: 0,
        server_pid: None,
        sync_directory: ".".into(),
        normal_within: None,
    }
}

/// What a server that does so many a second at most would make of a plan. All times are the same.
fn made_up_report(plan: &Plan, maximum: u64, took_us: u64) -> Report {
    let rate = plan.rate.unwrap_or(u64::MAX);
    let done = rate.min(maximum);
    let times = json!({
        "count": done, "p50_us": took_us, "p90_us": took_us, "p99_us": took_us, "p99_9_us": took_us, "max_us": took_us
    });
    let used = json!({
        "processor_ms": 300, "processor_us_per_unit": 25, "processor_us_per_answer": 12, "peak_kib": 9_000, "resident_kib": 8_000
    });
    serde_json::from_value(json!({
        "setup": {
            "url": "http://127.0.0.1:1", "scenario": "pay", "connections": plan.connections, "rate": plan.rate,
            "merchants": 1, "spread": "uniform", "testing": false, "warmup_ms": 0
        },
        "window_ms": 1_000, "done": done, "done_per_second": done, "answered": 2 * done, "answered_per_second": 2 * done,
        "unit_latency": times, "step_latency": {"inquiry": times}, "lateness": null, "codes": {"BILL_PAYMENT_SUCCESS": done},
        "broken": 0, "unanswered": 0, "given_up": 0, "done_in_all": done, "generator": used, "server": used,
        "machine": {
            "measured_at": "2026-11-23 01:00:00", "processor": "Made up", "processors": 2, "load_before": "0 0 0",
            "load_after": "0 0 0", "sync_directory": ".", "sync_us": 210
        }
    }))
    .expect("a report")
}

fn plan(repeats: usize, overload_connections: Option<usize>) -> SweepPlan {
    SweepPlan { name: "SQLite".to_owned(), load: load(), repeats, overload_connections }
}

#[test]
fn the_shares_are_of_the_median() -> Result<(), Box<dyn Error>> {
    let mut maxima = [900, 2_000, 1_000].into_iter();
    let mut asked = Vec::new();
    let sweep = sweep(&plan(3, None), |plan| {
        asked.push((plan.rate, plan.connections, plan.normal_within));
        Ok(made_up_report(&plan, maxima.next().unwrap_or(1_000), 1_500))
    })?;
    assert_eq!(sweep.maximum.per_second, 1_000);
    let rates = [None, None, None, Some(500), Some(750), Some(900), Some(950), Some(1_000)];
    assert_eq!(asked, rates.map(|rate| (rate, 8, None)));
    assert!(sweep.points.iter().all(|point| point.marks.is_empty()) && sweep.overload.is_empty());
    assert_eq!(sweep.reports().count(), 8);
    let text = sweep.to_string();
    assert!(text.contains("1000 paid bills/s at most  (median of 900, 2000, 1000)"), "{text}");
    Ok(())
}

#[test]
fn beyond_the_maximum_more_connections_wait_and_recovery_is_watched() -> Result<(), Box<dyn Error>> {
    let mut asked = Vec::new();
    let sweep = sweep(&plan(1, Some(64)), |plan| {
        asked.push((plan.rate, plan.connections, plan.normal_within));
        Ok(made_up_report(&plan, 1_000, 12_000))
    })?;
    let normal = Some(Duration::from_millis(12));
    assert_eq!(asked[6..], [(Some(2_000), 64, normal), (Some(10_000), 64, normal)]);
    assert!(sweep.overload.iter().all(|point| point.marks == [Mark::RateNotKept]), "{sweep}");
    assert!(sweep.to_string().contains("10 ×, 64 connections: 1000 BILL_PAYMENT_SUCCESS"), "{sweep}");
    Ok(())
}

#[test]
fn a_server_that_does_nothing_has_no_maximum() {
    let refused = |plan: Plan| {
        let codes = [("OVERLOADED".to_owned(), 7)].into();
        Ok(Report { codes, ..made_up_report(&plan, 0, 1) })
    };
    let error = sweep(&plan(3, None), refused).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.ends_with("it answered: 7 × OVERLOADED"), "{error}");
}

#[test]
fn points_are_marked_where_they_say_less_than_they_seem_to() {
    let marks = |change: fn(&mut Report)| {
        let mut report = made_up_report(&Plan { rate: Some(1_000), ..load() }, 1_000, 20_000);
        change(&mut report);
        Mark::of(&report, 1_000)
    };
    assert_eq!(marks(|_| {}), []);
    assert_eq!(marks(|report| report.done = 990), []);
    assert_eq!(marks(|report| report.done = 989), [Mark::RateNotKept]);
    assert_eq!(marks(|report| report.generator.processor_ms = 900), [Mark::GeneratorBusy]);
    assert_eq!(marks(|report| late(report, 1_999)), []);
    assert_eq!(marks(|report| late(report, 2_000)), [Mark::GeneratorLate]);
}

fn late(report: &mut Report, micros: u64) {
    report.lateness = report.unit_latency.map(|mut lateness| {
        lateness.p99_us = micros;
        lateness
    });
}

#[test]
fn a_sweep_is_read_as_it_is_written() -> Result<(), Box<dyn Error>> {
    let sweep = sweep(&plan(1, Some(9)), |plan| Ok(made_up_report(&plan, 1_000, 1_500)))?;
    let written = serde_json::to_string(&sweep)?;
    let read: Sweep = serde_json::from_str(&written)?;
    assert_eq!(serde_json::to_string(&read)?, written);
    Ok(())
}
