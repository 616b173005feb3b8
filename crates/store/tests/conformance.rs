//! What every store must do, run against each of them, and what SQLite and PostgreSQL must do besides.
//!
//! A test is a plain function that is given a [`harness::Bench`]; `on_every_store!` makes one `#[test]` a store of it.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod conformance {
    /// Makes tests of functions that take a bench: one on each store.
    macro_rules! on_every_store {
        ($($test:ident),+ $(,)?) => {
            mod memory {
                $(#[test]
                fn $test() {
                    super::$test(&mut crate::conformance::harness::Bench::memory());
                })+
            }

            mod postgres {
                $(#[test]
                fn $test() {
                    super::$test(&mut crate::conformance::harness::Bench::postgres());
                })+
            }

            mod sqlite {
                $(#[test]
                fn $test() {
                    super::$test(&mut crate::conformance::harness::Bench::sqlite());
                })+
            }
        };
    }

    mod audits;
    mod batches;
    mod copies;
    mod events;
    mod forgetting;
    mod harness;
    mod listings;
    mod moves;
    mod mutations;
    mod postgres_server;
    mod proxy;
    mod rows;
    mod same_state;
    mod samples;
    mod snapshots;
    mod sqlite_file;
}
