-- Conventions: amounts are whole rupiah within ±10^15 (domain::money::Rupiah), moments are microseconds since 1970 (UTC), durations
-- end in _us, enums are the numbers of src/codes.rs, flags are 0 or 1. NULL means what None means in the domain.
--
-- Tables that grow with the orders are kept in the order in which their rows are made, so that a batch touches few pages; a table
-- WITHOUT ROWID has no second copy of its key.

-- One row: what a node goes on from, and a counter to write when only the writing matters.
CREATE TABLE meta (
    id        INTEGER PRIMARY KEY CONSTRAINT only_one_row CHECK (id = 1),
    newest_at INTEGER NOT NULL,
    probes    INTEGER NOT NULL
) STRICT;

INSERT INTO meta (id, newest_at, probes) VALUES (1, 0, 0);

-- How often the lists have changed that nodes keep in memory: merchants, endpoints, products, suppliers.
CREATE TABLE revisions (
    listing    INTEGER PRIMARY KEY,
    number     INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- Which node does what only one may do at a time. NULL: nobody. An embedded database has one node, which holds everything unasked.
CREATE TABLE leases (
    work       INTEGER PRIMARY KEY,
    holder     BLOB,
    beat       INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE merchants (
    merchant_id          INTEGER PRIMARY KEY,
    name                 TEXT    NOT NULL,
    api_id               TEXT    NOT NULL UNIQUE,
    api_key              BLOB    NOT NULL,
    secret_key           BLOB    NOT NULL,
    previous_api_key     BLOB,
    previous_secret_key  BLOB,
    previous_valid_until INTEGER,
    -- One a line, each line ended.
    allowed_networks     TEXT    NOT NULL,
    signs_with_previous  INTEGER NOT NULL,
    rate_per_second      INTEGER,
    tier                 TEXT,
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL
) STRICT;

CREATE TABLE books (
    merchant_id  INTEGER PRIMARY KEY,
    available    INTEGER NOT NULL CONSTRAINT available_in_range CHECK (available BETWEEN -1000000000000000 AND 1000000000000000),
    held         INTEGER NOT NULL CONSTRAINT held_in_range CHECK (held BETWEEN 0 AND 1000000000000000),
    credit_limit INTEGER NOT NULL CONSTRAINT credit_limit_in_range CHECK (credit_limit BETWEEN 0 AND 1000000000000000),
    is_suspended INTEGER NOT NULL,
    mutations    INTEGER NOT NULL,
    is_told      INTEGER NOT NULL,
    events       INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE products (
    code                TEXT    NOT NULL PRIMARY KEY,
    name                TEXT    NOT NULL,
    kind                INTEGER NOT NULL,
    category            TEXT    NOT NULL,
    brand               TEXT    NOT NULL,
    description         TEXT    NOT NULL,
    state               INTEGER NOT NULL,
    price               INTEGER NOT NULL CONSTRAINT price_in_range CHECK (price BETWEEN -1000000000000000 AND 1000000000000000),
    admin               INTEGER NOT NULL CONSTRAINT admin_in_range CHECK (admin BETWEEN -1000000000000000 AND 1000000000000000),
    commission          INTEGER NOT NULL CONSTRAINT commission_in_range CHECK (commission BETWEEN -1000000000000000 AND 1000000000000000),
    cut_off_start       INTEGER,
    cut_off_end         INTEGER,
    digits_only         INTEGER NOT NULL,
    min_length          INTEGER NOT NULL,
    max_length          INTEGER NOT NULL,
    is_phone            INTEGER NOT NULL,
    bill_group          TEXT    NOT NULL,
    repaid_window_us    INTEGER NOT NULL,
    duplicate_window_us INTEGER NOT NULL,
    is_demo             INTEGER NOT NULL,
    updated_at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A product's terms for the tiers that have their own, in the operator's order.
CREATE TABLE product_tiers (
    code       TEXT    NOT NULL,
    position   INTEGER NOT NULL,
    tier       TEXT    NOT NULL,
    price      INTEGER CONSTRAINT price_in_range CHECK (price BETWEEN -1000000000000000 AND 1000000000000000),
    commission INTEGER CONSTRAINT commission_in_range CHECK (commission BETWEEN -1000000000000000 AND 1000000000000000),
    PRIMARY KEY (code, position)
) STRICT, WITHOUT ROWID;

-- Where a product is bought, in the operator's order.
CREATE TABLE product_routes (
    code          TEXT    NOT NULL,
    position      INTEGER NOT NULL,
    supplier      TEXT    NOT NULL,
    sku           TEXT    NOT NULL,
    cost          INTEGER NOT NULL CONSTRAINT cost_in_range CHECK (cost BETWEEN -1000000000000000 AND 1000000000000000),
    is_on         INTEGER NOT NULL,
    is_available  INTEGER NOT NULL,
    max_cost      INTEGER CONSTRAINT max_cost_in_range CHECK (max_cost BETWEEN -1000000000000000 AND 1000000000000000),
    cut_off_start INTEGER,
    cut_off_end   INTEGER,
    PRIMARY KEY (code, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE suppliers (
    name              TEXT    NOT NULL PRIMARY KEY,
    kind              INTEGER NOT NULL,
    url               TEXT,
    user              TEXT    NOT NULL,
    key               BLOB    NOT NULL,
    secret            BLOB,
    is_testing        INTEGER NOT NULL,
    can_be_asked      INTEGER NOT NULL,
    state             INTEGER NOT NULL,
    max_in_flight     INTEGER NOT NULL,
    -- One a line, each line ended.
    callback_networks TEXT    NOT NULL,
    low_balance       INTEGER CONSTRAINT low_balance_in_range CHECK (low_balance BETWEEN -1000000000000000 AND 1000000000000000),
    reroute_codes     TEXT    NOT NULL,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What came in at suppliers' callback addresses.
CREATE TABLE callbacks (
    callback_id INTEGER PRIMARY KEY,
    supplier    TEXT    NOT NULL,
    address     TEXT    NOT NULL,
    headers     TEXT    NOT NULL,
    body        BLOB    NOT NULL,
    verdict     INTEGER NOT NULL,
    order_id    INTEGER,
    received_at INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX callbacks_of_order ON callbacks (order_id) WHERE order_id IS NOT NULL;

-- Where merchants are told of their orders, in the order in which they were added.
CREATE TABLE endpoints (
    endpoint_id           INTEGER PRIMARY KEY,
    merchant_id           INTEGER NOT NULL,
    url                   TEXT    NOT NULL,
    description           TEXT    NOT NULL,
    -- The kinds of events that it wants, one a line, each line ended.
    kinds                 TEXT    NOT NULL,
    state                 INTEGER NOT NULL,
    secret                BLOB    NOT NULL,
    previous_secret       BLOB,
    previous_valid_until  INTEGER,
    max_in_flight         INTEGER NOT NULL,
    rate_per_second       INTEGER,
    failing_since         INTEGER,
    failures_counted      INTEGER,
    failure_counted_at    INTEGER,
    created_at            INTEGER NOT NULL,
    updated_at            INTEGER NOT NULL,
    UNIQUE (merchant_id, endpoint_id)
) STRICT;

-- Headers that an endpoint's owner wants to see.
CREATE TABLE endpoint_headers (
    merchant_id INTEGER NOT NULL,
    endpoint_id INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    value       BLOB    NOT NULL,
    PRIMARY KEY (endpoint_id, position)
) STRICT, WITHOUT ROWID;

-- What merchants are told, as it is sent.
CREATE TABLE events (
    merchant_id INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    order_id    INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    body        BLOB    NOT NULL,
    created_at  INTEGER NOT NULL,
    UNIQUE (merchant_id, number)
) STRICT;

-- Which event is meant for which endpoint, and how far that has come.
CREATE TABLE deliveries (
    order_id          INTEGER NOT NULL,
    endpoint_id       INTEGER NOT NULL,
    event             INTEGER NOT NULL,
    merchant_id       INTEGER NOT NULL,
    state             INTEGER NOT NULL,
    tries             INTEGER NOT NULL,
    tries_on_schedule INTEGER NOT NULL,
    first_tried_at    INTEGER,
    next_at           INTEGER,
    updated_at        INTEGER NOT NULL,
    PRIMARY KEY (order_id, endpoint_id, event)
) STRICT, WITHOUT ROWID;

-- Stays small while the endpoints answer.
CREATE INDEX deliveries_due ON deliveries (endpoint_id, next_at) WHERE next_at IS NOT NULL;

-- The log of deliveries.
CREATE TABLE delivery_tries (
    order_id    INTEGER NOT NULL,
    endpoint_id INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    merchant_id INTEGER NOT NULL,
    began_at    INTEGER NOT NULL,
    took_us     INTEGER NOT NULL,
    status      INTEGER,
    answer      BLOB    NOT NULL,
    fault       TEXT,
    next_at     INTEGER,
    PRIMARY KEY (order_id, endpoint_id, event, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE inquiries (
    inquiry_id       INTEGER PRIMARY KEY,
    merchant_id      INTEGER NOT NULL,
    mode             INTEGER NOT NULL,
    ref_id           TEXT    NOT NULL,
    product_code     TEXT    NOT NULL,
    customer_no      TEXT    NOT NULL,
    bill_scope       INTEGER NOT NULL,
    bill_group       TEXT    NOT NULL,
    bill_number      TEXT    NOT NULL,
    successes_seen   INTEGER NOT NULL,
    customer_name    TEXT    NOT NULL,
    tagihan          INTEGER NOT NULL CONSTRAINT tagihan_in_range CHECK (tagihan BETWEEN -1000000000000000 AND 1000000000000000),
    admin            INTEGER NOT NULL CONSTRAINT admin_in_range CHECK (admin BETWEEN -1000000000000000 AND 1000000000000000),
    commission       INTEGER NOT NULL CONSTRAINT commission_in_range CHECK (commission BETWEEN -1000000000000000 AND 1000000000000000),
    details          TEXT    NOT NULL,
    periods          TEXT    NOT NULL,
    supplier         TEXT    NOT NULL,
    sku              TEXT    NOT NULL,
    cost             INTEGER NOT NULL CONSTRAINT cost_in_range CHECK (cost BETWEEN -1000000000000000 AND 1000000000000000),
    supplier_ref     TEXT    NOT NULL,
    token            TEXT    NOT NULL,
    requotable       INTEGER NOT NULL,
    same_day         INTEGER NOT NULL,
    repaid_window_us INTEGER NOT NULL,
    -- What was said, word for word; NULL if nothing was on a wire.
    words_call       TEXT,
    words_request    TEXT,
    words_status     INTEGER,
    words_answer     TEXT,
    opened_at        INTEGER NOT NULL,
    expires_at       INTEGER NOT NULL,
    UNIQUE (merchant_id, mode, ref_id)
) STRICT;

CREATE TABLE orders (
    order_id       INTEGER PRIMARY KEY,
    merchant_id    INTEGER NOT NULL,
    mode           INTEGER NOT NULL,
    ref_id         TEXT    NOT NULL,
    kind           INTEGER NOT NULL,
    product_code   TEXT    NOT NULL,
    product_name   TEXT    NOT NULL,
    customer_no    TEXT    NOT NULL,
    -- A claim on a bill has a scope and a group; one on a purchase has neither, the rest of its key is the order's own.
    claim_scope    INTEGER,
    claim_group    TEXT,
    claim_number   TEXT    NOT NULL,
    amount         INTEGER NOT NULL CONSTRAINT amount_in_range CHECK (amount BETWEEN -1000000000000000 AND 1000000000000000),
    quoted_cost    INTEGER NOT NULL CONSTRAINT quoted_cost_in_range CHECK (quoted_cost BETWEEN -1000000000000000 AND 1000000000000000),
    cost           INTEGER CONSTRAINT cost_in_range CHECK (cost BETWEEN -1000000000000000 AND 1000000000000000),
    cost_is_stated INTEGER,
    status         INTEGER NOT NULL,
    sn             TEXT,
    details        TEXT,
    attempts       INTEGER NOT NULL,
    desk           INTEGER,
    decided        INTEGER,
    is_borne       INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    refunded_at    INTEGER,
    -- The inquiry with the same reference, through which a bill's order is found; NULL if there is none.
    inquiry_id     INTEGER
) STRICT;

-- An inquiry's reference is in an index already, somewhere among the merchant's others. Its order needs no second such place: it is found
-- by the inquiry's number, and these are given out one after the other.
CREATE UNIQUE INDEX orders_of_inquiry ON orders (inquiry_id) WHERE inquiry_id IS NOT NULL;
CREATE UNIQUE INDEX orders_without_inquiry ON orders (merchant_id, mode, ref_id) WHERE inquiry_id IS NULL;

-- Stays small. There is none of the pending ones: each is found here, or through the attempt that its supplier is to be asked about.
CREATE INDEX orders_on_desk ON orders (desk) WHERE desk IS NOT NULL;

CREATE TABLE attempts (
    order_id     INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    merchant_id  INTEGER NOT NULL,
    supplier     TEXT    NOT NULL,
    sku          TEXT    NOT NULL,
    cost         INTEGER NOT NULL CONSTRAINT cost_in_range CHECK (cost BETWEEN -1000000000000000 AND 1000000000000000),
    supplier_ref TEXT    NOT NULL,
    token        TEXT    NOT NULL,
    state        INTEGER NOT NULL,
    send_by      INTEGER NOT NULL,
    check_at     INTEGER,
    checks       INTEGER NOT NULL,
    may_have_arrived INTEGER NOT NULL,
    exchanges    INTEGER NOT NULL,
    note         TEXT,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (order_id, number),
    -- So that an attempt whose sender is gone is found among those to ask about.
    CONSTRAINT sending_is_bounded CHECK (state <> 0 OR check_at IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- Stays small as well.
CREATE INDEX attempts_to_check ON attempts (check_at) WHERE check_at IS NOT NULL;
-- For callbacks. Our references begin with the moment at which they were made, so that the newest stand together.
CREATE INDEX attempts_by_supplier_ref ON attempts (supplier_ref);

-- The history of orders. The built-in sandbox says nothing on a wire, and so leaves none.
CREATE TABLE exchanges (
    order_id    INTEGER NOT NULL,
    attempt     INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    merchant_id INTEGER NOT NULL,
    source      INTEGER NOT NULL,
    call        TEXT    NOT NULL,
    request     TEXT    NOT NULL,
    status      INTEGER,
    answer      TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (order_id, attempt, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE transfers (
    cause_id        INTEGER NOT NULL,
    slot            INTEGER NOT NULL,
    leg             INTEGER NOT NULL,
    merchant_id     INTEGER NOT NULL,
    debit           INTEGER NOT NULL,
    credit          INTEGER NOT NULL,
    amount          INTEGER NOT NULL CONSTRAINT amount_in_range CHECK (amount BETWEEN 1 AND 1000000000000000),
    created_at      INTEGER NOT NULL,
    mutation_number INTEGER,
    balance_after   INTEGER CONSTRAINT balance_after_in_range CHECK (balance_after BETWEEN -1000000000000000 AND 1000000000000000),
    PRIMARY KEY (cause_id, slot, leg),
    CONSTRAINT two_sides CHECK (debit <> credit)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX mutations ON transfers (merchant_id, mutation_number) WHERE mutation_number IS NOT NULL;

CREATE TABLE bills (
    scope               INTEGER NOT NULL,
    bill_group          TEXT    NOT NULL,
    number              TEXT    NOT NULL,
    contradictions      INTEGER NOT NULL,
    successes           INTEGER NOT NULL,
    -- One a line, oldest first, each line ended: until when (microseconds), by which order, tagihan, periods.
    recently_paid       TEXT    NOT NULL,
    updated_at          INTEGER NOT NULL,
    PRIMARY KEY (scope, bill_group, number)
) STRICT, WITHOUT ROWID;

-- Bills that are being paid stand here, and in `bills` only as they were before: so this table stays small, and a payment touches
-- a page of `bills` once, not twice.
CREATE TABLE pending_bills (
    scope               INTEGER NOT NULL,
    bill_group          TEXT    NOT NULL,
    number              TEXT    NOT NULL,
    pending_merchant_id INTEGER NOT NULL,
    pending_order_id    INTEGER NOT NULL,
    contradictions      INTEGER NOT NULL,
    successes           INTEGER NOT NULL,
    recently_paid       TEXT    NOT NULL,
    updated_at          INTEGER NOT NULL,
    PRIMARY KEY (scope, bill_group, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE duplicate_guards (
    merchant_id  INTEGER NOT NULL,
    mode         INTEGER NOT NULL,
    product_code TEXT    NOT NULL,
    number       TEXT    NOT NULL,
    pending      INTEGER NOT NULL,
    succeeded_at INTEGER,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, mode, product_code, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE vouchers (
    cause_id    INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL,
    reference   TEXT    NOT NULL,
    kind        INTEGER NOT NULL,
    amount      INTEGER NOT NULL CONSTRAINT amount_in_range CHECK (amount BETWEEN -1000000000000000 AND 1000000000000000),
    note        TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    UNIQUE (merchant_id, reference)
) STRICT;
