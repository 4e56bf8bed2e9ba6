import { givesList, joinsArrays, keepsDimensions } from '../proofs/dimensions/array-functions.js';
import {
  aggregatesOfRows,
  aggregatesOfValues,
  countingAggregates,
  plainTypes,
  rankingFunctions,
  totalAlways,
  totalOverPlainTypes,
} from '../proofs/nullability/total-functions.js';
import { firstOwnOid } from './common.js';

const textArray = (names: readonly string[]) => `'{${names.join(',')}}'::text[]`;

/**
 * A query for one row for each name, with what is known of that function. A join with such rows takes a tenth of the
 * time of a CASE over every function of the server.
 */
const named = (known: string, prokind: string, names: readonly string[]) =>
  `select unnest(${textArray(names)})::name as name, '${known}' as known, '${prokind}'::"char" as prokind`;

/**
 * The built-in functions that proofs of nullability rely on, each with what `nullability/total-functions.ts` knows of
 * it.
 */
export const builtinsQuery = `select p.oid::int8 as id, case f.known when 'total over plain types' then 'total' else f.known end as kind
from (
  ${[
    named('counts', 'a', countingAggregates),
    named('of values', 'a', aggregatesOfValues),
    named('of rows', 'a', aggregatesOfRows),
    named('ranking', 'w', rankingFunctions),
    named('total', 'f', totalAlways),
    named('total over plain types', 'f', totalOverPlainTypes),
  ].join('\n  union all ')}
) f join pg_proc p on p.proname = f.name and p.prokind = f.prokind
where p.pronamespace = 'pg_catalog'::regnamespace and (p.prokind <> 'f' or not p.proretset)
  and (f.known <> 'total over plain types' or p.proargtypes::oid[] <@ array(select oid from pg_type where typnamespace = 'pg_catalog'::regnamespace and typname = any(${textArray(plainTypes)})))`;

/** Query for what proofs of dimensions rely on: the array types of every new database, and built-in functions. */
export const arraysQuery = `select t.oid::int8 as id, 'type' as kind from pg_type t where t.oid < ${firstOwnOid} and t.typcategory = 'A'
union all select p.oid::int8, case when f.name <> 'array_agg' then f.known when p.proargtypes[0] = 'anyarray'::regtype then 'nested' else 'list' end
from (
  ${[named('list', 'a', ['array_agg']), named('list', 'f', givesList), named('first', 'f', keepsDimensions), named('all', 'f', joinsArrays)].join('\n  union all ')}
) f join pg_proc p on p.proname = f.name
where p.pronamespace = 'pg_catalog'::regnamespace`;
