import type { Severity } from '../report/severity.js';
import type { RuleId } from './rules.js';

/** Everything that the config says about comparing, resolved to names of tables, columns and fields. */
export interface DriftSettings {
  /** Where the config has a severity of its own; `off` leaves a rule out. */
  readonly severities: { readonly [rule in RuleId]?: Severity | 'off' };
  /** The library that fills the models of a language, whatever the models show. */
  readonly profiles: { readonly rust?: 'sqlx' | 'diesel' };
  /** What table names begin with and model names do not. */
  readonly stripPrefix?: string;
  readonly synonyms: readonly (readonly string[])[];
  readonly confirmed: readonly RenamePair[];
  readonly denied: readonly RenamePair[];
  /** Computed fields that the config declares, by table. */
  readonly computed: readonly { readonly table: string; readonly field: string }[];
}

/** The field is compared without regard to its case style: `retryCount` is `retry_count`. */
export interface RenamePair {
  readonly table: string;
  readonly column: string;
  readonly field: string;
  /** Who says so. */
  readonly by: string;
}

export const noSettings: DriftSettings = {
  severities: {},
  profiles: {},
  synonyms: [],
  confirmed: [],
  denied: [],
  computed: [],
};
