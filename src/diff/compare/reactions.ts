import type { Policy, Relation, Trigger } from '../../catalog/catalog.js';
import { policyText, triggerText } from '../../report/reaction-text.js';
import type { Change } from '../change.js';
import type { RelationPair } from '../pair.js';
import { match } from './context.js';
import { conditionKey } from './same-sql.js';
import { renameIn } from './sql-words.js';

/** A trigger or policy, as it is compared and reported. */
interface Reaction {
  readonly name: string;
  readonly text: string;
  /** Why adding, changing or removing it changes nothing. */
  readonly harmless?: string;
}

/**
 * Compares the triggers and policies of a relation by their names. Of a trigger's function it compares which columns it
 * may set, because a catalog has no bodies of functions.
 */
export function compareReactions({ before, after, columns }: RelationPair): Change[] {
  const names = new Map(columns.map((column) => [column.before.name, column.after.name]));
  const policy = policyReader(before, after);
  const triggers = (before.triggers ?? []).map((trigger) => withNewNames(trigger, names)).map(triggerReaction);
  const policies = (before.policies ?? []).map((old) => withNewNames(old, names)).map(policy);
  return [
    ...changes('trigger', after, triggers, (after.triggers ?? []).map(triggerReaction)),
    ...changes('policy', after, policies, (after.policies ?? []).map(policy)),
  ];
}

function changes(
  kind: 'trigger' | 'policy',
  { schema, name }: Relation,
  before: readonly Reaction[],
  after: readonly Reaction[],
): Change[] {
  const relation = { schema, name };
  const { removed, added, paired } = match(before, after, (reaction) => reaction.name);
  const changed = paired.filter(([old, now]) => conditionKey(old.text) !== conditionKey(now.text));
  return [
    ...changed.map(([old, now]): Change => {
      const harmless = old.harmless === undefined ? {} : harmlessOf(now);
      return { rule: `${kind}-changed`, relation, name: now.name, before: old.text, after: now.text, ...harmless };
    }),
    ...added.map((reaction): Change => ({ rule: `${kind}-added`, relation, ...reaction })),
    ...removed.map((reaction): Change => ({ rule: `${kind}-removed`, relation, ...reaction })),
  ];
}

const harmlessOf = ({ harmless }: Reaction) => (harmless === undefined ? {} : { harmless });

function triggerReaction(trigger: Trigger): Reaction {
  const off = trigger.disabled ? { harmless: 'the trigger is disabled' } : {};
  return { name: trigger.name, text: triggerText(trigger), ...off };
}

/** Policies of a table matter while its row-level security is on. */
function policyReader(before: Relation, after: Relation): (policy: Policy) => Reaction {
  const off = after.rowSecurity ? undefined : 'row-level security is off';
  const harmless =
    off ?? (before.rowSecurity ? undefined : 'that row-level security was turned on is reported separately');
  return (policy) => ({
    name: policy.name,
    text: policyText(policy),
    ...(harmless === undefined ? {} : { harmless }),
  });
}

/** A trigger or policy as it reads after columns were renamed. */
function withNewNames<Item extends Partial<Trigger & Policy>>(item: Item, names: ReadonlyMap<string, string>): Item {
  const list = (columns: readonly string[] | undefined) => columns?.map((column) => names.get(column) ?? column);
  const expression = (sql: string | undefined) => (sql === undefined ? undefined : renameIn(sql, names));
  const { columns, sets, condition, using, check } = item;
  const renamed = {
    columns: list(columns),
    sets: list(sets),
    condition: expression(condition),
    using: expression(using),
    check: expression(check),
  };
  return { ...item, ...Object.fromEntries(Object.entries(renamed).filter(([, value]) => value !== undefined)) };
}
