import type { KyselyCodegenConfig, Override } from '../../config/config.js';
import type { Project } from '../project.js';

/** The setup of another generator, in rowsmith's terms. */
export interface Setup {
  readonly tool: string;
  /** The file, or the script of package.json, where it stands. */
  readonly from: string;
  /** The variable that holds the database's URL, and the file that sets it, where the setup names them. */
  readonly variable?: string;
  readonly environmentFile?: string;
  /** The output folder that fits; relative to the project. */
  readonly out?: string;
  /** The module that programs import today, relative to the project; or a package's name. */
  readonly replaces?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly tables?: KyselyCodegenConfig;
  readonly overrides?: readonly Override[];
  readonly brandIds?: boolean;
  /** The options that were taken over, by the tool's names for them. */
  readonly taken: readonly string[];
  /** Those that were not, each perhaps with what to do instead. */
  readonly left: readonly string[];
}

/** Finds a tool's setup in a project; undefined where there is none. */
export type ReadSetup = (project: Project) => Promise<Setup | undefined>;

/**
 * Turns the value of one option into a part of the setup. Undefined leaves the option out and names it among those that
 * were left.
 */
export type Take = (value: unknown) => Partial<Setup> | undefined;

/**
 * Takes over options by a table of what each becomes. An option without an entry is named among those that were left;
 * options in `silent` only matter to the tool's own runs, and are not mentioned.
 */
export function takeOver(
  options: object,
  table: { readonly [option: string]: Take },
  silent: readonly string[],
): Omit<Setup, 'tool' | 'from'> {
  let setup: Partial<Setup> = {};
  const taken: string[] = [];
  const left: string[] = [];
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || value === null || silent.includes(option)) continue;
    const part = Object.hasOwn(table, option) ? table[option]?.(value) : undefined;
    if (!part) {
      left.push(option);
      continue;
    }
    const { left: partly = [], ...rest } = part;
    left.push(...partly);
    if (Object.keys(rest).length > 0) taken.push(option);
    setup = {
      ...setup,
      ...rest,
      ...(rest.overrides ? { overrides: [...(setup.overrides ?? []), ...rest.overrides] } : {}),
    };
  }
  return { ...setup, taken, left };
}
