//! Headers that are sent with webhooks besides, as arguments.

use std::path::PathBuf;

use clap::Args;
use zeroize::Zeroizing;

use crate::control::SecretText;

/// All of an endpoint's headers.
#[derive(Args)]
pub struct HeaderArgs {
    /// The headers that are sent besides, `Name: value`, all of them; may be repeated
    #[arg(long, value_name = "HEADER", value_parser = read_header)]
    header: Vec<Header>,
    /// A file with such headers, one a line; on the command line every user of the machine can read them
    #[arg(long, value_name = "FILE")]
    header_file: Option<PathBuf>,
}

/// Its name, and its value, which may be a secret.
#[derive(Clone)]
struct Header(String, SecretText);

impl HeaderArgs {
    /// Those of the command line, then those of the file; `None` if neither was given.
    pub fn read(self) -> Result<Option<Vec<(String, SecretText)>>, String> {
        let is_given = !self.header.is_empty() || self.header_file.is_some();
        let mut headers: Vec<_> = self.header.into_iter().map(|Header(name, value)| (name, value)).collect();
        if let Some(file) = self.header_file {
            let text = std::fs::read_to_string(&file)
                .map(Zeroizing::new)
                .map_err(|error| format!("the headers in {} cannot be read: {error}", file.display()))?;
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                let Header(name, value) = read_header(line).map_err(|why| format!("{}: {why}", file.display()))?;
                headers.push((name, value));
            }
        }
        Ok(is_given.then_some(headers))
    }
}

/// What it can't read it doesn't repeat: it may be a secret.
fn read_header(text: &str) -> Result<Header, String> {
    let (name, value) = text.split_once(':').ok_or("a header is `Name: value`")?;
    Ok(Header(name.trim().to_owned(), SecretText::new(value.trim().to_owned())))
}
