import { fingerprintOf } from '../report/fingerprint.js';
import type { Reportable } from '../report/reportable.js';
import type { Severity } from '../report/severity.js';
import { shownName } from '../report/shown-name.js';
import type { Axis, Change, Rule } from './change.js';
import { judge, verdict } from './judge.js';
import type { Side } from './side.js';
import { type Footprint, touchesOf } from './touches.js';

/** A change and what it means for code, as reports and scripts get it. */
export interface DiffFinding extends Reportable {
  readonly rule: Rule;
  readonly model: string | null;
  /** Name of what changed, for people: `tasker_tasks.reason`, `order_status`. */
  readonly subject: string;
  readonly breaks: readonly Axis[];
  readonly dangerous: boolean;
  readonly why: string;
  /** Generated names that the change touches: `Task.reason`. */
  readonly names: readonly string[];
  /** The fact before; present together with `after` for changes from one value to another. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** How sure a rename is; absent for other changes. */
  readonly certainty?: 'certain' | 'suspected';
  /** Whether the code given with `--usage` names what changed; absent without `--usage`. */
  readonly used?: boolean;
}

/** A finding, with the names by which code is concerned. */
export interface Judged {
  readonly finding: DiffFinding;
  readonly footprint: Footprint;
}

/**
 * Judges a change and places it in the generated code, or a query that fails in its SQL file.
 * @param out The output folder as reports show it, `generated`: findings point at the generated file they touch.
 */
export function judgeChange(change: Change, from: Side, to: Side, out: string): Judged {
  const { breaks, dangerous, says, why } = judge(change);
  const { names, file, model, field, footprint } = touchesOf(change, breaks, from, to);
  const { table, column, subject, detail } = subjectOf(change);
  const parts = [
    change.rule,
    ...('query' in change ? [change.query.file, change.query.name] : [table ?? subject]),
    ...(column === null ? [] : [column]),
    ...(detail === undefined ? [] : [detail]),
  ];
  return {
    finding: {
      id: parts.join('/'),
      rule: change.rule,
      severity: severityOf(breaks, dangerous),
      table,
      model,
      column,
      field: 'field' in change ? change.field : field,
      subject,
      breaks,
      dangerous,
      message: `${subject} ${says}: ${verdict({ breaks, dangerous })}`,
      why,
      names,
      ...('before' in change && change.before !== undefined ? { before: change.before } : {}),
      ...('after' in change && change.after !== undefined ? { after: change.after } : {}),
      ...('certainty' in change ? { certainty: change.certainty } : {}),
      ...placeOf(change, file, out),
      fingerprint: fingerprintOf(parts),
    },
    footprint,
  };
}

function placeOf(change: Change, file: string | null, out: string): Pick<DiffFinding, 'file' | 'line'> {
  if (change.rule === 'query-failed') return { file: change.place.path, line: change.place.line };
  return file === null ? { file: null, line: null } : { file: `${out}/${file}`, line: 1 };
}

function severityOf(breaks: readonly Axis[], dangerous: boolean): Severity {
  if (breaks.length > 0) return 'error';
  return dangerous ? 'warning' : 'info';
}

interface Subject {
  readonly table: string | null;
  readonly column: string | null;
  readonly subject: string;
  /** What tells this change apart from others of the same rule at the same place. */
  readonly detail?: string;
}

function subjectOf(change: Change): Subject {
  if ('schema' in change) return { table: null, column: null, subject: `schema ${change.schema}` };
  if ('routine' in change)
    return {
      table: null,
      column: null,
      subject: `${shownName(change.routine)}${change.signature.slice(change.routine.name.length)}`,
    };
  if ('typeName' in change)
    return {
      table: null,
      column: null,
      subject: shownName(change.typeName),
      ...('label' in change ? { detail: change.label } : {}),
    };
  if ('query' in change)
    return {
      table: null,
      column: null,
      subject: `${change.query.name} (${change.query.file})`,
      ...('part' in change ? { detail: change.part } : {}),
    };
  const table = shownName(change.relation);
  if ('column' in change) return { table, column: change.column, subject: `${table}.${change.column}` };
  if ('field' in change) return { table, column: null, subject: `${table}.${change.field}`, detail: change.field };
  return {
    table,
    column: null,
    subject: table,
    ...('name' in change ? { detail: change.name } : {}),
    ...(change.rule === 'constraint-renamed' ? { detail: change.after } : {}),
    ...(change.rule === 'name-changed' ? { detail: change.before } : {}),
  };
}
