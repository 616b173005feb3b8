//! What PostgreSQL's connections, and other nodes, may do to a batch: its outcome is right, and its effect happens once.

use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::command::{Command, apply};
use domain::id::{MerchantId, Mode};
use domain::money::Rupiah;
use domain::world::Reads;
use store::{PostgresStore, Snapshot, Store, StoreError, Writer};
use tempfile::TempDir;
use throwaway_postgres::{Cluster, Database};

use super::harness::{run_batch, writer_id};
use super::proxy::{Cut, Proxy};
use super::samples::{bill_claim, fund, inquire, pay, product, reference, register};

/// One of the nodes on a database.
struct Node {
    // Dropped in this order: the directory last.
    writer: Box<dyn Writer>,
    store: PostgresStore,
    _directory: TempDir,
}

impl Node {
    fn open(url: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = PostgresStore::open(directory.path(), url, writer_id()).unwrap();
        Self { writer: store.writer().unwrap(), store, _directory: directory }
    }

    /// Runs a command alone, which is not refused; gives how often it was decided.
    fn run(&mut self, command: &Command) -> Result<u32, StoreError> {
        let mut reads = Reads::default();
        command.name_rows(&mut reads);
        let mut decided = 0;
        self.writer.transact(&reads, &mut |world| {
            decided += 1;
            apply(world, command, NOW.max(world.newest())).unwrap();
        })?;
        Ok(decided)
    }

    fn snapshot(&self) -> Box<dyn Snapshot + '_> {
        self.store.snapshot().unwrap()
    }

    fn available(&self, merchant: i64) -> Rupiah {
        self.snapshot().book(MerchantId(merchant)).unwrap().unwrap().available
    }
}

const NOW: domain::time::Timestamp = domain::time::Timestamp::from_seconds(1_780_000_000);

#[test]
fn a_batch_whose_commit_never_arrived_is_applied_again() {
    let database = Database::fresh();
    let proxy = Proxy::to(database.place());
    let mut node = Node::open(&database.url_through(proxy.place()));
    node.run(&register(1).into()).unwrap();
    proxy.cut(Cut::BeforeCommit);
    assert_eq!(node.run(&fund(1, 1, 500).into()).unwrap(), 2);
    assert_eq!(node.available(1), Rupiah::whole(500));
}

#[test]
fn a_batch_whose_commit_was_not_answered_holds() {
    let database = Database::fresh();
    let proxy = Proxy::to(database.place());
    let mut node = Node::open(&database.url_through(proxy.place()));
    node.run(&register(1).into()).unwrap();
    proxy.cut(Cut::AfterCommit);
    assert_eq!(node.run(&fund(1, 1, 500).into()).unwrap(), 1, "its outcome is that of the only time");
    assert_eq!(node.available(1), Rupiah::whole(500));
    assert_eq!(node.run(&fund(1, 2, 500).into()).unwrap(), 1, "the writer goes on");
    assert_eq!(node.available(1), Rupiah::whole(1_000));
}

/// The connection is gone, and the server doesn't know it yet: the transaction is still open, and is committed only now.
#[test]
fn a_batch_that_is_committed_while_it_is_looked_up_holds() {
    let cluster = Cluster::start(&[]);
    let database = Database::on(&cluster);
    let proxy = Proxy::to(database.place());
    let mut node = Node::open(&database.url_through(proxy.place()));
    node.run(&register(1).into()).unwrap();
    for number in [1, 2] {
        let command = Command::from(fund(1, number, 500));
        proxy.cut(Cut::CommitLater);
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = 'loket writer'";
                while database.run(waiting).is_empty() && !is_over.load(Ordering::Relaxed) {
                    std::thread::yield_now();
                }
                proxy.let_commit();
            });
            assert_eq!(node.run(&command).unwrap(), 1);
            is_over.store(true, Ordering::Relaxed);
        });
    }
    assert_eq!(node.available(1), Rupiah::whole(1_000));
    assert_eq!(node.snapshot().vouchers_after(domain::id::CauseId(0), 9).unwrap().len(), 2);
}

#[test]
fn a_batch_that_is_cut_again_and_again_is_not_done_twice() {
    let database = Database::fresh();
    let proxy = Proxy::to(database.place());
    let mut node = Node::open(&database.url_through(proxy.place()));
    node.run(&register(1).into()).unwrap();
    for number in 1..=20 {
        proxy.cut(if number % 3 == 0 { Cut::AfterCommit } else { Cut::BeforeCommit });
        node.run(&fund(1, number, 500).into()).unwrap();
    }
    assert_eq!(node.available(1), Rupiah::whole(10_000));
}

