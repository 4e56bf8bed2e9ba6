import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseJson } from '../config/jsonc.js';

/** The name of the package that a folder belongs to, as the nearest package.json has it. */
export function packageName(folder: string): string | undefined {
  try {
    const { name } = parseJson(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly name?: unknown };
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    const parent = dirname(folder);
    return parent === folder ? undefined : packageName(parent);
  }
}
