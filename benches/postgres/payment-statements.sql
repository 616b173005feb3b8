-- Five statements a payment, in one transaction: lock and look, debit, the order, both ledger rows.
\set merchant random(1, :merchants)
\set number random(1, 9223372036854775807)
BEGIN;
SELECT available FROM accounts WHERE merchant_id = :merchant FOR UPDATE;
UPDATE accounts SET available = available - 25200 WHERE merchant_id = :merchant;
INSERT INTO orders VALUES (:merchant, :number, '881234567890', 25200, 1, now());
INSERT INTO transfers VALUES (:merchant, :number, 1, 1, 3, 24000);
INSERT INTO transfers VALUES (:merchant, :number, 2, 1, 4, 1200);
COMMIT;