#[test]
fn a_node_that_stands_still_with_its_locks_keeps_the_others_waiting_for_moments() {
    let database = Database::fresh();
    let (mut still, mut other) = (Node::open(&database.url()), Node::open(&database.url()));
    still.run(&register(1).into()).unwrap();
    let (command, mut reads) = (Command::from(fund(1, 1, 500)), Reads::default());
    command.name_rows(&mut reads);
    let mut decided = 0;
    let written = still.writer.transact(&reads, &mut |world| {
        decided += 1;
        if decided == 1 {
            // It goes on only when somebody else has had the same book.
            other.run(&fund(1, 2, 300).into()).unwrap();
        }
        apply(world, &command, NOW.max(world.newest())).unwrap();
    });
    written.unwrap();
    assert_eq!(decided, 2, "it begins anew, with what the other left");
    assert_eq!(still.available(1), Rupiah::whole(800));
}

#[test]
fn a_server_that_is_away_is_said_so_and_comes_back() {
    let database = Database::fresh();
    let proxy = Proxy::to(database.place());
    let mut node = Node::open(&database.url_through(proxy.place()));
    node.run(&register(1).into()).unwrap();
    proxy.close();
    let refused = node.run(&fund(1, 1, 500).into());
    assert!(matches!(&refused, Err(StoreError::Unavailable(why)) if why.contains("cannot be reached")), "{refused:?}");
    assert!(matches!(node.store.snapshot().err(), Some(StoreError::Unavailable(_))));
    assert!(node.writer.note_time(NOW).is_err());
    proxy.open();
    node.writer.note_time(NOW).unwrap();
    assert_eq!(node.available(1), Rupiah::ZERO);
    node.run(&fund(1, 1, 500).into()).unwrap();
}

/// A machine that is gone says nothing at all.
#[test]
fn of_several_hosts_the_silent_one_is_not_waited_for() {
    let database = Database::fresh();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let places = format!("{},{}", silent.local_addr().unwrap(), database.place());
    let mut node = Node::open(&database.url_through(&places));
    node.run(&register(1).into()).unwrap();
    assert_eq!(node.available(1), Rupiah::ZERO);
}

/// A synchronous standby that is gone makes COMMIT wait; somebody ends the wait.
#[test]
fn a_commit_that_no_standby_confirmed_is_unknown() {
    let cluster = Cluster::start(&[]);
    let database = Database::on(&cluster);
    let mut node = Node::open(&database.url());
    node.run(&register(1).into()).unwrap();
    // Two statements that can't stand in one transaction, and so not in one message.
    database.run_alone("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    database.run_alone("SELECT pg_reload_conf()");
    let is_over = AtomicBool::new(false);
    let result = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                database.run("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
            }
        });
        // The server takes its new setting when it likes: some batches may still pass.
        let result = (1..100_000).find_map(|number| node.run(&fund(1, number, 500).into()).err());
        is_over.store(true, Ordering::Relaxed);
        result
    });
    assert!(matches!(&result, Some(StoreError::Unknown(why)) if why.contains("synchronous replication")), "{result:?}");
    database.run_alone("ALTER SYSTEM RESET synchronous_standby_names");
    database.run_alone("SELECT pg_reload_conf()");
}

#[test]
fn nodes_that_write_at_once_lose_nothing() {
    const NODES: i64 = 3;
    const BATCHES: i64 = 40;
    let database = Database::fresh();
    let mut first = Node::open(&database.url());
    for merchant in 1..=4 {
        first.run(&register(merchant).into()).unwrap();
    }
    let mut nodes = vec![first];
    nodes.extend((1..NODES).map(|_| Node::open(&database.url())));
    std::thread::scope(|scope| {
        for (node, number) in nodes.iter_mut().zip(0..) {
            scope.spawn(move || {
                for batch in 0..BATCHES {
                    let cause = 1 + (number * BATCHES + batch) * 4;
                    // In an order of its own, which the store must not keep to.
                    let merchants = [[1, 2, 3, 4], [4, 3, 2, 1], [2, 4, 1, 3]][usize::try_from(number).unwrap()];
                    let commands: Vec<Command> =
                        (cause..).zip(merchants).map(|(cause, merchant)| fund(merchant, cause, 10).into()).collect();
                    let outcomes = run_batch(&mut *node.writer, &commands, NOW).unwrap();
                    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
                }
            });
        }
    });
    for merchant in 1..=4 {
        let book = nodes[0].snapshot().book(MerchantId(merchant)).unwrap().unwrap();
        assert_eq!((book.available.get(), book.mutations), (NODES * BATCHES * 10, NODES * BATCHES));
    }
}

