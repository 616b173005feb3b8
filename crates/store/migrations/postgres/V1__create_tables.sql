-- Conventions: amounts are whole rupiah within ±10^15 (domain::money::Rupiah), moments are microseconds since 1970 (UTC), durations
-- end in _us, enums are the numbers of src/codes.rs. NULL means what None means in the domain. Texts hold no NUL, which PostgreSQL
-- cannot store: it is written as src/postgres/nul.rs says.
--
-- Every primary and unique key of a merchant's table begins with merchant_id, so that the tables can be spread over nodes by it. What is
-- looked up by anything else has a plain index. What belongs to no merchant alone (merchants themselves, products, suppliers, callbacks,
-- bills, writers, revisions and leases) has keys of its own. Texts that are sorted or looked up by are compared byte by byte, as the domain does.
--
-- fillfactor leaves room in a page for the next version of a row that is changed often, so that its indexes needn't be touched.

-- One row a writer, that is, for each time that a program opened the database to write: which batch it wrote last, and the newest moment
-- that it noted. Nobody else changes it, and it is how a writer finds out after a lost connection whether its last batch was committed.
CREATE TABLE writers (
    writer_id bytea  NOT NULL PRIMARY KEY,
    batch     bigint NOT NULL,
    newest_at bigint NOT NULL
) WITH (fillfactor = 10);

-- How often the lists have changed that nodes keep in memory: merchants, endpoints, products, suppliers.
CREATE TABLE revisions (
    listing    smallint NOT NULL,
    number     bigint   NOT NULL,
    updated_at bigint   NOT NULL,
    PRIMARY KEY (listing)
) WITH (fillfactor = 10);

-- Which node does what only one may do at a time. NULL: nobody.
CREATE TABLE leases (
    work       smallint NOT NULL,
    holder     bytea,
    beat       bigint   NOT NULL,
    updated_at bigint   NOT NULL,
    PRIMARY KEY (work)
) WITH (fillfactor = 10);

CREATE TABLE merchants (
    merchant_id          bigint  NOT NULL,
    name                 text    NOT NULL,
    api_id               text COLLATE "C" NOT NULL,
    api_key              bytea   NOT NULL,
    secret_key           bytea   NOT NULL,
    previous_api_key     bytea,
    previous_secret_key  bytea,
    previous_valid_until bigint,
    -- One a line, each line ended.
    allowed_networks     text    NOT NULL,
    signs_with_previous  boolean NOT NULL,
    rate_per_second      bigint,
    tier                 text,
    created_at           bigint  NOT NULL,
    updated_at           bigint  NOT NULL,
    PRIMARY KEY (merchant_id),
    UNIQUE (api_id)
);

CREATE TABLE books (
    merchant_id  bigint  NOT NULL,
    available    bigint  NOT NULL CONSTRAINT available_in_range CHECK (available BETWEEN -1000000000000000 AND 1000000000000000),
    held         bigint  NOT NULL CONSTRAINT held_in_range CHECK (held BETWEEN 0 AND 1000000000000000),
    credit_limit bigint  NOT NULL CONSTRAINT credit_limit_in_range CHECK (credit_limit BETWEEN 0 AND 1000000000000000),
    is_suspended boolean NOT NULL,
    mutations    bigint  NOT NULL,
    is_told      boolean NOT NULL,
    events       bigint  NOT NULL,
    updated_at   bigint  NOT NULL,
    PRIMARY KEY (merchant_id)
) WITH (fillfactor = 50);

CREATE TABLE products (
    code                text COLLATE "C" NOT NULL,
    name                text     NOT NULL,
    kind                smallint NOT NULL,
    category            text     NOT NULL,
    brand               text     NOT NULL,
    description         text     NOT NULL,
    state               smallint NOT NULL,
    price               bigint   NOT NULL CONSTRAINT price_in_range CHECK (price BETWEEN -1000000000000000 AND 1000000000000000),
    admin               bigint   NOT NULL CONSTRAINT admin_in_range CHECK (admin BETWEEN -1000000000000000 AND 1000000000000000),
    commission          bigint   NOT NULL CONSTRAINT commission_in_range CHECK (commission BETWEEN -1000000000000000 AND 1000000000000000),
    cut_off_start       integer,
    cut_off_end         integer,
    digits_only         boolean  NOT NULL,
    min_length          integer  NOT NULL,
    max_length          integer  NOT NULL,
    is_phone            boolean  NOT NULL,
    bill_group          text COLLATE "C" NOT NULL,
    repaid_window_us    bigint   NOT NULL,
    duplicate_window_us bigint   NOT NULL,
    is_demo             boolean  NOT NULL,
    updated_at          bigint   NOT NULL,
    PRIMARY KEY (code)
);

