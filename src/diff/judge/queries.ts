import { breaking, dangerous, type Judgement, type Judges, safe } from './judgement.js';

const call = ['call'] as const;

export const queryJudges: Judges<'query'> = {
  'query-added': () => safe('was added', 'nothing calls it yet'),
  'query-removed': () => breaking(call, 'was removed', 'its functions are gone'),
  'query-failed': ({ place: { path, line, column }, before, after, message }) => {
    const why = `${path}:${line}:${column}: ${message}`;
    if (!after) return safe('no longer fails', `before: ${why}`);
    return before ? dangerous('fails, as it did before', why) : breaking(call, 'fails now', why);
  },
  'query-kind': ({ before, after }) =>
    breaking(call, `is now :${after}, not :${before}`, 'its function returns something else'),
  'query-clause': ({ before, after }) => {
    if (before === undefined) return safe(`can stand in ${after?.toUpperCase()} now`, 'existing calls still work');
    const function_ = before === 'from' ? 'its relation' : 'its rows for WITH';
    return breaking(call, `can no longer stand in ${before.toUpperCase()}`, `the function for ${function_} is gone`);
  },
  'query-sql': () => dangerous('changed its statement', 'it may do something else'),
  'query-column-added': ({ part }) => safe(`also returns ${part}`, 'existing code keeps working'),
  'query-column-removed': ({ part }) =>
    breaking(call, `no longer returns ${part}`, 'code that reads it does not compile'),
  'query-column-type': ({ part, before, after, fits }) =>
    fits === 'but for literals'
      ? dangerous(
          `returns more values in ${part}: ${before} → ${after}`,
          'a switch over the union does not handle them',
        )
      : ofType(`returns another type in ${part}: ${before} → ${after}`, fits, 'code that reads it gets another type'),
  'query-column-nullability': ({ part, after }) =>
    after === 'NOT NULL'
      ? safe(`never returns null in ${part} now`, 'existing reads still fit')
      : breaking(call, `may return null in ${part} now`, 'code that reads it expects a value'),
  'query-argument-added': ({ part, required }) =>
    required
      ? breaking(call, `takes the argument ${part} now`, 'every call must give it')
      : safe(`can take the argument ${part} now`, 'calls may leave it out'),
  'query-argument-removed': ({ part }) =>
    breaking(call, `no longer takes the argument ${part}`, 'calls that give it do not compile'),
  'query-argument-type': ({ part, before, after, fits }) =>
    ofType(`takes another type for ${part}: ${before} → ${after}`, fits, 'calls that give the old type do not compile'),
  'query-argument-nullability': ({ part, after }) =>
    after === 'NULL'
      ? safe(`takes null for ${part} now`, 'existing calls still fit')
      : breaking(call, `no longer takes null for ${part}`, 'null is refused'),
};

function ofType(says: string, fits: string, why: string): Judgement {
  return fits === 'yes' ? safe(says, 'existing code still fits') : breaking(call, says, why);
}
