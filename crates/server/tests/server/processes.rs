//! The server as a process: how it starts, ends, and meets others.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::process::Stdio;

use serde_json::{Value, json};
use server::control::merchant::ListMerchants;

use crate::harness::{Connection, Loket, eventually, program, terminate};

#[test]
fn it_works_without_any_configuration_and_keeps_its_files_to_itself() {
    let loket = Loket::start();
    let mode = |name: &str| fs::metadata(loket.data().join(name)).unwrap().mode() & 0o777;
    assert_eq!((mode("."), mode("master.key"), mode("loket.sock")), (0o700, 0o600, 0o600));
    for address in [loket.api(), loket.console()] {
        for path in ["/livez", "/readyz"] {
            assert_eq!(Connection::open(address).unwrap().get(path).unwrap().status, 200);
        }
    }
    assert_eq!(Connection::open(loket.console()).unwrap().get("/metrics").unwrap().status, 200);
    assert_eq!(loket.connect().get("/metrics").unwrap().status, 404);
}

#[test]
fn what_was_answered_survives_a_kill() {
    let mut loket = Loket::start();
    let toko = loket.merchant("toko");
    let paid = toko.inquire_and_pay("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    let bought = toko.buy_game("GAME-1", "ML86", "12345678").expect_code("ORDER_SUCCESS");
    loket.crash();
    assert_eq!(toko.buy_game("GAME-1", "ML86", "12345678").data(), bought.data());
    let again = toko.pay("INQ-1", "MPBPJS", "1234567890");
    assert_eq!(again.data(), paid.data());
    assert_eq!(toko.balance(), 1_000_000 - 25_200 - 23_500);
    assert_eq!(loket.ask(ListMerchants {}).len(), 1);
    let reference = |ref_id| loket.json(&["order", "show", ref_id])["attempts"][0]["supplier_ref"].clone();
    assert_eq!(json!(loket.paid_at_sandbox()), json!([reference("INQ-1"), reference("GAME-1")]));
    loket.verify();
}

#[test]
fn a_killed_servers_socket_is_in_nobodys_way() {
    let mut loket = Loket::start();
    loket.kill();
    assert!(loket.data().join("loket.sock").exists());
    loket.poor_merchant("toko");
    loket.open();
    assert_eq!(loket.json(&["merchant", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_command_of_another_version_is_told_so_and_the_connection_goes_on() {
    let loket = Loket::start();
    let mut socket = BufReader::new(UnixStream::connect(loket.data().join("loket.sock")).unwrap());
    let mut ask = |line: &str| {
        writeln!(socket.get_mut(), "{line}").unwrap();
        let mut answer = String::new();
        socket.read_line(&mut answer).unwrap();
        serde_json::from_str::<Value>(&answer).unwrap()
    };
    for strange in ["{\"make_coffee\":{}}", "not JSON", "\u{0}"] {
        let refused = ask(strange);
        assert!(refused["refused"].as_str().unwrap().contains("restart it with this program"), "{refused}");
    }
    assert_eq!(ask("{\"list_merchants\":{}}"), json!({ "done": [] }));
}

#[test]
fn a_stop_is_orderly() {
    let mut loket = Loket::start();
    let toko = loket.merchant("toko");
    toko.inquire_and_pay("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    assert_eq!(loket.stop().code(), Some(0));
    assert!(!loket.data().join("loket.sock").exists());
    loket.verify();
    assert!(toko.call("/v1/balance", json!({})).is_err());
    loket.open();
    assert_eq!(toko.balance(), 1_000_000 - 25_200);
}

#[test]
fn a_second_server_on_the_same_directory_is_refused() {
    let loket = Loket::start();
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--console-listen", "127.0.0.1:0"];
    let complaint = loket.expect_failure(1, &arguments);
    assert!(complaint.contains("another loket process is using"), "{complaint}");
    assert_eq!(loket.json(&["merchant", "list"]), json!([]), "the first one goes on");
}

#[test]
fn a_taken_port_is_told() {
    let first = Loket::start();
    let second = Loket::closed();
    let address = first.api().to_string();
    let complaint = second.expect_failure(1, &["serve", "--listen", &address]);
    assert!(complaint.contains(&format!("{address} is taken by another program")), "{complaint}");
    assert!(complaint.contains("--listen"), "{complaint}");
}

#[test]
fn a_directory_that_others_can_enter_is_refused() {
    let loket = Loket::closed();
    fs::create_dir(loket.data()).unwrap();
    fs::set_permissions(loket.data(), Permissions::from_mode(0o755)).unwrap();
    let complaint = loket.expect_failure(1, &["serve"]);
    assert!(complaint.contains("chmod 700"), "{complaint}");
}

#[test]
fn a_directory_may_lie_deeper_than_a_sockets_path_may_be_long() {
    let parent = tempfile::tempdir().unwrap();
    let data = parent.path().join("d".repeat(100)).join("e".repeat(100));
    let data = data.to_str().unwrap();
    let mut server = program()
        .args(["serve", "--json", "--data", data, "--listen", "127.0.0.1:0", "--console-listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let added = program().args(["merchant", "add", "--name", "Toko", "--data", data]).output().unwrap();
    terminate(&server);
    assert!(server.wait().unwrap().success());
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
}

#[test]
fn the_demos_commands_work_as_printed_and_nothing_remains() {
    let mut demo = program()
        .args(["demo", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut printed = String::new();
    let mut lines = BufReader::new(demo.stdout.take().unwrap());
    while !printed.contains("loket_call /v1/order '{\"cmd\":\"pay-pasca\"") {
        assert_ne!(lines.read_line(&mut printed).unwrap(), 0, "{printed}");
    }
    let is_command = |line: &&str| line.starts_with("curl ");
    let script: Vec<&str> = printed.lines().filter(is_command).collect();
    let (_, signing) = printed.split_once("loket_call()").unwrap();
    let script = format!("{}\nloket_call(){signing}", script.join("\n"));
    let output = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
    let codes: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["code"].clone())
        .collect();
    let expected = ["BILL_INQUIRY_SUCCESS", "BILL_PAYMENT_SUCCESS"];
    assert_eq!(codes, [expected, expected].concat());

    let data = printed.lines().find_map(|line| line.strip_prefix("Data")).unwrap();
    let data = data.split_whitespace().next().unwrap().to_owned();
    terminate(&demo);
    assert!(demo.wait().unwrap().success());
    assert!(!std::path::Path::new(&data).exists());
}

#[test]
fn a_demos_port_that_is_taken_gives_way() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let mut demo = program()
        .args(["demo", "--json"])
        .envs([("LOKET_LISTEN", address.to_string()), ("LOKET_CONSOLE_LISTEN", address.to_string())])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(demo.stdout.take().unwrap()).read_line(&mut line).unwrap();
    terminate(&demo);
    assert!(demo.wait().unwrap().success());
    let ready: Value = serde_json::from_str(&line).unwrap();
    let taken = json!(format!("http://{address}"));
    assert!(ready["api"] != taken && ready["console"] != taken && ready["api"] != ready["console"], "{ready}");
}

#[test]
fn a_file_that_may_not_grow_is_no_end() {
    let mut loket = Loket::start();
    let toko = loket.merchant("toko");
    loket.stop();
    loket.open_after("ulimit -f 1024");
    let mut number = 0;
    eventually("the database may not grow any more", || {
        number += 1;
        let answer = toko.inquire(&format!("INQ-{number}"), "MPBPJS", "1234567890");
        (answer.code() == "INTERNAL_ERROR").then_some(())
    });
    assert_eq!(loket.connect().get("/readyz").unwrap().status, 503);
    loket.crash();
    assert_eq!(loket.connect().get("/readyz").unwrap().status, 200);
    loket.verify();
}

#[test]
fn what_a_supplier_does_later_is_found_out() {
    let loket = Loket::start_with(&[("check_every_ms", "20")]);
    let toko = loket.merchant("toko");
    let pending = toko.inquire_and_pay("INQ-1", "MPBPJS", "1234569009").expect_code("BILL_PAYMENT_PENDING");
    assert_eq!(pending["sn"], Value::Null);
    eventually("the status check finds the payment", || {
        (toko.status("INQ-1").code() == "BILL_PAYMENT_SUCCESS").then_some(())
    });
    loket.verify();
}
