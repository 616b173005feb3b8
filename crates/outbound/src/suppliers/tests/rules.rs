//! The rules of the house, for any adapter.

use std::time::Duration;

use domain::answer::Answer;
use serde_json::{Value, json};

use crate::supplier::{CallbackNews, CallbackRequest, InquiryAnswer};
use crate::suppliers::tests::candidate::{Ask, Candidate, SECRETS, Said};
use crate::suppliers::tests::scripted::{Play, Scripted, nobody};

/// Far longer than anything here takes.
const PATIENT: Duration = Duration::from_secs(30);
/// Long enough for a request on one machine.
const IMPATIENT: Duration = Duration::from_millis(100);

/// Asks once, at a supplier that does this. Also gives the body of the request.
async fn ask(candidate: &Candidate, ask: Ask, play: Play) -> (Said, String) {
    let time = if matches!(play, Play::Silence) { IMPATIENT } else { PATIENT };
    let server = Scripted::open().await;
    let adapter = candidate.adapter(&server.url(), time);
    server.play(candidate.ask(&*adapter, ask), play).await
}

/// Where nobody listens, a sending is proven not to have been received; a question about an order proves nothing; no bill is looked up.
pub async fn what_was_not_sent_is_not_received(candidate: &Candidate) {
    let (_socket, url) = nobody();
    let adapter = candidate.adapter(&url, PATIENT);
    for ask in candidate.asks() {
        match (ask, candidate.ask(&*adapter, ask).await) {
            (Ask::Inquire, Said::OfBill(heard)) => assert_eq!(heard.meaning, InquiryAnswer::Unavailable),
            (Ask::Send(_), Said::OfOrder(heard)) => assert_eq!(heard.meaning, Answer::NotReceived, "{ask:?}"),
            (_, said) => assert!(said.is_nothing(), "{ask:?} {said:?}"),
        }
    }
}

/// A supplier that doesn't answer may have done it.
pub async fn silence_proves_nothing(candidate: &Candidate) {
    for asked in candidate.asks() {
        let (said, _) = ask(candidate, asked, Play::Silence).await;
        assert!(said.is_nothing(), "{asked:?} {said:?}");
    }
}

/// So may one whose answer doesn't arrive, or not to its end.
pub async fn a_lost_answer_proves_nothing(candidate: &Candidate) {
    for asked in candidate.asks() {
        let success = (candidate.success)(asked, candidate.reference(asked));
        for play in [Play::Reset, Play::Half(success)] {
            let (said, _) = ask(candidate, asked, play.clone()).await;
            assert!(said.is_nothing(), "{asked:?} {play:?} {said:?}");
        }
    }
}

/// So may one that talks nonsense, under whatever status.
pub async fn nonsense_proves_nothing(candidate: &Candidate) {
    for asked in candidate.asks() {
        let success = (candidate.success)(asked, candidate.reference(asked));
        let cut = &success[..success.len() - 1];
        let more = format!("{success}}}");
        let twice = format!("{success}{success}");
        let deep = "[".repeat(10_000);
        let nonsense = [
            "",
            " ",
            "null",
            "0",
            "\"00\"",
            "[]",
            "{}",
            "{\"data\":null}",
            "{\"data\":[]}",
            "{\"data\":{}}",
            "{\"data\":\"Sukses\"}",
            "<html><body>502 Bad Gateway</body></html>",
            "Sukses",
            cut,
            &more,
            &twice,
            &deep,
        ];
        for body in nonsense {
            for status in [200, 404, 502] {
                let (said, _) = ask(candidate, asked, Play::Answer(status, body.to_owned())).await;
                assert!(said.is_nothing(), "{asked:?} {status} {body} {said:?}");
            }
        }
    }
}

/// The supplier's success is one, and the same about another reference is not.
pub async fn only_an_answer_about_ourselves_counts(candidate: &Candidate) {
    for asked in candidate.asks() {
        let ours = (candidate.success)(asked, candidate.reference(asked));
        let (said, _) = ask(candidate, asked, Play::Answer(200, ours)).await;
        assert!(said.is_success(), "{asked:?} {said:?}");

        let other = (candidate.success)(asked, "somebodyelses");
        let (said, _) = ask(candidate, asked, Play::Answer(200, other)).await;
        assert!(said.is_nothing(), "{asked:?} {said:?}");
    }
}

/// Not in what was sent, nor where the supplier repeats it.
pub async fn secrets_are_never_shown(candidate: &Candidate) {
    for asked in candidate.asks() {
        let (_, request) = ask(candidate, asked, Play::Reset).await;
        let parrot = json!({"data": {"message": request, "key": SECRETS}}).to_string();
        let (said, request) = ask(candidate, asked, Play::Answer(400, parrot)).await;

        let request: Value = serde_json::from_str(&request).unwrap();
        let sign = request["sign"].as_str().unwrap_or("no member of that name");
        let shown = format!("{said:?}");
        assert!(shown.contains("message"), "{shown}");
        for secret in SECRETS.into_iter().chain([sign]) {
            assert!(!shown.contains(secret), "{asked:?} {secret} {shown}");
        }
    }
}

/// Whoever can't sign may at most make us ask.
pub fn an_unsigned_callback_says_nothing(candidate: &Candidate) {
    let adapter = candidate.adapter("http://127.0.0.1:1", PATIENT);
    for asked in candidate.asks() {
        let success = (candidate.success)(asked, candidate.reference(asked));
        for body in ["", "{}", "{\"data\":{}}", &success] {
            let news = adapter.read_callback(&CallbackRequest { headers: &[], body: body.as_bytes() });
            assert!(!matches!(news, Ok(CallbackNews::Says { .. })), "{body} {news:?}");
        }
    }
}
