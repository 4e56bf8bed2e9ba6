CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE
);

CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers,
    status text DEFAULT 'open' NOT NULL CHECK (status IN ('open', 'paid', 'refunded')),
    total numeric NOT NULL,
    note text,
    placed_at timestamptz DEFAULT now() NOT NULL
);

CREATE TABLE order_items (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders,
    sku text NOT NULL,
    quantity integer DEFAULT 1 NOT NULL CHECK (quantity > 0)
);

-- Where the parcel of an order is: the newest row is the order's state.
CREATE TABLE order_transitions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders,
    to_state text NOT NULL CHECK (to_state IN ('placed', 'packed', 'sent', 'delivered')),
    sort_key integer NOT NULL,
    most_recent boolean NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    UNIQUE (order_id, sort_key)
);

CREATE UNIQUE INDEX ON order_transitions (order_id, most_recent) WHERE most_recent;
CREATE INDEX ON order_transitions (to_state, order_id) WHERE most_recent;

CREATE VIEW customer_totals AS
SELECT c.id AS customer_id, c.email, count(o.id) AS orders, sum(o.total) AS spent
FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
GROUP BY c.id;
