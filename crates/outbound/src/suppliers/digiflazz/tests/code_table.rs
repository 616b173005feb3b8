//! Every code in every call.

use domain::answer::Answer;
use serde_json::json;

use crate::supplier::InquiryAnswer;
use crate::suppliers::digiflazz::code::{Bill, Call, Code, Formed, Says};
use crate::suppliers::digiflazz::codes::CODES;
use crate::suppliers::digiflazz::transaction::Transaction;
use crate::suppliers::digiflazz::{bill, order};

use super::{contract, is_unknown, with};

const CALLS: [Call; 6] = [Call::Pay, Call::PayAgain, Call::State, Call::Callback, Call::TopUp, Call::TopUpAgain];

fn answer_with(code: &Code, message: &str) -> Transaction {
    let sample = contract::json("Full official sample", 0);
    let changes = [("rc", json!(code.rc)), ("status", json!(code.status.as_str())), ("message", json!(message))];
    Transaction::read(with(sample, &changes).to_string().as_bytes()).unwrap()
}

#[test]
fn the_table_is_the_contracts() {
    let documented = contract::codes();
    assert_eq!(documented.len(), 47);
    for [rc, message, status, formed] in &documented {
        let row = Code::find(rc).unwrap_or_else(|| panic!("{rc} isn't in the table"));
        assert_eq!(row.message, *message);
        assert_eq!(row.status.as_str(), *status, "{rc}");
        assert_eq!(row.formed == Formed::Ya, *formed == "Ya", "{rc}");
    }
    assert_eq!(CODES.len(), documented.len());
}

#[test]
fn every_code_in_every_call_means_what_its_row_says() {
    for row in CODES {
        let transaction = answer_with(row, row.message);
        for call in CALLS {
            for is_bill in [true, false] {
                let answer = order::read(call, is_bill, &transaction);
                let is_right = match row.says(call) {
                    Says::Done => matches!(answer, Answer::Confirmed { .. }),
                    Says::Wait => matches!(&answer, Answer::Unknown { why } if why.starts_with("pending: ")),
                    Says::Failed => matches!(answer, Answer::Refused { nothing_created: false, .. }),
                    Says::Unmade => matches!(answer, Answer::Refused { nothing_created: true, .. }),
                    Says::Refund => matches!(answer, Answer::Refunded { .. }),
                    Says::Silent => matches!(&answer, Answer::Unknown { why } if !why.starts_with("pending")),
                };
                assert!(is_right, "{} {call:?} {answer:?}", row.rc);
            }
        }
        let answer = bill::read(&transaction);
        let is_right = match row.inquiry {
            Bill::Here => matches!(answer, InquiryAnswer::Found(_)),
            Bill::None => answer == InquiryAnswer::NotFound,
            Bill::Number => answer == InquiryAnswer::NumberInvalid,
            Bill::Down => answer == InquiryAnswer::Unavailable,
            Bill::Silent => answer == InquiryAnswer::Unreadable,
        };
        assert!(is_right, "{} {answer:?}", row.rc);
    }
}

#[test]
fn nobody_listens_to_messages() {
    for row in CODES {
        for call in CALLS {
            let answers = ["Transaksi Sukses", "Transaksi Gagal", "Tagihan sudah terbayar", ""]
                .map(|message| order::read(call, true, &answer_with(row, message)));
            assert!(answers.iter().all(|answer| *answer == answers[0]), "{} {answers:?}", row.rc);
        }
    }
}

#[test]
fn where_no_transaction_was_made_another_supplier_may_be_asked_and_only_there() {
    // The ticket's and the price list's own codes can't be explained in answer to an order.
    for row in CODES.iter().filter(|row| !["64", "83"].contains(&row.rc)) {
        let is_unmade = row.formed == Formed::Tidak;
        assert_eq!(row.pay == Says::Unmade, is_unmade, "{}", row.rc);
        assert_eq!(row.top_up == Says::Unmade, is_unmade, "{}", row.rc);
    }
}

#[test]
fn what_refuses_a_question_settles_no_order() {
    for row in CODES.iter().filter(|row| row.formed == Formed::Tidak) {
        for call in [Call::PayAgain, Call::State, Call::Callback, Call::TopUpAgain] {
            assert_eq!(row.says(call), Says::Silent, "{} {call:?}", row.rc);
        }
    }
    // Not found, no bill, cut off, limits: they may be about the question or about our own earlier payment.
    for rc in ["50", "58", "60", "85", "86"] {
        let row = Code::find(rc).unwrap();
        for call in [Call::PayAgain, Call::State, Call::TopUpAgain] {
            assert_eq!(row.says(call), Says::Silent, "{rc} {call:?}");
        }
    }
}

#[test]
fn a_payment_sent_again_is_never_refused() {
    for row in CODES {
        assert!(!matches!(row.says(Call::PayAgain), Says::Failed | Says::Unmade), "{}", row.rc);
    }
}

#[test]
fn a_code_that_is_not_in_the_table_is_unknown_everywhere() {
    for rc in ["04", "0", "000", " 00x", "100", "AB", "Sukses", &"9".repeat(1_000)] {
        let sample = with(contract::json("Full official sample", 0), &[("rc", json!(rc))]);
        let transaction = Transaction::read(sample.to_string().as_bytes()).unwrap();
        for call in CALLS {
            let answer = order::read(call, true, &transaction);
            let Answer::Unknown { why } = &answer else { panic!("{rc} {answer:?}") };
            assert!(why.starts_with("unknown code") && why.len() < 40, "{why}");
        }
        assert_eq!(bill::read(&transaction), InquiryAnswer::Unreadable);
    }
}

#[test]
fn a_code_with_anothers_status_is_unknown() {
    for row in CODES {
        for status in
            ["Sukses", "Pending", "Gagal", "Whatever"].into_iter().filter(|status| *status != row.status.as_str())
        {
            let sample =
                with(contract::json("Full official sample", 0), &[("rc", json!(row.rc)), ("status", json!(status))]);
            let transaction = Transaction::read(sample.to_string().as_bytes()).unwrap();
            for call in CALLS {
                assert!(is_unknown(&order::read(call, true, &transaction)), "{} {status} {call:?}", row.rc);
            }
            assert_eq!(bill::read(&transaction), InquiryAnswer::Unreadable);
        }
    }
}
