//! All SQL that isn't made from a table's layout, in one list.

use domain::attempt::Attempt;
use domain::callback::Callback;
use domain::delivery_try::DeliveryTry;
use domain::event::Event;
use domain::exchange::Exchange;
use domain::lease::Lease;
use domain::ledger::{Book, Transfer};
use domain::merchant::Merchant;
use domain::order::Order;
use domain::product::Product;
use domain::revision::Revision;
use domain::supplier::SupplierProfile;
use domain::voucher::Voucher;

use crate::postgres::sql;
use crate::rows::{DeliveryRow, EndpointRow, HeaderRow, Kept, Layout, RouteRow, TierRow};

/// A question for whole rows of a table.
#[derive(Debug)]
pub struct Query {
    layout: Layout,
    rest: &'static str,
}

impl Query {
    /// Its text.
    pub fn sql(&self) -> String {
        format!("SELECT {} FROM {} {}", sql::columns(&self.layout), self.layout.table.name, self.rest)
    }
}

/// Names questions, each by the rows that it is for and what stands behind their table's name.
macro_rules! queries {
    ($($NAME:ident: $Row:ty = $rest:expr;)+) => {
        $(pub const $NAME: Query = Query { layout: <$Row>::LAYOUT, rest: $rest };)+
        #[cfg(test)]
        pub const QUERIES: &[&Query] = &[$(&$NAME),+];
    };
}

