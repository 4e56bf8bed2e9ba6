/** What the column `metadata` of an article holds. */
export interface Metadata {
  readonly language?: string;
  readonly tags?: readonly string[];
  readonly rating?: number;
}
