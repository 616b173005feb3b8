//! Answers whole, in pieces, and broken.

use super::*;

const LONGEST: usize = 32;

const COUNTED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\":\"b\"}";
const CHUNKED: &str =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\n{\"a\"\r\n5\r\n:\"b\"}\r\n0\r\nA: b\r\n\r\n";
const CLOSED: &str = "HTTP/1.1 200 OK\r\n\r\n{\"a\":\"b\"}";
const INTERIM: &str = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n";

/// What is made of a text that comes in pieces of that size, and whether it is whole before the connection ends.
fn read(text: &str, piece: usize) -> (Answer, Result<bool, AnswerFault>) {
    let mut answer = Answer::new(LONGEST);
    for bytes in text.as_bytes().chunks(piece) {
        match answer.take(bytes) {
            Ok(false) => {}
            ended => return (answer, ended),
        }
    }
    (answer, Ok(false))
}

#[test]
fn an_answer_is_the_same_in_whatever_pieces_it_comes() {
    let interim = format!("{INTERIM}{COUNTED}");
    for (text, is_whole) in [(COUNTED, true), (CHUNKED, true), (CLOSED, false), (&*interim, true)] {
        for piece in 1..=text.len() {
            let (answer, ended) = read(text, piece);
            assert_eq!(ended, Ok(is_whole), "{piece} of {text}");
            assert_eq!((answer.status, &*answer.body), (Some(200), &b"{\"a\":\"b\"}"[..]), "{piece} of {text}");
            assert_eq!(answer.close().is_ok(), !is_whole);
        }
    }
}

#[test]
fn no_part_of_an_answer_is_taken_for_the_whole() {
    for text in [COUNTED, CHUNKED] {
        for cut in 0..text.len() {
            let (answer, ended) = read(&text[..cut], 7);
            assert_eq!(ended, Ok(false), "{}", &text[..cut]);
            assert_eq!(answer.close(), Err(AnswerFault::Cut), "{}", &text[..cut]);
        }
    }
}

#[test]
fn an_empty_body_is_a_whole_answer() {
    for text in ["HTTP/1.1 204 Gone\r\n\r\n", "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"] {
        let (answer, ended) = read(text, 1);
        assert_eq!((ended, answer.body.len()), (Ok(true), 0), "{text}");
    }
}

#[test]
fn never_more_is_kept_than_is_allowed() {
    let long = "x".repeat(LONGEST);
    let counted = |body: &str| format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let (answer, ended) = read(&counted(&long), 5);
    assert_eq!((ended, answer.body.len()), (Ok(true), LONGEST));
    let chunked =
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{long}\r\nffffffffffffffff\r\nxx");
    let closed = format!("HTTP/1.1 200 OK\r\n\r\n{long}x");
    for text in [counted(&format!("{long}x")), chunked, closed] {
        let (answer, ended) = read(&text, 5);
        assert_eq!((ended, &*answer.body), (Err(AnswerFault::TooLong(LONGEST)), long.as_bytes()), "{text}");
    }
}

#[test]
fn broken_chunks_are_no_answer() {
    let endless = format!("2;{}", "x".repeat(LONGEST_BETWEEN));
    let trailers = format!("0\r\n{}", "A: b\r\n".repeat(MOST_TRAILERS + 1));
    for chunks in ["x\r\n", "-1\r\n", "2\r\nabc", "2\r\nab\rx", "11111111111111111\r\n", &endless, &trailers] {
        let text = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
        assert_eq!(read(&text, 11).1, Err(AnswerFault::Chunk), "{chunks:.40}");
    }
}