-- A product's terms for the tiers that have their own, in the operator's order.
CREATE TABLE product_tiers (
    code       text COLLATE "C" NOT NULL,
    position   bigint NOT NULL,
    tier       text   NOT NULL,
    price      bigint CONSTRAINT price_in_range CHECK (price BETWEEN -1000000000000000 AND 1000000000000000),
    commission bigint CONSTRAINT commission_in_range CHECK (commission BETWEEN -1000000000000000 AND 1000000000000000),
    PRIMARY KEY (code, position)
);

-- Where a product is bought, in the operator's order.
CREATE TABLE product_routes (
    code          text COLLATE "C" NOT NULL,
    position      bigint  NOT NULL,
    supplier      text    NOT NULL,
    sku           text    NOT NULL,
    cost          bigint  NOT NULL CONSTRAINT cost_in_range CHECK (cost BETWEEN -1000000000000000 AND 1000000000000000),
    is_on         boolean NOT NULL,
    is_available  boolean NOT NULL,
    max_cost      bigint  CONSTRAINT max_cost_in_range CHECK (max_cost BETWEEN -1000000000000000 AND 1000000000000000),
    cut_off_start integer,
    cut_off_end   integer,
    PRIMARY KEY (code, position)
);

CREATE TABLE suppliers (
    name              text COLLATE "C" NOT NULL,
    kind              smallint NOT NULL,
    url               text,
    "user"            text     NOT NULL,
    key               bytea    NOT NULL,
    secret            bytea,
    is_testing        boolean  NOT NULL,
    can_be_asked      boolean  NOT NULL,
    state             smallint NOT NULL,
    max_in_flight     bigint   NOT NULL,
    -- One a line, each line ended.
    callback_networks text     NOT NULL,
    low_balance       bigint   CONSTRAINT low_balance_in_range CHECK (low_balance BETWEEN -1000000000000000 AND 1000000000000000),
    reroute_codes     text     NOT NULL,
    created_at        bigint   NOT NULL,
    updated_at        bigint   NOT NULL,
    PRIMARY KEY (name)
);

-- What came in at suppliers' callback addresses.
CREATE TABLE callbacks (
    callback_id bigint   NOT NULL,
    supplier    text     NOT NULL,
    address     text     NOT NULL,
    headers     text     NOT NULL,
    body        bytea    NOT NULL,
    verdict     smallint NOT NULL,
    order_id    bigint,
    received_at bigint   NOT NULL,
    updated_at  bigint   NOT NULL,
    PRIMARY KEY (callback_id)
);

CREATE INDEX callbacks_of_order ON callbacks (order_id) WHERE order_id IS NOT NULL;

-- Where merchants are told of their orders, in the order in which they were added.
CREATE TABLE endpoints (
    endpoint_id          bigint   NOT NULL,
    merchant_id          bigint   NOT NULL,
    url                  text     NOT NULL,
    description          text     NOT NULL,
    -- The kinds of events that it wants, one a line, each line ended.
    kinds                text     NOT NULL,
    state                smallint NOT NULL,
    secret               bytea    NOT NULL,
    previous_secret      bytea,
    previous_valid_until bigint,
    max_in_flight        bigint   NOT NULL,
    rate_per_second      bigint,
    failing_since        bigint,
    failures_counted     bigint,
    failure_counted_at   bigint,
    created_at           bigint   NOT NULL,
    updated_at           bigint   NOT NULL,
    PRIMARY KEY (merchant_id, endpoint_id)
);

-- Headers that an endpoint's owner wants to see.
CREATE TABLE endpoint_headers (
    merchant_id bigint NOT NULL,
    endpoint_id bigint NOT NULL,
    position    bigint NOT NULL,
    name        text   NOT NULL,
    value       bytea  NOT NULL,
    PRIMARY KEY (merchant_id, endpoint_id, position)
);

-- What merchants are told, as it is sent.
CREATE TABLE events (
    merchant_id bigint   NOT NULL,
    number      bigint   NOT NULL,
    order_id    bigint   NOT NULL,
    kind        smallint NOT NULL,
    body        bytea    NOT NULL,
    created_at  bigint   NOT NULL,
    PRIMARY KEY (merchant_id, number)
);

-- To forget the oldest.
CREATE INDEX events_by_age ON events (created_at);

-- Which event is meant for which endpoint, and how far that has come.
CREATE TABLE deliveries (
    order_id          bigint   NOT NULL,
    endpoint_id       bigint   NOT NULL,
    event             bigint   NOT NULL,
    merchant_id       bigint   NOT NULL,
    state             smallint NOT NULL,
    tries             bigint   NOT NULL,
    tries_on_schedule bigint   NOT NULL,
    first_tried_at    bigint,
    next_at           bigint,
    updated_at        bigint   NOT NULL,
    PRIMARY KEY (merchant_id, order_id, endpoint_id, event)
) WITH (fillfactor = 80);

