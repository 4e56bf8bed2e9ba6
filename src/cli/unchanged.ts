import { relative } from 'node:path';
import type { GenerateOptions, GenerateResult } from '../index.js';
import { printableLine } from '../printable.js';
import { mayHold, outputsHold, recallRun, rememberRun, settleRun, type RunRecord } from '../run-record/run-record.js';
import { runKey } from '../run-record/run-key.js';
import { namedByAny } from '../run-record/stamped-files.js';
import { toolIdentity } from '../run-record/tool.js';
import { readPlain } from './plain.js';
import { withoutSecrets } from './redact.js';

type Fingerprint = (url: string | undefined) => Promise<string | undefined>;

/**
 * Answers `generate` and `check` where neither could find anything new, before anything that would be needed to find it is loaded: what
 * stdout gets. Whatever it cannot tell for sure is left to the run itself.
 */
export async function answerUnchanged(args: readonly string[], fingerprint: Fingerprint): Promise<string | undefined> {
  const [command] = args;
  if (command !== 'generate' && command !== 'check') return undefined;
  const key = keyOf(args);
  const record = recallRun(key);
  // Whatever else stands in a record than what is written there makes it worth nothing.
  if (!record || !(await stillHolds(record, args, fingerprint).catch(() => false))) return undefined;
  await settleRun(key, record);
  const { heard, schema } = record.notes;
  const writes = command === 'generate' && !args.includes('--check');
  for (const note of writes ? [...heard, ...schema] : heard) process.stderr.write(`note: ${printableLine(withoutSecrets(note))}\n`);
  return record.outputs.map(({ out, files }) => upToDate(out, files)).join('');
}

/** Runs a command, and remembers it where it leaves every output as it should be. */
export async function remembering<Result extends GenerateResult>(
  options: GenerateOptions,
  run: (options: GenerateOptions) => Promise<readonly Result[]>,
  isCurrent: (result: Result) => boolean,
): Promise<readonly Result[]> {
  const started = Date.now();
  const heard: string[] = [];
  const onNote = (message: string) => {
    heard.push(message);
    options.onNote?.(message);
  };
  const results = await run({ ...options, onNote });
  const args = process.argv.slice(2);
  const inputs = inputsOf(results);
  const reachable = inputs && (!inputs.database || inputs.database.variable !== undefined || sourceArgument(args) !== undefined);
  const schema = [...new Set(results.flatMap(({ notes }) => notes))];
  if (reachable && results.every(isCurrent)) await rememberRun(keyOf(args), toolIdentity(), { inputs, outputs: results, notes: { heard, schema }, started });
  return results;
}

/** What the projects of a run were made of, which share the config's files, the environment and the database; undefined where it is not known of each. */
function inputsOf(results: readonly GenerateResult[]): GenerateResult['inputs'] {
  const known = results.flatMap(({ inputs }) => inputs ?? []);
  const [first] = known;
  return first && known.length === results.length ? { ...first, ...namedByAny(known) } : undefined;
}

export function upToDate(out: string, files: number): string {
  return `${printableLine(relative(process.cwd(), out) || '.')}: up to date, ${files} files\n`;
}

const keyOf = ([, ...rest]: readonly string[]) => runKey(process.cwd(), rest.filter((argument) => argument !== '--check'));

async function stillHolds(record: RunRecord, args: readonly string[], fingerprint: Fingerprint): Promise<boolean> {
  if (!mayHold(record, toolIdentity())) return false;
  // While the server looks at its catalogs, the files are looked at here: a glance at thousands takes as long.
  const same = isSameDatabase(record, args, fingerprint);
  const asLeft = outputsHold(record);
  return (await same) && asLeft;
}

async function isSameDatabase({ inputs: { database } }: RunRecord, args: readonly string[], fingerprint: Fingerprint): Promise<boolean> {
  if (!database) return true;
  const url = sourceArgument(args) ?? process.env[database.variable ?? ''];
  // A server that does not answer has its message from the run itself.
  return (await fingerprint(url).catch(() => undefined)) === database.fingerprint;
}

function sourceArgument(args: readonly string[]): string | undefined {
  const line = readPlain(args);
  return line && 'source' in line.args ? line.args.source?.[0] : undefined;
}
