//! What signs for us at a supplier is found nowhere: not in a log, a history, an answer or the database.

use fake_suppliers::{Call, Fault, Options, Outcome, Plan, Rule, Supplier, hub_signature};
use serde_json::json;

use super::house::{KEY, SECRET};
use super::{House, Webhooks, bill, credit, iak};

/// Fails if this stands anywhere, as it is, as JSON writes it, or as PHP's JSON does.
#[track_caller]
fn is_nowhere(what: &str, whole: &[u8], secret: &str) {
    let as_json = json!(secret).to_string();
    let as_json = &as_json[1..as_json.len() - 1];
    let is_ascii =
        |letter: char| if letter.is_ascii() { letter.to_string() } else { format!("\\u{:04x}", u32::from(letter)) };
    let in_php: String = as_json.replace('/', "\\/").chars().map(is_ascii).collect();
    for form in [secret, as_json, &in_php] {
        let found = whole.windows(form.len()).position(|window| window == form.as_bytes());
        if let Some(place) = found {
            let around = &whole[place.saturating_sub(300)..(place + form.len() + 50).min(whole.len())];
            panic!("{what} has {form}: {}", String::from_utf8_lossy(around));
        }
    }
}

/// Everything that goes wrong and everything that goes well, with a supplier that repeats what it hears.
fn live(house: &mut House) {
    house.connect("digi", Options { limits: false, ..Options::new(Supplier::Digiflazz) }, Webhooks::On);
    house.connect("iak", iak::at_noon(), Webhooks::On);
    house.sell([bill("PLN", "digi", "pln"), credit("XL10", "iak", "xld10000", 10_850)]);
    house.sell([bill("LISTRIK", "iak", "PLNPOSTPAID")]);
    for (name, secret) in [("digi", SECRET), ("iak", "")] {
        let repeats = |call| {
            let message = format!("no {KEY} with {secret} here");
            Rule::once(call, Fault::Code { rc: "41".to_owned(), status: None, message })
        };
        let rules = [Call::InqPasca, Call::PayPasca, Call::StatusPasca, Call::TopUp].map(repeats);
        house.fake(name).set_plan(Plan::of(rules));
    }
    let toko = &house.toko;
    for (number, code) in ["PLN", "PLN", "PLN", "LISTRIK", "LISTRIK", "LISTRIK"].into_iter().enumerate() {
        let (ref_id, customer_no) = (format!("bill-{number}"), format!("54000000000{number}"));
        toko.inquire(&ref_id, code, &customer_no);
        toko.pay(&ref_id, code, &customer_no);
    }
    for number in 0..2 {
        toko.buy(&format!("credit-{number}"), "XL10", &format!("08780000123{number}"));
    }
    house.settle("iak", "credit-1", Outcome::Success);
    house.becomes("credit-1", "success");
    toko.inquire_and_pay("pending", "PLN", "630000000001").expect_code("BILL_PAYMENT_PENDING");
    house.settle("digi", "pending", Outcome::Success);
}

#[test]
fn they_are_in_no_log_no_history_and_no_database() {
    let mut house = House::open(&[("log_level", "trace"), ("pace_percent", "1"), ("check_every_ms", "20")]);
    live(&mut house);
    let ping = json!({"sed": "x", "hook_id": "11aaabbb", "hook": {"url": "http://x/", "secret": SECRET}});
    assert_eq!(house.call_back("digi", &ping, SECRET), 200);
    house.loket.expect(&["supplier", "balance", "digi"]);
    let mut shown = String::new();
    for name in ["digi", "iak"] {
        shown += &house.loket.expect(&["supplier", "show", name]);
        shown += &house.loket.expect(&["supplier", "show", name, "--json"]);
    }
    shown += &house.loket.expect(&["supplier", "list", "--json"]);
    for ref_id in ["bill-2", "bill-5", "credit-1", "pending"] {
        shown += &house.loket.expect(&["order", "show", ref_id, "--json"]);
    }
    // Signatures of our own requests are as good as a password for one order.
    let sign = fake_suppliers::Credentials { username: super::house::USER.to_owned(), api_key: KEY.to_owned() };
    let signature = sign.sign(&house.supplier_ref("pending"));
    let whole = [house.stored(), house.loket.log().into_bytes(), shown.into_bytes()];
    assert!(house.loket.stop().success());
    for (what, whole) in [("the data directory", &whole[0]), ("the log", &whole[1]), ("what is shown", &whole[2])] {
        assert!(!whole.is_empty());
        for secret in [KEY, SECRET, &signature] {
            is_nowhere(what, whole, secret);
        }
    }
    is_nowhere("the data directory", &house.stored(), KEY);
    is_nowhere("the log", house.loket.log().as_bytes(), SECRET);
}

#[test]
fn a_secret_that_a_ping_shows_is_not_kept_however_it_is_written() {
    // What a generator of passwords may give; PHP writes the slash with a backslash before it.
    for secret in ["Zm9v/YmFyL2Jh+eg==", r#"quo"ted-and\slashed"#, "aksén-ünïcode-rahasia"] {
        let mut house = House::open(&[]);
        house.connect("other", Options::new(Supplier::Digiflazz), Webhooks::Off);
        let url = house.fake("other").url().to_owned();
        let terms = ["--kind", "digiflazz", "--user", "loket", "--url", &url];
        house.loket.add_supplier("digi", &terms, KEY, secret);
        let plain = json!({"sed": "x", "hook_id": "11aaabbb", "hook": {"url": "x", "secret": secret}}).to_string();
        let escaped: String = plain
            .chars()
            .flat_map(|letter| match letter {
                '/' => "\\/".chars().collect::<Vec<_>>(),
                letter if letter.is_ascii() => vec![letter],
                letter => format!("\\u{:04x}", u32::from(letter)).chars().collect(),
            })
            .collect();
        for body in [&plain, &escaped] {
            let signature = hub_signature(secret, body.as_bytes()).unwrap();
            assert_eq!(house.call_back_raw("digi", body, &signature), 200);
            is_nowhere("the data directory", &house.stored(), secret);
        }
        assert!(house.loket.stop().success());
        is_nowhere("the data directory", &house.stored(), secret);
    }
}
