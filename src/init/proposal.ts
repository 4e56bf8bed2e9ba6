import type { DriverName } from '../config/drivers.js';
import type { NeededImports } from '../config/needed-imports.js';
import type { ProposedQueries } from './query-files.js';
import type { SchemaProposal } from './schema-proposal.js';
import type { Setup } from './setups/setup.js';

/** A proposal: everything that the config file is written from, be it found or answered. */
export interface Proposal {
  readonly source: ProposedSource;
  /** Relative to the project. */
  readonly out: string;
  /** How generated files import each other, and what says so. */
  readonly imports: NeededImports;
  /** What the program reads with; absent where its dependencies do not say. */
  readonly driver?: DriverName;
  /** Absent where no other generator was set up. */
  readonly setup?: Setup;
  /** Absent where the schema could not be read. */
  readonly schema?: SchemaProposal;
  /** The files of queries; absent where the project has none. */
  readonly queries?: ProposedQueries;
  /** Where the project declares its tables by hand, as globs; absent where it does not. */
  readonly declared?: readonly string[];
  /** The state of a row without transitions, by `Model.field`. */
  readonly initial: ReadonlyMap<string, string>;
}

/**
 * A source that is proposed. Paths are relative to the project, with forward slashes; `what` describes the source to
 * people.
 */
export type ProposedSource =
  | { readonly kind: 'sql'; readonly paths: readonly string[]; readonly what: string }
  | { readonly kind: 'url'; readonly variable: string; readonly file?: string; readonly what: string }
  | { readonly kind: 'catalog'; readonly path: string; readonly what: string };
