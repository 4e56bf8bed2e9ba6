import type { SourceText } from '../../declared.js';
import type { SqlLiteral } from '../../declared-statement.js';
import { groupBy } from '../../group.js';
import { attributeValue, derives } from './attributes.js';
import { crateFolder, crateName } from './crates.js';
import { moduleNamed, tableByRule } from './diesel-struct.js';
import { madeOfRows } from './made-of-rows.js';
import { namesToRead, wordsOf } from './reading-places.js';
import type { RustItems, RustStruct } from './syntax.js';
import { profileOf, readingTraits } from './traits.js';

/** The given code, and what is read of it. */
interface Code extends Pick<RustItems, 'structs' | 'literals' | 'implementations' | 'writtenOut'> {
  readonly files: readonly SourceText[];
  /** The names of types that the code has more than once. */
  readonly twice: ReadonlySet<string>;
}

/**
 * The structs into which no code reads rows, where the code with the statements is given and names them. A plain struct
 * is one if no statement fills it: its name is no evidence. A struct with `FromRow` is one if code makes it of what
 * statements give, or no code names it where rows could be read, as long as that code would be given: statements fill
 * other structs of its file, or none of its crate. Code that has a driver and not one statement reads nothing.
 */
export function neverRead(code: Code): ReadonlySet<RustStruct> {
  const { files, structs, literals, twice } = code;
  if (literals.length === 0) return new Set(files.some(usesDriver) ? structs.filter(isPlain) : []);
  const filled = filledBy(literals, structs);
  const places = new Set([...filled].flatMap(({ file }) => [file, crateFolder(file)]));
  const isRootGiven = rootGiven(files);
  const isReaderGiven = (struct: RustStruct) =>
    places.has(struct.file) || !places.has(crateFolder(struct.file)) || isRootGiven(struct);
  const isMentioned = mentionsIn(files, twice);
  const isNamed = readingNamesIn(code, filled);
  const isMadeOfRows = madeOfRows(files, code, filled);
  const isUnread = (struct: RustStruct) =>
    isPlain(struct) || (onlyFromRow(struct) && (isMadeOfRows(struct) || (isReaderGiven(struct) && !isNamed(struct))));
  return new Set(
    structs.filter((struct) => !filled.has(struct) && !struct.isRowKnown && isMentioned(struct) && isUnread(struct)),
  );
}

const usesDriver = ({ text }: SourceText) => /\b(?:PgPool|PgConnection|tokio_postgres)\b/.test(text);

/**
 * The structs for inserts that nothing is inserted from: those that no code uses, where the code uses others or has the
 * root of their crate and so is given, and those of tables that the code inserts nothing into, where it says what it
 * inserts into.
 */
export function neverInserted(
  structs: readonly RustStruct[],
  used: ReadonlySet<string>,
  files: readonly SourceText[],
): ReadonlySet<RustStruct> {
  const inserts = structs.filter(({ attributes }) => derives(attributes).includes('Insertable'));
  const unused = inserts.filter(({ name }) => !used.has(name));
  const isGiven = unused.length < inserts.length ? () => true : rootGiven(files);
  const tables = insertedTables(files);
  const ofOthers = inserts.filter(({ name, attributes }) => {
    const path = attributeValue(attributes, 'diesel', 'table_name') ?? tableByRule(name);
    return tables?.has(moduleNamed(path)) === false;
  });
  return new Set([...unused.filter(isGiven), ...ofOthers]);
}

/** The structs of Diesel that no code loads: those that no code uses, where the root of their crate is given. */
export function neverLoaded(
  structs: readonly RustStruct[],
  used: ReadonlySet<string>,
  files: readonly SourceText[],
): ReadonlySet<RustStruct> {
  const isGiven = rootGiven(files);
  const isLoadable = (struct: RustStruct) => profileOf(struct) === 'diesel' && readersOf(struct).length > 0;
  return new Set(structs.filter((struct) => isLoadable(struct) && !used.has(struct.name) && isGiven(struct)));
}

