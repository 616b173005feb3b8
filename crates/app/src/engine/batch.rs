//! Runs one batch through the store, and decides what to do when that fails.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use domain::command::{Command, apply};
use domain::refusal::{Fault, Refusal};
use domain::world::{Reads, World};
use store::{StoreError, Writer};

use crate::engine::health::Health;
use crate::engine::{AskError, Verdict};
use crate::time::Time;

/// Applies the commands as one transaction. If one of them spoils it, each is run alone.
pub fn run(writer: &mut dyn Writer, time: &Time, health: &Health, commands: &[Command]) -> Vec<Verdict> {
    match transact(writer, time, health, commands) {
        Ok(verdicts) => verdicts,
        Err(failure) if commands.len() > 1 && failure.may_be_one_commands() => {
            let mut alone = |command| match transact(writer, time, health, std::slice::from_ref(command)) {
                Ok(mut verdicts) => verdicts.pop().unwrap_or(Err(AskError::Stopped)),
                Err(failure) => Err(failure.into()),
            };
            commands.iter().map(&mut alone).collect()
        }
        Err(failure) => {
            let error = AskError::from(failure);
            commands.iter().map(|_| Err(error.clone())).collect()
        }
    }
}

/// Why a transaction came to nothing.
enum Failure {
    Store(StoreError),
    Panic,
}

impl Failure {
    /// Whether the others of the batch may do better without the one that caused it.
    fn may_be_one_commands(&self) -> bool {
        matches!(
            self,
            Self::Panic | Self::Store(StoreError::Conflict | StoreError::Corrupt { .. } | StoreError::Engine(_))
        )
    }
}

impl From<Failure> for AskError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Store(error) => Self::Store(Arc::new(error)),
            Failure::Panic => Self::Refused(Refusal::Fault(Fault::Panicked)),
        }
    }
}

fn transact(
    writer: &mut dyn Writer,
    time: &Time,
    health: &Health,
    commands: &[Command],
) -> Result<Vec<Verdict>, Failure> {
    let mut reads = Reads::default();
    for command in commands {
        command.name_rows(&mut reads);
    }
    let mut verdicts: Vec<Verdict> = Vec::with_capacity(commands.len());
    let mut decide = |world: &mut World| {
        let now = time.now().max(world.newest());
        verdicts.clear();
        verdicts.extend(commands.iter().map(|command| apply(world, command, now).map_err(AskError::Refused)));
    };
    let written = catch_unwind(AssertUnwindSafe(|| writer.transact(&reads, &mut decide)));
    match written {
        // A batch that changes nothing succeeds on a full disk as well: only a write shows that the store can be written again.
        Ok(Ok(())) if health.check().is_err() => {
            health.note(&writer.note_time(time.now()));
            Ok(verdicts)
        }
        Ok(result) => {
            health.note(&result);
            result.map_err(Failure::Store)?;
            Ok(verdicts)
        }
        Err(_panic) => Err(Failure::Panic),
    }
}