-- Stays small while the endpoints answer.
CREATE INDEX deliveries_due ON deliveries (endpoint_id, next_at) WHERE next_at IS NOT NULL;

-- The log of deliveries.
CREATE TABLE delivery_tries (
    order_id    bigint  NOT NULL,
    endpoint_id bigint  NOT NULL,
    event       bigint  NOT NULL,
    number      bigint  NOT NULL,
    merchant_id bigint  NOT NULL,
    began_at    bigint  NOT NULL,
    took_us     bigint  NOT NULL,
    status      integer,
    answer      bytea   NOT NULL,
    fault       text,
    next_at     bigint,
    PRIMARY KEY (merchant_id, order_id, endpoint_id, event, number)
);

CREATE TABLE inquiries (
    merchant_id      bigint   NOT NULL,
    mode             smallint NOT NULL,
    ref_id           text COLLATE "C" NOT NULL,
    product_code     text COLLATE "C" NOT NULL,
    customer_no      text     NOT NULL,
    bill_scope       bigint   NOT NULL,
    bill_group       text COLLATE "C" NOT NULL,
    bill_number      text     NOT NULL,
    successes_seen   bigint   NOT NULL,
    customer_name    text     NOT NULL,
    tagihan          bigint   NOT NULL CONSTRAINT tagihan_in_range CHECK (tagihan BETWEEN -1000000000000000 AND 1000000000000000),
    admin            bigint   NOT NULL CONSTRAINT admin_in_range CHECK (admin BETWEEN -1000000000000000 AND 1000000000000000),
    commission       bigint   NOT NULL CONSTRAINT commission_in_range CHECK (commission BETWEEN -1000000000000000 AND 1000000000000000),
    details          text     NOT NULL,
    periods          text     NOT NULL,
    supplier         text     NOT NULL,
    sku              text     NOT NULL,
    cost             bigint   NOT NULL CONSTRAINT cost_in_range CHECK (cost BETWEEN -1000000000000000 AND 1000000000000000),
    supplier_ref     text COLLATE "C" NOT NULL,
    token            text     NOT NULL,
    requotable       boolean  NOT NULL,
    same_day         boolean  NOT NULL,
    repaid_window_us bigint   NOT NULL,
    -- What was said, word for word; NULL if nothing was on a wire.
    words_call       text,
    words_request    text,
    words_status     integer,
    words_answer     text,
    opened_at        bigint   NOT NULL,
    expires_at       bigint   NOT NULL,
    PRIMARY KEY (merchant_id, mode, ref_id)
);

CREATE TABLE orders (
    order_id       bigint   NOT NULL,
    merchant_id    bigint   NOT NULL,
    mode           smallint NOT NULL,
    ref_id         text COLLATE "C" NOT NULL,
    kind           smallint NOT NULL,
    product_code   text COLLATE "C" NOT NULL,
    product_name   text     NOT NULL,
    customer_no    text     NOT NULL,
    -- A claim on a bill has a scope and a group; one on a purchase has neither, the rest of its key is the order's own.
    claim_scope    bigint,
    claim_group    text COLLATE "C",
    claim_number   text COLLATE "C" NOT NULL,
    amount         bigint   NOT NULL CONSTRAINT amount_in_range CHECK (amount BETWEEN -1000000000000000 AND 1000000000000000),
    quoted_cost    bigint   NOT NULL CONSTRAINT quoted_cost_in_range CHECK (quoted_cost BETWEEN -1000000000000000 AND 1000000000000000),
    cost           bigint   CONSTRAINT cost_in_range CHECK (cost BETWEEN -1000000000000000 AND 1000000000000000),
    cost_is_stated boolean,
    status         smallint NOT NULL,
    sn             text,
    details        text,
    attempts       bigint   NOT NULL,
    desk           smallint,
    decided        smallint,
    is_borne       boolean  NOT NULL,
    created_at     bigint   NOT NULL,
    updated_at     bigint   NOT NULL,
    refunded_at    bigint,
    -- No second key of the merchant's, with which the planner could confuse this one: that a number is given once is seen by the order's
    -- transfers and attempts.
    PRIMARY KEY (merchant_id, mode, ref_id)
) WITH (fillfactor = 60);

-- For people and audits, who have only the number.
CREATE INDEX orders_by_number ON orders (order_id);

-- Stays small. No index has the status: what is settled is replaced within its page, and no index hears of it. A pending order is found
-- here, or through the attempt that its supplier is to be asked about.
CREATE INDEX orders_on_desk ON orders (order_id) WHERE desk IS NOT NULL;

