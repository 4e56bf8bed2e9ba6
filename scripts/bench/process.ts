import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './types/run.js';

/** Loaded into every measured process alike. */
const peakReport = fileURLToPath(new URL('peak.cjs', import.meta.url));

/** What a whole process takes: milliseconds, and MiB at the peak. */
interface Cost {
  readonly time: number;
  readonly memory: number;
}

/** What a command takes: the medians of its rounds, and the time of each round. */
export interface Measurement extends Cost {
  readonly times: readonly number[];
}

export interface Command {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** It prints its milliseconds, which count instead of those of the whole process. */
  readonly timesItself?: true;
  /** Its memory is not measured: before a run that may be answered by the record of the last one Node loads nothing. */
  readonly isAlone?: true;
}

/** Or what makes the command of each run, where it needs a place of its own; that is not measured. */
export type Measured = Command | ((run: number) => Command);

/**
 * Measures whole Node processes in turn, A B C A B C …, so that a slow moment of the machine meets all of them. A first
 * round does not count.
 */
export function inTurn<Name extends string>(
  commands: Readonly<Record<Name, Measured>>,
  rounds: number,
): Readonly<Record<Name, Measurement>> {
  const names = Object.keys(commands) as Name[];
  const costs = new Map<Name, Cost[]>(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const command = commands[name];
      const cost = runOnce(typeof command === 'function' ? command(round + 1) : command);
      if (round >= 0) costs.get(name)?.push(cost);
    }
  }
  return Object.fromEntries(names.map((name) => [name, summary(costs.get(name) ?? [])])) as Record<Name, Measurement>;
}

function runOnce({ args, cwd, env = process.env, timesItself, isAlone }: Command): Cost {
  const peak = join(tmpdir(), `rowsmith-bench-peak-${process.pid}`);
  const options = {
    ...(cwd === undefined ? {} : { cwd }),
    encoding: 'utf8' as const,
    maxBuffer: 1 << 30,
    env: { ...env, ROWSMITH_BENCH_PEAK: peak },
  };
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...(isAlone ? [] : ['--require', peakReport]), ...args],
    options,
  );
  const whole = performance.now() - start;
  if (status !== 0) throw new Error(`${args.join(' ')}\n${stderr}`);
  const memory = isAlone ? Number.NaN : Number(readFileSync(peak, 'utf8')) / 1024;
  rmSync(peak, { force: true });
  return { time: timesItself ? Number(stdout) : whole, memory };
}

function summary(costs: readonly Cost[]): Measurement {
  const times = costs.map(({ time }) => time);
  return { time: median(times), memory: median(costs.map(({ memory }) => memory)), times };
}

/** How much longer one takes than another: the median of the ratios, round by round. */
export function ratio(a: Measurement, b: Measurement): string {
  return median(a.times.map((time, round) => time / (b.times[round] ?? NaN))).toFixed(2);
}
