import { parseArgs } from 'node:util';
import { isCommand, type Line, type Option, options, takesSources } from './options.js';

/**
 * Parses command lines in the plain form that scripts use, because loading yargs takes longer than reading a small
 * schema. Undefined for all other lines and for every invalid one: yargs reports what is wrong.
 */
export function readPlain([command = '', ...rest]: readonly string[]): Line | undefined {
  if (!isCommand(command)) return undefined;
  const known = Object.entries<Option>(options[command]).filter(
    ([, { type, conflicts }]) => type !== 'number' && !conflicts,
  );
  const args = readOptions(rest, new Map(known), takesSources(command));
  return args && ({ command, args } as unknown as Line);
}

function readOptions(
  args: readonly string[],
  known: ReadonlyMap<string, Option>,
  takesPaths: boolean,
): object | undefined {
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...args],
      options: Object.fromEntries([...known].map(forNode)),
      tokens: true,
      allowPositionals: takesPaths,
    });
    const isArray = (token: (typeof tokens)[number]) =>
      token.kind === 'option' && known.get(token.name)?.array === true;
    const once = tokens.flatMap((token) =>
      token.kind === 'option' && !known.get(token.name)?.array ? [token.name] : [],
    );
    if (new Set(once).size < once.length) return undefined;
    const isRight = Object.entries(values).every(([name, value]) => isChoice(known.get(name)?.choices, value));
    const isEmpty = [...Object.values(values).flat(), ...positionals].includes('');
    // Several values may follow one `--source`; they are not arguments of their own.
    if (!isRight || isEmpty || (positionals.length > 0 && tokens.some(isArray))) return undefined;
    return positionals.length > 0 ? { ...values, source: positionals } : { ...values };
  } catch {
    return undefined;
  }
}

function isChoice(choices: readonly string[] | undefined, value: unknown): boolean {
  return choices === undefined || choices.some((choice) => choice === value);
}

function forNode([name, option]: readonly [string, Option]) {
  const described = {
    type: option.type === 'boolean' ? ('boolean' as const) : ('string' as const),
    ...(option.array && { multiple: true }),
    ...(option.alias !== undefined && { short: option.alias }),
    ...(option.default !== undefined && { default: option.default }),
  };
  return [name, described] as const;
}
