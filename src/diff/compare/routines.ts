import type { Catalog, RoutineFact } from '../../catalog/catalog.js';
import type { Change } from '../change.js';
import { nameKey } from '../side.js';
import { between, type Comparison, match } from './context.js';

/**
 * Compares functions and procedures. Overloads are paired by their arguments; where each side has only one of a name,
 * it is the same one with other arguments.
 */
export function compareRoutines({ from, to }: Comparison): Change[] {
  const [before, after] = [writtenFunctions(from.catalog), writtenFunctions(to.catalog)];
  const exact = match(before, after, (routine) => JSON.stringify([nameKey(routine), routine.kind, inputs(routine)]));
  const lone = (list: readonly RoutineFact[]) => {
    const overloads = new Map<string, number>();
    for (const routine of list) overloads.set(nameKey(routine), (overloads.get(nameKey(routine)) ?? 0) + 1);
    return list.filter((routine) => overloads.get(nameKey(routine)) === 1);
  };
  const { paired: lonePairs } = match(lone(exact.removed), lone(exact.added), nameKey);
  const both = new Set(lonePairs.flat());
  return [
    ...[...exact.paired, ...lonePairs].flatMap(([old, now]) => compareRoutine(old, now)),
    ...exact.added
      .filter((routine) => !both.has(routine))
      .map((routine): Change => ({ rule: 'function-added', ...subject(routine) })),
    ...exact.removed
      .filter((routine) => !both.has(routine))
      .map((routine): Change => ({ rule: 'function-removed', ...subject(routine) })),
  ];
}

/**
 * Functions that somebody wrote, without the constructors that come with a range type:
 * https://www.postgresql.org/docs/current/rangetypes.html#RANGETYPES-DEFINING.
 */
function writtenFunctions({ functions, ranges }: Catalog): RoutineFact[] {
  const constructors = new Set(
    ranges.flatMap(({ schema, name, multirange }) =>
      [name, ...(multirange === undefined ? [] : [multirange])].map((type) => nameKey({ schema, name: type })),
    ),
  );
  return functions.filter((routine) => !constructors.has(nameKey(routine)));
}

const inputs = ({ arguments: all }: RoutineFact) =>
  all.filter(({ mode }) => mode !== 'out' && mode !== 'table').map(({ type }) => type.sql);

function subject(routine: RoutineFact) {
  return {
    routine: { schema: routine.schema, name: routine.name },
    signature: `${routine.name}(${inputs(routine).join(', ')})`,
  };
}

function compareRoutine(before: RoutineFact, after: RoutineFact): Change[] {
  const signature = between(describeSignature(before), describeSignature(after));
  const behaviour = between(describeBehaviour(before), describeBehaviour(after));
  const comment = between(before.comment, after.comment);
  return [
    ...(signature
      ? [
          {
            rule: 'function-signature',
            ...subject(after),
            ...signature,
            compatible: stillCallable(before, after),
          } as const,
        ]
      : []),
    ...(behaviour ? [{ rule: 'function-behaviour', ...subject(after), ...behaviour } as const] : []),
    ...(comment ? [{ rule: 'function-comment', ...subject(after), ...comment } as const] : []),
  ];
}

function describeSignature({ arguments: all, returns, returnsSet }: RoutineFact): string {
  const list = all.map(({ mode, name, type, hasDefault }) =>
    [
      ...(mode === 'in' ? [] : [mode]),
      ...(name === undefined ? [] : [name]),
      type.sql,
      ...(hasDefault ? ['default'] : []),
    ].join(' '),
  );
  return `(${list.join(', ')})${returns === undefined ? '' : ` returns ${returnsSet ? 'set of ' : ''}${returns.sql}`}`;
}

const describeBehaviour = ({ kind, volatility, strict }: RoutineFact) =>
  `${volatility} ${kind}${strict ? ', null on null' : ''}`;

/**
 * Whether existing calls still work and gives the same type: arguments were only added at the end, with
 * defaults.
 */
function stillCallable(before: RoutineFact, after: RoutineFact): boolean {
  const old = before.arguments;
  const same = old.every((argument, index) => {
    const now = after.arguments[index];
    return (
      now?.type.sql === argument.type.sql &&
      now.mode === argument.mode &&
      now.name === argument.name &&
      (!argument.hasDefault || now.hasDefault === true)
    );
  });
  const added = after.arguments.slice(old.length).every(({ hasDefault }) => hasDefault === true);
  return same && added && before.returns?.sql === after.returns?.sql && before.returnsSet === after.returnsSet;
}
