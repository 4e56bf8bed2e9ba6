/** Findings that reports omit, and why. */
export interface IgnoreConfig {
  /** A rule's id or a wildcard; defaults to any rule. */
  readonly rule?: string;
  /** A table's name or a wildcard; defaults to any table. */
  readonly table?: string;
  /** A field's or column's name or a wildcard; defaults to any. */
  readonly field?: string;
  /** Why the findings are acceptable. */
  readonly reason: string;
  /** The last day on which the ignore applies: `2026-12-31`. */
  readonly expires?: string;
}
