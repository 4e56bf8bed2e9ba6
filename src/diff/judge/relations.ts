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

const comment = () => safe('has a new comment', 'comments do not affect code');

export const schemaJudges: Judges<'schema'> = {
  'schema-added': () => safe('was added', 'nothing uses it yet'),
  'schema-removed': () => safe('was removed', 'its contents are reported separately'),
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
    safe(`changed from ${change.before} to ${change.after}`, 'what can no longer be written is reported separately'),
  'relation-writable': ({ before, after }) => {
    const lost = before.filter((axis) => !after.includes(axis));
    const gained = after.filter((axis) => !before.includes(axis));
    return breakingOr(
      lost,
      `no longer takes ${lost.join(' or ')}`,
      'the database refuses it',
      safe(`takes ${gained.join(' and ')} now`, 'existing code keeps working'),
    );
  },
  'relation-row-security': ({ after }) =>
    after
      ? dangerous('now has row-level security', 'its policies may hide rows and refuse writes')
      : dangerous('no longer has row-level security', 'whoever may read it can read every row'),
  'relation-inherited': ({ after }) =>
    after
      ? dangerous(
          'now has tables that inherit from it',
          'reading it also finds rows of those tables, for which its keys do not hold',
        )
      : dangerous('no longer has tables that inherit from it', 'reading it finds only its own rows'),
  'relation-parents': ({ before, after }) =>
    safe(
      `changed its parents: ${fromTo({ before: before.join(', ') || undefined, after: after.join(', ') || undefined })}`,
      'its columns are reported separately',
    ),
  'relation-partition-key': (change) => {
    const says = `changed its partition key: ${fromTo(change)}`;
    return change.after === undefined
      ? safe(says, 'it takes any row')
      : dangerous(says, 'a row that no partition takes is refused');
  },
  'relation-partition-bound': (change) =>
    dangerous(`takes other rows: ${fromTo(change)}`, 'a row that no partition takes is refused'),
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
      return dangerousUnless(harmless, `gained the primary key (${after?.join(', ')})`, uniqueness);
    if (after === undefined) return dangerousUnless(harmless, 'lost its primary key', conflict);
    const says = `changed its primary key: (${before.join(', ')}) → (${after.join(', ')})`;
    return dangerousUnless(harmless, says, conflict);
  },
  'unique-added': ({ columns, harmless }) =>
    dangerousUnless(harmless, `is now unique by (${columns.join(', ')})`, uniqueness),
  'unique-removed': ({ columns, harmless }) =>
    dangerousUnless(harmless, `is no longer unique by (${columns.join(', ')})`, conflict),
  'foreign-key-added': ({ columns, references, harmless }) =>
    dangerousUnless(
      harmless,
      `(${columns.join(', ')}) references ${references} now`,
      'rows that reference nothing are refused, and so is deleting a referenced row',
    ),
  'foreign-key-removed': ({ columns, references }) =>
    safe(`(${columns.join(', ')}) no longer references ${references}`, 'existing code keeps working'),
  'foreign-key-changed': (change) =>
    dangerousUnless(
      change.harmless,
      `${change.name} changed its actions: ${fromTo(change)}`,
      'deleting or updating the referenced row has another effect',
    ),
  'foreign-key-guarantee': ({ columns, after }) => {
    const over = `over (${columns.join(', ')})`;
    return after === undefined
      ? safe(`now always has a row ${over}`, 'existing reads still fit')
      : breaking(['select'], `may now have no row ${over}`, `the relation may read as null: ${after}`);
  },
  'check-added': ({ name, expression, harmless }) =>
    dangerousUnless(harmless, `gained the check ${name}: ${shown(expression)}`, uniqueness),
  'check-removed': ({ name }) => safe(`lost the check ${name}`, 'existing code keeps working'),
  'check-changed': (change) => dangerous(`changed the check ${change.name}: ${fromTo(change)}`, uniqueness),
  'constraint-renamed': (change) =>
    safe(`renamed a constraint: ${fromTo(change)}`, 'only code that looks for the name in errors is affected'),
  'index-added': ({ name, unique, harmless }) =>
    unique
      ? dangerousUnless(harmless, `gained the unique index ${name}`, uniqueness)
      : safe(`gained the index ${name}`, 'an index does not change results'),
  'index-removed': ({ name, unique, harmless }) =>
    unique
      ? dangerousUnless(harmless, `lost the unique index ${name}`, conflict)
      : safe(`lost the index ${name}`, 'an index does not change results'),
  'index-changed': (change) => {
    const says = `changed the index ${change.name}: ${fromTo(change)}`;
    return change.unique ? dangerous(says, uniqueness) : safe(says, 'an index does not change results');
  },
};
