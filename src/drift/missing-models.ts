import type { Relation } from '../catalog/catalog.js';
import { shownName } from '../report/shown-name.js';
import type { Context } from './checks/pairing.js';
import type { DeclaredModel } from './declared.js';
import { groupBy } from './group.js';
import { languageOf } from './languages/languages.js';
import type { MappedModel } from './mapped-model.js';
import type { MissingModel } from './missing-model.js';
import { prefixesOf } from './table-names.js';
import { recommendedType } from './types/compatible.js';
import { wordsOf } from './words.js';

/**
 * What models are to be written for tables without one, in the language and library of most models that are there.
 * Views come of queries, and have none.
 */
export function modelsToWrite(
  relations: readonly Relation[],
  models: readonly MappedModel[],
  context: Context,
): readonly MissingModel[] {
  const like = usualModel(models);
  if (!like) return [];
  const { settings, readType, catalog } = context;
  const prefixes = prefixesOf(catalog.relations, settings.stripPrefix);
  const { profileOf, modelName } = languageOf(like);
  const profile = profileOf(like, settings);
  return relations
    .filter(({ kind }) => !kind.includes('view'))
    .map((relation) => {
      const prefix = prefixes.find((candidate) => relation.name.startsWith(candidate)) ?? '';
      const words = wordsOf(relation.name.slice(prefix.length));
      const table = shownName(relation);
      return {
        relation,
        like,
        model: {
          ...like,
          name: modelName(words, relation.name, like),
          tables: [{ table: relation.name, by: 'its name', schema: relation.schema }],
        },
        columns: relation.columns.map((column) => {
          const type = readType(column.type);
          return { column, type: recommendedType(type, !column.notNull && !type.refusesNull, profile) };
        }),
        computed: settings.computed.filter((one) => one.table === table).map(({ field }) => field),
      };
    });
}

/** A model of the kind that most models with a table are. */
function usualModel(models: readonly MappedModel[]): DeclaredModel | undefined {
  const rows = models.filter(({ status }) => status === 'compared').map(({ model }) => model);
  const groups = [
    ...groupBy(rows, ({ language, profile, construct }) => `${language} ${profile} ${construct}`).values(),
  ];
  const written = groups.filter(([model]) => model && languageOf(model).isWritten !== false);
  return written.sort((a, b) => b.length - a.length)[0]?.[0];
}

export interface MissingModelText {
  readonly name: string;
  readonly table: string;
  /** Name of the language in Markdown. */
  readonly language: string;
  readonly text: string;
}

/** The models that are missing, to be pasted, of those tables whose finding is left in the report. */
export function missingModelTexts({
  missing,
  findings,
}: {
  readonly missing: readonly MissingModel[];
  readonly findings: readonly { readonly rule: string; readonly table: string | null }[];
}): readonly MissingModelText[] {
  const left = new Set(findings.filter(({ rule }) => rule === 'missing-model').map(({ table }) => table));
  return missing
    .filter(({ relation }) => left.has(shownName(relation)))
    .map((one) => ({
      name: one.model.name,
      table: shownName(one.relation),
      language: languageOf(one.model).code,
      text: textOf(one),
    }));
}

function textOf(missing: MissingModel): string {
  const { relation, model, columns, computed } = missing;
  const { above, below, opening, closing = '}', indent, field, fieldName, attribute, ofColumn } = languageOf(model);
  const lines = columns.flatMap(({ column, type }) => {
    const name = fieldName(model, column.name);
    if (type === undefined) return [`// ${column.name}: how ${column.type.sql} is read is not known`];
    const over = name === column.name ? undefined : attribute?.(model, column.name);
    const whole = ofColumn?.(type, column, relation, model) ?? { type };
    return [...(whole.above ?? []), ...(over === undefined ? [] : [over]), field(name, whole.type, column.name, model)];
  });
  const comments = computed.map((name) => `// ${name} is computed: the config declares it, and no column holds it`);
  return [
    ...(above?.(missing) ?? []),
    opening(model),
    ...[...lines, ...comments].map((line) => indent + line),
    ...(below?.(missing) ?? []).filter((line) => line.startsWith(indent)),
    closing,
    ...(below?.(missing) ?? []).filter((line) => !line.startsWith(indent)),
  ].join('\n');
}
