//! Runs batches on the one connection that writes.

use std::sync::Arc;

use domain::time::Timestamp;
use domain::world::{Reads, Rows, World};
use rusqlite::{Connection, TransactionBehavior};

use crate::directory::Directory;
use crate::sqlite::checkpoint::Checkpoints;
use crate::sqlite::connection;
use crate::sqlite::copier::Copier;
use crate::sqlite::recent::{Recent, RecentRows};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::{Stored, delivery_tries, events, exchanges, meta, transfers};
use crate::{StoreError, Writer};

/// The writer of a [`crate::SqliteStore`].
#[derive(Debug)]
pub struct SqliteWriter {
    // Dropped before the connection, which is the last to be closed.
    checkpoints: Checkpoints,
    connection: Connection,
    recent: RecentRows,
    /// Since the disk failed to sync, nobody knows what of the file is on it.
    sync_failed: bool,
    /// The directory stays ours while anything can write to it.
    _directory: Arc<Directory>,
}

impl SqliteWriter {
    /// Writes through a connection that nobody else writes through.
    pub fn new(connection: Connection, directory: Arc<Directory>) -> Result<Self, StoreError> {
        let copier = Copier::start(connection::open_for_copying(&directory.database())?)?;
        Ok(Self {
            checkpoints: Checkpoints::by(copier),
            connection,
            recent: RecentRows::default(),
            sync_failed: false,
            _directory: directory,
        })
    }

    /// Runs `write` in a transaction and commits if it says that it wrote anything. However else it ends, even in a panic, nothing is
    /// written: dropping a transaction rolls it back.
    fn in_transaction(
        &mut self,
        write: impl FnOnce(&Statements<'_>) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        if self.sync_failed {
            return Err(StoreError::SyncFailed);
        }
        let result = self.attempt(write);
        self.note_sync_failure(&result);
        if result.is_ok() {
            let checkpoint = self.checkpoints.make_if_due(&Statements::of(&self.connection));
            self.note_sync_failure(&checkpoint);
            if let Err(error) = checkpoint {
                // The batch is in the log and stays there; only the log goes on growing.
                tracing::error!(%error, "the checkpoint failed");
            }
        }
        result
    }

    fn attempt(&mut self, write: impl FnOnce(&Statements<'_>) -> Result<bool, StoreError>) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !write(&Statements::of(&transaction))? {
            return Ok(());
        }
        let Err(error) = transaction.commit() else { return Ok(()) };
        match StoreError::from(error) {
            // The log's last page was written torn or half: it may count after a crash, unless something is written over it now.
            StoreError::Engine(why) => match self.overwrite_log_end() {
                Ok(()) => Err(StoreError::Engine(why)),
                Err(StoreError::SyncFailed) => Err(StoreError::SyncFailed),
                Err(_) => Err(StoreError::Unknown(why)),
            },
            known => Err(known),
        }
    }

    fn overwrite_log_end(&mut self) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        meta::count_probe(&Statements::of(&transaction))?;
        Ok(transaction.commit()?)
    }

    fn note_sync_failure(&mut self, result: &Result<(), StoreError>) {
        self.sync_failed |= matches!(result, Err(StoreError::SyncFailed));
    }
}

impl Writer for SqliteWriter {
    fn transact(&mut self, reads: &Reads, decide: &mut dyn FnMut(&mut World)) -> Result<(), StoreError> {
        let mut recent = std::mem::take(&mut self.recent);
        let mut used = None;
        let result = self.in_transaction(|statements| {
            let world = used.insert(load(statements, &mut recent, reads)?);
            decide(world);
            save(statements, world)
        });
        if let (Ok(()), Some(world)) = (&result, used) {
            recent.keep(world);
            self.recent = recent;
        }
        result
    }

    fn forget_events(&mut self, before: Timestamp, limit: u32) -> Result<u32, StoreError> {
        // What is remembered of their dispatches would bring them back.
        self.recent.dispatches = Recent::default();
        let mut forgotten = 0;
        self.in_transaction(|statements| {
            forgotten = events::forget(statements, before, limit)?;
            Ok(forgotten > 0)
        })?;
        Ok(forgotten)
    }

    fn note_time(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.in_transaction(|statements| {
            meta::note_newest(statements, now)?;
            // A moment that is no news would write nothing, and so show nothing.
            meta::count_probe(statements)?;
            Ok(true)
        })
    }
}

