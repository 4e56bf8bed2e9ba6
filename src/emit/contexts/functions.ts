import { isIdentifier } from '../../model/identifier.js';
import { camelCase } from '../../model/names.js';
import { functionName } from '../../model/reserved-names.js';
import type { RoutineField, RoutineModel, RoutineParameter } from '../../model/routine-model.js';
import { builtin, nullable, sameType, type TsType } from '../../model/ts-type.js';
import type { ModuleNames } from '../module-specifier.js';
import { docComment, objectKey, propertyAccess, propertyKey, speller, stringLiteral } from '../typescript.js';
import { Imports } from './imports.js';
import { jsonValue } from './write.js';

type Spell = (type: TsType) => string;

/** The context of `functions.ts.hbs`: a caller for each routine. */
export function functionsContext(routines: readonly RoutineModel[], { moduleSpecifier, extension }: ModuleNames) {
  const used = runtimeNames(routines);
  const runtime = new Imports(new Set(), ['kysely'], extension);
  for (const name of used.kysely) runtime.type('kysely', name);
  for (const name of used.values) runtime.value('./runtime/routine.js', name);
  if (used.database) runtime.type('./runtime/relation.js', 'AnyDatabase');
  if (used.argument) runtime.type('./runtime/routine.js', 'Argument');
  const own = routines.flatMap(({ name, typeName }) => [name, `${typeName}Arguments`, `${typeName}Row`]);
  const taken = new Set([...own, ...used.kysely, ...used.values, 'Argument', 'AnyDatabase']);
  const imports = new Imports(taken, ['./types.js'], extension);
  const spell: Spell = speller(imports.typeNames('./types.js', (module) => moduleSpecifier(module, '')));
  const contexts = routines.map((routine) => routineContext(routine, spell));
  return { noCheck: imports.noCheck, imports: [...runtime.lines(), ...imports.lines()], routines: contexts };
}

/** Every type that the callers mention. */
export function routineTypes({ parameters, result }: RoutineModel): TsType[] {
  const given = inputs(parameters).flatMap(({ value, read }) => [value, read]);
  const returned = result.kind === 'value' ? [result.type] : result.fields.map(({ type }) => type);
  return [...given, ...returned];
}

function runtimeNames(routines: readonly RoutineModel[]) {
  const has = (kind: RoutineModel['result']['kind']) => routines.some(({ result }) => result.kind === kind);
  return {
    kysely: [...(has('rows') ? ['AliasedExpression'] : []), ...(has('value') ? ['RawBuilder'] : [])],
    values: ['routine', ...(has('rows') ? ['routineRows'] : []), ...(has('done') ? ['runRoutine'] : [])],
    database: has('done'),
    argument: routines.some(({ parameters }) => inputs(parameters).length > 0),
  };
}

const inputs = (parameters: readonly RoutineParameter[]) => parameters.filter(({ mode }) => mode !== 'out');

function routineContext(
  { routine, signature, name, typeName, notation, parameters, result, comment }: RoutineModel,
  spell: Spell,
) {
  const given = inputs(parameters);
  const named = notation === 'named';
  const argumentsName = `${typeName}Arguments`;
  const rowName = `${typeName}Row`;
  const properties = given.map((parameter) => argumentProperty(parameter, named, spell));
  const fields = result.kind === 'value' ? [] : result.fields;
  return {
    name,
    doc: docComment([...(comment === undefined ? [] : [comment]), `Calls \`${signature}\`.`].join('\n')),
    hasProperties: named && given.length > 0,
    hasTuple: !named && given.length > 0,
    argumentsName,
    argumentsDoc: docComment(`The arguments of \`${signature}\`.`),
    properties,
    tuple: `readonly [${properties.map(({ key, type }) => `${key}: ${type}`).join(', ')}]`,
    hasRow: fields.length > 0,
    rowName,
    rowDoc: docComment(`What \`${signature}\` gives.`),
    row: fields.map(({ name: field, type }) => ({ key: propertyKey(field), type: spell(type), doc: [] })),
    ...head(name, result, argumentsParameter(given, named, argumentsName), { rowName, spell }),
    path: `[${stringLiteral(routine.schema)}, ${stringLiteral(routine.name)}]`,
    hasPassed: parameters.length > 0,
    passed: parameters.map((parameter) => passedArgument(parameter, named, given.indexOf(parameter))),
    columns: fields.map(columnOf),
    ...tail(result),
  };
}

