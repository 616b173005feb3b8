//! Fakes, as their callers see them: over HTTP, with raw clients and receivers of callbacks.

#![cfg(test)]

mod digiflazz;
mod faults;
mod harness;
mod iak;
mod program;
mod restarts;
