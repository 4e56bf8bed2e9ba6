/** A rule of the proofs, and a change of its source that makes it claim too much. */
export interface BrokenRule {
  readonly rule: string;
  /** The file below `src/catalog/`. */
  readonly file: string;
  /** A text that the file has once. */
  readonly from: string;
  readonly to: string;
}

/** The broken rules of one file, each by what it says, what stands in the source, and what stands there instead. */
export const inFile = (file: string, rules: readonly (readonly [rule: string, from: string, to: string])[]) =>
  rules.map(([rule, from, to]): BrokenRule => ({ rule, file, from, to }));
