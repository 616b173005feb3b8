//! The published examples, and what holds for all webhooks.

use proptest::prelude::*;

use super::*;
use crate::time::Timestamp;

/// The example of the specification's reference libraries.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const SENT_AT: i64 = 1_614_265_330;
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

fn secret() -> WebhookSecret {
    WebhookSecret::parse(SECRET).unwrap()
}

fn headers<'a>(timestamp: &'a str, signature: &'a str) -> WebhookHeaders<'a> {
    WebhookHeaders { id: ID, timestamp, signature }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

#[test]
fn the_published_example_is_signed_and_believed() {
    assert_eq!(webhook_signature([&secret()], ID, SENT_AT, BODY), SIGNATURE);
    assert_eq!(check_webhook(&secret(), &headers("1614265330", SIGNATURE), BODY, at(SENT_AT)), Ok(()));
}

/// RFC 4231, test case 2.
#[test]
fn x_signature_is_that_of_the_rfc() {
    let signature = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assert_eq!(x_signature("Jefe", b"what do ya want for nothing?"), signature);
    assert!(x_signature_holds("Jefe", b"what do ya want for nothing?", signature));
}

#[test]
fn another_form_of_x_signature_does_not_hold() {
    let signature = x_signature("rahasia", BODY);
    for other in [
        String::new(),
        signature.to_uppercase(),
        signature[1..].to_owned(),
        format!("{signature}0"),
        format!(" {signature}"),
        "é".repeat(32),
        "0".repeat(64),
    ] {
        assert!(!x_signature_holds("rahasia", BODY, &other), "{other}");
    }
    assert!(!x_signature_holds("Rahasia", BODY, &signature));
}

#[test]
fn each_secret_signs_and_one_that_is_known_is_enough() {
    let (old, new) = (secret(), WebhookSecret::from_random([7; 32]));
    let both = webhook_signature([&old, &new], ID, SENT_AT, BODY);
    assert_eq!(both, format!("{SIGNATURE} {}", webhook_signature([&new], ID, SENT_AT, BODY)));
    for secret in [&old, &new] {
        assert_eq!(check_webhook(secret, &headers("1614265330", &both), BODY, at(SENT_AT)), Ok(()));
    }
    let stranger = WebhookSecret::from_random([8; 32]);
    let fault = check_webhook(&stranger, &headers("1614265330", &both), BODY, at(SENT_AT));
    assert_eq!(fault, Err(WebhookFault::NotSigned));
}

#[test]
fn a_webhook_is_believed_for_five_minutes_in_both_directions() {
    let table = [
        (0, Ok(())),
        (300, Ok(())),
        (-300, Ok(())),
        (301, Err(WebhookFault::TooOld)),
        (-301, Err(WebhookFault::TooNew)),
        (i64::MAX - SENT_AT, Err(WebhookFault::TooOld)),
        (-SENT_AT, Err(WebhookFault::TooNew)),
    ];
    for (later, expected) in table {
        let now = at(SENT_AT + later);
        assert_eq!(check_webhook(&secret(), &headers("1614265330", SIGNATURE), BODY, now), expected, "{later}");
    }
}

#[test]
fn a_timestamp_is_made_of_digits() {
    for text in
        ["", "+1614265330", "-1", "1614265330.0", " 1614265330", "now", "１６１４２６５３３０", "9223372036854775808"]
    {
        let fault = check_webhook(&secret(), &headers(text, SIGNATURE), BODY, at(SENT_AT));
        assert_eq!(fault, Err(WebhookFault::NoTimestamp), "{text}");
    }
    // The signature covers the text of it, not the number.
    let fault = check_webhook(&secret(), &headers("01614265330", SIGNATURE), BODY, at(SENT_AT));
    assert_eq!(fault, Err(WebhookFault::NotSigned));
}

#[test]
fn among_signatures_only_those_of_the_version_count() {
    let digits = SIGNATURE.strip_prefix("v1,").unwrap();
    for (signature, expected) in [
        (format!("v1a,{digits} v2,x {SIGNATURE}"), Ok(())),
        (format!("v1,AAAA {SIGNATURE} v1,"), Ok(())),
        (format!("v1a,{digits}"), Err(WebhookFault::NotSigned)),
        (digits.to_owned(), Err(WebhookFault::NotSigned)),
        (format!("V1,{digits}"), Err(WebhookFault::NotSigned)),
        (format!("v1,{digits},"), Err(WebhookFault::NotSigned)),
        (format!("v1,{}", digits.trim_end_matches('=')), Err(WebhookFault::NotSigned)),
        (String::from("v1,"), Err(WebhookFault::NotSigned)),
        (String::new(), Err(WebhookFault::NotSigned)),
    ] {
        let found = check_webhook(&secret(), &headers("1614265330", &signature), BODY, at(SENT_AT));
        assert_eq!(found, expected, "{signature}");
    }
}

#[test]
fn a_secret_is_read_and_told_in_one_form() {
    assert_eq!(secret().reveal(), SECRET);
    let made = WebhookSecret::from_random([0xA5; 32]);
    assert_eq!(WebhookSecret::parse(&made.reveal()), Ok(made));
    let written = |length: usize| format!("whsec_{}", base64::encode(&vec![1; length]));
    for (text, fault) in [
        (String::from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), WebhookSecretFault::NoPrefix),
        (String::from("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), WebhookSecretFault::NoPrefix),
        (format!("{SECRET} "), WebhookSecretFault::NoBase64),
        (written(32).trim_end_matches('=').to_owned(), WebhookSecretFault::NoBase64),
        (String::from("whsec_"), WebhookSecretFault::WrongLength),
        (written(23), WebhookSecretFault::WrongLength),
        (written(65), WebhookSecretFault::WrongLength),
    ] {
        assert_eq!(WebhookSecret::parse(&text), Err(fault), "{text}");
    }
    assert!(WebhookSecret::parse(&written(24)).is_ok() && WebhookSecret::parse(&written(64)).is_ok());
}

#[test]
fn a_secret_is_shown_to_nobody_who_did_not_ask() {
    assert_eq!(format!("{:?}", secret()), "WebhookSecret(..)");
}

proptest! {
    #[test]
    fn what_is_signed_is_believed_and_nothing_else(
        bytes in any::<[u8; 32]>(),
        id in "[A-Za-z0-9_-]{1,40}",
        sent_at in 0..253_402_300_799_i64,
        body in prop::collection::vec(any::<u8>(), 0..200),
        place in any::<prop::sample::Index>(),
        bit in 0..8_u32,
    ) {
        let secret = WebhookSecret::from_random(bytes);
        let signature = webhook_signature([&secret], &id, sent_at, &body);
        let timestamp = sent_at.to_string();
        let check = |id: &str, timestamp: &str, body: &[u8]| {
            check_webhook(&secret, &WebhookHeaders { id, timestamp, signature: &signature }, body, at(sent_at))
        };
        prop_assert_eq!(check(&id, &timestamp, &body), Ok(()));
        prop_assert_eq!(check(&format!("{id}x"), &timestamp, &body), Err(WebhookFault::NotSigned));
        prop_assert_eq!(check(&id, &format!("0{timestamp}"), &body), Err(WebhookFault::NotSigned));
        let longer = [&body[..], b"x"].concat();
        prop_assert_eq!(check(&id, &timestamp, &longer), Err(WebhookFault::NotSigned));
        if !body.is_empty() {
            let mut changed = body.clone();
            changed[place.index(body.len())] ^= 1_u8 << bit;
            prop_assert_eq!(check(&id, &timestamp, &changed), Err(WebhookFault::NotSigned));
        }
    }

    #[test]
    fn x_signature_holds_for_its_body_only(secret in "\\PC{0,80}", body in prop::collection::vec(any::<u8>(), 0..200)) {
        let signature = x_signature(&secret, &body);
        prop_assert!(x_signature_holds(&secret, &body, &signature));
        prop_assert!(!x_signature_holds(&secret, &[&body[..], b"\n"].concat(), &signature));
        let other = format!("{secret}x");
        prop_assert!(!x_signature_holds(&other, &body, &signature));
    }

    #[test]
    fn nothing_that_is_received_makes_it_panic(timestamp in "[0-9]{0,20}|\\PC{0,9}", signature in "(v1,|[A-Z=, ])\\PC{0,60}") {
        let fault = check_webhook(&secret(), &headers(&timestamp, &signature), BODY, at(SENT_AT));
        prop_assert!(fault.is_err());
    }

    #[test]
    fn no_text_makes_a_secret_panic(text in "(whsec_)?[A-Za-z0-9+/=]{0,100}|\\PC{0,20}") {
        if let Ok(secret) = WebhookSecret::parse(&text) {
            prop_assert_eq!(secret.reveal(), text);
        }
    }
}
