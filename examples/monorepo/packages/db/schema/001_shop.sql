CREATE TABLE customers (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  email text NOT NULL UNIQUE
);

CREATE TABLE orders (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  customer_id integer NOT NULL REFERENCES customers,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'paid', 'sent'))
);

CREATE TABLE order_items (
  order_id integer NOT NULL REFERENCES orders,
  sku text NOT NULL,
  amount integer NOT NULL,
  PRIMARY KEY (order_id, sku)
);
