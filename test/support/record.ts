import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliResult, rowsmith } from './cli.js';
import { repositoryPath } from './repository.js';

const mark = 'answered by the record';

/** A project folder with its own cache, in which runs are answered from records or carried out. */
export class RecordedProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'rowsmith-unchanged-'));
  readonly path = (name: string) => join(this.folder, name);
  readonly read = (name: string) => readFileSync(this.path(name), 'utf8');
  /** Where records are kept: in this user's cache folder. */
  readonly records = this.path('.cache/rowsmith/runs');

  write(name: string, text: string): void {
    mkdirSync(join(this.path(name), '..'), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  /** Changes a file so that neither its size nor its time reveals it. */
  edit(name: string, from: string, to: string): void {
    const text = this.read(name);
    if (from.length !== to.length || !text.includes(from)) throw new Error(`${name} cannot be edited that way.`);
    const { atime, mtime } = statSync(this.path(name));
    writeFileSync(this.path(name), text.replaceAll(from, to));
    utimesSync(this.path(name), atime, mtime);
  }

  /** Adds a catalog file with some tables, one of which is `users`. */
  addCatalog(name = 'catalog.json'): void {
    mkdirSync(join(this.path(name), '..'), { recursive: true });
    cpSync(repositoryPath('test/cases/schemas/expected/catalog.json'), this.path(name));
  }

  run(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    folder = '.',
  ): CliResult & { readonly isAnswered: boolean } {
    this.#markRecords();
    const result = rowsmith(args, this.path(folder), { HOME: this.folder, ...environment });
    return { ...result, isAnswered: result.stderr.includes(mark) };
  }

  /** The exit codes of `check`, normally and when forced to run again. They must always be the same. */
  checks(
    environment: Readonly<Record<string, string>> = {},
    ...args: readonly string[]
  ): readonly [code: number | null, forced: number | null] {
    return [this.run(['check', ...args], environment).code, this.run(['check', '--force', ...args], environment).code];
  }

  /**
   * Puts a mark into every record. A run that a record answers repeats the messages in the record, so the mark shows
   * that it was answered.
   */
  #markRecords(): void {
    if (!existsSync(this.records)) return;
    for (const name of readdirSync(this.records)) {
      const [, text = ''] = readFileSync(join(this.records, name), 'utf8').split('\n');
      const record = jsonOf(text);
      if (record?.heard === undefined) continue;
      const marked = JSON.stringify({ ...record, heard: [mark] });
      writeFileSync(join(this.records, name), `${createHash('sha256').update(marked).digest('hex')}\n${marked}`);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

function jsonOf(text: string): { readonly heard?: unknown } | undefined {
  try {
    return JSON.parse(text) as { readonly heard?: unknown };
  } catch {
    return undefined;
  }
}
