import type { Relation } from '../catalog/catalog.js';
import { policyText, triggerText } from '../report/reaction-text.js';
import type { ReactionEntry } from './page.js';

/** What the database does when rows of a relation are read or written: its triggers and policies. */
export function reactionEntries({ triggers = [], policies = [] }: Relation): ReactionEntry[] {
  return [
    ...triggers.map((trigger) => ({ kind: 'trigger', name: trigger.name, text: triggerText(trigger) }) as const),
    ...policies.map((policy) => ({ kind: 'policy', name: policy.name, text: policyText(policy) }) as const),
  ];
}
