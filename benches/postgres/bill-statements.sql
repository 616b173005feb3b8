-- A paid bill, statement by statement, in two transactions: the hold is on disk before a supplier could be asked, the settlement after
-- its answer. This is what Loket promises; the supplier's answer itself takes no time here.
\set merchant random(1, :merchants)
\set number random(1, 9223372036854775807)
BEGIN;
SELECT available FROM accounts WHERE merchant_id = :merchant FOR UPDATE;
UPDATE accounts SET available = available - 25200, held = held + 25200 WHERE merchant_id = :merchant;
INSERT INTO orders VALUES (:merchant, :number, '881234567890', 25200, 0, now());
INSERT INTO transfers VALUES (:merchant, :number, 0, 1, 2, 25200);
COMMIT;
BEGIN;
UPDATE orders SET status = 1 WHERE merchant_id = :merchant AND ref_id = :number AND status = 0;
UPDATE accounts SET held = held - 25200 WHERE merchant_id = :merchant;
INSERT INTO transfers VALUES (:merchant, :number, 1, 2, 3, 24000);
INSERT INTO transfers VALUES (:merchant, :number, 2, 2, 4, 1200);
COMMIT;
