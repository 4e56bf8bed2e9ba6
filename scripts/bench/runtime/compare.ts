/** One way among several to the same result, and how long it took. */
export interface Compared {
  /** Milliseconds, the median of all rounds. */
  readonly time: number;
  /** What its time was of the first way's, round by round. */
  readonly ratio: Ratio;
  /** The same of the processor time of the process, its collections of garbage among it: what others do on the machine moves it less. */
  readonly processorRatio: Ratio;
}

/** The median of the rounds' ratios, and where it lies in 95 of 100 such measurements. */
export interface Ratio {
  readonly median: number;
  readonly from: number;
  readonly to: number;
}

interface Taken {
  readonly time: number;
  readonly processor: number;
}

export interface CompareOptions {
  readonly rounds: number;
  /**
   * Collects garbage before each, outside of its time, so that it does not pay for the one before. Node has to run with `--expose-gc`. V8 also forgets
   * then what it learnt of the objects that are gone, which costs some tenths of a millisecond: for long runs.
   */
  readonly collect?: true;
}

/** Rounds that do not count. */
const warmUp = 4;

/**
 * Runs the ways in turn, each round in an order of chance, so that a slow moment of the machine meets all. An order that repeats can keep step with
 * V8's collections of garbage, which then fall on the same way each time: 1.08 of the same work on Node 20.
 */
export async function compare<Name extends string>(
  ways: Readonly<Record<Name, () => unknown>>,
  { rounds, collect }: CompareOptions,
): Promise<Record<Name, Compared>> {
  const names = Object.keys(ways) as Name[];
  const taken = new Map<Name, Taken[]>(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of shuffled(names)) {
      if (collect) globalThis.gc?.();
      const measured = await take(ways[name]);
      if (round >= 0) taken.get(name)?.push(measured);
    }
  }
  const first = taken.get(names[0] as Name) ?? [];
  return Object.fromEntries([...taken].map(([name, rounds]) => [name, compared(rounds, first)])) as Record<
    Name,
    Compared
  >;
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  const list = [...items];
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [list[last], list[other]] = [list[other] as Item, list[last] as Item];
  }
  return list;
}

async function take(run: () => unknown): Promise<Taken> {
  const start = performance.now();
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return { time: performance.now() - start, processor: (user + system) / 1000 };
}

function compared(rounds: readonly Taken[], first: readonly Taken[]): Compared {
  const ratio = (of: (taken: Taken) => number) =>
    ratioOf(rounds.map((taken, round) => of(taken) / of(first[round] as Taken)));
  return {
    time: sorted(rounds.map(({ time }) => time))[rounds.length >> 1] ?? NaN,
    ratio: ratio(({ time }) => time),
    processorRatio: ratio(({ processor }) => processor),
  };
}

/** How many of the rounds lie below their median is binomial, whatever the machine does: https://www.itl.nist.gov/div898/handbook/prc/section2/prc263.htm */
function ratioOf(ratios: readonly number[]): Ratio {
  const all = sorted(ratios);
  const below = Math.max(Math.floor(all.length / 2 - 0.98 * Math.sqrt(all.length)), 0);
  return { median: all[all.length >> 1] ?? NaN, from: all[below] ?? NaN, to: all[all.length - 1 - below] ?? NaN };
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