/** A property of the arguments, or an element of their tuple. One with a default may be omitted or undefined. */
function argumentProperty({ key, value, read, optional, json }: RoutineParameter, named: boolean, spell: Spell) {
  const given = json ? jsonValue(value) : value;
  const readsAsGiven = sameType(nullable(given), nullable(read));
  const type = readsAsGiven ? `Argument<${spell(given)}>` : `Argument<${spell(given)}, ${spell(read)}>`;
  return {
    key: `${named ? propertyKey(key) : elementName(key)}${optional ? '?' : ''}`,
    type: named && optional ? `${type} | ${spell(builtin('undefined'))}` : type,
    doc: [],
  };
}

/** The name of an element of a tuple, which has to be an identifier. */
const elementName = (key: string) => functionName(isIdentifier(key) ? key : camelCase(key));

/** The parameter that takes the arguments, `args: TasksArguments = {}`; empty if a call takes none. */
function argumentsParameter(given: readonly RoutineParameter[], named: boolean, type: string): string[] {
  if (given.length === 0) return [];
  if (!given.every(({ optional }) => optional)) return [`args: ${type}`];
  return [`args: ${type} = ${named ? '{}' : '[]'}`];
}

/**
 * The head of a caller:
 * `<A extends string = 'tasks'>(args: TasksArguments, alias: A = 'tasks' as A): AliasedExpression<TasksRow, A>`.
 */
interface Head {
  readonly generics: string;
  readonly parameters: string;
  readonly returns: string;
  /** The type argument of `routine`, if the function returns the expression itself. */
  readonly typeArgument: string;
}

interface HeadScope {
  readonly rowName: string;
  readonly spell: Spell;
}

function head(
  name: string,
  result: RoutineModel['result'],
  args: readonly string[],
  { rowName, spell }: HeadScope,
): Head {
  switch (result.kind) {
    case 'value': {
      const value = spell(result.type);
      return { generics: '', parameters: args.join(', '), returns: `RawBuilder<${value}>`, typeArgument: `<${value}>` };
    }
    case 'rows': {
      const literal = stringLiteral(name);
      const row = result.fields.length > 0 ? rowName : '{}';
      return {
        generics: `<A extends string = ${literal}>`,
        parameters: [...args, `alias: A = ${literal} as A`].join(', '),
        returns: `AliasedExpression<${row}, A>`,
        typeArgument: '',
      };
    }
    case 'done': {
      const row = result.fields.length > 0 ? rowName : 'void';
      return {
        generics: '',
        parameters: ['db: AnyDatabase', ...args].join(', '),
        returns: `Promise<${row}>`,
        typeArgument: '',
      };
    }
  }
}

/**
 * One argument as the runtime takes it: `{ name: 'q', type: 'pg_catalog.text', value: args.q }`. For a procedure's
 * output, null is passed; its type distinguishes overloads.
 */
function passedArgument({ argument, key, mode, cast, json }: RoutineParameter, named: boolean, index: number): string {
  const given = named ? `args${propertyAccess(key)}` : `args[${index}]`;
  const parts = [
    ...(named && argument !== undefined ? [`name: ${stringLiteral(argument)}`] : []),
    `type: ${stringLiteral(cast)}`,
    `value: ${mode === 'out' ? 'null' : given}`,
    ...(json && mode !== 'out' ? ['json: true'] : []),
    ...(mode === 'variadic' ? ['variadic: true'] : []),
  ];
  return `{ ${parts.join(', ')} }`;
}

function columnOf({ name, column }: RoutineField) {
  return { key: objectKey(name), value: stringLiteral(column) };
}

/** What happens to the call: it is an expression, a relation, or a statement of its own. */
function tail(result: RoutineModel['result']) {
  const noRow = result.kind !== 'value' && result.fields.length === 0;
  return {
    isValue: result.kind === 'value',
    isRows: result.kind === 'rows',
    isRow: result.kind === 'done' && !noRow,
    isVoid: result.kind === 'done' && noRow,
    statement: stringLiteral(result.kind === 'done' ? result.statement : 'select'),
    scalar: String(result.kind === 'rows' && result.scalar),
  };
}
