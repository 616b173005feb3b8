//! What may be shown of a question and its answer.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::client::Reply;
use crate::supplier::Exchange;

/// Stands where a secret was.
const HIDDEN: &str = "…";
/// The longest request or answer that is kept, in bytes.
const LONGEST: usize = 16 * 1024;
/// A shorter text is an ordinary word as often as not, and hiding it everywhere would leave nothing to read.
const SHORTEST: usize = 6;

/// What must not be shown.
#[derive(Clone, Copy)]
pub struct Masks<'a> {
    /// Members of our own requests that are hidden, whatever they hold.
    pub members: &'a [&'a str],
    /// Texts that are hidden wherever they stand, also where a supplier repeats them; but none that is shorter than six bytes.
    pub texts: &'a [&'a str],
}

impl Masks<'_> {
    /// A question and what became of it, for the history of an order.
    pub fn exchange(&self, call: &'static str, request: &str, reply: &Reply) -> Exchange {
        let (status, answer) = match reply {
            Reply::Answered { status, body } => (Some(*status), self.hide_texts(body)),
            Reply::NotSent { why } => (None, format!("not sent: {}", self.hide_texts(why))),
            Reply::Lost { why, status, heard } if heard.is_empty() => {
                (*status, format!("lost: {}", self.hide_texts(why)))
            }
            Reply::Lost { why, status, heard } => {
                (*status, format!("lost: {}, after {}", self.hide_texts(why), self.hide_texts(heard)))
            }
        };
        Exchange { call, request: short(self.hide_members(request)), status, answer: short(answer) }
    }

    /// A request of ours: a JSON object. Nothing of it is shown if it isn't.
    fn hide_members(&self, request: &str) -> String {
        let Ok(mut members) = serde_json::from_str::<Map<String, Value>>(request) else {
            return HIDDEN.to_owned();
        };
        for name in self.members {
            if let Some(value) = members.get_mut(*name) {
                *value = HIDDEN.into();
            }
        }
        self.hide_texts(&Value::Object(members).to_string())
    }

    fn hide_texts(&self, text: &str) -> String {
        let long = self.texts.iter().filter(|hidden| hidden.len() >= SHORTEST);
        long.fold(text.to_owned(), |text, hidden| text.replace(hidden, HIDDEN))
    }
}

fn short(text: String) -> Arc<str> {
    if text.len() <= LONGEST {
        return text.into();
    }
    let kept = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default();
    format!("{kept}… ({} bytes)", text.len()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MASKS: Masks<'_> = Masks { members: &["username", "sign"], texts: &["budi-jaya", "0123abcd"] };

    fn answered(body: &str) -> Reply {
        Reply::Answered { status: 200, body: body.to_owned() }
    }

    #[test]
    fn secrets_are_hidden_and_the_rest_is_as_it_was() {
        let request = r#"{"commands":"pay-pasca","username":"u","sign":"ab","note":"budi-jaya's"}"#;
        let answer = r#"{"data":{"message":"0123abcd is not of budi-jaya","tele":"@seller","wa":"0812"}}"#;
        let exchange = MASKS.exchange("pay-pasca", request, &answered(answer));
        assert_eq!(&*exchange.request, r#"{"commands":"pay-pasca","username":"…","sign":"…","note":"…'s"}"#);
        assert_eq!(&*exchange.answer, r#"{"data":{"message":"… is not of …","tele":"@seller","wa":"0812"}}"#);
        assert_eq!((exchange.call, exchange.status), ("pay-pasca", Some(200)));
    }

    #[test]
    fn what_went_wrong_stands_where_an_answer_would() {
        let answer = |reply| MASKS.exchange("x", "{}", &reply).answer;
        assert_eq!(&*answer(Reply::NotSent { why: "refused".into() }), "not sent: refused");
        let lost = |heard: &str| Reply::Lost { why: "reset".into(), status: None, heard: heard.to_owned() };
        assert_eq!(&*answer(lost("")), "lost: reset");
        assert_eq!(&*answer(lost("{\"da")), "lost: reset, after {\"da");
    }

    #[test]
    fn long_answers_are_cut_between_characters() {
        let exchange = MASKS.exchange("x", "no JSON", &answered(&"é".repeat(LONGEST)));
        assert_eq!(&*exchange.request, HIDDEN);
        assert_eq!(exchange.answer.chars().filter(|&letter| letter == 'é').count(), LONGEST / 2);
        assert!(exchange.answer.ends_with("… (32768 bytes)"));
    }

    #[test]
    fn short_words_are_left() {
        let masks = Masks { members: &[], texts: &["", "a"] };
        assert_eq!(&*masks.exchange("x", "{}", &answered("a banana")).answer, "a banana");
    }
}
