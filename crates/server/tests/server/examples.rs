//! The programs in `clients/examples`, as a merchant's programmer runs them first: do they print what the contract promises?
//!
//! Each is run by its own language's interpreter, with nothing but address and keys set. A missing interpreter fails the test: an
//! example that wasn't run is not one that works.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::harness::Loket;

struct Example {
    interpreter: &'static str,
    script: &'static str,
    /// What the interpreter is asked for first; it succeeds if all is there that the example needs.
    probe: &'static [&'static str],
    needs: &'static str,
}

#[test]
fn the_php_example_prints_the_documented_answers() {
    check(&Example {
        interpreter: "php",
        script: "php/pay-bill.php",
        probe: &["-r", "exit(function_exists('curl_init') ? 0 : 1);"],
        needs: "PHP 8.2 or newer with its curl extension (Debian: `apt-get install php-cli php-curl`)",
    });
}

#[test]
fn the_javascript_example_prints_the_documented_answers() {
    check(&Example {
        interpreter: "node",
        script: "javascript/pay-bill.mjs",
        probe: &["--eval", "fetch"],
        needs: "Node.js 18 or newer (Debian: `apt-get install nodejs`)",
    });
}

#[test]
fn the_python_example_prints_the_documented_answers() {
    check(&Example {
        interpreter: "python3",
        script: "python/pay_bill.py",
        probe: &["-c", "import sys; sys.exit(sys.version_info < (3, 11))"],
        needs: "Python 3.11 or newer (Debian: `apt-get install python3`)",
    });
}

#[test]
fn the_shell_example_prints_the_documented_answers() {
    check(&Example {
        interpreter: "sh",
        script: "shell/pay-bill.sh",
        probe: &["-c", "command -v openssl && command -v curl"],
        needs: "openssl and curl (Debian: `apt-get install openssl curl`)",
    });
}

/// Everything that is asked of an example.
fn check(example: &Example) {
    example.require();
    let (inquiry, payment) = (documented("BILL_INQUIRY_SUCCESS"), documented("BILL_PAYMENT_SUCCESS"));
    let shop = Shop::open();

    let plain = shop.run(example, &[]);
    plain.says(true, &[&inquiry, &payment]);
    let by_hand = shop.run(example, &["MPBPJS", "1234567890", "INQ-001", "--testing"]);
    by_hand.says(true, &[&inquiry, &payment]);
    assert_eq!(by_hand.answers[1]["data"]["ref_id"], json!("INQ-001"));

    // The sentences of these are in no example of the contract.
    let mut failed = payment.clone();
    failed["success"] = json!(false);
    failed["code"] = json!("BILL_PAYMENT_FAILED");
    failed["message"] = json!("");
    failed["data"]["status"] = json!("failed");
    failed["data"]["customer_no"] = json!("1234569005");
    failed["data"]["sn"] = Value::Null;
    failed["meta"] = json!({ "request_id": "" });
    let inquiry_of = |customer_no: &str| {
        let mut inquiry = inquiry.clone();
        inquiry["data"]["customer_no"] = json!(customer_no);
        inquiry
    };
    shop.run(example, &["MPBPJS", "1234569005"]).says(false, &[&inquiry_of("1234569005"), &failed]);

    let not_found = json!({
        "success": false, "code": "BILL_NOT_FOUND", "message": "", "data": null, "errors": null,
        "meta": { "request_id": "" },
    });
    shop.run(example, &["MPBPJS", "1234569001"]).says(false, &[&not_found]);

    let mut pending = payment.clone();
    pending["code"] = json!("BILL_PAYMENT_PENDING");
    pending["message"] = json!("");
    pending["data"]["status"] = json!("pending");
    pending["data"]["customer_no"] = json!("1234569008");
    pending["data"]["sn"] = Value::Null;
    shop.run(example, &["MPBPJS", "1234569008"]).says(true, &[&inquiry_of("1234569008"), &pending]);

    shop.is_in_order();
}

/// A server with a merchant that has nothing but its keys.
struct Shop {
    loket: Loket,
    keys: Value,
}

impl Shop {
    fn open() -> Self {
        let loket = Loket::start();
        let keys = loket.json(&["merchant", "add", "--name", "Toko"]);
        loket.expect(&["deposit", "1", "100000", "--note", "for a test"]);
        Self { loket, keys }
    }

