import type { RelatedKey, RelatedModel, RelationModel } from '../../model/model.js';
import { importedAs } from '../module-specifier.js';
import { docComment, objectKey, propertyKey, spellPath, stringLiteral } from '../typescript.js';
import { modelConstant } from './description.js';
import { Imports } from './imports.js';
import { type SliceNames, sliceContext } from './slice.js';

/** The context of `relations.ts.hbs`: the slice around one model, and the models in it. */
export function relationsContext(
  relation: RelationModel,
  models: ReadonlyMap<string, RelationModel>,
  { extension, naming }: SliceNames,
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
  const doc = `The table of \`${relation.name}\` and those connected to it by foreign keys.`;
  const around = sliceContext({ slice, doc, models, naming }, imports);
  const related = relation.related.flatMap((link) => {
    const target = models.get(link.target);
    return target ? [relatedContext(link, target, relation, imports)] : [];
  });
  return {
    ...around,
    name,
    model: relation.name,
    file: importedAs(`../models/${relation.file}.js`, extension),
    related,
    hasRelated: related.length > 0,
    noCheck: imports.noCheck,
    imports: imports.lines(),
  };
}

function relatedContext(link: RelatedModel, target: RelationModel, of: RelationModel, imports: Imports) {
  const related = imports.value('../runtime/related.js', 'related');
  imports.type('../runtime/related.js', 'Related');
  const row = imports.type(`../models/${of.file}.js`, of.name);
  const models = `../models/${target.file}.js`;
  const model = imports.type(models, target.name);
  const code = target.code.length > 0 ? `, ${imports.type(models, `${target.name}Code`)}` : '';
  const keys = link.from.map(({ field }) => stringLiteral(field)).join(' | ');
  const alias = stringLiteral(target.alias);
  const count = stringLiteral(link.count);
  return {
    doc: docComment(link.comment),
    key: objectKey(link.name),
    typeKey: propertyKey(link.name),
    type: `Related<${row}, ${keys}, ${model}, ${alias}, ${count}${code}>`,
    source: `${related}({ relation: ${imports.value(models, target.plural)}, alias: ${alias}, gives: ${count}, ${spellLink(link, of)}${spellInProcess(target, imports)} })`,
  };
}

/** The columns of the two tables that must be equal. */
function spellLink({ from, through, to, newest }: RelatedModel, of: RelationModel): string {
  const list = (names: readonly string[]) => `[${names.map(stringLiteral).join(', ')}]`;
  const parts = [`own: ${spellPath(of.path)}`, `from: [${from.map(spellKey).join(', ')}]`];
  if (through) parts.push(`columns: ${list(through)}`);
  parts.push(`to: ${list(to)}`);
  if (newest) parts.push(`newest: { by: ${stringLiteral(newest.by)}, column: ${stringLiteral(newest.column)} }`);
  return parts.join(', ');
}

/** What reading the other model does in process; empty for most models. */
function spellInProcess(target: RelationModel, imports: Imports): string {
  if (target.code.length === 0 && !target.stored.some(({ validated }) => validated)) return '';
  return `, inProcess: ${imports.value(`../models/${target.file}.js`, modelConstant(target.alias))}`;
}

function spellKey({ field, column, sent, unnested }: RelatedKey): string {
  const parts = [`field: ${stringLiteral(field)}`, `column: ${stringLiteral(column)}`];
  if (sent) parts.push(`sent: ${stringLiteral(sent)}`);
  if (unnested) parts.push('unnested: true');
  return `{ ${parts.join(', ')} }`;
}
