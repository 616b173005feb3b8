//! `loket webhook trigger`.

use std::process::ExitCode;

use app::seams::{Clock, SystemClock};
use clap::Args;
use hyper::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::super::api_address::ApiAddress;
use super::super::keys::KeyArgs;
use super::super::signed_call::signed_call;
use super::super::{Outcome, output};
use crate::control::webhook::EventName;

/// Make an event happen by a testing order at the sandbox, and print the order's answer; no money moves
#[derive(Args)]
pub struct TriggerArgs {
    /// What is to happen
    event: EventName,
    /// The prepaid product that is bought for it
    #[arg(long, default_value = "TSEL21")]
    code: String,
    /// The server's base URL
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: ApiAddress,
    #[command(flatten)]
    keys: KeyArgs,
}

/// How the sandbox is made to do it: section 9 of the contract.
struct Recipe {
    /// The last digits of the customer's number.
    ending: &'static str,
    /// What the order's answer says then.
    code: &'static str,
    /// When the webhook follows.
    follows: &'static str,
}

#[derive(Deserialize)]
struct Answer {
    code: String,
}

/// Places the order.
pub fn run(args: &TriggerArgs) -> Outcome {
    let Recipe { ending, code, follows } = recipe(args.event)?;
    let now = SystemClock::start().wall();
    // A like order would be a duplicate: the digits between are others each time.
    let number = now.micros().div_euclid(1_000).rem_euclid(1_000_000);
    let parameters = json!({
        "cmd": "prepaid",
        "code": args.code,
        "customer_no": format!("08{number:06}{ending}"),
        "ref_id": format!("TRIGGER-{}", now.micros()),
        "testing": true,
    })
    .to_string();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let call = signed_call(&args.url, "/v1/order", parameters.as_bytes(), &args.keys);
    let answer = runtime.block_on(call)?;
    if answer.status() != StatusCode::OK {
        output::remark(&format!("HTTP {}", answer.status()));
    }
    output::text(&String::from_utf8_lossy(answer.body()))?;
    let is_as_meant = serde_json::from_slice::<Answer>(answer.body()).is_ok_and(|answer| answer.code == code);
    if !is_as_meant {
        return Err(format!("the order was to be answered with {code}; the event does not happen").into());
    }
    output::remark(follows);
    Ok(ExitCode::SUCCESS)
}

fn recipe(event: EventName) -> Result<Recipe, &'static str> {
    let (ending, code, follows) = match event {
        EventName::Success => ("1234", "ORDER_SUCCESS", "The webhook follows at once."),
        EventName::Failed => ("9005", "ORDER_FAILED", "The webhook follows at once."),
        EventName::SnReceived => {
            ("9010", "ORDER_SUCCESS", "order.success follows at once, order.sn_received after 10 seconds.")
        }
        EventName::Pending => {
            ("9008", "ORDER_PENDING", "The webhook follows at once, where an endpoint wants order.pending.")
        }
        EventName::Refunded => {
            ("9011", "ORDER_SUCCESS", "order.success follows at once, order.refunded after 10 seconds.")
        }
        EventName::WebhookDisabled => {
            return Err(
                "no order makes webhook.disabled happen; `loket webhook test MERCHANT --event webhook.disabled` sends a made-up one",
            );
        }
    };
    Ok(Recipe { ending, code, follows })
}
