-- 1. While the program still changes the column: the table, what is known of each row, and every change from now on.
CREATE TABLE order_transitions (
  order_transition_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
  to_state order_status NOT NULL,
  sort_key integer NOT NULL,
  most_recent boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (order_id, sort_key)
);
CREATE UNIQUE INDEX ON order_transitions (order_id) WHERE most_recent;
CREATE INDEX ON order_transitions (to_state, order_id) WHERE most_recent;

CREATE FUNCTION record_order_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE order_transitions SET most_recent = false WHERE order_id = NEW.order_id AND most_recent;
  INSERT INTO order_transitions (order_id, to_state, sort_key, most_recent)
  SELECT NEW.order_id, NEW.status, coalesce(max(sort_key), 0) + 10, true
  FROM order_transitions WHERE order_id = NEW.order_id;
  RETURN NULL;
END
$$;
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
CREATE TRIGGER record_status AFTER UPDATE OF status ON orders
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION record_order_status();
INSERT INTO order_transitions (order_id, to_state, sort_key, most_recent, created_at)
SELECT order_id, status, 10, true, updated_at FROM orders WHERE status <> 'draft';

-- 2. When no program changes the column any more.
DROP TRIGGER record_status ON orders;
DROP FUNCTION record_order_status;
ALTER TABLE orders DROP COLUMN status CASCADE;
