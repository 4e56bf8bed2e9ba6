import { givesList, joinsArrays, keepsDimensions } from '../proofs/dimensions/array-functions.js';
import { listsOfValues, setsOfElements, setsOfOne, setsOfTwo } from '../proofs/nullability/set-functions.js';
import * as known from '../proofs/nullability/total-functions.js';
import { firstOwnOid } from './common.js';

const textArray = (names: readonly string[]) => `'{${names.map((name) => `"${name}"`).join(',')}}'::text[]`;

/**
 * A query that returns a row for each name, with what is known of that function. Joining such rows takes a tenth of the
 * time of a CASE over every function of the server.
 */
const named = (kind: string, prokind: string, names: readonly string[]) =>
  `select unnest(${textArray(names)}) as name, '${kind}' as known, '${prokind}'::"char" as prokind`;

/** The same for plain functions, including those that return a set. */
const functions = (kind: string, names: readonly string[]) => named(kind, 'f', names);

/**
 * The built-in functions that proofs of nullability rely on, with what `nullability/total-functions.ts` and
 * `set-functions.ts` know of each. A bare name means every function with that name; a name with types, as
 * `oidvectortypes` prints them, means one. Added to them are the built-in functions that are not strict, and the other
 * functions that are.
 */
export const builtinsQuery = `select p.oid::int8 as id, case when f.known = 'total over plain types' then 'total' else f.known end as kind
from (
  ${[
    named('counts', 'a', known.countingAggregates),
    named('of values', 'a', known.aggregatesOfValues),
    named('of rows', 'a', known.aggregatesOfRows),
    named('ranking', 'w', known.rankingFunctions),
    named('of values', 'w', known.frameFunctions),
    functions('total', known.totalAlways),
    functions('total over plain types', known.totalOverPlainTypes),
    functions('total', known.totalSignatures),
    functions('null-proof', known.nullProofFunctions),
    functions('of first', known.functionsOfFirst),
    functions('of growing fields', known.functionsOfField),
    functions('of built-in types', known.totalOverBuiltinTypes),
    functions('first column', setsOfOne),
    functions('two columns', setsOfTwo),
    functions('elements', setsOfElements),
    functions('gives elements', listsOfValues),
  ].join('\n  union all ')}
) f join pg_proc p on p.proname = split_part(f.name, '(', 1)::name and p.prokind = f.prokind
where p.pronamespace = 'pg_catalog'::regnamespace
  and (p.prokind <> 'f' or p.proretset = (f.known in ('first column', 'two columns', 'elements')))
  and (f.name not like '%(%' or replace(f.name, ' ', '') = replace(p.proname || '(' || oidvectortypes(p.proargtypes) || ')', ' ', ''))
  and (f.known <> 'total over plain types' or p.proargtypes::oid[] <@ array(select oid from pg_type where typnamespace = 'pg_catalog'::regnamespace and typname = any(${textArray(known.plainTypes)})))
union all select p.oid::int8, 'steady' from pg_proc p
where p.pronamespace = 'pg_catalog'::regnamespace and p.provolatile = 'i' and p.proname = any(${textArray(known.partialFunctions)}::name[])
union all select p.oid::int8, case when p.oid < ${firstOwnOid} then 'not strict' else 'strict' end from pg_proc p
where p.prokind = 'f' and not p.proretset and p.proisstrict = (p.oid >= ${firstOwnOid})`;

/** Query for what proofs of dimensions rely on: the array types that every new database has, and built-in functions. */
export const arraysQuery = `select t.oid::int8 as id, 'type' as kind from pg_type t where t.oid < ${firstOwnOid} and t.typcategory = 'A'
union all select p.oid::int8, case when f.name <> 'array_agg' then f.known when p.proargtypes[0] = 'anyarray'::regtype then 'nested' else 'list' end
from (
  ${[named('list', 'a', ['array_agg']), named('list', 'f', givesList), named('first', 'f', keepsDimensions), named('all', 'f', joinsArrays)].join('\n  union all ')}
) f join pg_proc p on p.proname = f.name::name
where p.pronamespace = 'pg_catalog'::regnamespace`;
