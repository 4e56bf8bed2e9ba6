import { setImmediate as turn } from 'node:timers/promises';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that must not be interrupted halfway. A signal that would end the process ends it afterwards. If a signal
 * has arrived when `work` pauses, the work ends with an error. Signals that other code listens for are left to that
 * code.
 */
export async function uninterrupted<Result>(work: (pause: () => Promise<void>) => Promise<Result>): Promise<Result> {
  const ours = signals.filter((signal) => process.listenerCount(signal) === 0);
  const received: NodeJS.Signals[] = [];
  const hold = (signal: NodeJS.Signals) => received.push(signal);
  // Node delivers a signal in the next turn but one.
  const hear = async () => {
    await turn();
    await turn();
  };
  const pause = async () => {
    await hear();
    if (received[0]) throw new Error(`Interrupted by ${received[0]}.`);
  };
  for (const signal of ours) process.on(signal, hold);
  try {
    return await work(pause);
  } finally {
    await hear();
    for (const signal of ours) process.off(signal, hold);
    if (received[0]) process.kill(process.pid, received[0]);
  }
}
