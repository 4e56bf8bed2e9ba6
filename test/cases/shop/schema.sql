-- A shop: relations of every shape, and fields of every kind on both of their ends.
CREATE TABLE customers (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, referred_by integer REFERENCES customers);
CREATE TABLE categories (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent_id integer REFERENCES categories, name text NOT NULL);
CREATE TABLE products (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  category_id integer REFERENCES categories,
  name text NOT NULL,
  price numeric(10, 2) NOT NULL,
  details jsonb
);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers,
  placed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE order_transitions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders,
  to_state text NOT NULL CHECK (to_state IN ('draft', 'paid', 'sent')),
  sort_key integer NOT NULL,
  UNIQUE (order_id, sort_key)
);
CREATE TABLE invoices (number text PRIMARY KEY, order_id bigint NOT NULL UNIQUE REFERENCES orders, total numeric(10, 2) NOT NULL);
CREATE TABLE order_lines (
  order_id bigint NOT NULL REFERENCES orders,
  position integer NOT NULL,
  product_id bigint NOT NULL REFERENCES products,
  quantity integer NOT NULL DEFAULT 1,
  PRIMARY KEY (order_id, position)
);
CREATE TABLE shipments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL,
  position integer NOT NULL,
  carrier text NOT NULL,
  shipped_at timestamptz,
  FOREIGN KEY (order_id, position) REFERENCES order_lines
);
CREATE TABLE returns (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders,
  state text NOT NULL CHECK (state IN ('open', 'closed')),
  reason text
);
CREATE TABLE labels (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
CREATE TABLE order_labels (
  order_id bigint NOT NULL REFERENCES orders,
  label_id integer NOT NULL REFERENCES labels,
  added_by text NOT NULL,
  PRIMARY KEY (order_id, label_id, added_by)
);
CREATE INDEX ON shipments (order_id, position, shipped_at);
CREATE INDEX ON returns (order_id);
