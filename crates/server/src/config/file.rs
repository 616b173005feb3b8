//! The file `loket.toml`: read, and written once with every default.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::error::ConfigError;
use super::key::{Key, Kind};
use super::layers::Origin;
use super::settings::KEYS;

/// Its name in the data directory.
pub const FILE_NAME: &str = "loket.toml";

/// A key this unlike is no slip of the hand.
const LEAST_LIKENESS: f64 = 0.75;

/// The file's text, if there is a file.
pub fn read(data: &Path) -> Result<Option<String>, ConfigError> {
    let path = data.join(FILE_NAME);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ConfigError::File { path, error }),
    }
}

/// The file's values, as the environment would write them.
pub fn parse(text: &str) -> Result<BTreeMap<&'static str, String>, ConfigError> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| ConfigError::Syntax(error.to_string()))?;
    table
        .iter()
        .map(|(name, value)| {
            let unknown = || ConfigError::UnknownKey { name: name.clone(), nearest: nearest(name) };
            let key = KEYS.iter().find(|key| key.name == name).ok_or_else(unknown)?;
            let fits = plain(key, value);
            let text = fits.ok_or_else(|| ConfigError::value(key, &bare(value), Origin::File))?;
            Ok((key.name, text))
        })
        .collect()
}

/// Writes the file with every key at its default, each commented out. Never overwrites.
pub fn write_new_file(data: &Path) -> Result<PathBuf, ConfigError> {
    let path = data.join(FILE_NAME);
    let written = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .and_then(|mut file| file.write_all(default_text().as_bytes()));
    match written {
        Ok(()) => Ok(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(ConfigError::Exists { path }),
        Err(error) => Err(ConfigError::File { path, error }),
    }
}

fn default_text() -> String {
    let mut text = String::from(
        "# Loket's settings. Each stands here with its default; take the # away to change it, then restart the server.\n\
         # Each may also be given in the environment, in upper case after LOKET_, which wins over this file.\n",
    );
    for key in KEYS {
        text.push('\n');
        for line in key.meaning {
            // Writing to a String cannot fail, here and below.
            let _ = writeln!(text, "#{line}");
        }
        let _ = writeln!(text, "#{} = {}", key.name, key.write_toml(key.default));
    }
    text
}

/// The value as plain text, if it is of the kind that its key takes.
fn plain(key: &Key, value: &toml::Value) -> Option<String> {
    match (key.kind, value) {
        (Kind::Text, toml::Value::String(text)) => Some(text.clone()),
        (Kind::Number, toml::Value::Integer(number)) => Some(number.to_string()),
        (Kind::Switch, toml::Value::Boolean(switch)) => Some(switch.to_string()),
        (Kind::List, toml::Value::Array(items)) => {
            let texts: Option<Vec<&str>> = items.iter().map(toml::Value::as_str).collect();
            texts.map(|texts| texts.join(","))
        }
        _ => None,
    }
}

fn bare(value: &toml::Value) -> String {
    value.to_string()
}

/// The known key that a name resembles most.
fn nearest(name: &str) -> Option<&'static str> {
    let likeness = |key: &&Key| strsim::jaro_winkler(key.name, name);
    let best = KEYS.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)))?;
    (likeness(&best) > LEAST_LIKENESS).then_some(best.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_written_file_reads_as_all_defaults_also_without_its_comment_signs() {
        let text = default_text();
        assert!(parse(&text).unwrap().is_empty());
        let is_setting = |line: &&str| line.starts_with('#') && !line.starts_with("# ");
        let bared: String = text.lines().filter(is_setting).map(|line| format!("{}\n", &line[1..])).collect();
        let values = parse(&bared).unwrap();
        for key in KEYS {
            assert_eq!(values[key.name], key.default, "{}", key.name);
        }
    }
}
