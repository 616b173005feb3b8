//! The rule of the SQL: it means something, also where nothing else here runs it.
//!
//! Statements stand where they are used, so they are read out of the sources: texts, and the macros that put texts together.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use rusqlite::Connection;

use crate::moving::each_table;
use crate::sqlite::{Schema, Source};

/// With which a statement begins.
const BEGINNINGS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

/// What a source says of SQL, as far as it is read.
#[derive(Default)]
struct Reading {
    /// What the source's own macros come to, by name.
    macros: HashMap<String, TokenStream>,
    statements: Vec<String>,
}

impl Reading {
    /// Every statement of a source, without its tests. What is put together as it runs is left out.
    fn of(source: &str) -> Vec<String> {
        let (code, _tests) = source.split_once("\n#[cfg(test)]").unwrap_or((source, ""));
        let mut reading = Self::default();
        reading.read(code.parse().unwrap());
        reading.statements
    }

    fn read(&mut self, tokens: TokenStream) {
        use TokenTree::{Group, Ident, Literal, Punct};
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let [first, others @ ..] = rest {
            rest = others;
            match (first, others) {
                (Ident(word), [Punct(_), Ident(name), Group(rules), after @ ..]) if word == "macro_rules" => {
                    self.macros.insert(name.to_string(), body_of(rules.stream()));
                    rest = after;
                }
                (Ident(word), [Punct(mark), Group(_), after @ ..]) if mark.as_char() == '!' && word == "format" => {
                    rest = after;
                }
                (Ident(name), [Punct(mark), Group(arguments), after @ ..])
                    if mark.as_char() == '!' && self.is_text(&name.to_string()) =>
                {
                    self.keep(self.call(&name.to_string(), &self.text(arguments.stream(), "")));
                    rest = after;
                }
                (Group(group), _) => self.read(group.stream()),
                (Literal(literal), _) => self.keep(plain(&literal.to_string())),
                _ => {}
            }
        }
    }

    fn keep(&mut self, text: String) {
        if BEGINNINGS.iter().any(|beginning| text.starts_with(beginning)) {
            self.statements.push(text);
        }
    }

    /// Whether a macro puts texts together.
    fn is_text(&self, name: &str) -> bool {
        name == "concat" || self.macros.contains_key(name)
    }

    /// What such a macro makes of its arguments, which are joined already: each has at most one parameter, repeated or not.
    fn call(&self, name: &str, arguments: &str) -> String {
        self.macros.get(name).map_or_else(|| arguments.to_owned(), |body| self.text(body.clone(), arguments))
    }

    /// Texts, macros and parameters, joined.
    fn text(&self, tokens: TokenStream, arguments: &str) -> String {
        let mut tokens = tokens.into_iter();
        let mut text = String::new();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Literal(literal) => text.push_str(&plain(&literal.to_string())),
                TokenTree::Ident(name) => match (tokens.next(), tokens.next()) {
                    (_, Some(TokenTree::Group(group))) if self.is_text(&name.to_string()) => {
                        text.push_str(&self.call(&name.to_string(), &self.text(group.stream(), arguments)));
                    }
                    other => panic!("{name} can't be read as a part of a statement: {other:?}"),
                },
                TokenTree::Punct(mark) if mark.as_char() == '$' => {
                    tokens.next();
                    text.push_str(arguments);
                }
                TokenTree::Group(_) | TokenTree::Punct(_) => {}
            }
        }
        text
    }
}

/// Of a macro's only rule.
fn body_of(rules: TokenStream) -> TokenStream {
    let groups = rules.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    });
    let [_pattern, body] = <[TokenStream; 2]>::try_from(groups.collect::<Vec<_>>()).expect("a macro of one rule");
    body
}

/// What a literal says, if it is a text: lines that go on are one, as for the compiler.
fn plain(literal: &str) -> String {
    let lines: Vec<&str> = literal.trim_matches('"').split("\\\n").collect();
    let (first, others) = lines.split_first().unwrap();
    others.iter().fold((*first).to_owned(), |text, line| text + line.trim_start()).replace("\\\"", "\"")
}

/// Every source below a directory, but this one.
fn sources(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let found = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    found.filter(|path| !path.ends_with("sqlite/rules.rs")).collect()
}

#[test]
fn every_statement_prepares() {
    let mut connection = Connection::open_in_memory().unwrap();
    Schema::known().migrate(&mut connection).unwrap();
    let mut count = 0;
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sqlite")) {
        let statements = Reading::of(&fs::read_to_string(&path).unwrap());
        assert!(!statements.is_empty() || !path.to_string_lossy().contains("/tables/"), "none in {}", path.display());
        for sql in &statements {
            if let Err(error) = connection.prepare(sql) {
                panic!("{}: {error}\n{sql}", path.display());
            }
        }
        count += statements.len();
    }
    assert!(count > 110, "{count} statements");
    let source = Source::begin(&connection).unwrap();
    each_table!(Row => drop(source.prepare::<Row>().unwrap()));
}

#[test]
fn statements_are_read_as_the_compiler_reads_them() {
    let source = r#"
        macro_rules! columns { () => { "a, \
                                        b" }; }
        macro_rules! select { ($($rest:literal),+) => { concat!("SELECT ", columns!(), " FROM t ", $($rest),+) }; }
        /// SELECT nothing.
        fn f() {
            run(select!("WHERE a = ?1 ", "AND b = '\"'"), params![x.0, 'y']);
            let sql = if is { "DELETE FROM t" } else { concat!("UPDATE t SET ", "b = 1") };
            format!("SELECT {} FROM t", columns);
        }
#[cfg(test)]
mod tests { const T: &str = "SELECT c FROM t"; }"#;
    let expected = ["SELECT a, b FROM t WHERE a = ?1 AND b = '\"'", "DELETE FROM t", "UPDATE t SET b = 1"];
    assert_eq!(Reading::of(source), expected);
}
