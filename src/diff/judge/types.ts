import { all, breaking, dangerous, fromTo, type Judges, judgeValues, renamed, safe, shown } from './judgement.js';

const added = () => safe('was added', 'nothing uses it yet');
const used = 'the columns of the type are told on their own';

export const typeJudges: Judges<'enum' | 'domain' | 'composite' | 'range' | 'base-type' | 'type'> = {
  'enum-added': added,
  'enum-removed': () => breaking(all, 'was removed', 'its union and its list of values are gone'),
  'enum-renamed': (change) => {
    const { says, why } = renamed(change);
    return breaking(all, says, why);
  },
  'enum-label-added': ({ label }) => dangerous(`got the value '${label}'`, 'a switch over the union does not know it'),
  'enum-label-removed': ({ label }) =>
    breaking(['insert', 'update'], `lost the value '${label}'`, 'writing it is refused, and so is comparing with it'),
  'enum-labels-reordered': ({ before, after }) =>
    dangerous(
      `has its values in another order: ${before.join(', ')} → ${after.join(', ')}`,
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
        why: 'the TypeScript type of its columns is another one',
      };
    return danger === undefined ? safe(says, 'every value still fits') : dangerous(says, danger);
  },
  'domain-nullability': ({ after }) =>
    after === 'NOT NULL'
      ? breaking(['insert', 'update'], 'became NOT NULL', 'null is refused in its columns')
      : breaking(['select'], 'lost its NOT NULL', 'null may be read from its columns'),
  'domain-default': ({ before, after }) =>
    before === undefined
      ? safe(`got the default ${shown(after)}`, 'an insert may leave its columns out')
      : dangerous(
          `has another default: ${fromTo({ before, after })}`,
          'an insert that leaves its columns out stores another value',
        ),
  'domain-values': (change) => judgeValues(change, ['insert', 'update']),
  'domain-check': ({ before, after }) => {
    const lost = after.every((check) => before.includes(check));
    const says = `has other checks: ${fromTo({ before: before.join(', ') || undefined, after: after.join(', ') || undefined })}`;
    return lost ? safe(says, 'nothing that worked fails') : dangerous(says, 'values that were accepted may be refused');
  },
  'composite-added': added,
  'composite-removed': () => safe('was removed', used),
  'composite-attributes': ({ before, after }) =>
    dangerous(
      `has other attributes: (${before.join(', ')}) → (${after.join(', ')})`,
      'its values read as text of another shape, and are written so',
    ),
  'range-added': added,
  'range-removed': () => safe('was removed', used),
  'range-subtype': (change) => dangerous(`ranges over another type: ${fromTo(change)}`, 'its bounds are other values'),
  'base-type-added': added,
  'base-type-removed': () => safe('was removed', used),
  'base-type-extension': (change) => safe(`comes from another extension: ${fromTo(change)}`, 'it has the same name'),
  'type-comment': () => safe('has another comment', 'a comment is no code'),
};

export const functionJudges: Judges<'function'> = {
  'function-added': added,
  'function-removed': () => breaking(['select'], 'was removed', 'a call of it fails'),
  'function-signature': ({ before, after, compatible }) => {
    const says = `changed: ${fromTo({ before, after })}`;
    return compatible
      ? safe(says, 'every call from before still works')
      : breaking(['select'], says, 'a call from before fails, or gives another type');
  },
  'function-behaviour': (change) =>
    dangerous(`behaves otherwise: ${fromTo(change)}`, 'it is evaluated at other times, or gives null where it did not'),
  'function-comment': () => safe('has another comment', 'a comment is no code'),
};

export const computedJudges: Judges<'computed'> = {
  'computed-added': added,
  'computed-removed': () => breaking(['select'], 'was removed', 'a query that names it does not compile'),
  'computed-type': ({ before, after, breaks }) => {
    const says = `changed its type: ${fromTo({ before, after })}`;
    return breaks.length > 0
      ? breaking(breaks, says, 'the TypeScript type is another one')
      : safe(says, 'the TypeScript type is the same');
  },
  'computed-nullability': ({ after }) =>
    after === 'NOT NULL'
      ? safe('is never null now', 'what is read fits')
      : breaking(['select'], 'may be null now', 'null may be read'),
  'computed-values': (change) => judgeValues(change, []),
  'computed-sql': () => dangerous('is computed by another expression', 'it may give other values'),
};
