//! The head of an answer: its status, and how the end of its body is found.

use httparse::{EMPTY_HEADER, Header, Response, Status};

use crate::client::answer_fault::AnswerFault;

/// In bytes.
const LONGEST: usize = 64 * 1024;
/// Lines of it.
const MOST_LINES: usize = 100;

/// A whole head.
#[derive(PartialEq, Eq, Debug)]
pub struct Head {
    /// The HTTP status.
    pub status: u16,
    /// How many bytes it has.
    pub length: usize,
    /// How the end of the body is found.
    pub end: End,
}

/// How the end of a body is found (RFC 9112, 6.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// After so many bytes.
    Counted(u64),
    /// Each chunk says its length.
    Chunked,
    /// Where the connection ends.
    Closed,
}

impl Head {
    /// From the first bytes of an answer; `None` if there must be more of them.
    pub fn read(bytes: &[u8]) -> Result<Option<Self>, AnswerFault> {
        let mut lines = [EMPTY_HEADER; MOST_LINES];
        let mut response = Response::new(&mut lines);
        match response.parse(bytes) {
            Ok(Status::Complete(length)) => {
                let status = response.code.ok_or(AnswerFault::Head)?;
                Ok(Some(Self { status, length, end: end(status, response.headers)? }))
            }
            Ok(Status::Partial) if bytes.len() < LONGEST => Ok(None),
            Ok(Status::Partial) | Err(_) => Err(AnswerFault::Head),
        }
    }

    /// It goes before an answer and is none.
    pub const fn is_interim(&self) -> bool {
        matches!(self.status, 100..=199)
    }
}

fn end(status: u16, lines: &[Header<'_>]) -> Result<End, AnswerFault> {
    // We never offer to speak something else.
    if status == 101 {
        return Err(AnswerFault::Head);
    }
    if matches!(status, 100..=199 | 204 | 304) {
        return Ok(End::Counted(0));
    }
    let named = |name| lines.iter().filter(move |line: &&Header<'_>| line.name.eq_ignore_ascii_case(name));
    let mut codings = named("transfer-encoding");
    if let Some(coding) = codings.next() {
        // Whoever packs it in another way than we asked for isn't understood.
        let is_chunked = coding.value.trim_ascii().eq_ignore_ascii_case(b"chunked");
        return if is_chunked && codings.next().is_none() { Ok(End::Chunked) } else { Err(AnswerFault::Coding) };
    }
    let mut lengths = named("content-length").map(|line| count(line.value).ok_or(AnswerFault::Length));
    let Some(length) = lengths.next().transpose()? else {
        return Ok(End::Closed);
    };
    if lengths.all(|other| other == Ok(length)) { Ok(End::Counted(length)) } else { Err(AnswerFault::Length) }
}

/// Digits and nothing else: no sign.
fn count(text: &[u8]) -> Option<u64> {
    let text = str::from_utf8(text.trim_ascii()).ok()?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end_of(lines: &str) -> Result<End, AnswerFault> {
        Head::read(format!("HTTP/1.1 200 OK\r\n{lines}\r\n").as_bytes()).map(|head| head.unwrap().end)
    }

    #[test]
    fn the_end_of_a_body_is_where_the_head_says() {
        let table = [
            ("Content-Length: 12\r\n", Ok(End::Counted(12))),
            ("content-length:12\r\nContent-Length: 12\r\n", Ok(End::Counted(12))),
            ("Content-Length: 12\r\nContent-Length: 13\r\n", Err(AnswerFault::Length)),
            ("Content-Length: +12\r\n", Err(AnswerFault::Length)),
            ("Content-Length: 1 2\r\n", Err(AnswerFault::Length)),
            ("Content-Length: 12, 12\r\n", Err(AnswerFault::Length)),
            ("Content-Length:\r\n", Err(AnswerFault::Length)),
            ("Content-Length: 99999999999999999999\r\n", Err(AnswerFault::Length)),
            ("Transfer-Encoding: Chunked\r\n", Ok(End::Chunked)),
            ("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", Ok(End::Chunked)),
            ("Transfer-Encoding: gzip, chunked\r\n", Err(AnswerFault::Coding)),
            ("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", Err(AnswerFault::Coding)),
            ("Server: x\r\n", Ok(End::Closed)),
            ("", Ok(End::Closed)),
        ];
        for (lines, expected) in table {
            assert_eq!(end_of(lines), expected, "{lines}");
        }
    }

    #[test]
    fn some_answers_have_no_body_whatever_they_say() {
        for status in ["100", "103", "204", "304"] {
            let head = format!("HTTP/1.1 {status} X\r\nContent-Length: 9\r\n\r\n");
            assert_eq!(Head::read(head.as_bytes()).unwrap().unwrap().end, End::Counted(0), "{status}");
        }
    }

    #[test]
    fn half_a_head_is_waited_for_and_no_head_is_not() {
        let whole = b"HTTP/1.0 503 No\r\nA: b\r\n\r\nrest";
        let expected = Head { status: 503, length: 25, end: End::Closed };
        for cut in 0..25 {
            assert_eq!(Head::read(&whole[..cut]), Ok(None), "{cut}");
        }
        assert_eq!(Head::read(whole), Ok(Some(expected)));
        let endless = format!("HTTP/1.1 200 OK\r\nA: {}", "b".repeat(LONGEST));
        let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "A: b\r\n".repeat(MOST_LINES + 1));
        let other = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
        for text in ["HTTP/2 200\r\n\r\n", "SSH-2.0-x\r\n", "<html>", "HTTP/1.1 2x0 OK\r\n\r\n", &endless, &many, other]
        {
            assert_eq!(Head::read(text.as_bytes()), Err(AnswerFault::Head), "{text:.40}");
        }
    }
}
