import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What a program may do with a column, and the type that must then not be wider than the other generator's. */
const axes = {
  select: (table: string) => `Selectable<${table}>`,
  insert: (table: string) => `Given<Insertable<${table}>>`,
  omit: (table: string) => `Omittable<Insertable<${table}>>`,
  update: (table: string) => `Given<Updateable<${table}>>`,
} as const;

export type Axis = keyof typeof axes;

/**
 * Where one side accepts or promises what the other does not. A `column` that is missing stands for the whole table.
 */
export interface Looser {
  readonly schema: string;
  readonly table: string;
  readonly column?: string;
  readonly axis: Axis;
  readonly ours: string;
  readonly theirs: string;
}

/** Modules that export a `DB`, as paths from the folder of the comparison. */
export interface Pair {
  readonly schema: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Compares all pairs in one compilation: where a type of `ours` is not assignable to the same of `theirs`. */
export function looserTypes(folder: string, pairs: readonly Pair[]): Looser[] {
  const file = join(folder, 'compare.ts');
  const compared = pairs.flatMap((pair, index) => (Object.keys(axes) as Axis[]).map((axis) => ({ pair, index, axis })));
  const alias = (side: string, axis: string, index: number) => `${side}${index}_${axis}`;
  writeFileSync(
    file,
    [
      `import type { Insertable, Selectable, Updateable } from 'kysely';`,
      `type Given<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };`,
      `type Omittable<T> = { [K in keyof T]-?: {} extends Pick<T, K> ? 'given' | 'left out' : 'given' };`,
      ...pairs.flatMap(({ ours, theirs }, index) => [
        `import type { DB as Ours${index} } from '${ours}';`,
        `import type { DB as Theirs${index} } from '${theirs}';`,
      ]),
      ...compared.flatMap(({ axis, index }) =>
        ['Ours', 'Theirs'].map(
          (side) =>
            `export type ${alias(side, axis, index)} = { [T in keyof ${side}${index}]: ${axes[axis](`${side}${index}[T]`)} };`,
        ),
      ),
    ].join('\n'),
  );

  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  if (!source) throw new Error(`${file} was not read.`);
  const [error] = program.getSemanticDiagnostics(source);
  if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
  const aliases = new Map(
    source.statements.filter(ts.isTypeAliasDeclaration).map(({ name }) => [name.text, checker.getTypeAtLocation(name)]),
  );
  const typeOf = (name: string) => {
    const type = aliases.get(name);
    if (!type) throw new Error(`There is no type ${name}.`);
    return properties(checker, type);
  };

  return compared.flatMap(({ pair: { schema }, index, axis }) => {
    const ours = typeOf(alias('Ours', axis, index));
    const theirs = typeOf(alias('Theirs', axis, index));
    return either(ours, theirs).flatMap((table) => {
      const [our, their] = [ours.get(table), theirs.get(table)];
      if (!our || !their)
        return axis === 'select'
          ? [{ schema, table, axis, ours: our ? 'a table' : 'none', theirs: their ? 'a table' : 'none' }]
          : [];
      return columns(checker, axis, our, their).map((difference) => ({ schema, table, axis, ...difference }));
    });
  });
}

/** Fewer columns that can be written are stricter; fewer that are read are not. */
function columns(
  checker: ts.TypeChecker,
  axis: Axis,
  our: ts.Type,
  their: ts.Type,
): Pick<Looser, 'column' | 'ours' | 'theirs'>[] {
  const [ours, theirs] = [properties(checker, our), properties(checker, their)];
  return either(ours, theirs).flatMap((column) => {
    const [mine, other] = [ours.get(column), theirs.get(column)];
    if (mine && other && !isAny(mine) && checker.isTypeAssignableTo(mine, other)) return [];
    if (!mine && axis !== 'select') return [];
    return [
      {
        column,
        ours: mine ? spell(checker, mine, other) : 'none',
        theirs: other ? spell(checker, other, mine) : 'none',
      },
    ];
  });
}

function properties(checker: ts.TypeChecker, type: ts.Type): Map<string, ts.Type> {
  return new Map(type.getProperties().map((property) => [property.name, checker.getTypeOfSymbol(property)]));
}

const either = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>) =>
  [...new Set([...a.keys(), ...b.keys()])].sort();

const members = (type: ts.Type) => (type.isUnion() ? type.types : [type]);
/** Assignable to everything, and checked by nothing. */
const isAny = (type: ts.Type) => (type.flags & ts.TypeFlags.Any) !== 0;
const isNull = (type: ts.Type) => (type.flags & ts.TypeFlags.Null) !== 0;

/**
 * A type with the members of unions sorted: the compiler orders them by when it met them. Null is left out where both
 * sides have it. Types that have names are called by them: JSON has no other end.
 */
function spell(checker: ts.TypeChecker, type: ts.Type, beside?: ts.Type): string {
  if (type.aliasSymbol) return type.aliasSymbol.name;
  if (type.flags & ts.TypeFlags.BooleanLiteral) return 'boolean';
  if (type.isUnion()) {
    const hidden = beside !== undefined && members(beside).some(isNull);
    const shown = type.types.filter((member) => !(hidden && isNull(member)));
    return [...new Set(shown.map((member) => spell(checker, member)))].sort().join(' | ');
  }
  const [element] = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [];
  if (!element) return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
  return element.isUnion() && !element.aliasSymbol ? `(${spell(checker, element)})[]` : `${spell(checker, element)}[]`;
}
