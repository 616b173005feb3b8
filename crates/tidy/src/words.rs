//! Words that stand for work not done, or for a rule not kept.

use crate::finding::Finding;
use crate::rust_source::RustSource;
use crate::tree::File;

/// In code: what it is, and what to do instead.
const IN_CODE: [(&str, &str); 5] = [
    ("todo!", "Do it, or leave it out."),
    ("unimplemented!", "Do it, or leave it out."),
    ("#[ignore", "A test that doesn't run proves nothing; run it, or delete it."),
    ("#[allow(", "Use `#[expect(…, reason = \"…\")]`: it says why, and speaks up when it is no longer needed."),
    ("#![allow(", "Use `#![expect(…, reason = \"…\")]`: it says why, and speaks up when it is no longer needed."),
];

/// In comments.
const IN_COMMENTS: [&str; 2] = ["TODO", "FIXME"];

/// In tests.
const SLEEPS: [&str; 2] = ["thread::sleep", "time::sleep"];

/// Nothing is left unfinished, switched off or allowed without a reason.
pub fn work_is_finished(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.extension() == "rs") {
        let source = RustSource::read(&file.text);
        for (line, text) in (1..).zip(source.code.lines()) {
            let found = IN_CODE.iter().filter(|(word, _)| text.contains(word));
            findings
                .extend(found.map(|(word, sentence)| Finding::new(&file.path, line, format!("`{word}`: {sentence}"))));
        }
        for (line, text) in (1..).zip(source.comments.lines()) {
            findings.extend(marker(text).map(|word| unfinished(file, line, word)));
        }
    }
    // What isn't Rust is searched as a whole, but for prose, which may speak of the words.
    for file in files.iter().filter(|file| !["rs", "md"].contains(&file.extension())) {
        findings.extend(file.lines().filter_map(|(line, text)| Some(unfinished(file, line, marker(text)?))));
    }
    findings
}

fn marker(text: &str) -> Option<&'static str> {
    IN_COMMENTS.into_iter().find(|word| text.contains(word))
}

fn unfinished(file: &File, line: usize, word: &str) -> Finding {
    Finding::new(&file.path, line, format!("`{word}`: do it, or open an issue and say here what is true today."))
}

/// A test waits for what happens, never for time to pass.
pub fn tests_never_sleep(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.extension() == "rs") {
        let source = RustSource::read(&file.text);
        let mut in_test = file.path.contains("/tests/");
        for (line, text) in (1..).zip(source.code.lines()) {
            // Test modules stand at the end of their files.
            in_test |= text.contains("#[cfg(test)]");
            if in_test && SLEEPS.iter().any(|sleep| text.contains(sleep)) {
                findings.push(Finding::new(&file.path, line, "Move the injected clock, or wait for the event itself."));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_found(rule: fn(&[File]) -> Vec<Finding>, path: &str, text: &str) -> Vec<usize> {
        rule(&[File::new(path, text)]).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn unfinished_work_is_caught() {
        let offenders = [
            "todo!()",
            "unimplemented!(\"later\")",
            "#[ignore = \"slow\"]",
            "#[allow(dead_code)]",
            "#![allow(dead_code)]",
            "// TODO: the rest",
            "/// FIXME",
        ];
        for offender in offenders {
            let text = format!("fn f() {{}}\n{offender}\n");
            assert_eq!(lines_found(work_is_finished, "crates/app/src/a.rs", &text), [2], "{offender}");
        }
        assert_eq!(lines_found(work_is_finished, "clients/a.php", "\n// TODO\n"), [2]);
    }

    #[test]
    fn words_about_the_words_are_left_alone() {
        let text = "#[expect(dead_code, reason = \"todo! FIXME\")]\nfn f() { g(\"TODO\") } // never todo!\n";
        assert!(lines_found(work_is_finished, "crates/app/src/a.rs", text).is_empty());
        assert!(lines_found(work_is_finished, "CONTRIBUTING.md", "No TODO.\n").is_empty());
    }

    #[test]
    fn a_sleeping_test_is_caught() {
        let sleep = "std::thread::sleep(second);\n";
        assert_eq!(lines_found(tests_never_sleep, "crates/server/tests/a.rs", sleep), [1]);
        assert_eq!(
            lines_found(tests_never_sleep, "crates/server/tests/a.rs", "tokio::time::sleep(second).await;\n"),
            [1]
        );
        assert_eq!(
            lines_found(tests_never_sleep, "crates/app/src/a.rs", &format!("{sleep}#[cfg(test)]\n{sleep}")),
            [3]
        );
        assert!(lines_found(tests_never_sleep, "crates/app/src/a.rs", sleep).is_empty());
    }
}
