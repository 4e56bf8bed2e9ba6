import type ts from '@typescript/typescript6';
import type { DeclaredParser, MadeTable, StrangeTable } from '../../declared.js';
import { tablesMadeBy } from '../sql-literal.js';
import { type WrittenBeside, writtenBesideAt } from './given-columns.js';
import type { InlineRow } from './inline-rows.js';
import { type InsertedRows, insertedRowsAt } from './inserted-rows.js';
import { literalText } from './literal-text.js';
import { parsersAt } from './parsers.js';
import { lastName } from './row-parts.js';
import { type RowsRead, rowsReadAt, selectedRowAt } from './row-types.js';
import type { Attributes, Belonging, Definition, TypeScript } from './shape.js';
import { createStatements, type FoundStatement } from './statements.js';
import { strangeClients } from './strange-clients.js';
import { strangeTableAt } from './strange-tables.js';
import { type SuppliedField, suppliedFieldAt } from './supplied-fields.js';

/** What code does with types, whatever they are called; gathered from every node of the files. */
export interface Uses {
  /** Types that list the tables of a database: `Kysely<AppDatabase>`. */
  readonly databases: UsedDatabase[];
  /** Types that rows are read as, with the table: `knex<UserRow>('users')`. */
  readonly rows: RowsRead[];
  /** Types that methods of queries name for their rows, whatever tables the queries join: `query.first<UserRow>()`. */
  readonly selected: ts.TypeReferenceNode[];
  /** Rows that are inserted, with their tables. */
  readonly inserted: InsertedRows[];
  /** Columns that inserts write out beside the objects that they spread. */
  readonly writtenBeside: WrittenBeside[];
  /** Fields that the code sets on rows which it has read. */
  readonly supplied: SuppliedField[];
  /** Functions that make a column decorator of another: `const Price = () => Column('numeric')`. */
  readonly columnMakers: Set<string>;
  /** Functions that make a decorator by which a property gives other values than its column. */
  readonly converters: Set<string>;
  /** What `User.init({ … })` of Sequelize says of the columns of a class. */
  readonly attributes: (Attributes & { readonly model: ts.Expression })[];
  /** Models of `sequelize.define`, which have no class. */
  readonly definitions: Definition[];
  /** Relations by which Sequelize adds a foreign key: `Post.belongsTo(Agency)`. */
  readonly belongings: Belonging[];
  /** Names of all functions that the files declare. */
  readonly functions: Set<string>;
  /** What TypeORM puts before the names of all tables: `new DataSource({ entityPrefix: 'app_' })`. */
  readonly entityPrefixes: ts.Expression[];
  readonly statements: FoundStatement[];
  /** Types of rows that are written where their statements are read. */
  readonly inlineRows: InlineRow[];
  /** Tables that the code makes: temporary ones, and those that it makes where they are missing. */
  readonly made: MadeTable[];
  readonly parsers: DeclaredParser[];
  readonly strangers: StrangeTable[];
  /** Packages unknown to rowsmith that the code imports its database client from. */
  readonly clients: Set<string>;
}

/** A type that lists tables, and what `new Kysely<AppDatabase>({ dialect: … })` says of its database. */
export interface UsedDatabase {
  readonly type: ts.TypeReferenceNode;
  readonly dialect?: 'postgres' | 'other';
}

export function noUses(): Uses {
  return {
    databases: [],
    rows: [],
    selected: [],
    inserted: [],
    writtenBeside: [],
    supplied: [],
    columnMakers: new Set(),
    converters: new Set(),
    attributes: [],
    definitions: [],
    belongings: [],
    functions: new Set(),
    entityPrefixes: [],
    statements: [],
    inlineRows: [],
    made: [],
    parsers: [],
    strangers: [],
    clients: new Set(),
  };
}

/** Adds what the code of a file does. */
export function gatherUses(typescript: TypeScript, source: ts.SourceFile, uses: Uses): void {
  const statements = createStatements(typescript, source);
  // A list instead of recursion: a long `'a' + 'b' + …` is nested deeper than the stack.
  const pending: ts.Node[] = [source];
  for (let node = pending.pop(); node; node = pending.pop()) {
    gatherTypes(typescript, node, uses);
    const read = rowsReadAt(typescript, node);
    if (read) uses.rows.push(read);
    const selected = selectedRowAt(typescript, node);
    if (selected) uses.selected.push(selected);
    const inserted = insertedRowsAt(typescript, node);
    if (inserted) uses.inserted.push(inserted);
    for (const one of writtenBesideAt(typescript, node)) uses.writtenBeside.push(one);
    const supplied = suppliedFieldAt(typescript, node);
    if (supplied) uses.supplied.push(supplied);
    if (typescript.isPropertyAssignment(node) && node.name.getText() === 'entityPrefix')
      uses.entityPrefixes.push(node.initializer);
    gatherMaker(typescript, node, uses);
    gatherAttributes(typescript, node, uses);
    statements.add(node);
    uses.made.push(...tablesMadeAt(typescript, source, node));
    uses.parsers.push(...parsersAt(typescript, node));
    const stranger = strangeTableAt(typescript, source, node);
    if (stranger) uses.strangers.push(stranger);
    const children: ts.Node[] = [];
    typescript.forEachChild(node, (child) => void children.push(child));
    for (const child of children.reverse()) pending.push(child);
  }
  const found = statements.found();
  // One by one: as arguments of one call, hundreds of thousands overflow the stack.
  for (const statement of found) uses.statements.push(statement);
  for (const row of statements.inlineRows()) uses.inlineRows.push(row);
  if (found.some(({ literal }) => literal.into !== undefined))
    for (const name of strangeClients(typescript, source)) uses.clients.add(name);
}

