//! Takes secrets out of what came from outside, also where JSON writes them with its escapes: PHP puts a backslash before every slash.

/// Stands where a secret was.
const MASK: &[u8] = b"(masked)";

/// The body without these.
pub fn mask(body: &[u8], secrets: &[&str]) -> Vec<u8> {
    let mut masked = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((first, others)) = rest.split_first() {
        let found = secrets.iter().filter(|secret| !secret.is_empty()).find_map(|secret| behind(rest, secret));
        if let Some(behind) = found {
            masked.extend_from_slice(MASK);
            rest = behind;
        } else {
            masked.push(*first);
            rest = others;
        }
    }
    masked
}

/// What stands behind the secret, if this begins with it.
fn behind<'a>(rest: &'a [u8], secret: &str) -> Option<&'a [u8]> {
    let escaped = || secret.chars().try_fold(rest, behind_letter);
    rest.strip_prefix(secret.as_bytes()).or_else(escaped)
}

/// The same of one letter, in any of the ways in which JSON may write it.
fn behind_letter(rest: &[u8], letter: char) -> Option<&[u8]> {
    let short = match letter {
        '"' | '\\' | '/' => Some(letter),
        '\u{8}' => Some('b'),
        '\u{c}' => Some('f'),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        _ => None,
    };
    let short = short.and_then(|short| behind_plain(rest.strip_prefix(b"\\")?, short));
    let long = || letter.encode_utf16(&mut [0; 2]).iter().try_fold(rest, |rest, unit| behind_unit(rest, *unit));
    short.or_else(long).or_else(|| behind_plain(rest, letter))
}

fn behind_plain(rest: &[u8], letter: char) -> Option<&[u8]> {
    rest.strip_prefix(letter.encode_utf8(&mut [0; 4]).as_bytes())
}

/// `\u` and four hexadecimal digits.
fn behind_unit(rest: &[u8], unit: u16) -> Option<&[u8]> {
    let (digits, behind) = rest.strip_prefix(b"\\u")?.split_at_checked(4)?;
    let digits = std::str::from_utf8(digits).ok()?;
    (u16::from_str_radix(digits, 16) == Ok(unit)).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(body: &str, secret: &str) -> String {
        String::from_utf8(mask(body.as_bytes(), &["", secret])).unwrap()
    }

    #[test]
    fn a_secret_is_found_however_json_writes_it() {
        for (secret, written) in [
            ("plain", "plain"),
            ("a/b", "a/b"),
            ("a/b", r"a\/b"),
            ("a/b", r"a\u002Fb"),
            (r#"a"b"#, r#"a\"b"#),
            (r"a\b", r"a\b"),
            (r"a\b", r"a\\b"),
            (r"a\\b", r"a\\b"),
            (r"a\\b", r"a\\\\b"),
            ("ké", r"k\u00e9"),
            ("ké", r"k\u00E9"),
            ("k😀", r"k\ud83d\ude00"),
            ("a\tb", r"a\tb"),
        ] {
            assert_eq!(masked(&format!("[{written}]{written}"), secret), "[(masked)](masked)", "{secret} as {written}");
        }
    }

    #[test]
    fn everything_else_stays_as_it_was() {
        for body in ["", "secre", r#"{"se":"cret"}"#, r"s\u0065cre", r"\u00", "sec\u{e9}ret", r"sec\/ret"] {
            assert_eq!(masked(body, "secret"), body);
        }
        assert_eq!(mask(b"\xff\x00secret\xff", &["secret"]), b"\xff\x00(masked)\xff");
        assert_eq!(masked("secsecret", "secret"), "sec(masked)");
    }
}
