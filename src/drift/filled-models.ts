import type { DeclaredModel, TableHint } from './declared.js';
import type { SqlLiteral } from './declared-statement.js';
import { append, groupBy } from './group.js';

/**
 * Models with what the statements say that the code reads into them: that rows are read, from which table, and whether
 * whole rows are, and how. `query_as!(Task, "SELECT * FROM tasks")` says all of it of `Task`.
 */
export function fillModels(
  models: readonly DeclaredModel[],
  literals: readonly SqlLiteral[],
): readonly DeclaredModel[] {
  const statements = statementsOf(models, literals.filter(givesRows), (literal) => literal);
  return models.map((model) => {
    const own = statements.get(model);
    if (!own) return model;
    const [profile, ...otherProfiles] = new Set(own.map((literal) => literal.profile ?? model.profile));
    const library = profile && otherProfiles.length === 0 ? { profile } : {};
    if (model.isInline) return { ...model, ...library };
    const sources = own.map(({ sql }) => onlyTable(sql));
    // A join does not contradict the table that another statement reads alone.
    const named = own.flatMap(({ sql }, index) => sources[index] ?? starredTable(sql) ?? []);
    const [table] = named;
    const isOne = table !== undefined && named.every((source) => source === table);
    const hint: readonly TableHint[] = isOne ? [hintOf(table)] : [];
    const isWhole = isOne && own.some(({ sql }) => wholeRow.test(sql) || starredTable(sql) !== undefined);
    return {
      ...model,
      readsRows: true,
      tables: [...model.tables, ...hint],
      ...library,
      ...(own.every(({ converts }) => converts) ? { converts: true as const } : {}),
      ...(isJoined(own, sources) ? { joined: true as const } : {}),
      ...(own.some(({ givesOthers }) => givesOthers) ? { givenOthers: true as const } : {}),
      ...(isWhole && model.covers === undefined ? { covers: 'row' as const } : {}),
    };
  });
}

/** The `by` of a hint that is a statement. */
export const byStatement = 'the statement that fills it';

/** The hint of a statement that reads a table: `billing.invoices` is in the schema `billing`. */
function hintOf(path: string): TableHint {
  const [table = path, schema] = path.split('.').reverse();
  return { table, by: byStatement, ...(schema === undefined ? {} : { schema }) };
}

/**
 * Whether every statement whose text is known reads from several tables, or has an end that is not known, which may
 * join others.
 */
function isJoined(own: readonly SqlLiteral[], sources: readonly (string | undefined)[]): boolean {
  const isUnknown = ({ sql, adapted }: SqlLiteral) => sql === '' && !adapted;
  const isOfSeveral = (one: SqlLiteral, index: number) => one.adapted === true || sources[index] === undefined;
  return !own.every(isUnknown) && own.every((one, index) => isUnknown(one) || isOfSeveral(one, index));
}

/**
 * Statements by the models that they fill. Several models may have the name that the code says. It means the one of the
 * same function, else the one that its imports lead to, else of the same file, else of the package and the module that
 * the code imports it from; and of several there, those that the code shows to read rows.
 */
export function statementsOf<Statement>(
  models: readonly DeclaredModel[],
  statements: readonly Statement[],
  literalOf: (statement: Statement) => SqlLiteral,
): ReadonlyMap<DeclaredModel, readonly Statement[]> {
  const byName = groupBy(models, ({ name }) => name);
  const found = new Map<DeclaredModel, Statement[]>();
  for (const statement of statements) {
    const { into, file, line, declaredIn, package: unit, module, globs = [] } = literalOf(statement);
    const all = into === undefined ? [] : (byName.get(into) ?? []);
    const inFile = all.filter((model) => model.file === file);
    const inFunction = inFile.filter(({ scope }) => scope && scope.from <= line && line <= scope.to);
    const open = (some: readonly DeclaredModel[]) => some.filter(({ scope }) => scope === undefined);
    const declared = open(all).filter((model) => model.file === declaredIn);
    const inPackage = open(all).filter((model) => model.package === unit);
    const elsewhere = inPackage.length > 0 ? inPackage : open(all);
    const modules = module === undefined ? globs : [module];
    const inModule = elsewhere.filter((model) => modules.some((one) => isModule(model.file, one)));
    const named = inModule.length > 0 ? inModule : elsewhere;
    const readers = named.length > 1 ? named.filter(({ readsRows }) => readsRows) : named;
    const inSight = [inFunction, declared, open(inFile), readers].find((some) => some.length > 0) ?? [];
    for (const model of inSight) append(found, model, statement);
  }
  return found;
}

/** Whether a file is a module's by its name: `models/tags.rs` and `models/tags/mod.rs` are `tags`. */
function isModule(file: string, module: string): boolean {
  return file.replace(/(?:\/mod)?\.\w+$/, '').endsWith(`/${module}`);
}

/** Whether a statement may give rows: an INSERT, an UPDATE or a DELETE without RETURNING gives none. */
function givesRows({ sql }: SqlLiteral): boolean {
  return !/^(?:\s|--[^\n]*\n)*(?:insert|update|delete)\b/i.test(sql) || /\breturning\b/i.test(sql);
}

const wholeRow = /\b(?:select|returning)\s+(?:\w+\s*\.\s*)?\*/i;
const name = String.raw`(?:"[^"]+"|[\w$]+)(?:\s*\.\s*(?:"[^"]+"|[\w$]+))?`;
/** A table after FROM, where a name before a parenthesis is a function, or one that is written. */
const source = new RegExp(
  String.raw`\b(?:(?:into|update)\s+(?:only\s+)?(${name})|from\s+(?:only\s+)?(${name})(?![\w$]|\s*[.(]))`,
  'gi',
);

/** The table of a statement that names only one; undefined for joins, several tables and queries inside. */
function onlyTable(sql: string): string | undefined {
  if (/\b(?:join|with|union)\b/i.test(sql) || /\bfrom\s+[^()]*?,[^()]*?(?:where|$)/i.test(fromClause(sql)))
    return undefined;
  const names = [...sql.matchAll(source)].map(([, written, read = '']) => pathOf(written ?? read));
  return names.length > 0 && names.every((table) => table === names[0]) ? names[0] : undefined;
}

/** The only table of a join whose whole rows a statement gives: `names` of `SELECT n.*, z.file FROM names n …`. */
function starredTable(sql: string): string | undefined {
  const starred = new Set([...sql.matchAll(/(?<![\w.])(\w+)\s*\.\s*\*/g)].map(([, alias]) => alias));
  const [alias] = starred;
  if (alias === undefined || starred.size > 1) return undefined;
  const called = new RegExp(String.raw`\b(?:from|join)\s+(?:(${name})\s+(?:as\s+)?)?${alias}(?![\w(.])`, 'i').exec(sql);
  const table = called && pathOf(called[1] ?? alias);
  const isQuery = table && new RegExp(String.raw`\b${table}\s+as\s*(?:not\s+)?(?:materialized\s*)?\(`, 'i').test(sql);
  return table && !isQuery ? table : undefined;
}

/** A name as the database understands it: only quotes keep capitals, `billing.invoices` of `Billing."invoices"`. */
function pathOf(written: string): string {
  return written.replace(
    /"([^"]*)"|[^"]+/g,
    (part, quoted?: string) => quoted ?? part.toLowerCase().replace(/\s+/g, ''),
  );
}

function fromClause(sql: string): string {
  return /\bfrom\b[\s\S]*?(?=\b(?:where|order|group|limit|returning)\b|$)/i.exec(sql)?.[0] ?? '';
}
