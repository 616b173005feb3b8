//! What others have published for receivers accepts what we send: the PHP algorithm over the body, and Standard Webhooks' own packages of
//! npm and PyPI.
//!
//! Each runs once, as one program that is given all webhooks a line each (`tests/verifiers`). Every one is also given to it spoilt, since a
//! verifier that accepts everything would agree with us too.

use std::io::{BufRead, BufReader, Write};
use std::iter;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};

use crate::harness::Dice;
use crate::webhook_receivers::delivery::{Delivery, Signer, body, in_ascii};
use crate::webhook_receivers::tools;

const COUNT: usize = 500;

/// What readers of JSON, of lines and of signatures have stumbled over.
const PIECES: [&str; 16] = [
    "/",
    "é",
    "e\u{301}",
    "\u{1f600}",
    "\u{1f469}\u{200d}\u{1f467}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{a0}",
    "\\",
    "\"",
    "\r\n",
    "\t",
    "<\u{7f}>",
    "漢字",
    "Telkomsel 10.000",
];

#[test]
fn the_published_php_algorithm_accepts_every_webhook() {
    check(Command::new("php").arg(program("x_signature.php")));
}

#[test]
fn npms_standard_webhooks_accepts_every_webhook() {
    let directory = tempfile::tempdir().unwrap();
    let program = tools::beside_its_packages(&program("standard-webhooks.mjs"), directory.path());
    check(Command::new("node").arg(program));
}

#[test]
fn pypis_standard_webhooks_accepts_every_webhook() {
    check(Command::new(tools::python()).arg(program("standard_webhooks.py")));
}

fn check(verifier: &mut Command) {
    let dice = Dice::new(Dice::seed());
    let lines: Vec<Line> = (0..COUNT).flat_map(|number| pair(&dice, number)).collect();
    let answers = answers(verifier, &lines);
    assert_eq!(answers.len(), lines.len());
    for (line, answer) in lines.iter().zip(&answers) {
        assert_eq!(answer == "accepted", line.is_genuine, "{verifier:?} says {answer:?} to {:?}", line.delivery);
    }
}

/// What a verifier is given, and what it should find.
struct Line {
    signer: Signer,
    delivery: Delivery,
    is_genuine: bool,
}

/// A webhook, and the same spoilt on its way.
fn pair(dice: &Dice, number: usize) -> [Line; 2] {
    let mut signer = Signer::new("rahasia", &[7; 32]);
    // While a secret is changed both sign, and a receiver may have either.
    if dice.happens(50) {
        signer.endpoint_secrets.insert(dice.index(2), vec![8; 24]);
    }
    let genuine = signer.sign(&format!("evt_7_{number}_5f1c2a"), &random_body(dice));
    let spoilt = genuine.over(&genuine.body.replacen("\"price\":11500", "\"price\":11501", 1));
    [
        Line { signer: signer.clone(), delivery: genuine, is_genuine: true },
        Line { signer, delivery: spoilt, is_genuine: false },
    ]
}

/// An event whose `sn` and `ref_id` are of such pieces, with its characters as they are or escaped.
fn random_body(dice: &Dice) -> String {
    let text = || iter::repeat_with(|| dice.one_of(&PIECES)).take(dice.index(8)).collect::<String>();
    let mut body = body("order.success", &text(), &text());
    if dice.happens(50) {
        body = body.replace('/', "\\/");
    }
    if dice.happens(50) {
        body = in_ascii(&body);
    }
    body
}

/// What the verifier says to each line.
fn answers(verifier: &mut Command, lines: &[Line]) -> Vec<String> {
    let mut process = verifier.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = process.stdin.take().unwrap();
    let output = BufReader::new(process.stdout.take().unwrap());
    let answers = thread::scope(|scope| {
        scope.spawn(move || {
            for line in lines {
                // One that ended early is found out by the number of its answers.
                let _ = writeln!(input, "{}", line.as_json());
            }
        });
        output.lines().map(Result::unwrap).collect()
    });
    assert!(process.wait().unwrap().success(), "{verifier:?}");
    answers
}

impl Line {
    fn as_json(&self) -> Value {
        let headers: Map<String, Value> =
            self.delivery.headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        json!({
            "secret_key": self.signer.secret_key,
            "endpoint_secret": self.signer.endpoint_secret(),
            "headers": headers,
            "body": BASE64_STANDARD.encode(&self.delivery.body),
        })
    }
}

fn program(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verifiers").join(name)
}
