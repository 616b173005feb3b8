//! What every adapter is tested by: a server that plays a supplier, and the rules of the house.
//!
//! An adapter's own tests say `house_rules!(candidate)`, and inherit one test for each rule.

use domain::answer::Answer;

pub mod candidate;
pub mod rules;
pub mod scripted;

/// One test for each rule of the house, for the adapter that the named function gives as a `Candidate`.
macro_rules! house_rules {
    ($candidate:path) => {
        mod house_rules {
            use $crate::suppliers::tests::rules;

            #[tokio::test]
            async fn what_was_not_sent_is_not_received() {
                rules::what_was_not_sent_is_not_received(&$candidate()).await;
            }

            #[tokio::test]
            async fn silence_proves_nothing() {
                rules::silence_proves_nothing(&$candidate()).await;
            }

            #[tokio::test]
            async fn a_lost_answer_proves_nothing() {
                rules::a_lost_answer_proves_nothing(&$candidate()).await;
            }

            #[tokio::test]
            async fn nonsense_proves_nothing() {
                rules::nonsense_proves_nothing(&$candidate()).await;
            }

            #[tokio::test]
            async fn only_an_answer_about_ourselves_counts() {
                rules::only_an_answer_about_ourselves_counts(&$candidate()).await;
            }

            #[tokio::test]
            async fn secrets_are_never_shown() {
                rules::secrets_are_never_shown(&$candidate()).await;
            }

            #[test]
            fn an_unsigned_callback_says_nothing() {
                rules::an_unsigned_callback_says_nothing(&$candidate());
            }
        }
    };
}

pub(crate) use house_rules;

/// A success without a bill's details, which tests of their own look at.
pub fn without_details(answer: Answer) -> Answer {
    match answer {
        Answer::Confirmed { sn, cost, desc: _, ask_again } => Answer::Confirmed { sn, cost, desc: None, ask_again },
        other => other,
    }
}
