//! A user whom the rights of files concern: root has every right, and must give them up for such a test.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::harness::program;

/// Debian's `nobody`.
const NOBODY: u32 = 65_534;

/// Runs the program as a user without privileges, on a directory in a home of its own.
pub struct Nobody {
    home: TempDir,
    is_root: bool,
}

impl Nobody {
    /// With a home that others can look into, and the program in it.
    pub fn new() -> Self {
        let home = tempfile::Builder::new().prefix("loket-test-").tempdir().unwrap();
        fs::set_permissions(home.path(), Permissions::from_mode(0o755)).unwrap();
        let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
        let nobody = Self { home, is_root };
        let program = program();
        // A link costs nothing; a copy is needed between disks.
        fs::hard_link(program.get_program(), nobody.program())
            .or_else(|_| fs::copy(program.get_program(), nobody.program()).map(|_| ()))
            .unwrap();
        nobody.give(nobody.home());
        nobody
    }

    /// Where the data directory is to be.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.home().join("data")
    }

    fn program(&self) -> PathBuf {
        self.home().join("loket")
    }

    /// Makes an empty data directory with these rights.
    pub fn make_data(&self, mode: u32) {
        DirBuilder::new().mode(mode).create(self.data()).unwrap();
        self.give(&self.data());
    }

    fn give(&self, path: &Path) {
        if self.is_root {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = if self.is_root {
            let mut command = Command::new("setpriv");
            let identity = [format!("--reuid={NOBODY}"), format!("--regid={NOBODY}"), "--clear-groups".to_owned()];
            command.args(identity).arg(self.program());
            command
        } else {
            Command::new(self.program())
        };
        for (name, value) in program().get_envs() {
            assert!(value.is_none(), "only things to forget");
            command.env_remove(name);
        }
        command.args(arguments).arg("--data").arg(self.data()).output().unwrap()
    }

    /// Runs a command that must succeed.
    #[track_caller]
    pub fn expect(&self, arguments: &[&str]) {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Runs a command that must end with 1, and gives its complaint.
    #[track_caller]
    pub fn expect_refusal(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {complaint}");
        complaint
    }

    /// What lies in the data directory.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let entries = fs::read_dir(self.data()).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| (path.clone(), fs::read(&path).unwrap())).collect()
    }
}
