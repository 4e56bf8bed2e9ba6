import type { PackedError } from '../packed-error.js';
import type { StageInput, Staged } from './stage.js';

/** How many bytes go to the thread that writes at once; a file that is larger goes alone. */
export const batchSize = 256 * 1024;

/** Several files, their texts one after the other in UTF-8. Lists of plain values: objects take longer to pass on than to write. */
export interface Batch {
  /** Paths below the output folder, which have no U+0000: what separates them. */
  readonly paths: string;
  /** Of each, bytes. */
  readonly sizes: readonly number[];
  readonly bytes: ArrayBuffer;
}

/** What a stage is about. */
export interface Begin {
  readonly input: StageInput;
}

/** `ready`: the program is loaded. The bytes of a batch come back to be filled again, unless it was of one file that is larger. */
export type StageAnswer = 'ready' | { readonly taken: ArrayBuffer | undefined } | { readonly staged: Staged } | { readonly error: PackedError };
