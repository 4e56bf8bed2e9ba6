import { all, breaking, dangerous, fromTo, type Judges, judgeValues, renamed, safe, shown } from './judgement.js';

const added = () => safe('was added', 'nothing uses it yet');
const used = 'columns of the type are reported separately';

export const typeJudges: Judges<'enum' | 'domain' | 'composite' | 'range' | 'base-type' | 'type'> = {
  'enum-added': added,
  'enum-removed': () => breaking(all, 'was removed', 'its union and its list of values no longer exist'),
  'enum-renamed': (change) => {
    const { says, why } = renamed(change);
    return breaking(all, says, why);
  },
  'enum-label-added': ({ label }) =>
    dangerous(`gained the value '${label}'`, 'a switch over the union does not handle it'),
  'enum-label-removed': ({ label }) =>
    breaking(['insert', 'update'], `lost the value '${label}'`, 'writing it is refused, and so is comparing with it'),
  'enum-labels-reordered': ({ before, after }) =>
    dangerous(
      `changed the order of its values: ${before.join(', ')} → ${after.join(', ')}`,
      '`order by` and `<` follow that order',
    ),
  'domain-added': added,
  'domain-removed': () => safe('was removed', used),
  'domain-type': ({ before, after, breaks, danger }) => {
    const says = `changed its type: ${fromTo({ before, after })}`;
    if (breaks.length > 0)
      return {
        breaks,
        dangerous: danger !== undefined,
        says,
        why: 'the TypeScript type of its columns changed',
      };
    return danger === undefined ? safe(says, 'every value still fits') : dangerous(says, danger);
  },
  'domain-nullability': ({ after }) =>
    after === 'NOT NULL'
      ? breaking(['insert', 'update'], 'became NOT NULL', 'null is refused in its columns')
      : breaking(['select'], 'lost its NOT NULL', 'its columns may read as null'),
  'domain-default': ({ before, after }) =>
    before === undefined
      ? safe(`gained the default ${shown(after)}`, 'an insert may leave its columns out')
      : dangerous(
          `changed its default: ${fromTo({ before, after })}`,
          'an insert that leaves its columns out stores a different value',
        ),
  'domain-values': (change) => judgeValues(change, ['insert', 'update']),
  'domain-check': ({ before, after }) => {
    const lost = after.every((check) => before.includes(check));
    const says = `changed its checks: ${fromTo({ before: before.join(', ') || undefined, after: after.join(', ') || undefined })}`;
    return lost
      ? safe(says, 'existing code keeps working')
      : dangerous(says, 'values that were accepted may be refused');
  },
  'composite-added': added,
  'composite-removed': () => safe('was removed', used),
  'composite-attributes': ({ before, after }) =>
    dangerous(
      `changed its attributes: (${before.join(', ')}) → (${after.join(', ')})`,
      'its values are read and written as text of a different shape',
    ),
  'range-added': added,
  'range-removed': () => safe('was removed', used),
  'range-subtype': (change) => dangerous(`changed its subtype: ${fromTo(change)}`, 'its bounds have another type'),
  'base-type-added': added,
  'base-type-removed': () => safe('was removed', used),
  'base-type-extension': (change) => safe(`moved to another extension: ${fromTo(change)}`, 'it has the same name'),
  'type-comment': () => safe('has a new comment', 'comments do not affect code'),
};

export const functionJudges: Judges<'function'> = {
  'function-added': added,
  'function-removed': () => breaking(['select'], 'was removed', 'calls of it fail'),
  'function-signature': ({ before, after, compatible }) => {
    const says = `changed: ${fromTo({ before, after })}`;
    return compatible
      ? safe(says, 'existing calls still work')
      : breaking(['select'], says, 'existing calls fail or return another type');
  },
  'function-behaviour': (change) =>
    dangerous(
      `changed its behavior: ${fromTo(change)}`,
      'it is evaluated at other times, or returns null where it did not',
    ),
  'function-comment': () => safe('has a new comment', 'comments do not affect code'),
};

export const computedJudges: Judges<'computed'> = {
  'computed-added': added,
  'computed-removed': () => breaking(['select'], 'was removed', 'queries that use it do not compile'),
  'computed-type': ({ before, after, breaks }) => {
    const says = `changed its type: ${fromTo({ before, after })}`;
    return breaks.length > 0
      ? breaking(breaks, says, 'the TypeScript type changed')
      : safe(says, 'the TypeScript type is the same');
  },
  'computed-nullability': ({ after }) =>
    after === 'NOT NULL'
      ? safe('is now never null', 'existing reads still fit')
      : breaking(['select'], 'may now be null', 'it may read as null'),
  'computed-values': (change) => judgeValues(change, []),
  'computed-sql': () => dangerous('changed its expression', 'it may return other values'),
};
