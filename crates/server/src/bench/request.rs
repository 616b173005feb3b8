//! Signed requests, written byte by byte into buffers that are used again.
//!
//! The parameters are written in the order of their keys, so that the canonical body is what is sent, up to its closing
//! brace; a general composer (`domain::signature::compose`) would sort and write twice. A test has the domain verify each.

use std::fmt::Write;

use domain::signature::{BodyHash, SIGNATURE};

use super::merchants::Merchant;
use super::numbers::Order;
use super::step::Step;
use crate::cli::ServerAddress;

/// Writes the requests of one connection, one at a time.
pub struct RequestWriter {
    address: ServerAddress,
    is_testing: bool,
    body: String,
    timestamp: String,
    bytes: String,
}

impl RequestWriter {
    /// Writes requests to this server.
    pub fn new(address: ServerAddress, is_testing: bool) -> Self {
        Self { address, is_testing, body: String::new(), timestamp: String::new(), bytes: String::new() }
    }

    /// The bytes of a request, signed at `timestamp` (Unix seconds).
    pub fn write(&mut self, step: Step, order: &Order, merchant: &Merchant, timestamp: i64) -> &[u8] {
        write_parameters(&mut self.body, step, order, self.is_testing);
        self.sign(step.call(), merchant, timestamp)
    }

    /// The same for any call, with parameters that are written as they are signed.
    pub fn write_call(&mut self, path: &str, parameters: &str, merchant: &Merchant, timestamp: i64) -> &[u8] {
        self.body.clear();
        self.body.push_str(parameters);
        self.sign(path, merchant, timestamp)
    }

    /// Signs the parameters that stand in the body.
    fn sign(&mut self, path: &str, merchant: &Merchant, timestamp: i64) -> &[u8] {
        self.timestamp.clear();
        // Writing to a String can't fail, here and below.
        let _ = write!(self.timestamp, "{timestamp}");
        let signature = merchant.key.sign(&self.timestamp, &BodyHash::of_canonical(&self.body));

        // The parameters go on where their brace closed them.
        let before = if self.body.pop().is_some() { "," } else { "{" };
        for part in [before, &merchant.authentication, &self.timestamp, ",\"", SIGNATURE, "\":\"", &signature, "\"}"] {
            self.body.push_str(part);
        }
        self.bytes.clear();
        let _ = write!(
            self.bytes,
            "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
            self.address.path(path),
            self.address.authority(),
            self.body.len(),
            self.body
        );
        self.bytes.as_bytes()
    }
}

/// The canonical body: the parameters, sorted by their keys. Empty if there are none.
fn write_parameters(body: &mut String, step: Step, order: &Order, is_testing: bool) {
    body.clear();
    let Some((cmd, code)) = step.order() else { return };
    // Both fit their product's pattern: digits for an insurance number, a mobile phone's for credit.
    let head = if step == Step::Prepaid { "08" } else { "88" };
    let Order { ref_id, customer } = order;
    let _ = write!(body, r#"{{"cmd":"{cmd}","code":"{code}","customer_no":"{head}{customer}","ref_id":"{ref_id}""#);
    body.push_str(if is_testing { r#","testing":true}"# } else { "}" });
}

#[cfg(test)]
mod tests {
    use domain::json::Value;
    use domain::signature::{SignedRequest, SigningKey};

    use super::*;

    #[test]
    fn every_request_verifies_and_says_what_it_should() -> Result<(), Box<dyn std::error::Error>> {
        let merchant = Merchant::new(0, SigningKey::new("a\"b", "k", "s"));
        let order = Order { ref_id: "R-1".to_owned(), customer: "123456789012".to_owned() };
        for is_testing in [false, true] {
            let mut writer = RequestWriter::new("http://localhost:8080/ppob".parse()?, is_testing);
            for step in [Step::Inquiry, Step::Payment, Step::Prepaid, Step::Balance] {
                let bytes = String::from_utf8(writer.write(step, &order, &merchant, 1_748_678_400).to_vec())?;
                let (head, body) = bytes.split_once("\r\n\r\n").ok_or("no blank line")?;
                assert!(head.starts_with(&format!("POST /ppob{} HTTP/1.1\r\nHost: localhost:8080\r\n", step.call())));
                assert!(head.ends_with(&format!("\r\nContent-Length: {}", body.len())), "{head}");

                let request = SignedRequest::read(body.as_bytes())?;
                assert!(merchant.key.verifies(&request), "{body}");
                assert_eq!(request.signed_at(), 1_748_678_400);
                let parameter = |key| request.parameter(key).and_then(Value::as_str);
                assert_eq!(parameter("cmd"), step.order().map(|(cmd, _)| cmd));
                assert_eq!(parameter("ref_id"), step.order().map(|_| "R-1"));
                assert_eq!(request.parameter("testing").is_some(), is_testing && step != Step::Balance);
            }
        }
        Ok(())
    }
}
