-- A schema for each tenant, equal but for its own name, which needs quotes for one of them; and a schema that all of them share.
CREATE TYPE public.currency AS ENUM ('eur', 'usd');
CREATE TABLE public.plans (id integer PRIMARY KEY, name text NOT NULL, currency public.currency NOT NULL);
CREATE SCHEMA reports;
CREATE TABLE reports.monthly (month date PRIMARY KEY, total numeric NOT NULL);

DO $tenants$
DECLARE tenant text;
BEGIN
  FOREACH tenant IN ARRAY ARRAY['tenant_1', 'tenant_2', 'tenant_Three'] LOOP
    EXECUTE replace($schema$
      CREATE SCHEMA tenant;
      COMMENT ON SCHEMA tenant IS $$What tenant has.$$;
      CREATE TYPE tenant.status AS ENUM ('open', 'paid');
      CREATE TYPE tenant.address AS (street text, kind tenant.status);
      CREATE DOMAIN tenant.amount AS numeric(12,2) CHECK (VALUE >= 0);
      CREATE FUNCTION tenant.is_reference(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 <> ''''';
      CREATE TABLE tenant.customers (
        id serial PRIMARY KEY,
        plan_id integer NOT NULL REFERENCES public.plans,
        name text NOT NULL CHECK (tenant.is_reference(name)),
        address tenant.address
      );
      CREATE FUNCTION tenant.shout(tenant.customers) RETURNS text LANGUAGE sql STABLE AS 'SELECT upper($1.name)';
      CREATE TABLE tenant.invoices (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id integer NOT NULL REFERENCES tenant.customers ON DELETE CASCADE,
        reference text NOT NULL DEFAULT 'no. ' || nextval('tenant.customers_id_seq'::regclass),
        status tenant.status NOT NULL DEFAULT 'open',
        amount tenant.amount NOT NULL
      );
      CREATE INDEX ON tenant.invoices (customer_id) WHERE status = 'open';
      CREATE TABLE tenant.invoice_transitions (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        invoice_id bigint NOT NULL REFERENCES tenant.invoices,
        to_state text NOT NULL CHECK (to_state IN ('draft', 'sent', 'settled')),
        most_recent boolean NOT NULL DEFAULT true,
        sort_key integer NOT NULL DEFAULT 0
      );
      CREATE UNIQUE INDEX ON tenant.invoice_transitions (invoice_id) WHERE most_recent;
      CREATE VIEW tenant.open_invoices AS SELECT id, status, coalesce(reference, '') AS reference FROM tenant.invoices WHERE status = 'open';
    $schema$, 'tenant', quote_ident(tenant));
  END LOOP;
END $tenants$;
