import { setTimeout as sleep } from 'node:timers/promises';
import { type LoadedConfig, type WatchEvent, watch } from '../../index.js';
import { refuseMeaningless, withArguments } from '../input.js';
import { Messages } from '../messages.js';
import type { Arguments } from '../options.js';
import { reportError } from '../report-error.js';
import { schemaWords, summary } from '../summary.js';

/** Milliseconds that a run has to finish after Ctrl-C. A database may never answer. */
const grace = 2000;

/**
 * Watches until a signal ends it. That is not a failure: the exit code is 0. A second Ctrl-C ends the process at once.
 */
export async function runWatch(args: Arguments<'generate'>): Promise<number> {
  refuseMeaningless(args);
  const ending = new AbortController();
  const stopped = new Promise<void>((resolve) => ending.signal.addEventListener('abort', () => resolve()));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  const ended = follow(args, ending.signal);
  const overdue = stopped.then(() => sleep(grace, true, { ref: false }));
  // Writing files is never interrupted: signals wait until it is done.
  if (await Promise.race([ended, overdue])) process.exit(0);
  return 0;
}

async function follow(args: Arguments<'generate'>, signal: AbortSignal): Promise<void> {
  const messages = new Messages(args);
  let isFirst = true;
  const configure = (loaded: LoadedConfig) => {
    if (isFirst && loaded.chosen !== undefined) messages.note(loaded.chosen);
    return withArguments(args, loaded, messages);
  };
  for await (const event of watch({
    configure,
    signal,
    ...(args.config === undefined ? {} : { config: args.config }),
    ...(args['env-file'] === undefined ? {} : { envFile: args['env-file'] }),
  })) {
    messages.end();
    tell(event, args, messages);
    if (isFirst && !args.silent) process.stderr.write('Watching for changes. Press Ctrl-C to stop.\n');
    isFirst = false;
  }
}

function tell(event: WatchEvent, { silent, verbose }: Arguments<'generate'>, messages: Messages): void {
  if (event.kind === 'failed') process.stderr.write(reportError(event.error, verbose));
  else if (event.kind === 'recovered') {
    if (!silent) process.stderr.write('The database is reachable again. Nothing changed.\n');
  } else {
    for (const { notes } of event.results) notes.forEach(messages.note);
    if (silent) return;
    // Projects that see the same change report it in the same words.
    const findings = [
      ...new Map(
        event.results.flatMap((result) => result.findings).map((finding) => [finding.message, finding]),
      ).values(),
    ];
    if (findings.length > 0) process.stdout.write(schemaWords(findings));
    process.stdout.write(event.results.map(summary).join(''));
  }
}
