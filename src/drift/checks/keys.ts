import type { Catalog, Relation } from '../../catalog/catalog.js';
import type { Declared, DeclaredEnum, DeclaredModel } from '../declared.js';
import type { Draft } from '../finding.js';
import { nearKey } from './near-keys.js';
import type { Pairing } from './pairing.js';

/** What a table has, as a name for messages and the lists of columns. */
type Lists = Readonly<Record<'primary key' | 'unique key' | 'foreign key' | 'index', readonly string[]>>;

/**
 * Findings for keys and indexes of a model that declares its table. A key that the code counts on and the table lacks
 * is an error: `ON CONFLICT` fails, and nothing keeps rows apart. A foreign key or an index that it lacks, and what
 * only the table has, are warnings.
 */
export function keyMismatches(pairing: Pairing): readonly Draft[] {
  const { model, relation, table } = pairing;
  if (!model.keys) return [];
  const declared = declaredLists(model, pairing);
  const there = relationLists(relation);
  return (Object.keys(there) as (keyof Lists)[]).flatMap((kind) => {
    const draft = (columns: string, severity: Draft['severity'], message: string): Draft => ({
      rule: 'key-mismatch',
      severity,
      table,
      model,
      kind: kind.replace(' ', '-'),
      subject: `${kind.replace(' ', '-')}(${columns})`,
      message,
    });
    // A primary key is unique, and a key has an index.
    const known = {
      ...there,
      'unique key': [...there['unique key'], ...there['primary key']],
      index: [...there.index, ...there['unique key'], ...there['primary key']],
    }[kind];
    return [
      ...declared[kind]
        .filter((columns) => !known.includes(columns))
        .map((columns) => {
          const near = kind === 'unique key' ? nearKey(relation, columns.split(', ')) : undefined;
          const isNeeded = kind !== 'index' && kind !== 'foreign key' && near === undefined;
          const instead = near === undefined ? '' : `: ${near} keeps its rows apart, but ON CONFLICT cannot use it so`;
          return draft(
            columns,
            isNeeded ? 'error' : 'warning',
            `${model.name} declares the ${kind} (${columns}), which ${table} does not have${instead}.`,
          );
        }),
      ...there[kind]
        .filter((columns) => !declared[kind].includes(columns) && !declared['primary key'].includes(columns))
        .map((columns) =>
          draft(
            columns,
            kind === 'index' ? 'info' : 'warning',
            `${table} has the ${kind} (${columns}), which ${model.name} does not declare.`,
          ),
        ),
    ];
  });
}

function declaredLists({ keys }: DeclaredModel, { exact }: Pairing): Lists {
  const columnOf = new Map(exact.map(({ column, field }) => [field.column?.name ?? field.name, column.name]));
  const spelled = (columns: readonly string[]) => columns.map((name) => columnOf.get(name) ?? name).join(', ');
  return {
    'primary key': keys?.primaryKey ? [spelled(keys.primaryKey)] : [],
    'unique key': (keys?.uniques ?? []).map(spelled),
    'foreign key': (keys?.foreignKeys ?? []).map(({ columns, table }) => `${spelled(columns)} to ${table}`),
    index: (keys?.indexes ?? []).map(spelled),
  };
}

function relationLists({ primaryKey, uniques, foreignKeys, indexes }: Relation): Lists {
  const plain = indexes.flatMap(({ columns, unique, predicate }) =>
    columns.some((column) => column === null) || predicate !== undefined
      ? []
      : [{ columns: columns.join(', '), unique }],
  );
  const of = (unique: boolean) => plain.filter((index) => index.unique === unique).map(({ columns }) => columns);
  return {
    'primary key': primaryKey ? [primaryKey.columns.join(', ')] : [],
    'unique key': [...new Set([...uniques.map(({ columns }) => columns.join(', ')), ...of(true)])],
    'foreign key': foreignKeys.map(({ columns, references }) => `${columns.join(', ')} to ${references.name}`),
    index: [...new Set(of(false))],
  };
}

/** Findings for enums that the code declares as those of the database. */
export function enumMismatches({ enums = [] }: Declared, catalog: Catalog): readonly Draft[] {
  return enums.flatMap((declared): readonly Draft[] => {
    const there = catalog.enums.find(
      ({ schema, name }) => name === declared.name && (declared.schema ?? schema) === schema,
    );
    if (!there) return declared.isUsed ? [enumDraft(declared, 'which the schema does not have')] : [];
    const extra = declared.labels.filter((label) => !there.labels.includes(label));
    const missing = there.labels.filter((label) => !declared.labels.includes(label));
    return [
      ...(extra.length > 0 ? [enumDraft(declared, `whose type has no ${extra.join(', ')}`)] : []),
      ...(missing.length > 0
        ? [enumDraft(declared, `whose type has ${missing.join(', ')} too: reading such a row fails or lies`)]
        : []),
    ];
  });
}

function enumDraft({ name, file, line, construct }: DeclaredEnum, problem: string): Draft {
  return {
    rule: 'enum-mismatch',
    severity: 'error',
    subject: `${name}/${/has no /.test(problem) ? 'extra' : 'missing'}`,
    file,
    line,
    message: `The ${construct} declares the enum ${name}, ${problem}.`,
  };
}
