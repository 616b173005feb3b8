//! Packages of npm and PyPI that `./test` has installed. Without them a test fails, since a check that didn't happen is not one that
//! passed.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// The Python that has `standardwebhooks`.
pub fn python() -> PathBuf {
    home().join("python/bin/python")
}

/// Copies a Node program to where it finds its packages, which is beside itself, and gives its new place.
pub fn beside_its_packages(program: &Path, directory: &Path) -> PathBuf {
    let packages = directory.join("node_modules");
    if !packages.exists() {
        symlink(home().join("node_modules"), packages).unwrap();
    }
    let copy = directory.join(program.file_name().unwrap());
    std::fs::copy(program, &copy).unwrap();
    copy
}

#[expect(clippy::disallowed_methods, reason = "where ./test has put packages is no setting of the server's")]
fn home() -> PathBuf {
    let path = std::env::var_os("LOKET_WEBHOOK_TOOLS")
        .expect("LOKET_WEBHOOK_TOOLS doesn't say where the packages are: run `./test webhook`, which installs them");
    path.into()
}
