-- Articles that are written, reviewed and published: what the recipes run on.
CREATE TABLE articles (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  title text NOT NULL,
  metadata jsonb NOT NULL DEFAULT '{}',
  lock_version integer NOT NULL DEFAULT 0,
  deleted_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON articles USING gin (metadata jsonb_path_ops);

CREATE FUNCTION next_lock_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.lock_version := OLD.lock_version + 1;
  RETURN NEW;
END $$;
CREATE TRIGGER next_lock_version BEFORE UPDATE ON articles FOR EACH ROW EXECUTE FUNCTION next_lock_version();

CREATE VIEW current_articles AS SELECT * FROM articles WHERE deleted_at IS NULL;

CREATE TABLE comments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  article_id bigint NOT NULL REFERENCES articles ON DELETE CASCADE,
  text text NOT NULL,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON comments (article_id, written_at);

CREATE TABLE article_transitions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  article_id bigint NOT NULL REFERENCES articles ON DELETE CASCADE,
  to_state text NOT NULL CHECK (to_state IN ('draft', 'review', 'published')),
  most_recent boolean NOT NULL,
  actor text NOT NULL CHECK (actor <> ''),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX ON article_transitions (article_id) WHERE most_recent;
CREATE INDEX ON article_transitions (to_state, article_id) WHERE most_recent;

CREATE TABLE outbox_messages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz
);
CREATE INDEX ON outbox_messages (id) WHERE sent_at IS NULL;
