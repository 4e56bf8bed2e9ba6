/** Whether a transaction block is open after a statement, given its first words and whether one was open before. */
export function inTransactionAfter(leading: readonly string[], before: boolean): boolean {
  const [first, second] = leading;
  switch (first) {
    case 'begin':
      return true;
    case 'start':
      return before || second === 'transaction';
    case 'commit':
    case 'end':
    case 'rollback':
    case 'abort':
      return before && (leading.includes('to') || (leading.includes('chain') && !leading.includes('no')));
    case 'prepare':
      return before && second !== 'transaction';
    default:
      return before;
  }
}

const controls: ReadonlySet<string> = new Set([
  'begin',
  'start',
  'commit',
  'end',
  'rollback',
  'abort',
  'savepoint',
  'release',
]);

/**
 * Whether a statement controls the transaction. No savepoint may surround it, because it would end the savepoint or be
 * refused.
 */
export function controlsTransaction([first = '', second]: readonly string[]): boolean {
  return controls.has(first) || ((first === 'set' || first === 'prepare') && second === 'transaction');
}
