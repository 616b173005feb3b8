//! A supplier's secrets, which never stand on the command line: there, every user of the machine could read them.
//!
//! Each comes from the first place that has it: its file, its variable in the environment, a prompt without echo at a terminal, or else a
//! line of stdin, the key's before the secret's.

use std::error::Error;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;
use console::Term;
use zeroize::Zeroizing;

use crate::config::variable;
use crate::control::SecretText;

/// Where to find them.
#[derive(Args)]
pub struct SecretArgs {
    /// The file that holds the key [default: LOKET_SUPPLIER_KEY, a prompt, or stdin's first line]
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// The file that holds what signs its callbacks; for isikuota, the secret_key [default: LOKET_SUPPLIER_SECRET, a prompt, or
    /// stdin's next line]
    #[arg(long, value_name = "FILE")]
    pub secret_file: Option<PathBuf>,
}

/// One kind of secret.
struct Kind {
    name: &'static str,
    prompt: &'static str,
    /// The rest of its variable's name, in lower case.
    variable: &'static str,
    option: &'static str,
}

const KEY: Kind = Kind { name: "key", prompt: "Its key: ", variable: "supplier_key", option: "--key-file" };
const SECRET: Kind = Kind {
    name: "secret",
    prompt: "Its secret, if it has one: ",
    variable: "supplier_secret",
    option: "--secret-file",
};

impl SecretArgs {
    /// The key and, if there is one, the secret of a new supplier. Nobody who brings the key without typing is asked for the secret.
    pub fn both(&self) -> Result<(SecretText, Option<SecretText>), Box<dyn Error>> {
        let found = KEY.find(self.key_file.as_deref())?;
        let is_typed = found.is_none();
        let key = found.map_or_else(|| KEY.typed(), Ok)?.ok_or_else(|| KEY.missing())?;
        let secret = match SECRET.find(self.secret_file.as_deref())? {
            None if is_typed => SECRET.typed()?,
            found => found.flatten(),
        };
        Ok((key, secret))
    }

    /// Another key.
    pub fn key(&self) -> Result<SecretText, Box<dyn Error>> {
        KEY.wanted(self.key_file.as_deref())
    }

    /// Another secret.
    pub fn secret(&self) -> Result<SecretText, Box<dyn Error>> {
        SECRET.wanted(self.secret_file.as_deref())
    }
}

/// A secret that may be empty, which is none.
type Given = Option<SecretText>;

impl Kind {
    fn wanted(&self, file: Option<&Path>) -> Result<SecretText, Box<dyn Error>> {
        let given = self.find(file)?.map_or_else(|| self.typed(), Ok)?;
        Ok(given.ok_or_else(|| self.missing())?)
    }

    /// From its file or its variable.
    fn find(&self, file: Option<&Path>) -> Result<Option<Given>, String> {
        match file {
            Some(file) => match std::fs::read_to_string(file) {
                Ok(text) => Ok(Some(given(&Zeroizing::new(text)))),
                Err(error) => Err(format!("the {} in {} cannot be read: {error}", self.name, file.display())),
            },
            None => Ok(variable(self.variable).map(|text| given(&Zeroizing::new(text)))),
        }
    }

    /// From a person or a pipe.
    fn typed(&self) -> io::Result<Given> {
        if io::stdin().is_terminal() {
            let terminal = Term::stderr();
            terminal.write_str(self.prompt)?;
            return Ok(given(&Zeroizing::new(terminal.read_secure_line()?)));
        }
        let mut line = Zeroizing::new(String::new());
        io::stdin().read_line(&mut line)?;
        Ok(given(&line))
    }

    fn missing(&self) -> String {
        format!(
            "no {} was given; write it to stdin, to a file and name that with {}, or into LOKET_{}",
            self.name,
            self.option,
            self.variable.to_uppercase()
        )
    }
}

fn given(text: &str) -> Given {
    let text = text.trim();
    (!text.is_empty()).then(|| SecretText::new(text.to_owned()))
}