/// Names statements.
macro_rules! statements {
    ($($(#[$doc:meta])* $NAME:ident = $sql:expr;)+) => {
        $($(#[$doc])* pub const $NAME: &str = $sql;)+
        #[cfg(test)]
        pub const STATEMENTS: &[&str] = &[$($NAME),+];
    };
}

queries! {
    MERCHANTS: Merchant = "ORDER BY merchant_id";
    PRODUCTS: Product = "ORDER BY code";
    TIERS: TierRow = "ORDER BY code, position";
    ROUTES: RouteRow = "ORDER BY code, position";
    SUPPLIERS: SupplierProfile = "ORDER BY name";
    CALLBACKS_OF_ORDER: Callback = "WHERE order_id = $1 ORDER BY callback_id";
    NEWEST_CALLBACKS: Callback = "ORDER BY callback_id DESC LIMIT $1";
    REVISIONS: Revision = "ORDER BY listing";
    LEASES: Lease = "ORDER BY work";
    BOOKS: Book = "ORDER BY merchant_id";
    ATTEMPTS_OF_ORDER: Attempt = "WHERE merchant_id = $1 AND order_id = $2 ORDER BY number";
    EXCHANGES_OF_ORDER: Exchange = "WHERE merchant_id = $1 AND order_id = $2 ORDER BY attempt, number";
    ATTEMPT_BY_SUPPLIER_REF: Attempt = "WHERE supplier_ref = $1 AND supplier = $2 ORDER BY order_id DESC, number DESC LIMIT 1";
    DUE_ATTEMPTS: Attempt = "WHERE check_at <= $1 ORDER BY check_at, order_id, number LIMIT $2";
    // One look under each merchant and mode, since references are kept by these.
    ORDERS_BY_REF: Order = "JOIN merchants ON merchants.merchant_id = orders.merchant_id \
                            WHERE orders.mode IN (0, 1) AND orders.ref_id = $1 ORDER BY orders.order_id";
    ORDER_BY_ID: Order = "WHERE order_id = $1";
    ORDERS_BY_IDS: Order = "WHERE order_id = ANY($1)";
    ORDERS_ON_DESK: Order = "WHERE desk IS NOT NULL AND ($1::bigint IS NULL OR merchant_id = $1) \
                             AND ($2::bigint IS NULL OR status = $2) ORDER BY order_id DESC LIMIT $3";
    // A supplier is to be asked about each of them, or a person.
    ORDERS_PENDING: Order = "JOIN (SELECT merchant_id, order_id FROM attempts WHERE check_at IS NOT NULL UNION \
                             SELECT merchant_id, order_id FROM orders WHERE desk IS NOT NULL) AS open \
                             ON open.merchant_id = orders.merchant_id AND open.order_id = orders.order_id \
                             WHERE orders.status = 0 AND ($1::bigint IS NULL OR orders.merchant_id = $1) \
                             AND $2::bigint = 0 ORDER BY orders.order_id DESC LIMIT $3";
    ORDERS_OF_MERCHANT: Order = "WHERE merchant_id = $1 AND ($2::bigint IS NULL OR status = $2) ORDER BY order_id DESC LIMIT $3";
    ORDERS: Order = "WHERE $1::bigint IS NULL AND ($2::bigint IS NULL OR status = $2) ORDER BY order_id DESC LIMIT $3";
    ORDERS_AFTER: Order = "WHERE order_id > $1 ORDER BY order_id LIMIT $2";
    VOUCHERS_AFTER: Voucher = "WHERE cause_id > $1 ORDER BY cause_id LIMIT $2";
    VOUCHERS_BY_CAUSES: Voucher = "WHERE cause_id = ANY($1)";
    TRANSFERS_BETWEEN: Transfer = "WHERE cause_id > $1 AND cause_id <= $2 ORDER BY cause_id, slot, leg";
    MUTATION: Transfer = "WHERE merchant_id = $1 AND mutation_number = $2";
    MUTATIONS_BETWEEN: Transfer = "WHERE merchant_id = $1 AND mutation_number BETWEEN $2 AND $3 ORDER BY mutation_number DESC";
    MUTATIONS_AFTER: Transfer = "WHERE merchant_id = $1 AND mutation_number > $2 ORDER BY mutation_number LIMIT $3";
    ENDPOINTS: EndpointRow = "ORDER BY merchant_id, endpoint_id";
    HEADERS: HeaderRow = "ORDER BY merchant_id, endpoint_id, position";
    ENDPOINTS_OF_MERCHANT: EndpointRow = "WHERE merchant_id = $1 ORDER BY endpoint_id";
    HEADERS_OF_MERCHANT: HeaderRow = "WHERE merchant_id = $1 ORDER BY endpoint_id, position";
    EVENTS_AFTER: Event = "WHERE merchant_id = $1 AND number > $2 AND created_at >= $3 ORDER BY number LIMIT $4";
    EVENTS_BEFORE: Event = "WHERE merchant_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3";
    DUE_DELIVERIES: DeliveryRow = "WHERE endpoint_id = $1 AND next_at <= $2 ORDER BY next_at, order_id, event LIMIT $3";
    TRIES_OF_DELIVERY: DeliveryTry =
        "WHERE merchant_id = $1 AND order_id = $2 AND endpoint_id = $3 AND event = $4 ORDER BY number";
}

/// Begins a batch.
pub const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
/// Begins a batch whose plans are made anew, by what the tables are like now.
pub const BEGIN_ANEW: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; DISCARD PLANS";

statements! {
    /// The newest moment that any writer noted, and the highest number that was given. Test events are about orders that there never
    /// were; these are looked up under each merchant, where an index has them.
    NEWEST = "SELECT coalesce((SELECT max(newest_at) FROM writers), 0), greatest(0, (SELECT max(order_id) FROM orders), \
              (SELECT max(cause_id) FROM vouchers), (SELECT max(callback_id) FROM callbacks), (SELECT max(endpoint_id) FROM endpoints), \
              (SELECT max((SELECT max(order_id) FROM deliveries WHERE deliveries.merchant_id = told.merchant_id)) \
              FROM (SELECT merchant_id FROM merchants UNION SELECT merchant_id FROM endpoints) AS told))";
    /// The first moment after `$2` at which something is to be tried at the endpoint `$1`.
    NEXT_DELIVERY = "SELECT min(next_at) FROM deliveries WHERE endpoint_id = $1 AND next_at > $2";

    /// For each of the endpoints `$1`, the latest moment up to `$2` at which anything became due there: one look at the index each.
    LATEST_DUE = "SELECT wanted.endpoint_id, (SELECT max(next_at) FROM deliveries \
                  WHERE deliveries.endpoint_id = wanted.endpoint_id AND next_at <= $2) FROM unnest($1::bigint[]) AS wanted (endpoint_id)";

    /// Ends a batch.
    COMMIT = "COMMIT";
    /// Begins to write as the writer `$1`.
    BEGIN_WRITER = "INSERT INTO writers (writer_id, batch, newest_at) SELECT $1, 0, coalesce(max(newest_at), 0) FROM writers \
                    ON CONFLICT DO NOTHING";
    /// Which batch the writer `$1` wrote last. Whoever gets an answer knows that no transaction of that writer's is under way.
    LOCK_WRITER = "SELECT batch FROM writers WHERE writer_id = $1 FOR UPDATE";
    /// The writer `$1` writes its batch `$2`, in which `$3` is the newest moment.
    COUNT_BATCH = "UPDATE writers SET batch = $2, newest_at = greatest(newest_at, $3) WHERE writer_id = $1";
    /// The writer `$1` notes that it is `$2`.
    NOTE_TIME = "UPDATE writers SET newest_at = greatest(newest_at, $2) WHERE writer_id = $1";
    /// Forgets writers that have noted no time for so long that they are gone; never the one that noted the newest.
    FORGET_WRITERS = "DELETE FROM writers WHERE newest_at < (SELECT max(newest_at) FROM writers) - $1::bigint";

    /// The oldest events before the moment `$1`, at most `$2`.
    OLDEST_EVENTS = "SELECT merchant_id, number, order_id FROM events WHERE created_at < $1 ORDER BY created_at, merchant_id, number LIMIT $2";
    /// Forgets the tries of events, given by merchant, order and number.
    FORGET_TRIES = "DELETE FROM delivery_tries USING unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS old (merchant_id, order_id, event) \
                    WHERE delivery_tries.merchant_id = old.merchant_id AND delivery_tries.order_id = old.order_id AND delivery_tries.event = old.event";
    /// Forgets their deliveries.
    FORGET_DELIVERIES = "DELETE FROM deliveries USING unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS old (merchant_id, order_id, event) \
                         WHERE deliveries.merchant_id = old.merchant_id AND deliveries.order_id = old.order_id AND deliveries.event = old.event";
    /// Forgets them.
    FORGET_EVENTS = "DELETE FROM events USING unnest($1::bigint[], $2::bigint[]) AS old (merchant_id, number) \
                     WHERE events.merchant_id = old.merchant_id AND events.number = old.number";
}
