//! What comes in at the webhook.

use crate::suppliers::tests::without_details;
use domain::answer::Answer;
use domain::id::SupplierRef;
use domain::money::Rupiah;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha1::Sha1;

use crate::account::{Account, Secret};
use crate::supplier::{CallbackFault, CallbackNews, CallbackRequest, Supplier};
use crate::suppliers::digiflazz::Digiflazz;

use super::{adapter, contract, with};

fn sign(body: &str, secret: &str) -> String {
    let mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).unwrap().chain_update(body);
    format!("sha1={}", hex::encode(mac.finalize().into_bytes()))
}

fn receive(body: &str, signature: &str) -> Result<CallbackNews, CallbackFault> {
    let headers = [("x-hub-signature".to_owned(), signature.to_owned())];
    let news = adapter(None, false).read_callback(&CallbackRequest { headers: &headers, body: body.as_bytes() });
    news.map(|news| match news {
        CallbackNews::Says { supplier_ref, answer } => {
            CallbackNews::Says { supplier_ref, answer: without_details(answer) }
        }
        other => other,
    })
}

fn signed(body: &str) -> Result<CallbackNews, CallbackFault> {
    receive(body, &sign(body, "hook-secret"))
}

fn says(reference: &str, answer: Answer) -> CallbackNews {
    CallbackNews::Says { supplier_ref: SupplierRef::parse(reference).unwrap(), answer }
}

fn confirmed(sn: Option<&str>, cost: u32) -> Answer {
    Answer::Confirmed { sn: sn.map(Into::into), cost: Some(Rupiah::whole(cost)), desc: None, ask_again: false }
}

#[test]
fn the_documented_callbacks_are_believed() {
    let prepaid = signed(contract::text("prepaid: ", 0));
    assert_eq!(prepaid, Ok(says("30467470", confirmed(Some("SEPTIAPAR/20190401214753214742"), 199_800))));
    let postpaid = signed(contract::text("postpaid: ", 0));
    assert_eq!(postpaid, Ok(says("1763103975", confirmed(Some("004212C9245F1BA43A77CEBD5CD5DA39"), 300_950))));
}

#[test]
fn a_ping_is_nothing() {
    assert_eq!(signed(contract::text("ping: ", 0)), Ok(CallbackNews::Nothing));
    assert_eq!(receive(contract::text("ping: ", 0), "sha1="), Err(CallbackFault::Forged));
}

#[test]
fn every_changed_byte_is_found() {
    let body = contract::text("prepaid: ", 0);
    let signature = sign(body, "hook-secret");
    for at in 0..body.len() {
        let mut changed = body.as_bytes().to_vec();
        changed[at] ^= 1;
        let headers = [("x-hub-signature".to_owned(), signature.clone())];
        let news = adapter(None, false).read_callback(&CallbackRequest { headers: &headers, body: &changed });
        assert_eq!(news, Err(CallbackFault::Forged));
    }
    for forged in ["", "sha1", "sha1=", "sha1=zz", &signature[5..], &signature[..44], &sign(body, "other"), "sha256=00"]
    {
        assert_eq!(receive(body, forged), Err(CallbackFault::Forged), "{forged}");
    }
    // Hex in capitals is the same signature.
    assert!(receive(body, &format!("sha1={}", signature[5..].to_uppercase())).is_ok());
}

#[test]
fn without_a_secret_none_is_expected() {
    let Digiflazz(connection) = adapter(None, false);
    let account = Account { secret: Secret::default(), ..connection.account };
    let adapter = Digiflazz::new(account, connection.client);
    let body = contract::text("prepaid: ", 0);
    let headers = [("x-hub-signature".to_owned(), sign(body, ""))];
    let news = adapter.read_callback(&CallbackRequest { headers: &headers, body: body.as_bytes() });
    assert_eq!(news, Err(CallbackFault::NotExpected));
}

#[test]
fn a_bill_is_told_by_its_members_and_needs_its_proof() {
    let postpaid = contract::json("postpaid: ", 0);
    for member in ["admin", "selling_price", "desc"] {
        let mut only: Vec<(&str, Value)> =
            ["admin", "selling_price", "desc", "sn"].map(|name| (name, Value::Null)).into();
        only.retain(|(name, _)| *name != member);
        let news = signed(&with(postpaid.clone(), &only).to_string());
        assert!(matches!(news, Ok(CallbackNews::Says { answer: Answer::Unknown { .. }, .. })), "{news:?}");
    }
    let empty = signed(&with(postpaid, &[("sn", json!(""))]).to_string());
    assert_eq!(empty, Ok(says("1763103975", confirmed(Some(""), 300_950))));
    let later = signed(&with(contract::json("prepaid: ", 0), &[("sn", json!(""))]).to_string());
    assert_eq!(later, Ok(says("30467470", confirmed(None, 199_800))));
}

#[test]
fn failures_and_refunds_are_news_too() {
    let news = |rc: &str| {
        let changes = [("rc", json!(rc)), ("status", json!("Gagal"))];
        signed(&with(contract::json("postpaid: ", 0), &changes).to_string())
    };
    assert_eq!(news("02"), Ok(says("1763103975", Answer::Refused { code: "02".into(), nothing_created: false })));
    assert_eq!(news("74"), Ok(says("1763103975", Answer::Refunded { code: "74".into() })));
    assert!(matches!(news("49"), Ok(CallbackNews::Says { answer: Answer::Unknown { .. }, .. })));
}

#[test]
fn what_is_not_ours_is_nothing_and_the_rest_is_unreadable() {
    let other = with(contract::json("prepaid: ", 0), &[("ref_id", json!("INV/2024-1"))]);
    assert_eq!(signed(&other.to_string()), Ok(CallbackNews::Nothing));
    for body in ["", "{}", "[]", "null", "{\"data\":{}}", "{\"data\":[]}", "{\"data\":{\"ref_id\":{}}}", "<html>"] {
        assert_eq!(signed(body), Err(CallbackFault::Unreadable), "{body}");
    }
}
