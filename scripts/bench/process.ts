import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './types/run.js';

/** Module that reports peak memory, loaded into the process whose memory is measured. */
const peakReport = fileURLToPath(new URL('peak.cjs', import.meta.url));

/** Cost of a command as a whole process. */
export interface Measurement {
  /** The median of its rounds, in milliseconds. */
  readonly time: number;
  /** The time of each round. */
  readonly times: readonly number[];
  /** MiB at the peak of one more round. */
  readonly memory: number;
}

export interface Command {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The command prints its own milliseconds, which count instead of those of the whole process. */
  readonly timesItself?: true;
}

/** A command, or a function that makes one for each run. The function's time is not measured. */
export type Measured = Command | ((run: number) => Command);

/**
 * Measures whole Node processes in turn, A B C A B C …, so that a slow moment of the machine slows all of them. The
 * first round does not count. Memory has a round of its own, at the end: what reports it is loaded into the process,
 * and a run of rowsmith that something was loaded into is not answered by the record of the last one.
 */
export function inTurn<Name extends string>(
  commands: Readonly<Record<Name, Measured>>,
  rounds: number,
): Readonly<Record<Name, Measurement>> {
  const names = Object.keys(commands) as Name[];
  const commandOf = (name: Name, run: number): Command => {
    const command = commands[name];
    return typeof command === 'function' ? command(run) : command;
  };
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let run = 0; run <= rounds; run++) {
    for (const name of names) {
      const time = timeOf(commandOf(name, run));
      if (run > 0) times.get(name)?.push(time);
    }
  }
  const measured = names.map((name): [Name, Measurement] => {
    const each = times.get(name) ?? [];
    return [name, { time: median(each), times: each, memory: memoryOf(commandOf(name, rounds + 1)) }];
  });
  return Object.fromEntries(measured) as Record<Name, Measurement>;
}

function timeOf(command: Command): number {
  const start = performance.now();
  const stdout = run(command, []);
  const whole = performance.now() - start;
  return command.timesItself ? Number(stdout) : whole;
}

function memoryOf(command: Command): number {
  const peak = join(tmpdir(), `rowsmith-bench-peak-${process.pid}`);
  run({ ...command, env: { ...(command.env ?? process.env), ROWSMITH_BENCH_PEAK: peak } }, ['--require', peakReport]);
  const memory = Number(readFileSync(peak, 'utf8')) / 1024;
  rmSync(peak, { force: true });
  return memory;
}

/** Runs a command to its end, and returns what it printed. Throws where it failed. */
function run({ args, cwd, env = process.env }: Command, flags: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env,
  });
  if (status !== 0) throw new Error(`${args.join(' ')}\n${stderr}`);
  return stdout;
}

/** Ratio of the times of two commands: the median of the ratios of all rounds. */
export function ratio(a: Measurement, b: Measurement): string {
  return median(a.times.map((time, round) => time / (b.times[round] ?? NaN))).toFixed(2);
}