/// The bill has no row yet that could be locked.
#[test]
fn of_nodes_that_claim_a_new_bill_at_once_one_gets_it() {
    let database = Database::fresh();
    let mut nodes = [Node::open(&database.url()), Node::open(&database.url())];
    for merchant in [1, 2] {
        nodes[0].run(&register(merchant).into()).unwrap();
        nodes[0].run(&fund(merchant, merchant, 100_000_000).into()).unwrap();
    }
    for bill in 10..40 {
        let keys = [1, 2].map(|merchant| reference(merchant, Mode::Production, bill));
        for key in &keys {
            nodes[0].run(&inquire(key, bill).into()).unwrap();
        }
        let accepted: usize = std::thread::scope(|scope| {
            let asking: Vec<_> = nodes
                .iter_mut()
                .zip(&keys)
                .zip([0, 1])
                .map(|((node, key), number)| {
                    let command = Command::from(pay(key, bill, 1_000 + bill * 2 + number, NOW));
                    scope.spawn(move || run_batch(&mut *node.writer, &[command], NOW).unwrap().remove(0).is_ok())
                })
                .collect();
            asking.into_iter().map(|asked| usize::from(asked.join().unwrap())).sum()
        });
        assert_eq!(accepted, 1, "bill {bill}");
        let claim = bill_claim(&keys[0], bill);
        let domain::order::Claim::Bill(key) = claim else { panic!("a bill") };
        assert!(nodes[0].snapshot().bill(&key).unwrap().unwrap().pending.is_some());
    }
}

#[test]
fn the_catalogue_is_written_by_one_node_at_a_time() {
    let database = Database::fresh();
    let mut nodes = [Node::open(&database.url()), Node::open(&database.url())];
    std::thread::scope(|scope| {
        for node in &mut nodes {
            scope.spawn(|| {
                for _ in 0..25 {
                    let mut changed = product("BPJS");
                    let reads = Reads { products: vec![changed.code.clone()], ..Reads::default() };
                    node.writer
                        .transact(&reads, &mut |world| {
                            let before = world
                                .products
                                .get(&changed.code)
                                .unwrap()
                                .map_or(Rupiah::ZERO, |product| product.price);
                            changed.price = before.plus(Rupiah::whole(1)).unwrap();
                            world.products.put(changed.clone()).unwrap();
                        })
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(nodes[0].snapshot().products().unwrap()[0].price, Rupiah::whole(50));
}

#[test]
fn a_newer_database_is_refused_and_so_is_one_that_was_made_otherwise() {
    let database = Database::fresh();
    let directory = tempfile::tempdir().unwrap();
    let open = || PostgresStore::open(directory.path(), &database.url(), writer_id()).map(drop);
    open().unwrap();
    database.run("INSERT INTO schema_history (version, name, checksum) VALUES (99, 'later', '1')");
    assert!(matches!(open(), Err(StoreError::TooNew { found: 99, .. })), "{:?}", open());
    database.run(
        "DELETE FROM schema_history WHERE version = 99; UPDATE schema_history SET checksum = '7' WHERE version = 1",
    );
    let refused = open();
    assert!(matches!(&refused, Err(StoreError::Engine(why)) if why.contains("another form")), "{refused:?}");
}

#[test]
fn nodes_that_start_at_once_migrate_once() {
    let database = Database::fresh();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| drop(Node::open(&database.url())));
        }
    });
    assert_eq!(database.run("SELECT version FROM schema_history WHERE version > 0").len(), 1);
}

#[test]
fn faults_are_named_and_what_to_do() {
    let directory = tempfile::tempdir().unwrap();
    let database = Database::fresh();
    let complaint = |url: &str| PostgresStore::open(directory.path(), url, writer_id()).unwrap_err().to_string();
    let other = database.url().replace("/postgres?", "/nowhere?");
    assert!(complaint(&other).contains("createdb"), "{}", complaint(&other));
    assert!(complaint("postgres://loket@127.0.0.1:1/loket").contains("cannot be reached"));
    assert!(complaint("nonsense").contains("looks like postgres://"), "{}", complaint("nonsense"));
    let read_only = format!("{}%20-c%20default_transaction_read_only%3Don", database.url());
    assert!(complaint(&read_only).contains("only reads"), "{}", complaint(&read_only));
    database.run("CREATE ROLE nobody_special LOGIN");
    let stranger = database.url().replace("loket@", "nobody_special@");
    assert!(complaint(&stranger).contains("may not do that"), "{}", complaint(&stranger));
    database.run("DROP ROLE nobody_special");
}

/// Snapshots are asked for from wherever: also where blocking is not allowed.
#[test]
fn a_snapshot_may_be_taken_on_a_runtimes_thread() {
    let database = Database::fresh();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let node = Node::open(&database.url());
        assert!(node.snapshot().merchants().unwrap().is_empty());
    });
}

#[test]
fn a_writer_that_was_taken_for_gone_goes_on() {
    let database = Database::fresh();
    let mut node = Node::open(&database.url());
    node.run(&register(1).into()).unwrap();
    database.run("DELETE FROM writers");
    node.run(&fund(1, 1, 500).into()).unwrap();
    database.run("DELETE FROM writers");
    node.writer.note_time(NOW.plus(Duration::from_secs(5))).unwrap();
    assert_eq!(node.snapshot().newest().unwrap().0, NOW.plus(Duration::from_secs(5)));
    node.run(&fund(1, 2, 500).into()).unwrap();
    assert_eq!(node.available(1), Rupiah::whole(1_000));
}
