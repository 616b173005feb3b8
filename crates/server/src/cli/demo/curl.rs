//! Commands that a person copies into a shell.

use domain::json::Object;
use domain::signature::{SigningKey, compose};

use super::{API_ID, API_KEY, SECRET_KEY};

/// The published example's bill.
const CODE: &str = "MPBPJS";
const CUSTOMER_NO: &str = "1234567890";

/// One request for the demo's bill, signed now.
pub fn signed(api: &str, cmd: &str, ref_id: &str, now_seconds: i64) -> String {
    let mut parameters = Object::new();
    for (name, value) in [("cmd", cmd), ("code", CODE), ("customer_no", CUSTOMER_NO), ("ref_id", ref_id)] {
        parameters.set(name, value);
    }
    let key = SigningKey::new(API_ID, API_KEY, SECRET_KEY);
    let body = compose(&parameters, &key, now_seconds);
    format!("curl -sS -w '\\n' {api}/v1/order -H 'Content-Type: application/json' -d '{body}'")
}

/// A shell function that signs with openssl, and the same two requests through it. Its parameters must be compact and in the order of
/// their keys, since it signs them as they are.
pub fn signing(api: &str) -> String {
    format!(
        r#"loket_call() {{ t=$(date +%s); h=$(printf %s "$2" | openssl dgst -sha256 -r | cut -d' ' -f1)
  s=$(printf %s "{API_ID}|{API_KEY}|$t|$h" | openssl dgst -sha256 -hmac {SECRET_KEY} -r | cut -d' ' -f1)
  curl -sS "{api}$1" -H 'Content-Type: application/json' \
    -d "${{2%?}},\"api_id\":\"{API_ID}\",\"timestamp\":$t,\"signature\":\"$s\"}}"; echo; }}
loket_call /v1/order '{{"cmd":"inquiry","code":"{CODE}","customer_no":"{CUSTOMER_NO}","ref_id":"INQ-002"}}'
loket_call /v1/order '{{"cmd":"pay-pasca","code":"{CODE}","customer_no":"{CUSTOMER_NO}","ref_id":"INQ-002"}}'"#
    )
}
