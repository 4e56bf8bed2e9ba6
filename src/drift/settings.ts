import type { Severity } from '../report/severity.js';
import type { RuleId } from './rules.js';

/** Settings of the comparison: the config, resolved to names of tables, columns and fields. */
export interface DriftSettings {
  /** Severities that the config sets; `off` switches a rule off. */
  readonly severities: { readonly [rule in RuleId]?: Severity | 'off' };
  /** The library that fills the models of a language, whatever their code shows. */
  readonly profiles: { readonly rust?: 'sqlx' | 'diesel' | 'sea-orm' };
  /** What the driver's parsers make of types of Postgres, by the type's name: `{ int8: 'number' }`. */
  readonly parsers: Readonly<Record<string, string>>;
  /** Prefix that table names have and model names do not: `tasker_`. */
  readonly stripPrefix?: string;
  readonly synonyms: readonly (readonly string[])[];
  readonly confirmed: readonly RenamePair[];
  readonly denied: readonly RenamePair[];
  /** Computed fields that the config declares, by table. */
  readonly computed: readonly { readonly table: string; readonly field: string }[];
}

/** A rename that is known. The field's case style does not matter: `retryCount` is `retry_count`. */
export interface RenamePair {
  readonly table: string;
  readonly column: string;
  readonly field: string;
  /** Where it was said: an attribute, the config. */
  readonly by: string;
}

export const noSettings: DriftSettings = {
  severities: {},
  profiles: {},
  parsers: {},
  synonyms: [],
  confirmed: [],
  denied: [],
  computed: [],
};
