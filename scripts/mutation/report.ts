/** What is used of https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema. */
export interface Report {
  readonly files: { readonly [file: string]: { readonly source: string; readonly mutants: readonly Mutant[] } };
}

interface Mutant {
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Ignored' | 'RuntimeError' | 'CompileError' | 'Pending';
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** `src/diff/side.ts:50 LogicalOperator: schema ?? 'pg_catalog' → schema && 'pg_catalog'` */
export function printSurvivors({ files }: Report): void {
  for (const [file, { source, mutants }] of Object.entries(files)) {
    const lines = source.split('\n');
    for (const { status, mutatorName, replacement = '', location } of mutants) {
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      const { start, end } = location;
      const line = lines[start.line - 1] ?? '';
      const original = start.line === end.line ? line.slice(start.column - 1, end.column - 1) : `${line.slice(start.column - 1)} …`;
      console.log(`${file}:${start.line} ${status === 'NoCoverage' ? 'not reached, ' : ''}${mutatorName}: ${original} → ${replacement.replaceAll(/\s+/g, ' ').slice(0, 100)}`);
    }
  }
}

/** A row for each file, and the last for all of them. The score is what was noticed of all that was tried. */
export function printScores({ files }: Report): void {
  const all = Object.values(files).flatMap(({ mutants }) => mutants);
  console.log('\n| File | Killed | Timed out | Survived | Not reached | Score |\n|---|---|---|---|---|---|');
  for (const [file, mutants] of [...Object.entries(files).map(([file, { mutants }]) => [file, mutants] as const), ['all', all] as const]) {
    const count = (status: Mutant['status']) => mutants.filter((mutant) => mutant.status === status).length;
    const [killed, timedOut, survived, notReached] = [count('Killed'), count('Timeout'), count('Survived'), count('NoCoverage')];
    const tried = killed + timedOut + survived + notReached;
    if (tried > 0) console.log(`| ${file} | ${killed} | ${timedOut} | ${survived} | ${notReached} | ${((100 * (killed + timedOut)) / tried).toFixed(1)} % |`);
  }
}
