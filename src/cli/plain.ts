import { parseArgs } from 'node:util';
import { runCheck } from './commands/check.js';
import { runGenerate } from './commands/generate.js';
import { inputOptions, outputOptions } from './input.js';

/**
 * Runs `generate` and `check` as scripts call them, whose options need no explanation: yargs, with all it knows of terminals, takes
 * longer to load than a small schema to read. Undefined for every other line, and for one that is wrong in any way: it is yargs' to say how.
 */
export async function runPlain([command, ...rest]: readonly string[]): Promise<number | undefined> {
  if (command !== 'generate' && command !== 'check') return undefined;
  const args = plainArguments(rest);
  if (!args) return undefined;
  return command === 'check' ? runCheck(args) : runGenerate(args);
}

const { source, out, config, project } = inputOptions;
const { json, silent, force } = outputOptions;
const options = { source: { ...source, multiple: true }, out, config, project, json, silent, force } as const;

function plainArguments(args: readonly string[]) {
  try {
    const { values, tokens } = parseArgs({ args: [...args], options, tokens: true });
    const given = tokens.map((token) => (token.kind === 'option' && token.name !== 'source' ? token.name : token.index));
    const isEmpty = Object.values(values).flat().includes('');
    return isEmpty || new Set(given).size < given.length ? undefined : values;
  } catch {
    return undefined;
  }
}
