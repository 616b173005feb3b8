//! The contract's commands, `docs/contract/cli.md`, against what the program has: nothing promised is missing, nothing is there that
//! was not promised. What the program has is read from `docs/command-line.md`, which [`super::help`] holds to it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The options that a command has by its contract, or the text of its help.
type Commands<T> = BTreeMap<String, T>;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(path)).unwrap()
}

/// From the first column of the contract's table: `loket order show REF / list / resolve REF --success SN` is three commands.
fn promised() -> Commands<BTreeSet<String>> {
    let contract = read("contract/cli.md");
    let mut commands = Commands::<BTreeSet<String>>::new();
    for cell in contract.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next()) {
        for span in cell.split('`').filter_map(|span| span.strip_prefix("loket ")) {
            let mut path: Vec<&str> = Vec::new();
            for part in span.split(" / ") {
                let words: Vec<&str> = part.split_whitespace().take_while(|word| is_name(word)).collect();
                if !words.is_empty() {
                    path.pop();
                    path.extend(words);
                }
                let options = commands.entry(path.join(" ")).or_default();
                options.extend(part.split(['[', ']', ' ']).filter(|word| word.starts_with("--")).map(str::to_owned));
            }
        }
    }
    commands
}

fn is_name(word: &str) -> bool {
    word.chars().all(|character| character.is_ascii_lowercase() || character == '-') && !word.starts_with('-')
}

/// Every command that isn't only a group of others, with its help.
fn existing() -> Commands<String> {
    let pages = read("command-line.md");
    let page = |text: &str| {
        let (heading, help) = text.split_once("`\n").unwrap();
        let usage = help.lines().find(|line| line.starts_with("Usage: ")).unwrap();
        (!usage.ends_with(" <COMMAND>")).then(|| (heading.to_owned(), help.to_owned()))
    };
    pages.split("\n## `loket").filter_map(|text| page(text.strip_prefix(' ')?)).collect()
}

#[test]
fn the_program_has_the_contracts_commands_and_no_others() {
    let (promised, existing) = (promised(), existing());
    assert_eq!(existing.keys().collect::<Vec<_>>(), promised.keys().collect::<Vec<_>>());
}

#[test]
fn the_commands_have_the_contracts_options() {
    let existing = existing();
    for (command, options) in promised() {
        let Some(help) = existing.get(&command) else { continue };
        for option in options.iter().filter(|option| *option != "--json") {
            assert!(help.contains(&format!("{option} ")), "loket {command} has no {option}");
        }
    }
}
