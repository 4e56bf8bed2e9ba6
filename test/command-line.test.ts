/** Node's own parser reads a plain command line in the same way as yargs; all other command lines are left to yargs. */
import { expect, test } from '@jest/globals';
import { type CommandName, options } from '../src/cli/options.js';
import { readPlain } from '../src/cli/plain.js';
import { readWithYargs } from '../src/cli/yargs.js';

const plain: readonly string[] = [
  'generate',
  'check',
  'diff',
  'drift',
  'docs',
  'init',
  'generate --source a.sql',
  'generate --source=a.sql',
  'generate --source a.sql --source b.sql --out x --config c.ts',
  'check --json --silent',
  'check --format github',
  'generate --check --verbose',
  'init -y',
  'init --yes --source s',
  'drift --models a --models b --fail-on never --rule a=off --rule b=error',
  'docs --format markdown --out page.md',
  'diff --from a --to b --usage c',
];

/**
 * What a command receives from a command line through yargs, which also adds camelCase names and facts about itself.
 */
async function byYargs(line: readonly string[]): Promise<unknown> {
  const read = await readWithYargs(line);
  const names = Object.keys(options[read?.command as CommandName]);
  return {
    command: read?.command,
    args: Object.fromEntries(
      Object.entries(read?.args ?? {}).filter(([name, value]) => names.includes(name) && value !== undefined),
    ),
  };
}

test.each(plain)('rowsmith %s', async (line) => {
  const read = readPlain(line.split(' '));
  expect(read).toBeDefined();
  expect(read).toEqual(await byYargs(line.split(' ')));
});

test.each<[string, readonly string[]]>([
  ['no command', []],
  ['another command', ['generat']],
  ['a name of every object', ['constructor']],
  ['a number', ['check', '--timeout', '5']],
  ['what excludes others', ['generate', '--watch']],
  ['several values behind one name', ['generate', '--source', 'a.sql', 'b.sql']],
  ['an option twice', ['generate', '--out', 'a', '--out', 'b']],
  ['an empty value', ['generate', '--out', '']],
  ['no value', ['generate', '--out']],
  ['a choice that is none', ['check', '--format', 'xml']],
  ['an unknown option', ['generate', '--ouput', 'a']],
  ['a name in camel case', ['drift', '--failOn', 'never']],
  ['a denial', ['generate', '--no-json']],
  ['a question', ['generate', '--help']],
])('%s is left to yargs', (_what, line) => {
  expect(readPlain(line)).toBeUndefined();
});
