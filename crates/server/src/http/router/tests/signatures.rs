//! Every vector of the contract's signatures, sent over HTTP as it stands: it is let in, and with one byte changed it isn't.

use domain::time::Timestamp;
use serde_json::Value;

use crate::http::router::shop::Shop;
use crate::http::settings::Settings;

const VECTORS: &str = include_str!("../../../../../../docs/contract/vectors/signature.json");

#[tokio::test]
async fn every_vector_is_let_in_and_none_with_a_byte_changed() {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    assert!(vectors.len() >= 14);
    for vector in vectors {
        let text = |member: &str| vector[member].as_str().unwrap();
        let (name, wire) = (text("name"), text("wire"));
        let shop = Shop::open(Settings::default()).await;
        shop.add_merchant(text("api_id"), text("api_key"), text("secret_key"), 1_000_000).await;
        let timestamp = serde_json::from_str::<Value>(wire).unwrap()["timestamp"].clone();
        let seconds = timestamp.as_i64().or_else(|| timestamp.as_str()?.parse().ok()).unwrap();
        let path = if text("canonical").is_empty() { "/v1/balance" } else { "/v1/order" };

        for (offset, is_let_in) in [(-301, false), (-300, true), (0, true), (300, true), (301, false)] {
            shop.clock.set_wall(Timestamp::from_seconds(seconds + offset));
            let status = shop.post(path, wire.to_owned()).await.status;
            assert_eq!(status != 401, is_let_in, "{name} {offset}");
        }
        shop.clock.set_wall(Timestamp::from_seconds(seconds));
        let signature = text("signature");
        for changed in [
            wire.replace(signature, &signature.to_uppercase()),
            wire.replace(signature, &signature[..63]),
            wire.replace(&seconds.to_string(), &(seconds + 1).to_string()),
            wire.replacen('{', r#"{"extra":1,"#, 1),
            wire.replacen('{', r#"{"testing":null,"#, 1)
                .replace(r#""testing":true,"#, "")
                .replace(r#""testing":false,"#, ""),
        ] {
            assert_ne!(changed, wire, "{name}");
            assert_eq!(shop.post(path, changed.clone()).await.code(), "SIGNATURE_INVALID", "{name}: {changed}");
        }
    }
}
