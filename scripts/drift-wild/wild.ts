/** A public repository, and the errors of its models as somebody judged them who read the code and the schema first. */
export interface Wild {
  readonly name: string;
  readonly commit: string;
  readonly library: string;
  /** Its schema, relative to the checkout. */
  readonly source: readonly string[];
  readonly models: readonly string[];
  /** What has to be put into the checkout before: of a project whose migrations are programs, what they make. */
  readonly before?: string;
  /** Ids of the errors that are right. Every other error is false. */
  readonly right: readonly string[];
  /** Ids of errors that say what is so, and what nobody can use. */
  readonly useless?: readonly string[];
}