fn load(statements: &Statements<'_>, recent: &mut RecentRows, reads: &Reads) -> Result<World, StoreError> {
    let mut world = World::default();
    load_rows(statements, &mut recent.books, &reads.books, &mut world.books)?;
    load_rows(statements, &mut Recent::default(), &reads.merchants, &mut world.merchants)?;
    load_rows(statements, &mut Recent::default(), &reads.products, &mut world.products)?;
    load_rows(statements, &mut recent.inquiries, &reads.inquiries, &mut world.inquiries)?;
    load_rows(statements, &mut recent.orders, &reads.orders, &mut world.orders)?;
    load_rows(statements, &mut recent.attempts, &reads.attempts, &mut world.attempts)?;
    load_rows(statements, &mut recent.bills, &reads.bills, &mut world.bills)?;
    load_rows(statements, &mut recent.duplicates, &reads.duplicates, &mut world.duplicates)?;
    load_rows(statements, &mut Recent::default(), &reads.vouchers, &mut world.vouchers)?;
    load_rows(statements, &mut Recent::default(), &reads.suppliers, &mut world.suppliers)?;
    load_rows(statements, &mut Recent::default(), &reads.callbacks, &mut world.callbacks)?;
    load_rows(statements, &mut recent.endpoints, &reads.endpoints, &mut world.endpoints)?;
    load_rows(statements, &mut recent.dispatches, &reads.dispatches, &mut world.dispatches)?;
    load_rows(statements, &mut Recent::default(), &reads.revisions, &mut world.revisions)?;
    load_rows(statements, &mut Recent::default(), &reads.leases, &mut world.leases)?;
    Ok(world)
}

/// In the order of the keys, so that neighbours in the file are read one after the other.
fn load_rows<R: Stored>(
    statements: &Statements<'_>,
    recent: &mut Recent<R>,
    keys: &[R::Key],
    rows: &mut Rows<R>,
) -> Result<(), StoreError> {
    let mut keys: Vec<&R::Key> = keys.iter().collect();
    keys.sort_unstable();
    keys.dedup();
    rows.reserve(keys.len());
    for key in keys {
        rows.load_boxed(key.clone(), recent.take(key, || R::load(statements, key))?);
    }
    Ok(())
}

/// Saves what changed, and says whether anything did.
fn save(statements: &Statements<'_>, world: &World) -> Result<bool, StoreError> {
    let saved = save_rows(statements, &world.books)?
        + save_rows(statements, &world.merchants)?
        + save_rows(statements, &world.products)?
        + save_rows(statements, &world.inquiries)?
        + save_rows(statements, &world.orders)?
        + save_rows(statements, &world.attempts)?
        + save_rows(statements, &world.bills)?
        + save_rows(statements, &world.duplicates)?
        + save_rows(statements, &world.vouchers)?
        + save_rows(statements, &world.suppliers)?
        + save_rows(statements, &world.callbacks)?
        + save_rows(statements, &world.endpoints)?
        + save_rows(statements, &world.dispatches)?
        + save_rows(statements, &world.revisions)?
        + save_rows(statements, &world.leases)?
        + world.transfers().len()
        + world.exchanges().len()
        + world.events().len()
        + world.tries().len();
    for transfer in world.transfers() {
        transfers::insert(statements, transfer)?;
    }
    for exchange in world.exchanges() {
        exchanges::insert(statements, exchange)?;
    }
    for event in world.events() {
        events::insert(statements, event)?;
    }
    for made in world.tries() {
        delivery_tries::insert(statements, made)?;
    }
    if saved == 0 {
        return Ok(false);
    }
    meta::note_newest(statements, world.newest())?;
    Ok(true)
}

fn save_rows<R: Stored>(statements: &Statements<'_>, rows: &Rows<R>) -> Result<usize, StoreError> {
    let changes = rows.changes();
    for change in &changes {
        change.row.save(statements, change.is_stored)?;
    }
    Ok(changes.len())
}

#[cfg(test)]
mod tests {
    use domain::command::{Command, Fund, RegisterMerchant, apply};
    use domain::id::{ApiId, CauseId, MerchantId, VoucherRef};
    use domain::ledger::Book;
    use domain::merchant::{Sealed, SealedKeys};
    use domain::money::Rupiah;
    use domain::time::Timestamp;
    use domain::voucher::{VoucherKey, VoucherKind};
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::sqlite::schema::Schema;
    use crate::{MemoryStore, Store};