/** Types of Kysely whose first argument lists the tables of a database. */
const overDatabase = new Set([
  'Kysely',
  'Transaction',
  'ControlledTransaction',
  'QueryCreator',
  'ExpressionBuilder',
  'SelectQueryBuilder',
]);

function gatherTypes(typescript: TypeScript, node: ts.Node, uses: Uses): void {
  const [name, first] = named(typescript, node) ?? [];
  if (name === undefined || !first) return;
  if (overDatabase.has(name)) {
    const parts = typescript.isIntersectionTypeNode(first) ? first.types : [first];
    const dialect = dialectAt(typescript, node);
    for (const type of parts) if (typescript.isTypeReferenceNode(type)) uses.databases.push({ type, ...dialect });
  }
}

function dialectAt(typescript: TypeScript, node: ts.Node): Pick<UsedDatabase, 'dialect'> {
  if (!typescript.isNewExpression(node)) return {};
  const given = node.arguments?.[0]?.getText() ?? '';
  return { dialect: /\bnew\s+\w*(?:mysql|sqlite|mssql|libsql|d1|planetscale)\w*/i.test(given) ? 'other' : 'postgres' };
}

/** Name of what a node calls, makes or refers to, with its first type argument. */
function named(typescript: TypeScript, node: ts.Node): readonly [string, ts.TypeNode | undefined] | undefined {
  if (typescript.isTypeReferenceNode(node)) return [lastName(node.typeName), node.typeArguments?.[0]];
  if (
    typescript.isCallExpression(node) ||
    typescript.isNewExpression(node) ||
    typescript.isExpressionWithTypeArguments(node)
  )
    return [lastName(node.expression), node.typeArguments?.[0]];
  return undefined;
}

function gatherMaker(typescript: TypeScript, node: ts.Node, uses: Uses): void {
  const isFunction = typescript.isFunctionDeclaration(node);
  const made =
    typescript.isVariableDeclaration(node) && node.initializer && typescript.isArrowFunction(node.initializer)
      ? node.initializer
      : undefined;
  if (!isFunction && !made) return;
  const name = (node as ts.FunctionDeclaration | ts.VariableDeclaration).name?.getText();
  const body = (isFunction ? node.body : made?.body)?.getText();
  if (name === undefined || body === undefined) return;
  uses.functions.add(name);
  if (/\b(?:(?:Primary|Create|Update|Delete)?(?:Generated|Date)?Column|addAttribute)\(/.test(body))
    uses.columnMakers.add(name);
  if (/\btransformer\b|\bdefineProperty\b|\bget(?:\(|: )/.test(body)) uses.converters.add(name);
}

/** Adds what calls tell Sequelize about models: `User.init({ … }, { … })`, `sequelize.define('User', { … }, { … })`. */
function gatherAttributes(typescript: TypeScript, node: ts.Node, { attributes, definitions, belongings }: Uses): void {
  if (!typescript.isCallExpression(node) || !typescript.isPropertyAccessExpression(node.expression)) return;
  const { name: method, expression: model } = node.expression;
  const [first, second, third] = node.arguments;
  if (first && method.text === 'belongsTo') belongings.push({ model, target: first, options: second });
  if (!first || !second) return;
  if (method.text === 'init') attributes.push({ model, columns: first, options: second });
  if (method.text === 'define')
    definitions.push({ name: first, columns: second, options: third, instance: node.typeArguments?.[0] });
}

/** Files that make tables once, or for tests alone: the rest of the program may need what was dropped since. */
const makesOnce = /migrat|(?:^|\/)(?:tests?|e2e|fixtures?|mocks?|seeds?)\//i;

/** The tables that a text of the code makes, and that no migration need make before. */
function tablesMadeAt(typescript: TypeScript, { fileName: file }: ts.SourceFile, node: ts.Node): readonly MadeTable[] {
  const sql = literalText(typescript, node);
  if (sql === undefined || !/\bcreate\b/i.test(sql)) return [];
  return tablesMadeBy(sql).flatMap(({ table, temporary, ifMissing }): readonly MadeTable[] => {
    if (temporary) return [{ table, temporary, file }];
    if (!ifMissing) return [];
    // Whatever made it, a file that makes it where it is missing finds it there.
    return [{ table, temporary, ...(makesOnce.test(file) ? {} : { everywhere: true as const }), file }];
  });
}
