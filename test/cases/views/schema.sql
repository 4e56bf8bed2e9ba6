-- Relations that are no tables: each is writable as far as Postgres says.
CREATE TABLE accounts (id bigserial PRIMARY KEY, name text NOT NULL, balance numeric DEFAULT 0 NOT NULL);
CREATE VIEW active_accounts AS SELECT id, name, balance > 0 AS solvent FROM accounts WHERE balance >= 0;
CREATE VIEW account_counts AS SELECT count(*) AS total FROM accounts;
CREATE MATERIALIZED VIEW account_snapshots AS SELECT id, name FROM accounts;
CREATE TABLE measurements (taken_at timestamptz NOT NULL, value double precision) PARTITION BY RANGE (taken_at);
CREATE TABLE measurements_2025 PARTITION OF measurements FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE vip_accounts (discount integer NOT NULL) INHERITS (accounts);
-- What conditions and groups prove: no column of these two is null, but for the name that ROLLUP leaves out.
CREATE VIEW next_accounts AS SELECT a.id, b.name AS next, b.balance FROM accounts a LEFT JOIN accounts b ON b.id = a.id + 1 WHERE b.balance > 0;
CREATE VIEW account_totals AS SELECT name, count(*) AS accounts FROM accounts GROUP BY ROLLUP (name);
