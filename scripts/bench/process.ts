import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './types/run.js';

/** Module that reports peak memory, loaded into every measured process. */
const peakReport = fileURLToPath(new URL('peak.cjs', import.meta.url));

/** Cost of a whole process: milliseconds, and MiB at the peak. */
interface Cost {
  readonly time: number;
  readonly memory: number;
}

/** Cost of a command: the medians of its rounds, and the time of each round. */
export interface Measurement extends Cost {
  readonly times: readonly number[];
}

export interface Command {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The command prints its own milliseconds, which count instead of those of the whole process. */
  readonly timesItself?: true;
  /**
   * Memory is not measured: the run may be answered by the record of the last one, for which nothing may be loaded
   * before.
   */
  readonly isAlone?: true;
}

/** A command, or a function that makes one for each run. The function's time is not measured. */
export type Measured = Command | ((run: number) => Command);

/**
 * Measures whole Node processes in turn, A B C A B C …, so that a slow moment of the machine slows all of them. The
 * first round does not count.
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

/** Ratio of the times of two commands: the median of the ratios of all rounds. */
export function ratio(a: Measurement, b: Measurement): string {
  return median(a.times.map((time, round) => time / (b.times[round] ?? NaN))).toFixed(2);
}
