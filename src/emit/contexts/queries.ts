import { declaredNames } from '../../model/queries.js';
import type { QueryFileModel, QueryModel } from '../../model/query-model.js';
import { builtin, nullable, type TsType, union } from '../../model/ts-type.js';
import type { ModuleNames } from '../module-specifier.js';
import { docComment, objectKey, propertyKey, speller, stringLiteral, templateText } from '../typescript.js';
import { Imports } from './imports.js';
import { columnName } from './table-naming.js';
import { jsonValue } from './write.js';

/** How the file of a query names what it imports. */
interface Names {
  readonly kysely: (name: string) => string;
  readonly runtime: (name: string) => string;
  readonly database: () => string;
  readonly spell: (type: TsType) => string;
  /** What a program calls a column, which may have Kysely's CamelCasePlugin. */
  readonly column: (column: string) => string;
}

/** The context of `queries.ts.hbs`: the queries of one SQL file, in a folder for each of its own. */
export function queriesContext(
  file: QueryFileModel,
  { moduleSpecifier, extension }: ModuleNames,
  isCamelCase: boolean,
) {
  const folders = `queries/${file.path}`.split('/').slice(0, -1);
  const up = folders.map(() => '..').join('/');
  const own = new Set(['db', 'args', 'alias', 'A', ...file.queries.flatMap(declaredNames)]);
  const imports = new Imports(own, ['kysely', up], extension);
  const types = imports.typeNames(`${up}/types.js`, (module) => moduleSpecifier(module, folders.join('/')));
  const names: Names = {
    kysely: (name) => imports.type('kysely', name),
    runtime: (name) => imports.value(`${up}/runtime/query.js`, name),
    database: () => imports.type(`${up}/runtime/relation.js`, 'AnyDatabase'),
    spell: speller(types),
    column: (column) => propertyKey(columnName(column, isCamelCase)),
  };
  const queries = file.queries.map((query) => queryContext(query, `${file.source}:${query.line}`, names));
  return { noCheck: imports.noCheck, imports: imports.lines(), queries };
}

/** Every type that the functions of queries mention. */
export function queryTypes({ queries }: QueryFileModel): TsType[] {
  return queries.flatMap(({ parameters, fields }) => [
    ...parameters.map(({ value }) => value),
    ...fields.map(({ type }) => type),
  ]);
}

function queryContext(query: QueryModel, place: string, names: Names) {
  const { name, typeName, parameters, fields, comment } = query;
  const argumentsName = `${typeName}Arguments`;
  const rowName = `${typeName}Row`;
  const isOptional = parameters.every((parameter) => parameter.nullable);
  const args = parameters.length === 0 ? [] : [`args: ${argumentsName}${isOptional ? ' = {}' : ''}`];
  const constant = `${name}Query`;
  const given = parameters.length === 0 ? '{}' : 'args';
  return {
    constant,
    make: names.runtime('query'),
    label: stringLiteral(name),
    parameters: parameters.map(spelledParameter),
    columns: fields.map((field) => ({ key: objectKey(field.name), value: stringLiteral(field.column) })),
    text: query.parts
      .map((part, index) => templateText(part) + (query.uses[index] === undefined ? '' : `\${${query.uses[index]}}`))
      .join(''),
    hasArguments: parameters.length > 0,
    argumentsName,
    argumentsDoc: docComment(`The arguments of \`${name}\`, ${place}.`),
    properties: parameters.map(({ key, value, nullable: mayBeNull, json, comment: about }) => {
      const type = json ? jsonValue(value) : value;
      const spelled = names.spell(mayBeNull ? union(nullable(type), builtin('undefined')) : type);
      return { key: `${propertyKey(key)}${mayBeNull ? '?' : ''}`, type: spelled, doc: docComment(about) };
    }),
    hasRow: fields.length > 0,
    rowName,
    rowDoc: docComment(`A row of \`${name}\`, ${place}.`),
    row: fields.map((field) => ({
      key: propertyKey(field.name),
      type: names.spell(field.type),
      doc: docComment(field.comment),
    })),
    doc: docComment([...(comment === undefined ? [] : [comment]), `Runs \`${place}\`.`].join('\n')),
    name,
    runParameters: [`db: ${names.database()}`, ...args].join(', '),
    ...runner(query, rowName, names),
    runArguments: `db, ${constant}, ${given}`,
    forms: forms(query, { args, given, constant, rowName }, names),
  };
}

function spelledParameter({ key, nullable: mayBeNull, json }: QueryModel['parameters'][number]): string {
  const parts = [
    `key: ${stringLiteral(key)}`,
    ...(mayBeNull ? ['nullable: true'] : []),
    ...(json ? ['json: true'] : []),
  ];
  return `{ ${parts.join(', ')} }`;
}

/** What a query gives, and the function of the runtime that runs it. */
function runner({ kind }: QueryModel, row: string, { runtime }: Names) {
  switch (kind) {
    case 'one':
      return { returns: `Promise<${row}>`, run: `${runtime('oneRow')}<${row}>` };
    case 'maybe':
      return { returns: `Promise<${row} | undefined>`, run: `${runtime('maybeRow')}<${row}>` };
    case 'many':
      return { returns: `Promise<${row}[]>`, run: `${runtime('manyRows')}<${row}>` };
    case 'exec':
      return { returns: 'Promise<number>', run: runtime('countRows') };
  }
}

/** What the functions of a query share. */
interface Shared {
  readonly args: readonly string[];
  readonly given: string;
  readonly constant: string;
  readonly rowName: string;
}

/** The other forms of a query: as a relation, as rows for WITH, and compiled. */
function forms(query: QueryModel, { args, given, constant, rowName }: Shared, names: Names) {
  const { name, fields, standsIn } = query;
  const relation = () => ({
    doc: docComment(`\`${name}\` as a relation, to be filtered, sorted and joined.`),
    name: `${name}Relation`,
    generics: `<A extends string = ${stringLiteral(name)}>`,
    parameters: [...args.map((one) => one.replace(/ = \{\}$/, '')), `alias: A = ${stringLiteral(name)} as A`].join(
      ', ',
    ),
    returns: `${names.kysely('AliasedExpression')}<${rowName}, A>`,
    call: `${names.runtime('queryRelation')}<${rowName}, A>(${constant}, ${given}, alias)`,
  });
  const isAsNamed = fields.every((field) => names.column(field.column) === propertyKey(field.name));
  // Kysely's CamelCasePlugin may make one name of two, and then the row has the last of them.
  const types = new Map(fields.map(({ column, type }) => [names.column(column), names.spell(type)]));
  const columns = isAsNamed ? rowName : `{ ${[...types].map(([column, type]) => `${column}: ${type}`).join('; ')} }`;
  const rows = () => ({
    doc: docComment(`\`${name}\` for the \`with\` of another query. Its columns have their own names.`),
    name: `${name}Rows`,
    generics: '',
    parameters: args.join(', '),
    returns: `${names.kysely('RawBuilder')}<${columns}>`,
    call: `${names.runtime('queryRows')}<${columns}>(${constant}, ${given})`,
  });
  const row = fields.length > 0 ? columns : 'unknown';
  const compiled = () => ({
    doc: docComment(`\`${name}\` compiled, to be streamed or explained. Its columns have their own names.`),
    name: `${name}Compiled`,
    generics: '',
    parameters: args.join(', '),
    returns: `${names.kysely('CompiledQuery')}<${row}>`,
    call: `${names.runtime('compiledQuery')}<${row}>(${constant}, ${given})`,
  });
  return [...(standsIn === 'from' ? [relation()] : []), ...(standsIn === 'with' ? [rows()] : []), compiled()];
}
