-- A payment by one call of a PL/pgSQL function, in one transaction.
\set merchant random(1, :merchants)
\set number random(1, 9223372036854775807)
SELECT pay(:merchant, :number, '881234567890', 25200, 24000);
