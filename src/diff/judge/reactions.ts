import { dangerous, fromTo, type Judgement, type Judges, safe, shown } from './judgement.js';

const writes = 'writes may do something else, or be refused';
const rows = 'a role may see or write other rows';

/** Dangerous, unless the comparison found out why it is not. */
const judged = (harmless: string | undefined, says: string, why: string): Judgement =>
  harmless === undefined ? dangerous(says, why) : safe(says, harmless);

export const reactionJudges: Judges<'trigger' | 'policy'> = {
  'trigger-added': ({ name, text, harmless }) => judged(harmless, `gained the trigger ${name}: ${shown(text)}`, writes),
  'trigger-removed': ({ name, text, harmless }) => judged(harmless, `lost the trigger ${name}: ${shown(text)}`, writes),
  'trigger-changed': (change) =>
    judged(change.harmless, `changed the trigger ${change.name}: ${fromTo(change)}`, writes),
  'policy-added': ({ name, text, harmless }) => judged(harmless, `gained the policy ${name}: ${shown(text)}`, rows),
  'policy-removed': ({ name, text, harmless }) => judged(harmless, `lost the policy ${name}: ${shown(text)}`, rows),
  'policy-changed': (change) => judged(change.harmless, `changed the policy ${change.name}: ${fromTo(change)}`, rows),
};
