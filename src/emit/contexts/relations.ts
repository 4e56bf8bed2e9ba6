import type { RelatedKey, RelatedModel, RelationModel } from '../../model/model.js';
import type { ModuleNames } from '../module-specifier.js';
import { docComment, objectKey, propertyKey, spellPath, stringLiteral } from '../typescript.js';
import { Imports } from './imports.js';
import { sliceContext } from './slice.js';

/** The context of `relations.ts.hbs`: the slice around one model, and the models in it. */
export function relationsContext(
  relation: RelationModel,
  models: ReadonlyMap<string, RelationModel>,
  { extension }: ModuleNames,
) {
  const name = `${relation.alias}Relations`;
  const slice = {
    typeName: `${relation.name}DB`,
    viewName: `${relation.alias}Db`,
    tables: [...new Set([relation.key, ...relation.related.map(({ target }) => target)])].sort(),
  };
  const imports = new Imports(
    new Set([name, slice.typeName, slice.viewName]),
    ['../runtime/', '../models/'],
    extension,
  );
  const around = sliceContext(
    slice,
    `The table of \`${relation.name}\`, and those that foreign keys connect with it.`,
    models,
    imports,
  );
  const related = relation.related.flatMap((link) => {
    const target = models.get(link.target);
    return target ? [relatedContext(link, target, relation, imports)] : [];
  });
  return {
    ...around,
    name,
    model: relation.name,
    related,
    hasRelated: related.length > 0,
    noCheck: imports.noCheck,
    imports: imports.lines(),
  };
}

function relatedContext(link: RelatedModel, target: RelationModel, of: RelationModel, imports: Imports) {
  imports.type('../runtime/related.js', 'Related');
  const row = imports.type(`../models/${of.file}.js`, of.name);
  const model = imports.type(`../models/${target.file}.js`, target.name);
  const source = imports.value(`../models/${target.file}.js`, target.plural);
  const list = (names: readonly string[]) => `[${names.map(stringLiteral).join(', ')}]`;
  const keys = link.from.map(({ field }) => stringLiteral(field)).join(' | ');
  const newest = link.newest
    ? `, newest: { by: ${stringLiteral(link.newest.by)}, field: ${stringLiteral(link.newest.field)} }`
    : '';
  const through = link.through ? `, through: ${list(link.through)}` : '';
  const own = `own: ${spellPath({ ...of.relation, key: of.key })}, from: [${link.from.map(spellKey).join(', ')}]${through}`;
  const other = `relation: ${source}, alias: ${stringLiteral(target.alias)}, count: ${stringLiteral(link.count)}`;
  return {
    doc: docComment(link.comment),
    key: objectKey(link.name),
    typeKey: propertyKey(link.name),
    type: `Related<Pick<${row}, ${keys}>, ${model}, ${stringLiteral(link.count)}>`,
    source: `{ ${other}, ${own}, to: ${list(link.to)}${newest} }`,
  };
}

function spellKey({ field, column, sent, array }: RelatedKey): string {
  const more = Object.entries({ sent, array }).flatMap(([key, value]) =>
    value === undefined ? [] : `, ${key}: ${stringLiteral(value)}`,
  );
  return `{ field: ${stringLiteral(field)}, column: ${stringLiteral(column)}${more.join('')} }`;
}
