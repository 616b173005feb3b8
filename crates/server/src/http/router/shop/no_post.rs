//! A post that nobody answers.

use app::{Letter, Post, Posted};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

/// Takes every address, and brings nothing there.
pub struct NoPost;

impl Post for NoPost {
    fn check_url(&self, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn check_header(&self, _: &str, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn post(&self, _: Letter) -> BoxFuture<'_, Posted> {
        let nobody = Posted { fault: Some("nobody answers".to_owned()), ..Posted::default() };
        std::future::ready(nobody).boxed()
    }
}
