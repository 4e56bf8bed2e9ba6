import {
  all,
  breaking,
  breakingOr,
  dangerous,
  fromTo,
  type Judgement,
  type Judges,
  renamed,
  safe,
  shown,
} from './judgement.js';

const comment = () => safe('has another comment', 'a comment is no code');

export const schemaJudges: Judges<'schema'> = {
  'schema-added': () => safe('was added', 'nothing uses it yet'),
  'schema-removed': () => safe('was removed', 'what was in it is told on its own'),
  'schema-comment': comment,
};

export const relationJudges: Judges<'relation'> = {
  'relation-added': ({ kind }) => safe(`was added (${kind})`, 'nothing uses it yet'),
  'relation-removed': ({ kind }) => breaking(all, `was removed (${kind})`, 'every query on it fails'),
  'relation-renamed': (change) => {
    const { says, why } = renamed(change);
    return breaking(all, says, why);
  },
  'relation-kind': (change) =>
    safe(`changed from ${change.before} to ${change.after}`, 'what can no longer be written is told on its own'),
  'relation-writable': ({ before, after }) => {
    const lost = before.filter((axis) => !after.includes(axis));
    const gained = after.filter((axis) => !before.includes(axis));
    return breakingOr(
      lost,
      `no longer takes ${lost.join(' or ')}`,
      'the database refuses it',
      safe(`takes ${gained.join(' and ')} now`, 'nothing that worked fails'),
    );
  },
  'relation-row-security': ({ after }) =>
    after
      ? dangerous('has row-level security now', 'its policies may hide rows, and refuse writes')
      : dangerous('no longer has row-level security', 'whoever may read it reads every row'),
  'relation-inherited': ({ after }) =>
    after
      ? dangerous(
          'is inherited from now',
          'reading it finds the rows of other tables too, for which its keys do not hold',
        )
      : dangerous('is no longer inherited from', 'reading it finds its own rows alone'),
  'relation-parents': ({ before, after }) =>
    safe(
      `has other parents: ${fromTo({ before: before.join(', ') || undefined, after: after.join(', ') || undefined })}`,
      'its own columns are told on their own',
    ),
  'relation-comment': comment,
};

/** Dangerous, unless the comparison found out why it is not. */
function dangerousUnless(harmless: string | undefined, says: string, why: string): Judgement {
  return harmless === undefined ? dangerous(says, why) : safe(says, harmless);
}

const uniqueness = 'rows that were accepted may be refused';
const conflict = '`on conflict` on these columns fails, and a query may find more than one row';

export const keyJudges: Judges<'primary-key' | 'unique' | 'foreign-key' | 'check' | 'constraint' | 'index'> = {
  'primary-key-changed': ({ before, after, harmless }) => {
    if (before === undefined)
      return dangerousUnless(harmless, `got the primary key (${after?.join(', ')})`, uniqueness);
    if (after === undefined) return dangerousUnless(harmless, 'lost its primary key', conflict);
    const says = `has another primary key: (${before.join(', ')}) → (${after.join(', ')})`;
    return dangerousUnless(harmless, says, conflict);
  },
  'unique-added': ({ columns, harmless }) =>
    dangerousUnless(harmless, `is unique by (${columns.join(', ')}) now`, uniqueness),
  'unique-removed': ({ columns, harmless }) =>
    dangerousUnless(harmless, `no longer is unique by (${columns.join(', ')})`, conflict),
  'foreign-key-added': ({ columns, references, harmless }) =>
    dangerousUnless(
      harmless,
      `(${columns.join(', ')}) references ${references} now`,
      'rows without that other row are refused, and so is deleting it',
    ),
  'foreign-key-removed': ({ columns, references }) =>
    safe(`(${columns.join(', ')}) no longer references ${references}`, 'nothing that worked fails'),
  'foreign-key-changed': (change) =>
    dangerousUnless(
      change.harmless,
      `${change.name} acts otherwise: ${fromTo(change)}`,
      'deleting or updating the other row does something else',
    ),
  'foreign-key-guarantee': ({ columns, after }) => {
    const over = `over (${columns.join(', ')})`;
    return after === undefined
      ? safe(`always has a row ${over} now`, 'what is read fits')
      : breaking(['select'], `may have no row ${over} now`, `null may be read for the relation: ${after}`);
  },
  'check-added': ({ name, expression, harmless }) =>
    dangerousUnless(harmless, `got the check ${name}: ${shown(expression)}`, uniqueness),
  'check-removed': ({ name }) => safe(`lost the check ${name}`, 'nothing that worked fails'),
  'check-changed': (change) => dangerous(`has another check ${change.name}: ${fromTo(change)}`, uniqueness),
  'constraint-renamed': (change) =>
    safe(`calls a constraint otherwise: ${fromTo(change)}`, 'only code that looks for the name in an error sees it'),
  'index-added': ({ name, unique, harmless }) =>
    unique
      ? dangerousUnless(harmless, `got the unique index ${name}`, uniqueness)
      : safe(`got the index ${name}`, 'an index changes no result'),
  'index-removed': ({ name, unique, harmless }) =>
    unique
      ? dangerousUnless(harmless, `lost the unique index ${name}`, conflict)
      : safe(`lost the index ${name}`, 'an index changes no result'),
  'index-changed': (change) => {
    const says = `has another index ${change.name}: ${fromTo(change)}`;
    return change.unique ? dangerous(says, uniqueness) : safe(says, 'an index changes no result');
  },
};
