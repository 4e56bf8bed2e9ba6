/** Time of one of several ways to the same result. */
export interface Compared {
  /** Milliseconds, the median of all rounds. */
  readonly time: number;
  /** Its time in relation to the first way's, round by round. */
  readonly ratio: Ratio;
  /** The same ratio of processor time, garbage collection included. Other programs on the machine affect it less. */
  readonly processorRatio: Ratio;
}

/** The median of the rounds' ratios, and the interval that holds it in 95 of 100 such measurements. */
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
   * Collects garbage before each run, outside of its time, so that no run pays for the one before. Node needs
   * `--expose-gc`. V8 then also forgets what it learnt about the objects, which costs some tenths of a millisecond, so
   * this is for long runs.
   */
  readonly collect?: true;
}

/** Number of rounds at the start that do not count. */
const warmUp = 4;

/**
 * Runs the ways in turn, each round in random order, so that a slow moment of the machine slows all. A fixed order can
 * keep step with V8's garbage collection, which then always hits the same way: 1.08 of the same work on Node 20.
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

/** The items in random order, by the method of Fisher and Yates. */
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

/**
 * The median of ratios with its interval. The number of rounds below the median is binomial, whatever the machine does:
 * https://www.itl.nist.gov/div898/handbook/prc/section2/prc263.htm
 */
function ratioOf(ratios: readonly number[]): Ratio {
  const all = sorted(ratios);
  const below = Math.max(Math.floor(all.length / 2 - 0.98 * Math.sqrt(all.length)), 0);
  return { median: all[all.length >> 1] ?? NaN, from: all[below] ?? NaN, to: all[all.length - 1 - below] ?? NaN };
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
