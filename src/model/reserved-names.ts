import { usedTypes, usedValues } from './used-names.js';

/** Names that generated code does not use, but that a program which imports a model needs. */
const missed = 'Array Error Expression Kysely Object Record Selectable SqlBool TypeError DB'.split(' ');

const reservedTypes = new Set([...usedTypes, ...missed]);

/** The name of a model or a type. If generated code uses the name itself, it gets the suffix `Model`. */
export function modelName(name: string): string {
  return reservedTypes.has(name) ? `${name}Model` : name;
}

/** Words that cannot name a function: https://tc39.es/ecma262/#prod-ReservedWord, and those that strict mode adds. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public return static ' +
    'super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

/** Reserved words, and the names that generated code uses itself. */
const takenWords = new Set([...reservedWords, 'alias', ...usedValues]);

export function functionName(name: string): string {
  return takenWords.has(name) ? `${name}_` : name;
}

/** Whether generated code uses a name itself, so that nothing else may be imported under it. */
export function isUsed(name: string): boolean {
  return reservedTypes.has(name) || takenWords.has(name);
}
