INSERT INTO customers (email) VALUES ('ada@example.com'), ('bob@example.com'), ('cleo@example.com');

INSERT INTO orders (customer_id, status, total, placed_at) VALUES
    (1, 'paid', 120.00, '2026-01-05 10:00+00'),
    (1, 'open', 15.50, '2026-01-07 12:00+00'),
    (2, 'paid', 80.00, '2026-01-08 09:30+00');

INSERT INTO order_items (order_id, sku, quantity) VALUES
    (1, 'lamp', 1), (1, 'bulb', 4), (2, 'mug', 2), (3, 'chair', 1);

INSERT INTO order_transitions (order_id, to_state, sort_key, most_recent) VALUES
    (1, 'packed', 10, false), (1, 'sent', 20, true), (3, 'packed', 10, true);
