/** The models of `test/cases/reads`, with each of their fields written by hand over a row of the table. */
import type { AliasedExpression, Expression, Kysely, SqlBool } from 'kysely';
import type { DB } from '../cases/reads/expected/db.js';
import { jobInState, jobNotInState, jobs, readJobs, returningJob } from '../cases/reads/expected/models/job.js';
import { lateJobs, readLateJobs } from '../cases/reads/expected/models/late-job.js';
import {
  parcelInState,
  parcelNotInState,
  parcels,
  readParcels,
  returningParcel,
} from '../cases/reads/expected/models/parcel.js';
import { people, readPeople, returningPerson } from '../cases/reads/expected/models/person.js';

export type Type = 'int' | 'text' | 'kind' | 'bool' | 'time' | 'number';

export interface Model {
  readonly table: string;
  readonly key: string;
  readonly alias: string;
  /** A text column that a test may write. */
  readonly written: string;
  readonly relation: (alias: string, fields?: readonly string[]) => AliasedExpression<unknown, string>;
  readonly read: (db: Kysely<DB>, fields: readonly string[], refine: (query: never) => never) => Promise<object[]>;
  readonly returning?: (...fields: readonly string[]) => unknown;
  readonly fields: readonly Field[];
  readonly machine?: Machine;
}

export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly byHand: (row: string) => string;
}

export interface Machine {
  readonly states: readonly string[];
  readonly inState: (...states: readonly string[]) => Condition;
  readonly notInState: (...states: readonly string[]) => Condition;
}

/** A state condition. Here, the compiler does not check its aliases. */
export interface Condition {
  (eb: unknown): Expression<SqlBool>;
  of(alias: string): Expression<SqlBool>;
  ofTable(): Expression<SqlBool>;
}

const field = (name: string, type: Type, byHand: string): Field => ({
  name,
  type,
  byHand: (row) => byHand.replaceAll('$', row),
});

const newest = 'from public.job_transitions h where h.job_id = $.job_id and h.most_recent';
const highest = 'select max(g.sort_key) from public.parcel_transitions g where g.parcel_id = $.parcel_id';

/** Gives a model's functions the common type that a test of all models needs. */
const untyped = (functions: object) => functions as Pick<Model, 'relation' | 'read'> & { returning?: never };

export const models: readonly Model[] = [
  {
    ...untyped({ relation: people, read: readPeople, returning: returningPerson }),
    table: 'people',
    key: 'person_id',
    alias: 'person',
    written: 'nick',
    fields: [
      field('personId', 'int', '$.person_id'),
      field('fullName', 'text', '$.full_name'),
      field('nickName', 'text', "coalesce($.nick, 'none')"),
      field('kind', 'kind', '$.kind'),
      field('level', 'int', 'coalesce($.rank, 0)'),
      field('managerId', 'int', '$.manager_id'),
      field('initials', 'text', 'left($.full_name, 1) || left($.nick, 1)'),
      field('jobCount', 'int', '(select count(*)::integer from public.jobs h where h.owner_id = $.person_id)'),
      field('isHigh', 'bool', '($.rank > 2)'),
    ],
  },
  {
    ...untyped({ relation: jobs, read: readJobs, returning: returningJob }),
    table: 'jobs',
    key: 'job_id',
    alias: 'job',
    written: 't',
    fields: [
      field('jobId', 'int', '$.job_id'),
      field('ownerId', 'int', 'coalesce($.owner_id, 0)'),
      field('title', 'text', '$.title'),
      field('retryCount', 'int', 'coalesce($.tries, 0)'),
      field('t', 'text', '$.t'),
      field('dueAt', 'time', '$.due_at'),
      field('state', 'text', `coalesce((select h.to_state ${newest}), 'new')`),
      field('stateChangedAt', 'time', `(select h.created_at ${newest})`),
      field('jobLabel', 'text', "($.t || ':' || $.title)"),
      field('text', 'text', "($.title || '-' || $.t)"),
    ],
    machine: {
      states: ['new', 'running', 'done'],
      inState: jobInState as Machine['inState'],
      notInState: jobNotInState as Machine['notInState'],
    },
  },
  {
    ...untyped({ relation: parcels, read: readParcels, returning: returningParcel }),
    table: 'parcels',
    key: 'parcel_id',
    alias: 'parcel',
    written: 's',
    fields: [
      field('parcelId', 'int', '$.parcel_id'),
      field('jobId', 'int', '$.job_id'),
      field('weight', 'number', '$.weight'),
      field('s', 'text', '$.s'),
      field(
        'state',
        'text',
        `(select h.to_state from public.parcel_transitions h where h.parcel_id = $.parcel_id and h.sort_key = (${highest}))`,
      ),
    ],
    machine: {
      states: ['packed', 'sent'],
      inState: parcelInState as Machine['inState'],
      notInState: parcelNotInState as Machine['notInState'],
    },
  },
  {
    ...untyped({ relation: lateJobs, read: readLateJobs }),
    table: 'late_jobs',
    key: 'job_id',
    alias: 'lateJob',
    written: 'title',
    fields: [field('jobId', 'int', '$.job_id'), field('title', 'text', '$.title'), field('dueAt', 'time', '$.due_at')],
  },
];

/**
 * Rows of every table: some without transitions, some with several, some with null wherever it is allowed. Equal
 * numbers are written alike, because a group shows any one of them.
 */
export const readRows = `
  insert into people (full_name, nick, kind, rank, manager_id) values
    ('Ada', null, 'staff', 3, null), ('Bob', 'b', 'guest', null, 1), ('Cy', 'none', 'staff', 0, 1),
    ('Di', null, 'guest', 2, 2), ('Ed', 'e', 'staff', 4, 5);
  insert into jobs (owner_id, title, tries, t, due_at) values
    (1, 'a', 0, 'x', '2025-06-01 10:00:00.5+00'), (null, 'b', null, 'y', '2025-06-07 10:00:00+02'), (2, null, 3, 'x', null),
    (2, 'a', null, null, '2025-06-01 10:00:00.5+00'), (3, 'c', 2, 't', '2025-06-04 10:00:00+00'), (null, null, null, null, null);
  insert into job_transitions (job_id, to_state, sort_key, most_recent, created_at) values
    (1, 'running', 10, false, '2025-06-02 00:00:00+00'), (1, 'done', 20, true, '2025-06-03 00:00:00+00'),
    (2, 'running', 10, true, '2025-06-02 00:00:00+00'), (3, 'running', 10, false, '2025-06-02 00:00:00+00'),
    (3, 'new', 20, true, '2025-06-08 00:00:00+00'), (5, 'done', 10, false, '2025-06-05 00:00:00+00');
  insert into parcels (job_id, weight, s) values
    (1, 1.5, 's'), (1, 1.5, null), (2, null, 'x'), (null, 2, 'new'), (5, 0, 'done');
  insert into parcel_transitions values (1, 'packed', 1), (1, 'sent', 2), (2, 'packed', 7), (4, 'sent', 1), (4, 'packed', 3);
`;
