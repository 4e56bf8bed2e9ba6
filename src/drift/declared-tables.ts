import type { Relation } from '../catalog/catalog.js';
import type { DeclaredModel } from './declared.js';
import type { MappedModel } from './mapped-model.js';

/**
 * Takes a table that Prisma or Drizzle declares from each type of TypeScript that has it only by its name, its fields
 * or a comment. That library reads the rows, so such a type is of something made of them: an answer in JSON, a form. A
 * type that the code reads rows into, or that says to map to the table, stays.
 */
export function withoutDeclared(mapped: readonly MappedModel[]): readonly MappedModel[] {
  const declared = new Map<Relation, DeclaredModel>();
  for (const { model, status, relation } of mapped)
    if (status === 'compared' && relation && libraries.has(model.language) && !isLeftOut(model))
      declared.set(relation, model);
  if (declared.size === 0) return mapped;
  return mapped.map((one) => {
    const { model, status, relation } = one;
    const owner = relation && declared.get(relation);
    if (!owner || status !== 'compared' || !isLoose(model)) return one;
    const reason = `the ${owner.construct} ${owner.name} declares the table, and the code reads no rows into it`;
    return { model, relation, status: 'other', reason };
  });
}

const libraries: ReadonlySet<string> = new Set(['prisma', 'drizzle']);

/** Whether Prisma's client leaves a model out, `@@ignore`, so that other code reads its rows. */
const isLeftOut = ({ tables }: DeclaredModel): boolean => tables.every(({ mentioned }) => mentioned);

function isLoose({ language, readsRows, tables }: DeclaredModel): boolean {
  return language === 'typescript' && !readsRows && tables.every(({ mentioned, noted }) => mentioned ?? noted);
}
