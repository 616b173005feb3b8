//! From the words on a wire to the words in the books.

use domain::exchange::Words;
use outbound::Exchange;

/// What the history keeps of an exchange.
pub fn words_of(exchange: Exchange) -> Words {
    let Exchange { call, request, status, answer } = exchange;
    Words { call: call.into(), request, status, answer }
}
