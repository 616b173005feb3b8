//! An HTTP answer, looked at only as closely as counting it takes.

use thiserror::Error;

use super::message::{header, split_at_blank_line};

/// No answer of a server is longer: beyond this it isn't one.
pub const MAX_ANSWER_BYTES: usize = 1 << 20;

/// What an answer says, borrowed from its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The envelope's `code`: the first member of that name, anywhere. Empty if there is none, as in a proxy's own answers.
    pub code: &'a str,
    /// The whole body.
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// The first member of that name, if it is a whole number.
    pub fn whole_number(&self, name: &str) -> Option<i64> {
        let value = member(self.body, name)?;
        let end = value.iter().position(|byte| !byte.is_ascii_digit() && *byte != b'-').unwrap_or(value.len());
        str::from_utf8(value.get(..end)?).ok()?.parse().ok()
    }
}

/// What this reader doesn't understand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AnswerFault {
    /// It begins otherwise.
    #[error("what came back is not HTTP/1.1")]
    NotHttp,
    /// Chunked, or until the end of the connection.
    #[error("the answer has no Content-Length")]
    NoLength,
    /// Longer than [`MAX_ANSWER_BYTES`].
    #[error("the answer is too long")]
    TooLong,
}

/// The answer at the beginning of `bytes` and its length; `None` until all of it is there.
pub fn read_answer(bytes: &[u8]) -> Result<Option<(Answer<'_>, usize)>, AnswerFault> {
    let Some((head, body)) = split_at_blank_line(bytes) else {
        return if bytes.len() > MAX_ANSWER_BYTES { Err(AnswerFault::TooLong) } else { Ok(None) };
    };
    let status = read_status(head).ok_or(AnswerFault::NotHttp)?;
    let length: usize =
        header(head, "content-length").and_then(|value| value.parse().ok()).ok_or(AnswerFault::NoLength)?;
    if length > MAX_ANSWER_BYTES {
        return Err(AnswerFault::TooLong);
    }
    let whole = bytes.len() - body.len() + length;
    Ok(body.get(..length).map(|body| (Answer { status, code: find_code(body), body }, whole)))
}

/// The three digits of `HTTP/1.1 200 OK`.
fn read_status(head: &[u8]) -> Option<u16> {
    let digits = head.strip_prefix(b"HTTP/1.1 ")?.get(..3)?;
    str::from_utf8(digits).ok()?.parse().ok()
}

fn find_code(body: &[u8]) -> &str {
    let value = member(body, "code").unwrap_or_default();
    let code = value.strip_prefix(b"\"").and_then(|text| text.split(|byte| *byte == b'"').next());
    code.and_then(|code| str::from_utf8(code).ok()).unwrap_or_default()
}

/// What follows the first member of that name, up to the body's end.
fn member<'a>(body: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let mut quotes = body.iter().enumerate().filter(|(_, byte)| **byte == b'"');
    let value = quotes.find_map(|(at, _)| body.get(at + 1..)?.strip_prefix(name.as_bytes())?.strip_prefix(b"\":"));
    value.map(<[u8]>::trim_ascii_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &[u8] = b"HTTP/1.1 409 Conflict\r\nX-Request-Id: a\r\ncOnTeNt-LeNgTh:  36 \r\nDate: x\r\n\r\n\
                           {\"success\":false,\"code\":\"DUPLICATE\"}";

    #[test]
    fn an_answer_is_whole_only_with_its_last_byte() {
        for length in 0..WHOLE.len() {
            assert_eq!(read_answer(&WHOLE[..length]), Ok(None), "{length}");
        }
        let (answer, length) = read_answer(WHOLE).expect("HTTP").expect("whole");
        assert_eq!((answer.status, answer.code, length), (409, "DUPLICATE", WHOLE.len()));
        assert!(answer.body.starts_with(b"{") && answer.body.ends_with(b"}"));
    }

    #[test]
    fn what_follows_an_answer_is_left_alone() {
        let two = [WHOLE, WHOLE].concat();
        assert_eq!(read_answer(&two).map(|answer| answer.map(|(_, length)| length)), Ok(Some(WHOLE.len())));
    }

    #[test]
    fn the_first_code_counts_and_none_is_empty() {
        for (body, code) in [
            (r#"{"code": "A","data":{"code":"MPBPJS"}}"#, "A"),
            (r#"{"success":true}"#, ""),
            (r#"{"code":null}"#, ""),
            ("", ""),
        ] {
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            let (read, length) = read_answer(answer.as_bytes()).expect("HTTP").expect("whole");
            assert_eq!((read.status, read.code, length), (200, code, answer.len()), "{body}");
        }
    }

    #[test]
    fn a_number_is_read_where_it_is_whole() {
        let number = |body: &str| Answer { status: 200, code: "", body: body.as_bytes() }.whole_number("total");
        assert_eq!(number(r#"{"subtotal":7,"total":25200,"x":1}"#), Some(25_200));
        assert_eq!(number(r#"{"total": -5}"#), Some(-5));
        for body in [r#"{"total":null}"#, r#"{"total":"5"}"#, r#"{"a":"total"}"#, r#"{"total":"#, ""] {
            assert_eq!(number(body), None, "{body}");
        }
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (bytes, fault) in [
            ("SSH-2.0\r\n\r\n", AnswerFault::NotHttp),
            ("HTTP/1.1 abc\r\nContent-Length: 0\r\n\r\n", AnswerFault::NotHttp),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", AnswerFault::NoLength),
            ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", AnswerFault::NoLength),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n", AnswerFault::TooLong),
        ] {
            assert_eq!(read_answer(bytes.as_bytes()), Err(fault), "{bytes}");
        }
        assert_eq!(read_answer(&vec![b'x'; MAX_ANSWER_BYTES + 1]), Err(AnswerFault::TooLong));
    }
}
