import type { Policy, Relation, Trigger } from '../catalog.js';
import { optional, present } from '../collections.js';
import type { RawPolicy, RawTrigger } from '../raw-catalog.js';
import { columnNumbered } from '../raw-columns.js';
import { spellExpression } from '../spell-expression.js';
import { assignedToNew } from './assigned-to-new.js';
import type { RelationOwners } from './owners.js';

/** The triggers and policies of one relation; nothing where it has none. */
export function assembleReactions(id: number, owners: RelationOwners): Pick<Relation, 'triggers' | 'policies'> {
  const triggers = owners.triggers.get(id)?.map((raw) => assembleTrigger(raw, owners));
  return optional({ triggers, policies: owners.policies.get(id)?.map(assemblePolicy) });
}

/**
 * The bits of `tgtype`, in the order in which SQL lists events:
 * https://www.postgresql.org/docs/current/catalog-pg-trigger.html.
 */
const events = [
  [4, 'insert'],
  [16, 'update'],
  [8, 'delete'],
  [32, 'truncate'],
] as const;

function assembleTrigger(
  { rel, name, bits, columns, schema, condition, source, argument, ...raw }: RawTrigger,
  owners: RelationOwners,
): Trigger {
  const assigned = source === null ? [argument] : assignedToNew(source);
  const sets = owners.columns.get(rel)?.filter(({ name }) => assigned.includes(name)) ?? [];
  const named = present(columns.map((number) => columnNumbered(owners.columns.get(rel), number)?.name));
  return {
    name,
    timing: timingOf(bits),
    events: events.filter(([bit]) => (bits & bit) !== 0).map(([, event]) => event),
    ...(named.length > 0 ? { columns: named } : {}),
    level: (bits & 1) !== 0 ? 'row' : 'statement',
    function: { schema, name: raw.function },
    ...optional({ condition: condition === null ? undefined : spellExpression(condition) }),
    ...(sets.length > 0 ? { sets: sets.map((column) => column.name) } : {}),
    ...(raw.disabled ? { disabled: true as const } : {}),
  };
}

function timingOf(bits: number): Trigger['timing'] {
  if ((bits & 64) !== 0) return 'instead of';
  return (bits & 2) !== 0 ? 'before' : 'after';
}

const commands: { readonly [Letter in RawPolicy['command']]: Policy['command'] } = {
  '*': 'all',
  r: 'select',
  a: 'insert',
  w: 'update',
  d: 'delete',
};

function assemblePolicy({ name, command, permissive, roles, using, check }: RawPolicy): Policy {
  return {
    name,
    command: commands[command],
    ...optional({ roles }),
    ...(permissive ? {} : { restrictive: true as const }),
    ...optional({
      using: using === null ? undefined : spellExpression(using),
      check: check === null ? undefined : spellExpression(check),
    }),
  };
}
