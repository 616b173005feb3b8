//! Runs every rule over this repository.

#![cfg(test)]

use std::path::Path;

use tidy::finding::Finding;
use tidy::tree::File;
use tidy::{links, readmes, shape, sql, text, tree, walls, words};

fn repository() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = tree::read(&root).expect("the repository can be read");
    // Rules that see nothing find nothing.
    assert!(files.iter().any(|file| file.path == "crates/tidy/tests/tidy.rs"), "this isn't the repository");
    files
}

fn holds(rule: fn(&[File]) -> Vec<Finding>) {
    let findings = rule(&repository());
    let report: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "\n{}\n", report.join("\n"));
}

#[test]
fn source_files_are_short() {
    holds(shape::files_are_short);
}

#[test]
fn source_files_begin_with_their_purpose() {
    holds(shape::files_begin_with_their_purpose);
}

#[test]
fn there_is_no_mod_rs() {
    holds(shape::no_mod_rs);
}

#[test]
fn names_say_something() {
    holds(shape::names_say_something);
}

#[test]
fn sql_is_only_in_the_store() {
    holds(sql::only_in_the_store);
}

#[test]
fn work_is_finished() {
    holds(words::work_is_finished);
}

#[test]
fn tests_never_sleep() {
    holds(words::tests_never_sleep);
}

#[test]
fn crates_depend_one_way() {
    holds(walls::crates_depend_one_way);
}

#[test]
fn the_domain_takes_little() {
    holds(walls::the_domain_takes_little);
}

#[test]
fn links_lead_somewhere() {
    holds(links::lead_somewhere);
}

#[test]
fn text_is_clean() {
    holds(text::is_clean);
}

#[test]
fn no_file_names_a_machine() {
    holds(text::names_no_machine);
}

#[test]
fn the_readmes_are_two_of_a_kind() {
    holds(readmes::are_two_of_a_kind);
}
