import type { Catalog } from '../../catalog/catalog.js';
import { shownName } from '../../report/shown-name.js';
import type { Draft } from '../finding.js';
import type { MappedModel } from '../mapped-model.js';
import { plainName } from '../words.js';
import { columnFacts } from './fields.js';
import { isRequired } from './inserts.js';
import type { Context } from './pairing.js';

/** Findings for columns that an insert model lacks and an INSERT cannot leave out. */
export function insertMissingRequired(mapped: readonly MappedModel[], context: Context): readonly Draft[] {
  return mapped.flatMap(({ model, relation, status }) => {
    if (status !== 'insert' || !relation) return [];
    const own = model.fields.map(({ name, column }) => plainName(column?.name ?? name));
    const given = new Set([...own, ...(context.given.get(shownName(relation)) ?? [])]);
    return relation.columns
      .filter((column) => isRequired(relation, column) && !given.has(plainName(column.name)))
      .map((column) => ({
        rule: 'insert-missing-required',
        severity: 'error',
        table: shownName(relation),
        model,
        column: column.name,
        message: `${model.name} lacks ${shownName(relation)}.${column.name} (${columnFacts(column)}), which every INSERT must provide.`,
      }));
  });
}

/**
 * Findings for foreign keys whose type differs from the key's, such as a bigint that refers to an integer: most of its
 * values can never be a key, and every join converts.
 */
export function foreignKeyTypes({ relations }: Catalog, { readType }: Context): readonly Draft[] {
  const byName = new Map(relations.map((relation) => [JSON.stringify([relation.schema, relation.name]), relation]));
  return relations.flatMap((relation) =>
    relation.foreignKeys.flatMap(({ columns, references }) =>
      columns.flatMap((name, index): Draft[] => {
        const target = byName.get(JSON.stringify([references.schema, references.name]));
        const column = relation.columns.find((candidate) => candidate.name === name);
        const key = target?.columns.find((candidate) => candidate.name === references.columns[index]);
        if (!column || !key) return [];
        const [own, other] = [readType(column.type), readType(key.type)];
        if (own.name === other.name) return [];
        const to = `${shownName(references)}.${key.name}`;
        return [
          {
            rule: 'fk-type-mismatch',
            severity: 'warning',
            table: shownName(relation),
            column: name,
            message: `${shownName(relation)}.${name} is ${own.sql} and refers to ${to}, which is ${other.sql}.`,
            expected: other.sql,
          },
        ];
      }),
    ),
  );
}

/** Findings for JSON defaults that are a string with JSON inside: `'"{}"'::jsonb` is the text `{}`, not an object. */
export function suspiciousDefaults({ relations }: Catalog): readonly Draft[] {
  return relations.flatMap((relation) =>
    relation.columns.flatMap((column): Draft[] => {
      const literal = /^'((?:[^']|'')*)'::jsonb?$/.exec(column.default ?? '')?.[1]?.replaceAll("''", "'");
      const inside = literal === undefined ? undefined : jsonString(literal);
      if (inside === undefined || !/^\s*[{[]/.test(inside)) return [];
      return [
        {
          rule: 'suspicious-default',
          severity: 'warning',
          table: shownName(relation),
          column: column.name,
          message: `The default of ${shownName(relation)}.${column.name} is the JSON string ${literal} instead of ${inside}: it was quoted twice.`,
          expected: `'${inside}'::${column.type.sql}`,
        },
      ];
    }),
  );
}

function jsonString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
