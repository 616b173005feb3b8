//! The walls between the crates: who may depend on whom.
//!
//! The walls themselves are the `Cargo.toml` files; these rules keep a door from being made unnoticed. Dependencies of
//! tests are free.

use crate::finding::Finding;
use crate::tree::File;

/// Our own crates, and which of the others each may use. One direction only.
const MAY_USE: [(&str, &[&str]); 8] = [
    ("domain", &[]),
    ("store", &["domain"]),
    ("outbound", &["domain"]),
    ("app", &["domain", "store", "outbound"]),
    ("server", &["domain", "store", "outbound", "app"]),
    ("fake-suppliers", &[]),
    ("throwaway-postgres", &[]),
    ("tidy", &[]),
];

/// All that the domain takes from outside: no I/O, no async, no clock, no randomness, no serialisation.
const DOMAIN_TAKES: [&str; 5] = ["foldhash", "hmac", "sha2", "subtle", "thiserror"];

/// Data flows one way: no crate depends on another that stands before it.
pub fn crates_depend_one_way(files: &[File]) -> Vec<Finding> {
    let ours: Vec<&str> = manifests(files).map(|(name, _)| name).collect();
    let mut findings = Vec::new();
    for (name, manifest) in manifests(files) {
        let Some((_, may_use)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
            findings.push(Finding::new(&manifest.path, 1, "Say in crates/tidy/src/walls.rs what this crate may use."));
            continue;
        };
        for dependency in dependencies(manifest) {
            if ours.contains(&dependency.as_str()) && !may_use.contains(&dependency.as_str()) {
                findings.push(finding(
                    manifest,
                    &dependency,
                    &format!("`{name}` must know nothing of `{dependency}`."),
                ));
            }
        }
    }
    findings
}

/// The domain stays pure.
pub fn the_domain_takes_little(files: &[File]) -> Vec<Finding> {
    let Some((_, manifest)) = manifests(files).find(|(name, _)| *name == "domain") else {
        return Vec::new();
    };
    let taken = dependencies(manifest);
    let more = taken.iter().filter(|name| !DOMAIN_TAKES.contains(&name.as_str()));
    let fewer = DOMAIN_TAKES.iter().filter(|name| !taken.iter().any(|taken| taken == **name));
    more.map(|name| finding(manifest, name, &format!("The domain does without `{name}`.")))
        .chain(fewer.map(|name| {
            Finding::new(&manifest.path, 1, format!("`{name}` went; strike it from crates/tidy/src/walls.rs."))
        }))
        .collect()
}

/// Each crate's name, which is its directory's, and its manifest.
fn manifests(files: &[File]) -> impl Iterator<Item = (&str, &File)> {
    files.iter().filter_map(|file| {
        let name = file.path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
        (!name.contains('/')).then_some((name, file))
    })
}

/// The names of all packages that the crate is built from, those of single platforms included.
fn dependencies(manifest: &File) -> Vec<String> {
    let Ok(root) = manifest.text.parse::<toml::Table>() else {
        return Vec::new(); // cargo itself will say so
    };
    let platforms = root.get("target").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values);
    let mut tables: Vec<&toml::Table> = vec![&root];
    tables.extend(platforms.filter_map(toml::Value::as_table));
    let mut names = Vec::new();
    for table in tables {
        for kind in ["dependencies", "build-dependencies"] {
            for (key, value) in table.get(kind).and_then(toml::Value::as_table).into_iter().flatten() {
                // `other_name = { package = "name" }` is still `name`.
                let package = value.get("package").and_then(toml::Value::as_str);
                names.push(package.unwrap_or(key).to_owned());
            }
        }
    }
    names
}

/// A finding at the first line that names the dependency.
fn finding(manifest: &File, dependency: &str, sentence: &str) -> Finding {
    let line = manifest.lines().find(|(_, text)| text.contains(dependency)).map_or(1, |(line, _)| line);
    Finding::new(&manifest.path, line, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store_with(dependencies: &str) -> Vec<Finding> {
        let files = ["domain", "app"].map(|name| File::new(&format!("crates/{name}/Cargo.toml"), ""));
        let store = File::new("crates/store/Cargo.toml", dependencies);
        crates_depend_one_way(&files.into_iter().chain([store]).collect::<Vec<_>>())
    }

    #[test]
    fn a_dependency_against_the_direction_is_caught() {
        let offenders = [
            "[dependencies]\napp.workspace = true\n",
            "[dependencies]\nother = { package = \"app\", path = \"../app\" }\n",
            "[dependencies.x]\npackage = \"app\"\n",
            "[target.'cfg(unix)'.dependencies]\napp = \"1\"\n",
            "[build-dependencies]\napp = \"1\"\n",
        ];
        for offender in offenders {
            let findings = store_with(offender);
            assert_eq!(findings.len(), 1, "{offender}");
            assert_eq!(findings[0].line, 2, "{offender}");
        }
        assert!(store_with("[dependencies]\ndomain.workspace = true\nserde = \"1\"\n").is_empty());
        assert!(store_with("[dev-dependencies]\napp.workspace = true\n").is_empty());
    }

    #[test]
    fn a_crate_without_a_place_is_caught() {
        assert_eq!(crates_depend_one_way(&[File::new("crates/attic/Cargo.toml", "")]).len(), 1);
    }

    #[test]
    fn a_domain_that_takes_more_or_less_is_caught() {
        let domain = |dependencies: &str| {
            the_domain_takes_little(&[File::new(
                "crates/domain/Cargo.toml",
                &format!("[dependencies]\n{dependencies}"),
            )])
        };
        let just_right = format!("{} = \"1\"\n", DOMAIN_TAKES.join(" = \"1\"\n"));
        assert!(domain(&just_right).is_empty());
        assert_eq!(domain(&format!("{just_right}serde = \"1\"\n"))[0].line, 7);
        assert_eq!(domain("foldhash = \"1\"\nhmac = \"1\"\nsha2 = \"1\"\nsubtle = \"1\"\n").len(), 1);
    }
}
