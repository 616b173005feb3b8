//! A post that nobody answers.

use app::{Letter, Post, Posted};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use outbound::{Guard, GuardFault, HeaderFault, check_header};

/// Takes the addresses and headers that a running server takes, and brings nothing there.
pub struct NoPost;

impl Post for NoPost {
    fn check_url(&self, url: &str) -> Result<(), GuardFault> {
        Guard::default().check_url(url).map(drop)
    }

    fn check_header(&self, name: &str, value: &str) -> Result<(), HeaderFault> {
        check_header(name, value)
    }

    fn post(&self, _: Letter) -> BoxFuture<'_, Posted> {
        let nobody = Posted { fault: Some("nobody answers".to_owned()), ..Posted::default() };
        std::future::ready(nobody).boxed()
    }
}
