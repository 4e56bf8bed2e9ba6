import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Files next to a migration that tell some tools to run it without a transaction, by the layout's name. */
const settings: { readonly [layout: string]: { readonly file: (migration: string) => string; readonly none: RegExp } } =
  {
    // https://documentation.red-gate.com/flyway/reference/script-configuration
    Flyway: {
      file: (migration) => `${migration}.conf`,
      none: /^\s*(?:flyway\.)?executeInTransaction\s*=\s*false\s*$/im,
    },
    // https://docs.diesel.rs/master/diesel_migrations/
    Diesel: {
      file: (migration) => join(dirname(migration), 'metadata.toml'),
      none: /^\s*run_in_transaction\s*=\s*false\b/m,
    },
  };

/** Whether a file next to a migration says that it runs without a transaction. */
export async function isSetToNoTransaction(layout: string | undefined, migration: string): Promise<boolean> {
  const known = layout === undefined ? undefined : settings[layout];
  if (!known) return false;
  return known.none.test(await readFile(known.file(migration), 'utf8').catch(() => ''));
}