/** The tables that the code inserts into, by the names in their paths; undefined where it does not say which. */
function insertedTables(files: readonly SourceText[]): ReadonlySet<string> | undefined {
  const paths = files.flatMap(({ text }) =>
    [...text.matchAll(/\binsert_(?:or_ignore_)?into\s*\(\s*([^),]{0,200})/g)].map(([, path = '']) => path),
  );
  const names = paths.map((path) => wordsOf(path).filter((word) => word !== 'table'));
  // `insert_into(table)` is of the module that it stands in, and `insert_into(Self::table())` of any.
  const isOpen = names.some((words) => words.length === 0 || words.some((word) => /^[A-Z]|^self$/.test(word)));
  return isOpen || paths.length === 0 ? undefined : new Set(names.flat());
}

/** The structs that statements fill. Of several with the name, those of the package that the code imports it from. */
function filledBy(literals: readonly SqlLiteral[], structs: readonly RustStruct[]): ReadonlySet<RustStruct> {
  const named = groupBy(structs, ({ name }) => name);
  return new Set(
    literals.flatMap(({ into = '', declaredIn, package: unit }) => {
      const all = named.get(into) ?? [];
      const declared = all.filter(({ file }) => file === declaredIn);
      if (declared.length > 0) return declared;
      const own = all.filter(({ file }) => crateName(file) === unit);
      return own.length > 0 ? own : all;
    }),
  );
}

/** Tells whether the given code names a struct somewhere else than where it declares it, or would do so if any did. */
function mentionsIn(files: readonly SourceText[], twice: ReadonlySet<string>): (struct: RustStruct) => boolean {
  const hasRoot = rootGiven(files);
  return (struct) => twice.has(struct.name) || (!isPlain(struct) && hasRoot(struct));
}

/** Tells whether the root of a struct's crate is given. Then the code that would name the struct is given too. */
function rootGiven(files: readonly SourceText[]): (struct: RustStruct) => boolean {
  const given = new Set(files.map(({ file }) => file));
  return ({ file }) => ['lib', 'main'].some((root) => given.has(`${crateFolder(file)}src/${root}.rs`));
}

/** Tells whether code names a struct in a place for what rows are read into, or as the type of a field. */
function readingNamesIn(
  { files, structs, literals, twice }: Code,
  filled: ReadonlySet<RustStruct>,
): (struct: RustStruct) => boolean {
  const crates = groupBy(files, ({ file }) => crateFolder(file));
  const read = new Map([...crates].map(([crate, own]) => [crate, new Set(namesToRead(own))]));
  // A struct that nothing names but its own declaration brings none of its fields with it.
  const inUse = structs.filter(({ name }) => twice.has(name));
  const fieldTypes = new Set(inUse.flatMap(({ fields }) => fields.flatMap(({ type }) => wordsOf(type.text))));
  const filledNames = new Set([...filled].map(({ name }) => name));
  const unplaced = new Set(literals.flatMap(({ into, declaredIn }) => (declaredIn === undefined ? (into ?? []) : [])));
  return ({ name, file }) => {
    // Where code reads into a namesake, only the code of its own crate may mean it, and none if the imports of each
    // statement lead to the other.
    if (filledNames.has(name)) return unplaced.has(name) && read.get(crateFolder(file))?.has(name) === true;
    return fieldTypes.has(name) || [...read.values()].some((names) => names.has(name));
  };
}

/** Whether neither a library nor a derive reads rows into a struct, so that only code written for it can. */
function isPlain(struct: RustStruct): boolean {
  return profileOf(struct) === 'sqlx' && readersOf(struct).length === 0;
}

/** Whether `FromRow` is the only derive of a struct that may read rows. */
function onlyFromRow(struct: RustStruct): boolean {
  const traits = readersOf(struct);
  return traits.length > 0 && traits.every((trait) => trait === 'FromRow');
}

function readersOf({ attributes }: RustStruct): readonly string[] {
  return derives(attributes).filter((trait) => readingTraits.has(trait) || ofOrm.test(trait));
}

/** Derives that may write code which reads rows: `ormx::Table`. */
const ofOrm = /table|model|crud|orm|sql/i;

/** The names of types that the files have more than once, so not only where they are declared. */
export function namedTwice(files: readonly SourceText[]): ReadonlySet<string> {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const { text } of files)
    for (const [name] of text.matchAll(/\b[A-Z]\w*/g)) (once.has(name) ? twice : once).add(name);
  return twice;
}
