//! The help of all subcommands against the committed copy, `docs/command-line.md`, so that a change of either is seen. To write it anew:
//! `LOKET_WRITE_HELP=1 cargo test -p server help`.

use std::fmt::Write;
use std::path::Path;

use clap::{Command, CommandFactory};

use super::Cli;

const HEAD: &str = "# The command line\n\n\
    What `--help` says, for reading in one go. Generated: see the head of `crates/server/src/cli/help.rs`. \
    What scripts may rely on is in [the contract](contract/cli.md).\n";

fn text() -> String {
    let mut text = HEAD.to_owned();
    write(&mut Cli::command(), "", &mut text);
    text
}

fn write(command: &mut Command, parents: &str, text: &mut String) {
    let path = format!("{parents}{}", command.get_name());
    let mut page = command.clone().bin_name(&path).disable_help_subcommand(true);
    let help = page.render_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    writeln!(text, "\n## `{path}`\n\n```text\n{}\n```", help.join("\n").trim_end()).unwrap();
    for subcommand in command.get_subcommands_mut().filter(|subcommand| subcommand.get_name() != "help") {
        write(subcommand, &format!("{path} "), text);
    }
}

#[test]
fn the_committed_help_is_what_the_program_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/command-line.md");
    if option_env!("LOKET_WRITE_HELP").is_some() {
        std::fs::write(&path, text()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(committed == text(), "docs/command-line.md is old; see the head of cli/help.rs for how to write it anew");
}
