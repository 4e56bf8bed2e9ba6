import type { SourceText, SqlLiteral } from '../../declared.js';
import { groupBy } from '../../group.js';
import { derives } from './attributes.js';
import { crateFolder, crateName } from './crates.js';
import type { RustStruct } from './syntax.js';
import { profileOf, readingTraits } from './traits.js';

/**
 * Places where the name of a type may say what rows are read into: what a function returns, a `let`, a turbofish, the
 * parameter of a closure, a macro of sqlx, an alias, a trait whose code may read `Self`. A parameter of a function, a
 * value that is made and `impl From<Task>` are none.
 */
const readingPlaces = [
  /->\s*([^{;]+)/g,
  /\blet\s+[^=;]*?:\s*([^=;]+)=/g,
  /::\s*<([^;{}]*?)>\s*\(/g,
  /\|([^|\n]*:[^|\n]*)\|/g,
  /\bquery\w*!\s*[({[]([^"]*)/g,
  /\btype\s+\w+[^=;]*=\s*([^;]+)/g,
  /\b(\w+)::from_row\b/g,
  /\bimpl\b(?:<[^{;]*?>)?\s+(?!(?:\w+::)*(?:From|TryFrom|Into|TryInto|Display|Default|Debug|Hash|Ord|PartialOrd|PartialEq|FromStr)\b)[\w:]+[^{;]*?\bfor\s+(\w+)/g,
];

/**
 * The structs that are no models for their names alone, where code with statements is given, and code that names
 * them: plain ones that no statement fills, and ones with `FromRow` that no code names where rows could be read, although the code that reads
 * into others of their file is given, or into none of their crate.
 */
export function neverRead(
  files: readonly SourceText[],
  structs: readonly RustStruct[],
  literals: readonly SqlLiteral[],
): ReadonlySet<RustStruct> {
  const named = groupBy(structs, ({ name }) => name);
  const filled = new Set(
    literals.flatMap(({ into = '', package: unit }) => {
      const all = named.get(into) ?? [];
      const own = all.filter(({ file }) => crateName(file) === unit);
      return own.length > 0 ? own : all;
    }),
  );
  if (literals.length === 0) return new Set();
  const places = new Set([...filled].flatMap(({ file }) => [file, crateFolder(file)]));
  const fieldTypes = structs.flatMap(({ fields }) => fields.flatMap(({ type }) => wordsOf(type.text)));
  const twice = namedTwice(files);
  const given = new Set(files.map(({ file }) => file));
  // With the root of its crate, the code that would name it is given too.
  const isMentioned = (struct: RustStruct) =>
    twice.has(struct.name) ||
    (!isPlain(struct) && ['lib', 'main'].some((root) => given.has(`${crateFolder(struct.file)}src/${root}.rs`)));
  const crates = groupBy(files, ({ file }) => crateFolder(file));
  const read = new Map([...crates].map(([crate, own]) => [crate, new Set(namesIn(own))]));
  const isNamed = ({ name, file }: RustStruct) => {
    // Where code reads into a namesake, only the code of its own crate may mean it.
    const isNamesake = named.get(name)?.some((one) => filled.has(one)) === true;
    if (isNamesake) return read.get(crateFolder(file))?.has(name) === true;
    return fieldTypes.includes(name) || [...read.values()].some((names) => names.has(name));
  };
  return new Set(
    structs.filter(
      (struct) =>
        !filled.has(struct) &&
        isMentioned(struct) &&
        (isPlain(struct) ||
          ((places.has(struct.file) || !places.has(crateFolder(struct.file))) &&
            onlyFromRow(struct) &&
            !isNamed(struct))),
    ),
  );
}

/** Whether only code of its own can take a struct out of a row: no library does, and no derive may. */
function isPlain(struct: RustStruct): boolean {
  return profileOf(struct) === 'sqlx' && readersOf(struct).length === 0;
}

/** Whether `FromRow` alone says that rows are read into a struct: no other library does, and no derive may write code. */
function onlyFromRow(struct: RustStruct): boolean {
  const traits = readersOf(struct);
  return traits.length > 0 && traits.every((trait) => trait === 'FromRow');
}

function readersOf({ attributes }: RustStruct): readonly string[] {
  return derives(attributes).filter((trait) => readingTraits.has(trait) || ofOrm.test(trait));
}

/** Derives that may write code which reads rows: `ormx::Table`. */
const ofOrm = /table|model|crud|orm|sql/i;

/** The names of types in the places above. */
function namesIn(files: readonly SourceText[]): readonly string[] {
  return files.flatMap(({ text }) =>
    readingPlaces.flatMap((place) => [...text.matchAll(place)].flatMap(([, types = '']) => wordsOf(types))),
  );
}

/** The names of types that the files have more than once, so not only where they are declared. */
function namedTwice(files: readonly SourceText[]): ReadonlySet<string> {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const { text } of files)
    for (const [name] of text.matchAll(/\b[A-Z]\w*/g)) (once.has(name) ? twice : once).add(name);
  return twice;
}

const wordsOf = (text: string): readonly string[] => text.match(/\w+/g) ?? [];
