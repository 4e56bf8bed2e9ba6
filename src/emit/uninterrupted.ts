import { setImmediate as turn } from 'node:timers/promises';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs what should not be left half done: a signal that would end the process ends it afterwards. Where somebody else listens
 * for the signal, it is theirs.
 */
export async function uninterrupted<Result>(work: () => Result): Promise<Result> {
  const ours = signals.filter((signal) => process.listenerCount(signal) === 0);
  const received: NodeJS.Signals[] = [];
  const hold = (signal: NodeJS.Signals) => received.push(signal);
  for (const signal of ours) process.on(signal, hold);
  try {
    return work();
  } finally {
    // Node tells of a signal in its next turn but one.
    await turn();
    await turn();
    for (const signal of ours) process.off(signal, hold);
    if (received[0]) process.kill(process.pid, received[0]);
  }
}
