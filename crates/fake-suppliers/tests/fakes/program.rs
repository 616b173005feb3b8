//! The program itself: started, killed in the midst of its work, and started again.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use fake_suppliers::{Background, Credentials, Event, Journal, Options, Supplier};
use serde_json::json;

use crate::harness::{Seen, exchange};

/// The program, killed when it is dropped.
struct Program {
    child: Child,
    address: SocketAddr,
}

impl Program {
    fn start(journal: &Path, plan: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fake-suppliers"))
            .args(["digiflazz", "--username", "budi", "--api-key", "kunci", "--settle-after", "never", "--no-limits"])
            .arg("--journal")
            .arg(journal)
            .arg("--plan")
            .arg(plan)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").unwrap().strip_suffix("/v1").unwrap().parse().unwrap();
        Self { child, address }
    }

    async fn ask(&self, command: &str) -> Seen {
        let sign = Credentials { username: "budi".to_owned(), api_key: "kunci".to_owned() }.sign("A");
        let body = json!({
            "commands": command, "username": "budi", "sign": sign,
            "ref_id": "A", "buyer_sku_code": "pln", "customer_no": "5311",
        });
        exchange(self.address, "POST", "/v1/transaction", &body.to_string()).await
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[tokio::test]
async fn a_killed_program_remembers_what_it_delivered() {
    let directory = tempfile::tempdir().unwrap();
    let (journal, plan) = (directory.path().join("journal"), directory.path().join("plan.json"));
    std::fs::write(&plan, r#"{"rules":[{"call":"pay-pasca","times":1,"fault":"reset_after"}]}"#).unwrap();
    let program = Program::start(&journal, &plan);
    assert_eq!(program.ask("inq-pasca").await.json()["data"]["rc"], "00");
    assert!(matches!(program.ask("pay-pasca").await, Seen::Reset(_)));
    drop(program);
    std::fs::write(&plan, "{}").unwrap();
    let program = Program::start(&journal, &plan);
    assert_eq!(program.ask("status-pasca").await.json()["data"]["rc"], "00");
    assert_eq!(program.ask("pay-pasca").await.json()["data"]["rc"], "00");
    assert_eq!(Journal::read(&journal).unwrap().deliveries().count(), 1);
}

#[test]
fn help_tells_the_whole_interface() {
    let help = Command::new(env!("CARGO_BIN_EXE_fake-suppliers")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for word in ["digiflazz", "iak", "/_fake/journal", "/_fake/settle", "reset_mid_answer", "status-prepaid"] {
        assert!(help.contains(word), "{word}");
    }
}

#[test]
fn a_plan_that_is_none_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let plan = directory.path().join("plan.json");
    std::fs::write(&plan, r#"{"rules":[{"fault":"nonsense"}]}"#).unwrap();
    let output =
        Command::new(env!("CARGO_BIN_EXE_fake-suppliers")).arg("iak").arg("--plan").arg(&plan).output().unwrap();
    assert!(!output.status.success() && output.stdout.is_empty());
    assert!(String::from_utf8(output.stderr).unwrap().contains("is no plan: unknown variant `nonsense`"));
}

#[test]
fn a_test_without_a_runtime_has_a_fake_too() {
    let fake = Background::start(Options::new(Supplier::Iak)).unwrap();
    let seen = fake.wait(exchange(fake.address(), "GET", "/_fake/transactions", ""));
    assert_eq!(seen.json(), json!([]));
    fake.wait(exchange(fake.address(), "POST", "/api/check-balance", "{}"));
    fake.wait(fake.wait_for(|line| matches!(line.event, Event::Answered { .. }))).unwrap();
    fake.stop();
}