    fn run(&self, example: &Example, arguments: &[&str]) -> Printed {
        let key = |name: &str| self.keys[name].as_str().unwrap();
        let output = Command::new(example.interpreter)
            .arg(examples().join(example.script))
            .args(arguments)
            .env("LOKET_URL", format!("http://{}", self.loket.api()))
            .env("LOKET_API_ID", key("api_id"))
            .env("LOKET_API_KEY", key("api_key"))
            .env("LOKET_SECRET_KEY", key("secret_key"))
            // They would ask a proxy, where there is one.
            .envs([("NO_PROXY", "127.0.0.1"), ("no_proxy", "127.0.0.1"), ("PYTHONDONTWRITEBYTECODE", "1")])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let complaint = String::from_utf8(output.stderr).unwrap();
        let run = format!("{} {arguments:?}", example.script);
        assert_eq!(complaint, "", "{run}");
        let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{run}: {error}: {line}"));
        let answers = String::from_utf8(output.stdout).unwrap().lines().map(read).collect();
        Printed { run, is_success: output.status.success(), answers }
    }

    /// One bill was paid and one is held; what failed and what was a test cost nothing.
    fn is_in_order(&self) {
        let merchant = self.loket.json(&["merchant", "show", "1"]);
        assert_eq!((&merchant["balance"], &merchant["held"]), (&json!(100_000 - 2 * 25_200), &json!(25_200)));
        self.loket.verify();
    }
}

/// What one run of an example printed.
struct Printed {
    run: String,
    is_success: bool,
    answers: Vec<Value>,
}

impl Printed {
    /// These answers, member for member in the same order, and an exit code that says the same.
    #[track_caller]
    fn says(&self, is_success: bool, expected: &[&Value]) {
        assert_eq!(self.answers.len(), expected.len(), "{}: {:?}", self.run, self.answers);
        for (printed, expected) in self.answers.iter().zip(expected) {
            let is_worded = expected["message"] != "";
            let (printed, expected) = (comparable(printed, is_worded), comparable(expected, is_worded));
            // As text, since two objects are equal whatever the order of their members.
            assert_eq!(printed.to_string(), expected.to_string(), "{}", self.run);
        }
        assert_eq!(self.is_success, is_success, "{}", self.run);
        let references = self.answers.iter().filter_map(|answer| answer["data"]["ref_id"].as_str());
        assert_eq!(references.collect::<std::collections::HashSet<_>>().len(), usize::from(expected.len() > 1));
    }
}

impl Example {
    fn require(&self) {
        let probe = Command::new(self.interpreter).args(self.probe).stdin(Stdio::null()).output();
        match probe {
            Ok(output) => assert!(output.status.success(), "{} needs {}", self.script, self.needs),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                panic!(
                    "`{}` is not installed, and {} needs the real one: {}",
                    self.interpreter, self.script, self.needs
                )
            }
            Err(error) => panic!("`{}` can't be run: {error}", self.interpreter),
        }
    }
}

/// An answer without what differs from run to run, of which only the shape counts: references, and each digit of the times.
fn comparable(answer: &Value, is_worded: bool) -> Value {
    let mut answer = answer.clone();
    let blank = |value: &mut Value, member: &str| {
        if let Some(text) = value.get_mut(member).filter(|value| value.is_string()) {
            *text = json!("");
        }
    };
    blank(&mut answer["data"], "ref_id");
    blank(&mut answer["meta"], "request_id");
    if !is_worded {
        blank(&mut answer, "message");
    }
    for time in ["created_at", "expired_at"] {
        if let Some(Value::String(text)) = answer["data"].get_mut(time) {
            *text = text.replace(|character: char| character.is_ascii_digit(), "0");
        }
    }
    answer
}

/// The contract's example with this code: its JSON block, as it stands there.
fn documented(code: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/contract/api.md");
    let contract = std::fs::read_to_string(path).unwrap();
    let blocks = contract.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next());
    let with_code = |block: &str| serde_json::from_str(block).ok().filter(|example: &Value| example["code"] == code);
    blocks.into_iter().find_map(with_code).unwrap_or_else(|| panic!("docs/contract/api.md shows no {code}"))
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../clients/examples")
}
