-- What the payments of this comparison are written to: as little as a payment can do with, so that nobody is slowed down by us.

CREATE TABLE accounts (
    merchant_id bigint PRIMARY KEY,
    available   bigint NOT NULL CHECK (available >= 0),
    held        bigint NOT NULL CHECK (held >= 0)
);

CREATE TABLE orders (
    merchant_id bigint      NOT NULL,
    ref_id      text        NOT NULL,
    customer_no text        NOT NULL,
    amount      bigint      NOT NULL,
    status      smallint    NOT NULL, -- 0 pending, 1 success
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, ref_id)
);

-- Accounts: 1 available, 2 held, 3 supplier_cost, 4 revenue.
CREATE TABLE transfers (
    merchant_id bigint   NOT NULL,
    ref_id      text     NOT NULL,
    leg         smallint NOT NULL,
    debit       smallint NOT NULL,
    credit      smallint NOT NULL,
    amount      bigint   NOT NULL CHECK (amount > 0),
    PRIMARY KEY (merchant_id, ref_id, leg)
);

-- A thousand merchants, who never run out of money.
INSERT INTO accounts SELECT merchant, 1000000000000, 0 FROM generate_series(1, 1000) AS merchant;

-- A payment in one call: the money is gone and the order successful in one transaction, as if the supplier had answered before.
CREATE FUNCTION pay(who bigint, ref text, customer text, total bigint, cost bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    balance bigint;
BEGIN
    SELECT available INTO balance FROM accounts WHERE merchant_id = who FOR UPDATE;
    IF balance IS NULL OR balance < total THEN
        RAISE 'not enough';
    END IF;
    UPDATE accounts SET available = available - total WHERE merchant_id = who;
    INSERT INTO orders VALUES (who, ref, customer, total, 1, now());
    INSERT INTO transfers VALUES (who, ref, 1, 1, 3, cost), (who, ref, 2, 1, 4, total - cost);
    RETURN balance - total;
END $$;

-- The two halves of a paid bill. Before the supplier is asked: the order and the hold.
CREATE FUNCTION accept(who bigint, ref text, customer text, total bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    balance bigint;
BEGIN
    SELECT available INTO balance FROM accounts WHERE merchant_id = who FOR UPDATE;
    IF balance IS NULL OR balance < total THEN
        RAISE 'not enough';
    END IF;
    UPDATE accounts SET available = available - total, held = held + total WHERE merchant_id = who;
    INSERT INTO orders VALUES (who, ref, customer, total, 0, now());
    INSERT INTO transfers VALUES (who, ref, 0, 1, 2, total);
    RETURN balance - total;
END $$;

-- And after its answer: the capture of the hold.
CREATE FUNCTION settle(who bigint, ref text, cost bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    total bigint;
BEGIN
    UPDATE orders SET status = 1 WHERE merchant_id = who AND ref_id = ref AND status = 0 RETURNING amount INTO total;
    IF total IS NULL THEN
        RAISE 'settled before';
    END IF;
    UPDATE accounts SET held = held - total WHERE merchant_id = who;
    INSERT INTO transfers VALUES (who, ref, 1, 2, 3, cost), (who, ref, 2, 2, 4, total - cost);
END $$;