CREATE TABLE attempts (
    order_id         bigint   NOT NULL,
    number           integer  NOT NULL,
    merchant_id      bigint   NOT NULL,
    supplier         text     NOT NULL,
    sku              text     NOT NULL,
    cost             bigint   NOT NULL CONSTRAINT cost_in_range CHECK (cost BETWEEN -1000000000000000 AND 1000000000000000),
    supplier_ref     text COLLATE "C" NOT NULL,
    token            text     NOT NULL,
    state            smallint NOT NULL,
    send_by          bigint   NOT NULL,
    check_at         bigint,
    checks           bigint   NOT NULL,
    may_have_arrived boolean  NOT NULL,
    exchanges        bigint   NOT NULL,
    note             text,
    created_at       bigint   NOT NULL,
    updated_at       bigint   NOT NULL,
    PRIMARY KEY (merchant_id, order_id, number),
    -- So that an attempt whose sender is gone is found among those to ask about.
    CONSTRAINT sending_is_bounded CHECK (state <> 0 OR check_at IS NOT NULL)
) WITH (fillfactor = 90);

-- Stays small as well.
CREATE INDEX attempts_to_check ON attempts (check_at) WHERE check_at IS NOT NULL;
-- For callbacks. Our references begin with the moment at which they were made, so that the newest stand together.
CREATE INDEX attempts_by_supplier_ref ON attempts (supplier_ref);

-- The history of orders. The built-in sandbox says nothing on a wire, and so leaves none.
CREATE TABLE exchanges (
    order_id    bigint   NOT NULL,
    attempt     integer  NOT NULL,
    number      bigint   NOT NULL,
    merchant_id bigint   NOT NULL,
    source      smallint NOT NULL,
    call        text     NOT NULL,
    request     text     NOT NULL,
    status      integer,
    answer      text     NOT NULL,
    recorded_at bigint   NOT NULL,
    PRIMARY KEY (merchant_id, order_id, attempt, number)
);

CREATE TABLE transfers (
    cause_id        bigint   NOT NULL,
    slot            smallint NOT NULL,
    leg             smallint NOT NULL,
    merchant_id     bigint   NOT NULL,
    debit           smallint NOT NULL,
    credit          smallint NOT NULL,
    amount          bigint   NOT NULL CONSTRAINT amount_in_range CHECK (amount BETWEEN 1 AND 1000000000000000),
    created_at      bigint   NOT NULL,
    mutation_number bigint,
    balance_after   bigint   CONSTRAINT balance_after_in_range CHECK (balance_after BETWEEN -1000000000000000 AND 1000000000000000),
    PRIMARY KEY (merchant_id, cause_id, slot, leg),
    CONSTRAINT two_sides CHECK (debit <> credit)
);

-- For audits, which go through all books together.
CREATE INDEX transfers_by_cause ON transfers (cause_id);

CREATE UNIQUE INDEX mutations ON transfers (merchant_id, mutation_number) WHERE mutation_number IS NOT NULL;

CREATE TABLE bills (
    scope               bigint NOT NULL,
    bill_group          text COLLATE "C" NOT NULL,
    number              text COLLATE "C" NOT NULL,
    pending_merchant_id bigint,
    pending_order_id    bigint,
    contradictions      bigint NOT NULL,
    successes           bigint NOT NULL,
    -- One a line, oldest first, each line ended: until when (microseconds), by which order, tagihan, periods.
    recently_paid       text   NOT NULL,
    updated_at          bigint NOT NULL,
    PRIMARY KEY (scope, bill_group, number)
) WITH (fillfactor = 50);

CREATE TABLE duplicate_guards (
    merchant_id  bigint   NOT NULL,
    mode         smallint NOT NULL,
    product_code text COLLATE "C" NOT NULL,
    number       text COLLATE "C" NOT NULL,
    pending      bigint   NOT NULL,
    succeeded_at bigint,
    updated_at   bigint   NOT NULL,
    PRIMARY KEY (merchant_id, mode, product_code, number)
);

CREATE TABLE vouchers (
    cause_id    bigint   NOT NULL,
    merchant_id bigint   NOT NULL,
    reference   text COLLATE "C" NOT NULL,
    kind        smallint NOT NULL,
    amount      bigint   NOT NULL CONSTRAINT amount_in_range CHECK (amount BETWEEN -1000000000000000 AND 1000000000000000),
    note        text     NOT NULL,
    created_at  bigint   NOT NULL,
    -- As with orders, its transfer sees that a number is given once.
    PRIMARY KEY (merchant_id, reference)
);

CREATE INDEX vouchers_by_number ON vouchers (cause_id);
