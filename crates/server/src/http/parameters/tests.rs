//! Tables: which parameters are taken, and which fields are blamed when they are not.

use domain::id::Mode;
use domain::product::ProductKind;
use domain::signature::SignedRequest;
use domain::time::Timestamp;

use super::*;
use crate::http::codes::Code;
use crate::http::language::Language;
use crate::http::problem::Problem;

/// A request with these business parameters, and what authenticates.
fn body(parameters: &str) -> String {
    format!(
        r#"{{"api_id":"a","timestamp":1,"signature":"s"{}{parameters}}}"#,
        if parameters.is_empty() { "" } else { "," }
    )
}

fn read<T>(parameters: &str, read: fn(&SignedRequest<'_>) -> Result<T, Problem>) -> Result<T, Problem> {
    let body = body(parameters);
    read(&SignedRequest::read(body.as_bytes()).unwrap())
}

fn blamed<T: std::fmt::Debug>(result: Result<T, Problem>) -> Vec<String> {
    let problem = result.expect_err("something is wrong");
    assert_eq!(problem.code, Code::ValidationError);
    problem.errors.fields().into_iter().map(str::to_owned).collect()
}

const SUBJECT: &str = r#""code":"MPBPJS","customer_no":"0123""#;

#[test]
fn each_command_is_read_as_what_it_is() {
    let inquiry =
        read(&format!(r#""cmd":"inquiry",{SUBJECT},"ref_id":"","testing":true,"extra":null"#), OrderParameters::read);
    let Ok(OrderParameters::Inquiry { subject, ref_id: None }) = inquiry else { panic!("{inquiry:?}") };
    assert_eq!((subject.mode, subject.customer_no.as_str()), (Mode::Testing, "0123"));

    let payment = read(&format!(r#""cmd":"pay-pasca",{SUBJECT},"ref_id":"INQ-1""#), OrderParameters::read);
    let Ok(OrderParameters::Payment { subject, ref_id }) = payment else { panic!("{payment:?}") };
    assert_eq!((subject.mode, ref_id.as_str()), (Mode::Production, "INQ-1"));

    for (command, expected) in [("prepaid", ProductKind::Prepaid), ("game", ProductKind::Game)] {
        let parameters = format!(r#""cmd":"{command}",{SUBJECT},"max_price":21425,"allow_duplicate":true"#);
        match read(&parameters, OrderParameters::read) {
            Ok(OrderParameters::Purchase { kind, max_price: Some(most), allow_duplicate: true, .. }) => {
                assert_eq!((kind, most.get()), (expected, 21_425));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn every_wrong_field_of_an_order_is_blamed_at_once() {
    for (parameters, fields) in [
        ("", "cmd code customer_no"),
        (
            r#""cmd":"status","code":1,"customer_no":1234,"ref_id":"a b","testing":"true""#,
            "cmd code customer_no ref_id testing",
        ),
        (
            r#""cmd":null,"code":null,"customer_no":null,"ref_id":null,"testing":null"#,
            "cmd code customer_no ref_id testing",
        ),
        (r#""cmd":"inquiry","code":"","customer_no":"""#, "code customer_no"),
        (r#""cmd":"inquiry","code":"A B","customer_no":" 1""#, "code customer_no"),
        (r#""cmd":"inquiry","code":"A","customer_no":"1\u0000""#, "customer_no"),
        (r#""cmd":"pay-pasca","code":"A","customer_no":"1""#, "ref_id"),
        (r#""cmd":"pay-pasca","code":"A","customer_no":"1","ref_id":"""#, "ref_id"),
        (r#""cmd":"pay-pasca","code":"A","customer_no":"1","ref_id":7"#, "ref_id"),
        (r#""cmd":["inquiry"],"code":{},"customer_no":[]"#, "cmd code customer_no"),
        (
            r#""cmd":"prepaid","code":"A","customer_no":"1","max_price":-1,"allow_duplicate":1"#,
            "max_price allow_duplicate",
        ),
        (r#""cmd":"prepaid","code":"A","customer_no":"1","max_price":1.5"#, "max_price"),
        (r#""cmd":"prepaid","code":"A","customer_no":"1","max_price":99999999999999999999"#, "max_price"),
        (r#""cmd":"game","code":"A","customer_no":"1","max_price":null"#, "max_price"),
    ] {
        assert_eq!(blamed(read(parameters, OrderParameters::read)).join(" "), fields, "{parameters}");
    }
    let long = format!(r#""cmd":"inquiry","code":"A","customer_no":"{0}","ref_id":"{0}""#, "9".repeat(65));
    assert_eq!(blamed(read(&long, OrderParameters::read)), ["customer_no", "ref_id"]);
}

#[test]
fn a_field_that_a_call_does_not_know_is_ignored() {
    let parameters = format!(r#""cmd":"inquiry",{SUBJECT},"max_price":"much","allow_duplicate":null"#);
    assert!(read(&parameters, OrderParameters::read).is_ok());
}

#[test]
fn our_own_calls_must_be_named() {
    assert!(read(r#""cmd":"status","ref_id":"A""#, StatusParameters::read).is_ok());
    assert!(read(r#""cmd":"products""#, ProductsParameters::read).is_ok());
    assert!(read(r#""cmd":"mutations""#, MutationsParameters::read).is_ok());
    for command in ["", r#""cmd":"inquiry""#, r#""cmd":1"#] {
        assert_eq!(blamed(read(command, StatusParameters::read)), ["cmd", "ref_id"]);
        assert_eq!(blamed(read(command, ProductsParameters::read)), ["cmd"]);
        assert_eq!(blamed(read(command, MutationsParameters::read)), ["cmd"]);
    }
}

#[test]
fn pages_have_limits() {
    for (wrong, fields) in [
        (r#""page":0,"per_page":0"#, "page per_page"),
        (r#""page":-1,"per_page":501"#, "page per_page"),
        (r#""page":"1","per_page":1.0"#, "page per_page"),
        (r#""page":1000001,"per_page":null"#, "page per_page"),
        (r#""type":"pulsa","category":1,"brand":false,"code":[]"#, "type category brand code"),
    ] {
        assert_eq!(blamed(read(&format!(r#""cmd":"products",{wrong}"#), ProductsParameters::read)).join(" "), fields);
    }
    let page = read(r#""cmd":"mutations","page":3,"per_page":500"#, MutationsParameters::read).unwrap();
    assert_eq!((page.page, page.per_page), (3, 500));
    let page = read(r#""cmd":"products""#, ProductsParameters::read).unwrap();
    assert_eq!((page.page, page.per_page), (1, 100));
}

#[test]
fn spans_of_time_include_both_ends() {
    let span = read(r#""cmd":"mutations","from":"2026-05-31","to":"2026-05-31""#, MutationsParameters::read).unwrap();
    let first = Timestamp::parse_wib("2026-05-31").unwrap();
    assert_eq!(span.from, Some(first));
    assert_eq!(span.to.map(|to| to.micros() + 1), Timestamp::parse_wib("2026-06-01").map(Timestamp::micros));

    let second = r#""cmd":"mutations","from":"2026-05-31 10:00:00","to":"2026-05-31 10:00:00""#;
    let span = read(second, MutationsParameters::read).unwrap();
    assert_eq!(span.to.zip(span.from).map(|(to, from)| to.micros() - from.micros()), Some(999_999));

    for (wrong, field) in [
        (r#""from":"2026-05-32""#, "from"),
        (r#""from":"31-05-2026""#, "from"),
        (r#""from":20260531"#, "from"),
        (r#""to":"2026-05-31T10:00:00+07:00""#, "to"),
        (r#""from":"2026-06-01","to":"2026-05-31""#, "to"),
    ] {
        assert_eq!(blamed(read(&format!(r#""cmd":"mutations",{wrong}"#), MutationsParameters::read)), [field]);
    }
}

#[test]
fn faults_are_told_in_the_callers_language() {
    let problem = read(r#""cmd":"inquiry","code":"A""#, OrderParameters::read).unwrap_err();
    for (language, sentence) in [(Language::Indonesian, "Wajib diisi."), (Language::English, "This is required.")] {
        let spoken = serde_json::to_string(&problem.errors.spoken(language)).unwrap();
        assert_eq!(spoken, format!(r#"{{"customer_no":["{sentence}"]}}"#));
    }
}
