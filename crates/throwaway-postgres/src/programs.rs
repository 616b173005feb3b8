//! PostgreSQL's own programs, and as whom they run.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where Debian has them, one directory a version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Where the programs are, and as whom they run.
#[derive(Clone, Debug)]
pub struct Programs {
    directory: PathBuf,
    user: Option<User>,
}

#[derive(Clone, Copy, Debug)]
struct User {
    id: u32,
    group: u32,
}

impl Programs {
    /// Finds them: the newest of Debian's, or wherever the path leads.
    pub fn find() -> Self {
        let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
        let newest = versions.filter(|bin| bin.join("initdb").exists()).max();
        #[expect(clippy::disallowed_methods, reason = "where programs are is the environment's to say")]
        let path = std::env::var_os("PATH").unwrap_or_default();
        let on_path = || std::env::split_paths(&path).find(|bin| bin.join("initdb").exists());
        let directory =
            newest.or_else(on_path).expect("PostgreSQL is not installed; on Debian: apt-get install postgresql");
        // PostgreSQL refuses to run as root.
        let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
        let user = is_root.then(|| user("postgres").or_else(|| user("nobody")).expect("there is a user to run as"));
        Self { directory, user }
    }

    /// One of them, to be run by the right user, in a process group of its own: what is typed at the tests isn't meant for it.
    pub fn command(&self, program: &str) -> Command {
        let path = self.directory.join(program);
        self.run_as(Command::new(if path.exists() { path } else { PathBuf::from(program) }))
    }

    /// Where they are.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Gives the user a file or directory.
    pub fn give(&self, path: &Path) {
        if let Some(user) = self.user {
            std::os::unix::fs::chown(path, Some(user.id), Some(user.group)).unwrap();
        }
    }

    fn run_as(&self, mut command: Command) -> Command {
        command.process_group(0).current_dir("/");
        if let Some(user) = self.user {
            command.uid(user.id).gid(user.group);
        }
        command
    }
}

/// A user of this machine.
fn user(name: &str) -> Option<User> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let fields: Vec<&str> =
        users.lines().map(|line| line.split(':').collect()).find(|fields: &Vec<&str>| fields.first() == Some(&name))?;
    Some(User { id: fields.get(2)?.parse().ok()?, group: fields.get(3)?.parse().ok()? })
}
