/** Names that a generated module uses itself. A model that is called like one gets the suffix `Model`. */
const reservedModelNames = new Set([
  ...[
    'AliasedExpression',
    'ColumnType',
    'Expression',
    'Generated',
    'Insertable',
    'Selectable',
    'SqlBool',
    'Updateable',
    'Kysely',
  ],
  ...['Array', 'Buffer', 'Date', 'Error', 'Object', 'Promise', 'Record', 'TypeError', 'Uint8Array', 'DB'],
  ...['AnyDatabase', 'QueryStart', 'ReadArguments', 'Refine', 'ReturningFields', 'StateCondition', 'StateMachine'],
]);

export function modelName(name: string): string {
  return reservedModelNames.has(name) ? `${name}Model` : name;
}

/**
 * Words that cannot name a function: what a generated module uses itself, and
 * https://tc39.es/ecma262/#prod-ReservedWord and those that strict mode adds.
 */
const reservedWords = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static super switch ' +
    'this throw true try typeof undefined var void while with yield sql relation returningFields currentState inState notInState ofNewest transition ' +
    'readModel codeField alias db routine routineRows runRoutine'
  ).split(' '),
);

export function functionName(name: string): string {
  return reservedWords.has(name) ? `${name}_` : name;
}
