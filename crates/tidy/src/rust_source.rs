//! Tells a Rust file's code, comments and string literals apart, so that a rule about one isn't misled by the others.
//!
//! It knows as much of Rust as that needs: nested comments, raw strings, and that `'a` may be a lifetime. It doesn't
//! know macros: what stands in one is taken as written.

/// The three kinds of text in a Rust file. Each is as long as the file and has its line ends; what belongs to another
/// kind is blank, so a line number in one is a line number in the file.
#[derive(Debug, Default)]
pub struct RustSource {
    /// Everything that isn't a comment or a literal.
    pub code: String,
    /// Comments and documentation.
    pub comments: String,
    /// The contents of string literals, escapes unread.
    pub strings: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Code,
    Comment,
    Text,
    /// Belongs nowhere: a character literal, or the quotes of a string.
    Nothing,
}

impl RustSource {
    /// Takes a file apart.
    pub fn read(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut source = Self::default();
        let mut rest = chars.as_slice();
        let mut previous = ' ';
        while let Some(&first) = rest.first() {
            let (kind, length) = next_piece(rest, previous);
            let (piece, after) = rest.split_at(length.clamp(1, rest.len()));
            source.push(kind, piece);
            previous = piece.last().copied().unwrap_or(first);
            rest = after;
        }
        source
    }

    fn push(&mut self, kind: Kind, piece: &[char]) {
        for &character in piece {
            let blank = if character == '\n' { '\n' } else { ' ' };
            self.code.push(if kind == Kind::Code { character } else { blank });
            self.comments.push(if kind == Kind::Comment { character } else { blank });
            self.strings.push(if kind == Kind::Text { character } else { blank });
        }
    }
}

/// What comes next, and how many characters of it.
fn next_piece(rest: &[char], previous: char) -> (Kind, usize) {
    match rest {
        ['/', '/', ..] => (Kind::Comment, until_line_end(rest)),
        ['/', '*', ..] => (Kind::Comment, block_comment(rest)),
        ['"', ..] => (Kind::Text, string(rest)),
        ['\'', ..] => character_or_lifetime(rest),
        // `r` begins a raw string, also after `b` or `c`, but not at the end of a name.
        ['r', '"' | '#', ..] if !is_name(previous) || matches!(previous, 'b' | 'c') => {
            raw_string(rest).map_or((Kind::Code, 1), |length| (Kind::Text, length))
        }
        _ => (Kind::Code, 1),
    }
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn until_line_end(rest: &[char]) -> usize {
    rest.iter().position(|&character| character == '\n').unwrap_or(rest.len())
}

fn block_comment(rest: &[char]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        match rest.get(at..) {
            Some(['/', '*', ..]) => (depth, at) = (depth + 1, at + 2),
            Some(['*', '/', ..]) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string(rest: &[char]) -> usize {
    let mut escaped = false;
    for (at, &character) in rest.iter().enumerate().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of a raw string, or nothing if it is a raw name such as `r#type`.
fn raw_string(rest: &[char]) -> Option<usize> {
    let hashes = rest.iter().skip(1).take_while(|&&character| character == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return None;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let begin = 2 + hashes;
    let inside = rest.get(begin..)?.windows(end.len()).position(|window| window == end);
    Some(inside.map_or(rest.len(), |length| begin + length + end.len()))
}

fn character_or_lifetime(rest: &[char]) -> (Kind, usize) {
    match rest {
        // The escaped character itself may be a quote.
        ['\'', '\\', _, after @ ..] => {
            let end = after.iter().position(|&character| character == '\'').unwrap_or(0);
            (Kind::Nothing, end + 4)
        }
        ['\'', _, '\'', ..] => (Kind::Nothing, 3),
        _ => (Kind::Code, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of each kind, so that the tables below stay readable.
    fn kinds(text: &str) -> (String, String, String) {
        let source = RustSource::read(text);
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        (words(&source.code), words(&source.comments), words(&source.strings))
    }

    #[test]
    fn code_comments_and_strings_are_told_apart() {
        let table = [
            ("let a = 1; // why", ("let a = 1;", "// why", "")),
            ("a /* b /* c */ d */ e", ("a e", "/* b /* c */ d */", "")),
            (r#"f("a // b", c)"#, ("f( , c)", "", r#""a // b""#)),
            (r#"f("a\"b", c)"#, ("f( , c)", "", r#""a\"b""#)),
            (r##"f(r#"a "b" c"#, d)"##, ("f( , d)", "", r##"r#"a "b" c"#"##)),
            (r#"br"\" x"#, ("b x", "", r#"r"\""#)),
            ("let r#type = 1;", ("let r#type = 1;", "", "")),
            (r#"var"x""#, ("var", "", r#""x""#)),
            (r#"('"', "a")"#, ("( , )", "", r#""a""#)),
            (r#"('\'', "a")"#, ("( , )", "", r#""a""#)),
            (r"('\u{e9}', 1)", ("( , 1)", "", "")),
            ("fn f<'a>(x: &'a str)", ("fn f<'a>(x: &'a str)", "", "")),
        ];
        for (text, (code, comments, strings)) in table {
            assert_eq!(kinds(text), (code.to_owned(), comments.to_owned(), strings.to_owned()), "in {text}");
        }
    }

    #[test]
    fn lines_stay_where_they_are() {
        let source = RustSource::read("a\n\"b\nc\"\n/* d\n*/ e\n");
        assert_eq!(source.code.lines().nth(4).map(str::trim), Some("e"));
        assert_eq!(source.strings.lines().nth(2).map(str::trim), Some("c\""));
    }
}
