\set k random(1, :cases)
SELECT step(:k);
