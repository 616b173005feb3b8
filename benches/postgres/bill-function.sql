-- A paid bill by two calls of PL/pgSQL functions, in two transactions: the hold, then the settlement.
\set merchant random(1, :merchants)
\set number random(1, 9223372036854775807)
SELECT accept(:merchant, :number, '881234567890', 25200);
SELECT settle(:merchant, :number, 24000);
