import type { Severity } from '../report/severity.js';

interface RuleFacts {
  /** Severity of the rule; the worst one where it depends on the case. */
  readonly severity: Severity;
  /** Off until the config or the command line gives a severity. */
  readonly optIn?: true;
  readonly description: string;
}

/** Every rule, in the order of the report. Ids never change, since configs, baselines and dashboards name them. */
export const rules = {
  unread: { severity: 'error', description: 'A model could not be read, so nothing is known about it.' },
  'missing-field': { severity: 'error', description: 'A column without a field in the model.' },
  'extra-field': { severity: 'error', description: 'A field without a column.' },
  'renamed-field': { severity: 'error', description: 'A field that seems to be a column under another name.' },
  'type-mismatch': { severity: 'error', description: "A field whose type cannot hold the column's values." },
  'nullability-mismatch': {
    severity: 'error',
    description: 'A required field of a column that may be null, or the reverse.',
  },
  'key-mismatch': {
    severity: 'error',
    description: 'A key or index that the model declares and the table lacks, or the reverse.',
  },
  'enum-mismatch': { severity: 'error', description: 'An enum whose values differ from those in the code.' },
  'missing-model': { severity: 'warning', description: 'A table or view without a model.' },
  'unmapped-model': { severity: 'warning', description: 'A model for which no table was found.' },
  'unknown-type': { severity: 'info', description: 'A type that is not known, so it was not compared.' },
  'insert-missing-required': {
    severity: 'error',
    optIn: true,
    description: 'An insert model without a column that is NOT NULL and has no default.',
  },
  'fk-type-mismatch': {
    severity: 'warning',
    optIn: true,
    description: 'A foreign key whose type differs from that of the key it references.',
  },
  'suspicious-default': {
    severity: 'warning',
    optIn: true,
    description: 'A default that is probably unintended.',
  },
  'query-invalid': {
    severity: 'error',
    optIn: true,
    description: 'A SQL statement in the models that the schema refuses.',
  },
} as const satisfies Readonly<Record<string, RuleFacts>>;

export type RuleId = keyof typeof rules;

export const ruleIds = Object.keys(rules) as RuleId[];

export function isRuleId(id: string): id is RuleId {
  return Object.hasOwn(rules, id);
}

export function isOptIn(id: RuleId): boolean {
  return 'optIn' in rules[id];
}
