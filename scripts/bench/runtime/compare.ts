/** Two ways to the same result, and how long each took. */
export interface Compared {
  /** Milliseconds, the median of all rounds. */
  readonly ours: number;
  readonly theirs: number;
  /** The median of what our time was of theirs, round by round. */
  readonly ratio: number;
}

/**
 * Runs both in turn, A B B A A B …, so that a slow moment of the machine meets both and neither is always second. Rounds to warm up do
 * not count.
 */
export async function compare(ours: () => unknown, theirs: () => unknown, rounds: number, warmUp = 3): Promise<Compared> {
  const times: { readonly ours: number; readonly theirs: number }[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    const first = round % 2 === 0 ? ours : theirs;
    const a = await time(first);
    const b = await time(first === ours ? theirs : ours);
    if (round >= 0) times.push(first === ours ? { ours: a, theirs: b } : { ours: b, theirs: a });
  }
  const middle = (pick: (pair: { readonly ours: number; readonly theirs: number }) => number) => times.map(pick).sort((a, b) => a - b)[times.length >> 1] ?? 0;
  return { ours: middle((pair) => pair.ours), theirs: middle((pair) => pair.theirs), ratio: middle((pair) => pair.ours / pair.theirs) };
}

async function time(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