    fn writer() -> (tempfile::TempDir, SqliteWriter) {
        let directory = tempfile::tempdir().unwrap();
        let taken = Directory::take(directory.path()).unwrap();
        let mut connection = connection::open_for_writing(&taken.database()).unwrap();
        Schema::known().migrate(&mut connection).unwrap();
        (directory, SqliteWriter::new(connection, Arc::new(taken)).unwrap())
    }

    /// Puts books of a hundred merchants, from this number on.
    fn put_books(writer: &mut SqliteWriter, first: i64) -> Result<(), StoreError> {
        let books: Vec<Book> =
            (first..first + 100).map(|id| Book::open(MerchantId(id), Timestamp::from_seconds(1))).collect();
        let reads = Reads { books: books.iter().map(|book| book.merchant_id).collect(), ..Reads::default() };
        writer.transact(&reads, &mut |world| {
            for book in &books {
                world.books.put(book.clone()).unwrap();
            }
        })
    }

    fn count_books(writer: &SqliteWriter) -> i64 {
        writer.connection.query_row("SELECT count(*) FROM books", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_full_disk_refuses_a_batch_and_passes_when_there_is_room() {
        let (_directory, mut writer) = writer();
        put_books(&mut writer, 1).unwrap();
        writer.connection.execute_batch("PRAGMA max_page_count = 1").unwrap(); // It takes what there is already.
        let full = (1..100).find_map(|hundred| put_books(&mut writer, hundred * 100 + 1).err());
        assert!(matches!(full, Some(StoreError::Full)), "{full:?}");
        let before = count_books(&writer);
        assert_eq!(before % 100, 0, "all or nothing");
        writer.note_time(Timestamp::default()).expect("what needs no room goes on");

        writer.connection.execute_batch("PRAGMA max_page_count = 100000").unwrap();
        put_books(&mut writer, 1_000_001).unwrap();
        assert_eq!(count_books(&writer), before + 100);
    }

    #[test]
    fn nothing_is_written_after_a_failed_sync() {
        let (_directory, mut writer) = writer();
        let failed = writer.in_transaction(|_| Err(StoreError::SyncFailed));
        assert!(matches!(failed, Err(StoreError::SyncFailed)));
        assert!(matches!(put_books(&mut writer, 1), Err(StoreError::SyncFailed)));
        assert!(matches!(writer.note_time(Timestamp::default()), Err(StoreError::SyncFailed)));
        assert_eq!(count_books(&writer), 0);
    }

    #[test]
    fn a_batch_that_changes_nothing_is_not_committed() {
        let (_directory, mut writer) = writer();
        let commits = |writer: &SqliteWriter| -> i64 {
            writer.connection.query_row("PRAGMA data_version", [], |row| row.get(0)).unwrap()
        };
        let before = (commits(&writer), writer.connection.total_changes());
        let reads = Reads { books: vec![MerchantId(1)], ..Reads::default() };
        writer.transact(&reads, &mut |_| {}).unwrap();
        assert_eq!((commits(&writer), writer.connection.total_changes()), before);
    }

    #[test]
    fn what_a_failed_batch_changed_is_not_remembered() {
        let (_directory, mut writer) = writer();
        put_books(&mut writer, 1).unwrap();
        let reads = Reads { books: vec![MerchantId(1)], ..Reads::default() };
        let is_suspended = |writer: &mut SqliteWriter| {
            let mut seen = None;
            writer.transact(&reads, &mut |world| seen = world.books.get(&MerchantId(1)).unwrap().cloned()).unwrap();
            seen.unwrap().is_suspended
        };
        let mut suspend = |world: &mut World| {
            let book = world.books.get(&MerchantId(1)).unwrap().cloned().unwrap();
            world.books.put(Book { is_suspended: true, ..book }).unwrap();
        };
        writer.connection.execute_batch("PRAGMA query_only = 1").unwrap();
        writer.transact(&reads, &mut suspend).unwrap_err();
        writer.connection.execute_batch("PRAGMA query_only = 0").unwrap();
        assert!(!is_suspended(&mut writer));
        writer.transact(&reads, &mut suspend).unwrap();
        assert!(is_suspended(&mut writer));
    }

    /// What happens to the file while a batch runs.
    #[derive(Clone, Copy, Debug)]
    enum Trouble {
        Nothing,
        ReadOnly,
        Full,
    }

    fn deposits() -> impl Strategy<Value = Vec<(i64, bool, i64)>> {
        // Which merchant, whether it is a new one, how much.
        vec((1..6_i64, prop::bool::weighted(0.2), -3_000..5_000_i64), 1..60)
    }

    fn command((merchant, is_new, amount): (i64, bool, i64), cause: i64) -> Command {
        let sealed = || Sealed(Arc::from([1; 44]));
        if is_new {
            return Command::from(RegisterMerchant {
                merchant_id: MerchantId(merchant),
                name: "Toko".into(),
                api_id: ApiId::parse(&format!("toko-{merchant}")).unwrap(),
                keys: SealedKeys { api_key: sealed(), secret_key: sealed() },
                allowed_networks: vec![],
                endpoints: vec![],
            });
        }
        Command::from(Fund {
            key: VoucherKey {
                merchant_id: MerchantId(merchant),
                reference: VoucherRef::parse(&format!("V-{}", cause % 50)).unwrap(),
            },
            cause_id: CauseId(cause),
            kind: VoucherKind::Adjustment,
            amount: Rupiah::new(amount).unwrap(),
            note: "a note of some length, so that the file has to grow now and then".into(),
        })
    }

    fn run(writer: &mut dyn Writer, commands: &[Command]) -> Result<String, StoreError> {
        let mut reads = Reads::default();
        for command in commands {
            command.name_rows(&mut reads);
        }
        let mut answers = String::new();
        writer.transact(&reads, &mut |world| {
            let decided = commands.iter().map(|command| apply(world, command, Timestamp::from_seconds(9)));
            answers = format!("{:?}", decided.collect::<Vec<_>>());
        })?;
        Ok(answers)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_full_disk_or_one_that_cannot_be_written_leaves_no_trace(
            batches in vec((deposits(), prop::sample::select(vec![Trouble::Nothing, Trouble::ReadOnly, Trouble::Full])), 1..20)
        ) {
            let (_directory, mut sqlite) = writer();
            let store = MemoryStore::default();
            let mut memory = store.writer().unwrap();
            let mut causes = 1..;
            for (deeds, trouble) in batches {
                let commands: Vec<Command> =
                    deeds.into_iter().zip(&mut causes).map(|(deed, cause)| command(deed, cause)).collect();
                let (begin, end) = match trouble {
                    Trouble::Nothing => ("", ""),
                    Trouble::ReadOnly => ("PRAGMA query_only = 1", "PRAGMA query_only = 0"),
                    Trouble::Full => ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 100000"),
                };
                sqlite.connection.execute_batch(begin).unwrap();
                let first = run(&mut sqlite, &commands);
                sqlite.connection.execute_batch(end).unwrap();
                // What failed is asked once more, as its caller may.
                let answers = first.or_else(|_| run(&mut sqlite, &commands));
                prop_assert_eq!(answers.unwrap(), run(&mut *memory, &commands).unwrap());
            }
            let (mut left, mut right) = (store.snapshot().unwrap(), Vec::new());
            let mut statement = sqlite.connection.prepare("SELECT merchant_id, available FROM books ORDER BY 1").unwrap();
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            right.extend(rows.map(|row: rusqlite::Result<(i64, i64)>| row.unwrap()));
            let left: Vec<(i64, i64)> =
                left.books().unwrap().iter().map(|book| (book.merchant_id.0, book.available.get())).collect();
            prop_assert_eq!(left, right);
        }
    }

    #[test]
    fn what_was_read_once_is_not_read_again() {
        let (_directory, mut writer) = writer();
        put_books(&mut writer, 1).unwrap();
        // Behind its back, which nobody does: so that it shows where a row comes from.
        writer.connection.execute_batch("UPDATE books SET is_suspended = 1").unwrap();
        let reads = Reads { books: vec![MerchantId(1)], ..Reads::default() };
        let mut seen = None;
        writer.transact(&reads, &mut |world| seen = world.books.get(&MerchantId(1)).unwrap().cloned()).unwrap();
        assert!(!seen.unwrap().is_suspended);
    }

    #[test]
    fn the_log_is_started_anew() {
        let (directory, mut writer) = writer();
        writer.checkpoints.limit(20);
        for hundred in 0..100 {
            put_books(&mut writer, hundred * 100 + 1).unwrap();
        }
        let log = std::fs::metadata(directory.path().join("loket.db-wal")).unwrap().len();
        assert!(log < 80 * 4_200, "{log} bytes");
    }
}
