import { fingerprintOf } from '../report/fingerprint.js';
import type { Reportable } from '../report/reportable.js';
import type { Severity } from '../report/severity.js';
import type { DeclaredField, DeclaredModel } from './declared.js';
import type { RuleId } from './rules.js';

/**
 * A difference between a model and the catalog. These are the fields of the JSON format: all of them are there, null
 * where there is nothing to say; `kind`, `expected` and `fix` only where a rule has them.
 */
export interface Finding extends Reportable {
  readonly rule: RuleId;
  /** The name of the model, without its module. */
  readonly model: string | null;
  /** Variant of the rule: `width` of a type-mismatch, `derived` of an extra-field, `likely` of a renamed-field. */
  readonly kind?: string;
  /** The type that the model should have. */
  readonly expected?: string;
  /** How to fix the model, in its own language. */
  readonly fix?: string;
}

/** A finding as a rule makes it, before it gets an id, a fingerprint and the severity that the config wants. */
export interface Draft {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly table?: string;
  readonly model?: Pick<DeclaredModel, 'name' | 'path' | 'file' | 'line' | 'isInline'> & { readonly language?: string };
  readonly column?: string;
  readonly field?: string;
  /** What tells it apart from other findings, where table, column and field are not enough. */
  readonly subject?: string;
  readonly kind?: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly expected?: string;
  readonly fix?: string;
}

/**
 * Makes a finding of a draft. Message, place and severity may change while the finding stays, so the fingerprint leaves
 * them out.
 */
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

/** A field in a message: `Task.title`, or `title of the row type of getTask` of a type without a name. */
export function shownField({ name, isInline, isTuple }: DeclaredModel, field: Pick<DeclaredField, 'name'>): string {
  return isInline && !isTuple ? `${field.name} of ${name}` : `${name}.${field.name}`;
}

/** Where a field is declared; in the model's file, unless it is inherited. */
export function placeOfField({ file, line }: Pick<DeclaredField, 'file' | 'line'>): Pick<Draft, 'file' | 'line'> {
  return { line, ...(file === undefined ? {} : { file }) };
}
