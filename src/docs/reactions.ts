import type { Policy, Relation, Trigger } from '../catalog/catalog.js';
import { shownName } from '../report/shown-name.js';
import type { ReactionEntry } from './page.js';

/** What the database does when rows of a relation are read or written: its triggers and policies. */
export function reactionEntries({ triggers = [], policies = [] }: Relation): ReactionEntry[] {
  return [
    ...triggers.map((trigger) => ({ kind: 'trigger', name: trigger.name, text: triggerText(trigger) }) as const),
    ...policies.map((policy) => ({ kind: 'policy', name: policy.name, text: policyText(policy) }) as const),
  ];
}

function triggerText(trigger: Trigger): string {
  const { timing, events, columns, level, condition, disabled } = trigger;
  const on = events.map((event) => (event === 'update' && columns ? `update of ${columns.join(', ')}` : event));
  const when = condition === undefined ? '' : ` when ${condition}`;
  const text = `${timing} ${on.join(' or ')}, for each ${level}${when}: ${shownName(trigger.function)}()`;
  return disabled ? `${text}, disabled` : text;
}

function policyText({ command, roles, restrictive, using, check }: Policy): string {
  return [
    ...(restrictive ? ['restrictive'] : []),
    `for ${command}`,
    ...(roles ? [`to ${roles.join(', ')}`] : []),
    ...(using === undefined ? [] : [`using ${using}`]),
    ...(check === undefined ? [] : [`with check ${check}`]),
  ].join(' ');
}
