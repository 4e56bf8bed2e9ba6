/** Size of a generated schema, which is given by its number of tables. */
export interface SchemaSize {
  readonly tables: number;
  /** Seed of the random numbers; the same seed gives the same schema. */
  readonly seed?: number;
}

const words = [
  'account',
  'invoice',
  'payment',
  'order',
  'item',
  'product',
  'shipment',
  'address',
  'contact',
  'message',
  'ticket',
  'project',
  'task',
  'report',
  'event',
  'session',
];

const columnTypes = [
  ['text', "DEFAULT ''"],
  ['integer', 'DEFAULT 0'],
  ['boolean', 'DEFAULT false'],
  ['timestamptz', 'DEFAULT now()'],
  ['numeric(12,2)', 'DEFAULT 0'],
  ['jsonb', "DEFAULT '{}'"],
  ['uuid', 'DEFAULT gen_random_uuid()'],
  ['varchar(120)', "DEFAULT ''"],
  ['date', 'DEFAULT current_date'],
  ['bigint', 'DEFAULT 0'],
  ['text[]', "DEFAULT '{}'"],
  ['double precision', 'DEFAULT 0'],
] as const;

/**
 * Statements of a generated schema. Its tables have 12 columns: an identity key, up to two foreign keys to earlier
 * tables, an enum, a domain, and columns of everyday types, some with defaults and comments; an enum and a domain for
 * every 20 tables, a view for every 10. The statements come in pieces of 500 tables, because a transaction locks every
 * table it makes.
 */
export function* schemaStatements({ tables, seed = 1 }: SchemaSize): Generator<string> {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const groups = Math.max(1, Math.ceil(tables / 20));
  yield Array.from(
    { length: groups },
    (_, index) =>
      `CREATE TYPE status_${index} AS ENUM ('new', 'open', 'done', 'cancelled');\nCREATE DOMAIN amount_${index} AS numeric(12,2) CHECK (VALUE >= 0);`,
  ).join('\n');
  const names = Array.from(
    { length: tables },
    (_, index) => `${words[index % words.length]}_${words[Math.floor(index / words.length) % words.length]}_${index}`,
  );
  let piece: string[] = [];
  for (const [index, name] of names.entries()) {
    piece.push(table(index, name, { names, groups, random, pick }));
    if (index % 10 === 9)
      piece.push(
        `CREATE VIEW ${name}_summary AS SELECT t.id, t.status, coalesce(t.label, '') AS label, t.amount * 2 AS doubled FROM ${name} t;`,
      );
    if (piece.length < 500) continue;
    yield piece.join('\n');
    piece = [];
  }
  yield piece.join('\n');
}

/** Facts that all tables of a schema share. */
interface TableScope {
  readonly names: readonly string[];
  /** How many enums and domains there are; a table uses those of its group. */
  readonly groups: number;
  readonly random: () => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

function table(index: number, name: string, { names, groups, random, pick }: TableScope): string {
  const references = Array.from(
    { length: Math.min(2, index) },
    (_, key) =>
      `  parent_${key}_id bigint${key === 0 ? ' NOT NULL' : ''} REFERENCES ${names[Math.floor(random() * index)]}`,
  );
  const columns = [
    '  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
    ...references,
    `  status status_${index % groups} NOT NULL DEFAULT 'new'`,
    `  amount amount_${index % groups}`,
    '  label text',
  ];
  while (columns.length < 12) {
    const [type, value] = pick(columnTypes);
    columns.push(
      `  column_${columns.length} ${type}${random() < 0.5 ? ' NOT NULL' : ''}${random() < 0.5 ? ` ${value}` : ''}`,
    );
  }
  const comments = [
    `COMMENT ON TABLE ${name} IS 'Rows of kind ${index}.';`,
    `COMMENT ON COLUMN ${name}.label IS 'What people call it.';`,
  ];
  return `CREATE TABLE ${name} (\n${columns.join(',\n')}\n);\n${comments.join('\n')}`;
}

/** Mulberry32: a small generator whose numbers are the same everywhere. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
