//! What requests and answers of HTTP have in common, searched and not parsed.

/// What stands before the first blank line, and after it.
pub fn split_at_blank_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    const BLANK_LINE: &[u8] = b"\r\n\r\n";
    let at = find(bytes, BLANK_LINE)?;
    Some((bytes.get(..at)?, bytes.get(at + BLANK_LINE.len()..)?))
}

/// The value of a header, by its name in whatever case.
pub fn header<'h>(head: &'h [u8], name: &str) -> Option<&'h str> {
    let value = head.split(|byte| *byte == b'\n').find_map(|line| {
        let (found, value) = line.split_at_checked(name.len())?;
        found.eq_ignore_ascii_case(name.as_bytes()).then(|| value.strip_prefix(b":")).flatten()
    })?;
    str::from_utf8(value.trim_ascii()).ok()
}

/// Where this stands first.
pub fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
