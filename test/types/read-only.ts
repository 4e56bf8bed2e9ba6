/**
 * A relation that nobody can write refuses every row; a column called like a method of every object has another name.
 */
import type { Insertable, Kysely, Updateable } from 'kysely';
import { toClassUpdate } from '../cases/names/expected/models/class.js';
import type { AccountSnapshotsTable, DB } from '../cases/views/expected/db.js';

declare const db: Kysely<DB>;

// @ts-expect-error a materialized view takes no rows
export const inserted: Insertable<AccountSnapshotsTable> = { id: '1' };
// @ts-expect-error and changes none
export const updated: Updateable<AccountSnapshotsTable> = { name: 'n' };
// @ts-expect-error not through the builder either
db.insertInto('account_snapshots').values({ id: '1' });
// @ts-expect-error nor with a column that it does not have
db.insertInto('account_snapshots').values({ nonsense: 3 });
toClassUpdate({ constructor_: 'c' });
