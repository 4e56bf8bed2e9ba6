import type { ChangeOf, Rule } from './change.js';
import { columnJudges } from './judge/columns.js';
import type { Judgement } from './judge/judgement.js';
import { nameJudges } from './judge/names.js';
import { queryJudges } from './judge/queries.js';
import { reactionJudges } from './judge/reactions.js';
import { keyJudges, relationJudges, schemaJudges } from './judge/relations.js';
import { computedJudges, functionJudges, typeJudges } from './judge/types.js';

/** The judge of each rule. A rule without one does not compile. */
const judges: { readonly [R in Rule]: (change: ChangeOf<R>) => Judgement } = {
  ...schemaJudges,
  ...relationJudges,
  ...keyJudges,
  ...reactionJudges,
  ...columnJudges,
  ...typeJudges,
  ...functionJudges,
  ...computedJudges,
  ...queryJudges,
  ...nameJudges,
};

/** What a change means for code. */
export function judge<R extends Rule>(change: ChangeOf<R>): Judgement {
  const byRule: (change: ChangeOf<R>) => Judgement = judges[change.rule];
  return byRule(change);
}

/** A judgement in a few words: `breaks insert and update`, `dangerous`, `safe`. */
export function verdict({ breaks, dangerous }: Pick<Judgement, 'breaks' | 'dangerous'>): string {
  if (breaks.length === 0) return dangerous ? 'dangerous' : 'safe';
  const [last = '', ...others] = breaks.map((axis) => (axis === 'call' ? 'calls' : axis)).reverse();
  return `breaks ${others.length > 0 ? `${others.reverse().join(', ')} and ${last}` : last}`;
}
