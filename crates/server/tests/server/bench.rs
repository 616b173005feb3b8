//! `loket bench` against a real server: what it counts must be in the books. How quick anything was is never looked at.

use std::process::Stdio;

use serde_json::Value;

use crate::harness::Loket;

/// The arguments of a short run that makes its own merchants.
fn arguments<'a>(url: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = vec!["bench"];
    arguments.extend(more);
    arguments.extend(["--url", url, "--connections", "4", "--setup", "3"]);
    arguments
}

fn number(value: &Value, pointer: &str) -> i64 {
    value.pointer(pointer).and_then(Value::as_i64).unwrap_or_else(|| panic!("{pointer} of {value}"))
}

#[test]
fn one_command_makes_merchants_pays_and_looks_through_the_books() {
    let mut loket = Loket::closed();
    loket.open();
    let url = format!("http://{}", loket.api());
    let report = loket.json(&arguments(&url, &["--count", "40"]));
    assert_eq!((number(&report, "/done"), number(&report, "/codes/BILL_PAYMENT_SUCCESS")), (40, 40));
    let (acknowledged, taken) = (number(&report, "/balances/acknowledged"), number(&report, "/balances/taken"));
    assert!(acknowledged > 0 && acknowledged == taken, "{report}");
    assert_eq!((number(&report, "/balances/merchants"), number(&report, "/books/orders")), (3, 40));
    assert_eq!(report["books"]["findings"], Value::Array(Vec::new()));
    assert!(report["server"].is_object(), "its process was found: {report}");

    // The merchants of the time before do again, of every kind of load.
    for scenario in ["prepaid", "mixed", "balance", "inquiry"] {
        let report = loket.json(&arguments(&url, &["--count", "20", "--scenario", scenario, "--zipf"]));
        assert_eq!(number(&report, "/done"), 20, "{report}");
        assert_eq!(report["balances"]["wrong"], Value::Array(Vec::new()));
        assert_eq!(report["balances"]["acknowledged"], report["balances"]["taken"], "{report}");
    }
    assert_eq!(loket.json(&["merchant", "list"]).as_array().map(Vec::len), Some(3));
    let orders = number(&loket.json(&["verify"]), "/orders");
    assert_eq!(i64::try_from(loket.paid_at_sandbox().len()).unwrap(), orders, "each was paid once");
}

#[test]
fn a_sweep_measures_every_load_and_draws_it() {
    let mut loket = Loket::closed();
    loket.open();
    let url = format!("http://{}", loket.api());
    let picture = loket.data().join("plot.svg").display().to_string();
    let short = ["sweep", "--duration", "500ms", "--warmup", "0s", "--repeats", "2", "--overload"];
    let few = ["--overload-connections", "8", "--name", "Percobaan", "--plot", &picture];
    let sweep = loket.json(&arguments(&url, &[&short[..], &few[..]].concat()));
    let loads = |list: &str| -> Vec<i64> {
        sweep[list].as_array().unwrap().iter().map(|point| number(point, "/percent")).collect()
    };
    assert_eq!((loads("points"), loads("overload")), (vec![50, 75, 90, 95, 100], vec![200, 1_000]));
    let maximum = number(&sweep, "/maximum/per_second");
    for point in sweep["points"].as_array().unwrap() {
        assert_eq!(number(point, "/rate"), (maximum * number(point, "/percent") / 100).max(1));
        assert_eq!(point["report"]["balances"]["wrong"], Value::Array(Vec::new()), "{point}");
    }
    for point in sweep["overload"].as_array().unwrap() {
        assert!(point["report"]["recovery"]["normal_within_us"].is_u64(), "{point}");
        assert_eq!(number(point, "/report/setup/connections"), 8);
    }

    // Everything that was acknowledged is there, and nothing else.
    let reports = || {
        let points = sweep["points"].as_array().into_iter().chain(sweep["overload"].as_array()).flatten();
        sweep["maximum"]["repeats"].as_array().into_iter().flatten().chain(points.map(|point| &point["report"]))
    };
    assert_eq!(reports().count(), 9);
    let done: i64 = reports().map(|report| number(report, "/done_in_all")).sum();
    assert_eq!(number(&sweep, "/books/orders"), done);
    assert_eq!(sweep["books"]["findings"], Value::Array(Vec::new()));
    assert!(std::fs::read_to_string(&picture).unwrap().contains(">Percobaan</text>"));

    // What was stored can be drawn again, beside others.
    let stored = loket.data().join("sweep.json").display().to_string();
    std::fs::write(&stored, sweep.to_string()).unwrap();
    let both = loket.expect(&["bench", "plot", &stored, &stored]);
    assert_eq!(both.matches(">Percobaan</text>").count(), 2);
    let complaint = loket.expect_failure(1, &["bench", "plot", &picture]);
    assert!(complaint.contains("this is no sweep of this version"), "{complaint}");
}

#[test]
fn a_slow_sandbox_holds_a_bill_up_twice() {
    let mut loket = Loket::closed_with(&[("sandbox_delay_ms", "300")]);
    loket.open();
    let url = format!("http://{}", loket.api());
    let report = loket.json(&arguments(&url, &["--count", "4"]));
    let shortest_ms = number(&report, "/unit_latency/p50_us") / 1_000;
    assert!(shortest_ms >= 600, "an inquiry and a payment wait for it: {report}");
    assert_eq!(number(&report, "/done"), 4);
}

#[test]
fn whoever_measures_without_a_server_is_told_where_to_begin() {
    let loket = Loket::closed();
    loket.expect(&["merchant", "add", "--name", "Toko"]);
    let output =
        loket.command(&arguments("http://127.0.0.1:9", &["--count", "1"])).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(complaint.contains("no server answers at http://127.0.0.1:9"), "{complaint}");
}
