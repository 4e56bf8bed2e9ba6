import type { RelatedModel, RelationModel } from '../../model/model.js';
import { docComment, objectKey, propertyKey, stringLiteral } from '../typescript.js';
import { Imports } from './imports.js';

/** The context of `relations.ts.hbs`: the models around one model. */
export function relationsContext(relation: RelationModel, models: ReadonlyMap<string, RelationModel>) {
  const name = `${relation.alias}Relations`;
  const imports = new Imports(new Set([name]), ['../runtime/', '../models/']);
  imports.type('../runtime/related.js', 'Related');
  const row = imports.type(`../models/${relation.file}.js`, relation.name);
  const related = relation.related.flatMap((link) => {
    const target = models.get(link.target);
    return target ? [relatedContext(link, target, row, imports)] : [];
  });
  return { name, model: relation.name, related, imports: imports.lines() };
}

function relatedContext(link: RelatedModel, target: RelationModel, row: string, imports: Imports) {
  const model = imports.type(`../models/${target.file}.js`, target.name);
  const source = imports.value(`../models/${target.file}.js`, target.plural);
  const list = (names: readonly string[]) => `[${names.map(stringLiteral).join(', ')}]`;
  const keys = link.from.map(stringLiteral).join(' | ');
  const newest = link.newest ? `, newest: { by: ${stringLiteral(link.newest.by)}, field: ${stringLiteral(link.newest.field)} }` : '';
  return {
    doc: docComment(link.comment),
    key: objectKey(link.name),
    typeKey: propertyKey(link.name),
    type: `Related<Pick<${row}, ${keys}>, ${model}, ${stringLiteral(link.count)}>`,
    source: `{ relation: ${source}, alias: ${stringLiteral(target.alias)}, count: ${stringLiteral(link.count)}, from: ${list(link.from)}, to: ${list(link.to)}${newest} }`,
  };
}
