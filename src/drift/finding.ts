import { fingerprintOf } from '../report/fingerprint.js';
import type { Reportable } from '../report/reportable.js';
import type { Severity } from '../report/severity.js';
import type { DeclaredModel } from './declared.js';
import type { RuleId } from './rules.js';

/**
 * A difference between a model and the catalog. These are the fields of the JSON format: all of them are there, null where there is
 * nothing to say; `kind`, `expected` and `fix` only where a rule has them.
 */
export interface Finding extends Reportable {
  readonly rule: RuleId;
  /** The name of the model, without its module. */
  readonly model: string | null;
  /** What sort of the rule: `width` of a type-mismatch, `derived` of an extra-field, `likely` of a renamed-field. */
  readonly kind?: string;
  /** The type that the model should have. */
  readonly expected?: string;
  /** What to do, in the model's language. */
  readonly fix?: string;
}

/** What a rule says; ids, fingerprints and the severity that the config wants are added to it. */
export interface Draft {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly table?: string;
  readonly model?: Pick<DeclaredModel, 'name' | 'path' | 'file' | 'line'> & { readonly language?: string };
  readonly column?: string;
  readonly field?: string;
  /** What tells it from others, where table, column and field do not. */
  readonly subject?: string;
  readonly kind?: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly expected?: string;
  readonly fix?: string;
}

/** The fingerprint leaves out what may change while the finding stays: the message, the place, the severity. */
export function toFinding(draft: Draft, severity: Severity): Finding {
  const { rule, table, model, column, field, kind, message, expected, fix } = draft;
  return {
    id: [rule, table ?? model?.name ?? draft.file, column, field, draft.subject]
      .filter((part) => part !== undefined)
      .join('/'),
    rule,
    severity,
    table: table ?? null,
    model: model?.name ?? null,
    column: column ?? null,
    field: field ?? null,
    ...(kind === undefined ? {} : { kind }),
    message,
    file: draft.file ?? model?.file ?? null,
    line: draft.line ?? (draft.file === undefined ? model?.line : undefined) ?? null,
    ...(expected === undefined ? {} : { expected }),
    ...(fix === undefined ? {} : { fix }),
    fingerprint: fingerprintOf([rule, table, model?.language, model?.path, column, field, kind, draft.subject]),
  };
}
