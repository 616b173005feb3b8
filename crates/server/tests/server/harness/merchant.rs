//! A merchant's program: it signs, sends and reads.

use std::io;
use std::sync::{Arc, Mutex};

use domain::json::read_object;
use domain::signature::{SigningKey, compose};
use serde_json::{Value, json};

use super::loket::{Place, SharedPlace};
use super::{Answer, Connection, now_seconds};

/// A merchant that calls a server, wherever that listens at the moment. A clone is the same merchant on a connection of its own.
pub struct Merchant {
    place: SharedPlace,
    key: SigningKey,
    is_testing: bool,
    connection: Mutex<Option<(Place, Connection)>>,
}

impl Merchant {
    /// With keys as the command line prints them.
    pub fn new(place: SharedPlace, keys: &Value) -> Self {
        let text = |member: &str| keys[member].as_str().unwrap().to_owned();
        let key = SigningKey::new(text("api_id"), text("api_key"), &text("secret_key"));
        Self { place, key, is_testing: false, connection: Mutex::default() }
    }

    /// The same merchant in testing mode.
    #[must_use]
    pub fn testing(&self) -> Self {
        Self { is_testing: true, ..self.clone() }
    }

    /// The same merchant at another server.
    #[must_use]
    pub fn at(&self, place: SharedPlace) -> Self {
        Self { place, ..self.clone() }
    }

    /// `cmd: "inquiry"`
    #[track_caller]
    pub fn inquire(&self, ref_id: &str, code: &str, customer_no: &str) -> Answer {
        self.order("inquiry", ref_id, code, customer_no).unwrap()
    }

    /// `cmd: "pay-pasca"`
    #[track_caller]
    pub fn pay(&self, ref_id: &str, code: &str, customer_no: &str) -> Answer {
        self.order("pay-pasca", ref_id, code, customer_no).unwrap()
    }

    /// Inquiry, which must succeed, and payment.
    #[track_caller]
    pub fn inquire_and_pay(&self, ref_id: &str, code: &str, customer_no: &str) -> Answer {
        self.inquire(ref_id, code, customer_no).expect_code("BILL_INQUIRY_SUCCESS");
        self.pay(ref_id, code, customer_no)
    }

    /// `cmd: "prepaid"`
    #[track_caller]
    pub fn buy(&self, ref_id: &str, code: &str, customer_no: &str) -> Answer {
        self.order("prepaid", ref_id, code, customer_no).unwrap()
    }

    /// `cmd: "game"`
    #[track_caller]
    pub fn buy_game(&self, ref_id: &str, code: &str, customer_no: &str) -> Answer {
        self.order("game", ref_id, code, customer_no).unwrap()
    }

    /// What became of a reference.
    #[track_caller]
    pub fn status(&self, ref_id: &str) -> Answer {
        self.call("/v1/status", json!({ "cmd": "status", "ref_id": ref_id })).unwrap()
    }

    /// What may be spent.
    #[track_caller]
    pub fn balance(&self) -> i64 {
        self.call("/v1/balance", json!({})).unwrap().expect_code("SUCCESS")["balance"].as_i64().unwrap()
    }

    /// An order call; an error means that the connection broke, and that nothing is known.
    pub fn order(&self, cmd: &str, ref_id: &str, code: &str, customer_no: &str) -> io::Result<Answer> {
        self.call("/v1/order", json!({ "cmd": cmd, "code": code, "customer_no": customer_no, "ref_id": ref_id }))
    }

    /// Any call, signed. In testing mode `testing` is added, except to calls that take no parameters.
    pub fn call(&self, path: &str, mut parameters: Value) -> io::Result<Answer> {
        if self.is_testing && parameters.as_object().is_some_and(|members| !members.is_empty()) {
            parameters["testing"] = true.into();
        }
        self.post(path, &self.sign(&parameters, now_seconds()))
    }

    /// The signed body of a call.
    pub fn sign(&self, parameters: &Value, timestamp: i64) -> String {
        compose(&read_object(parameters.to_string().as_bytes()).unwrap(), &self.key, timestamp)
    }

    /// Posts a body as it is, on the connection of the time before if that still leads to the server. Nothing is ever sent twice.
    pub fn post(&self, path: &str, body: &str) -> io::Result<Answer> {
        let place = self.place.lock().unwrap().expect("it was started");
        let mut kept = self.connection.lock().unwrap();
        let mut connection = match kept.take() {
            Some((opened_at, connection)) if opened_at == place => connection,
            _ => Connection::open(place.address)?,
        };
        let answer = connection.post(path, body)?;
        if answer.header("connection") != Some("close") {
            *kept = Some((place, connection));
        }
        Ok(answer)
    }
}

impl Clone for Merchant {
    fn clone(&self) -> Self {
        Self {
            place: Arc::clone(&self.place),
            key: self.key.clone(),
            is_testing: self.is_testing,
            connection: Mutex::default(),
        }
    }
}
