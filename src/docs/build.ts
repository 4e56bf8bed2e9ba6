import type { Catalog, QualifiedName, Relation } from '../catalog/catalog.js';
import { groupBy, optional } from '../catalog/collections.js';
import type { RelationGrants } from '../catalog/grants.js';
import { quoteName } from '../catalog/sql.js';
import type { CodeField, ComputedField, RelatedModel, RelationModel, Schema } from '../model/model.js';
import { foreignKeyLinks, isOptional, type Link } from '../model/related.js';
import type { StateMachine } from '../model/state/state-machine.js';
import type { Reportable } from '../report/reportable.js';
import { compareSeverity } from '../report/severity.js';
import { shownName } from '../report/shown-name.js';
import { constraintEntries } from './constraints.js';
import { relationFacts } from './facts.js';
import { type GrantFact, grantFacts } from './grants.js';
import { groupsOf } from './groups.js';
import type {
  ComputedEntry,
  DocsPage,
  FindingEntry,
  LinkEntry,
  MachineEntry,
  ModelEntry,
  QueryEntry,
  RelatedEntry,
  Target,
} from './page.js';
import { partitionEntries } from './partitions.js';
import { queryEntries, touchesOf } from './queries.js';
import { reactionEntries } from './reactions.js';
import { shownType, stateType } from './shown-type.js';
import { storedEntries } from './stored.js';

/** A finding of `drift`, with the way to fix it. */
export type DocsFinding = Reportable & { readonly fix?: string };

/** What a page has beside the schema. */
export interface PageExtras {
  readonly title: string;
  /** All that the source has, also what the config does not select. */
  readonly everything: Catalog;
  /** The grants on its relations; only a database knows them. */
  readonly grants?: readonly RelationGrants[] | undefined;
  /** Findings of drift, where they were looked for. */
  readonly findings?: readonly DocsFinding[] | undefined;
}

/** Builds the page about a schema, as data. Models are sorted by name, in each group where there are groups. */
export function buildPage(catalog: Catalog, schema: Schema, extras: PageExtras): DocsPage {
  const { title, everything, grants, findings } = extras;
  const relations = new Map(catalog.relations.map((relation) => [shownName(relation), relation]));
  const targets = new Map(schema.relations.map(({ key, file, name }) => [key, { id: file, name }]));
  const others = new Map(schema.relations.map((model) => [model.key, model]));
  const links = foreignKeyLinks(catalog, schema.relations);
  const places = new Map(schema.relations.map(({ relation, file, name }) => [shownName(relation), { id: file, name }]));
  const grantFact = grantFacts(
    schema.relations.map(({ relation }) => relation),
    grants,
  );
  const queries = queryEntries(catalog, schema, places);
  const sorted = [...(findings ?? [])].sort((a, b) => compareSeverity(a.severity, b.severity));
  const byTable = groupBy(sorted, ({ table }) => table);
  const scope = { catalog, everything, grantFact, others, targets, links, queries };
  const models = schema.relations.flatMap((model) => {
    const relation = relations.get(shownName(model.relation));
    const own = byTable.get(shownName(model.relation)) ?? [];
    return relation ? [modelEntry(model, relation, { ...scope, findings: own })] : [];
  });
  const documented = new Set(schema.relations.map(({ relation }) => shownName(relation)));
  const elsewhere = sorted.filter(({ table }) => table === null || !documented.has(table)).map(findingEntry);
  models.sort((a, b) => (`${a.name} ${a.id}` < `${b.name} ${b.id}` ? -1 : 1));
  const linkEntries = links.map(linkEntry);
  return {
    title,
    models,
    links: linkEntries,
    groups: groupsOf(models, linkEntries),
    queries,
    enums: schema.enums.map(({ name, type, labels, comment }) => ({
      id: `enum-${name}`,
      name,
      type: shownName(type),
      labels,
      ...optional({ comment }),
    })),
    ...(findings ? { drift: { total: findings.length, elsewhere } } : {}),
  };
}

/** Everything that the entry of a model needs beside the model itself. */
interface EntryScope {
  readonly catalog: Catalog;
  readonly everything: Catalog;
  readonly grantFact: GrantFact;
  /** All models, by the keys of their relations. */
  readonly others: ReadonlyMap<string, RelationModel>;
  /** Places of all models on the page, by the keys of their relations. */
  readonly targets: ReadonlyMap<string, Target>;
  /** All foreign keys between models. */
  readonly links: readonly Link[];
  readonly queries: readonly QueryEntry[];
  /** The findings of drift about the model's table. */
  readonly findings: readonly DocsFinding[];
}

function modelEntry(model: RelationModel, relation: Relation, scope: EntryScope): ModelEntry {
  const { catalog, targets, links, queries, findings } = scope;
  const { schema, name: table, kind, comment } = model.relation;
  const { partitions, count: partitionCount } = partitionEntries(relation, scope.everything.relations);
  const machine = (field: string) => model.stateMachines.find((candidate) => candidate.field === field);
  return {
    id: model.file,
    name: model.name,
    schema,
    table,
    kind,
    facts: [...relationFacts(relation, catalog), ...scope.grantFact(model.relation)],
    ...optional({ comment }),
    stored: storedEntries(relation, model, {
      links: links.filter(({ child }) => child === model),
      targets,
      drifting: new Set(findings.map(({ column }) => column)),
    }),
    computed: [
      ...model.computed.map((field) => computedEntry(model, field, { catalog, machine })),
      ...model.code.map(codeEntry),
    ],
    related: model.related.flatMap((related) => relatedEntry(model, related, scope)),
    queries: touchesOf(model.file, queries),
    machines: model.stateMachines.map(machineEntry),
    constraints: constraintEntries(relation),
    partitions,
    partitionCount,
    reactions: reactionEntries(relation),
    findings: findings.map(findingEntry),
  };
}

function computedEntry(
  { relation }: RelationModel,
  { name, type, source, comment }: ComputedField,
  { catalog, machine }: { readonly catalog: Catalog; readonly machine: (field: string) => StateMachine | undefined },
): ComputedEntry {
  const entry = { name, type: shownType(type), ...optional({ comment }) };
  if (source.kind === 'sql') {
    const kind = callsFunction(catalog, source.sql) ? 'function' : 'sql';
    const known = catalog.expressions.find(
      (one) => one.field === name && shownName(one.relation) === shownName(relation),
    );
    return { ...entry, kind, ...optional({ sqlType: known?.type.sql }), source: withoutMargin(source.sql) };
  }
  const found = machine(source.machine);
  if (found?.storage.kind !== 'transitions') return { ...entry, kind: 'state', source: '' };
  const { transitions, changedAt, toState } = found.storage;
  const table = shownName(transitions);
  const isTime = source.kind === 'changed at';
  const column = isTime ? (changedAt?.column ?? '') : toState;
  const sqlType = columnType(catalog, transitions, column);
  const fact = { ...entry, kind: 'state', ...optional({ sqlType }), source: `${table}.${column}` } as const;
  return isTime ? fact : { ...fact, type: stateType(found) };
}

/** The type of a column in SQL. */
function columnType({ relations }: Catalog, table: QualifiedName, column: string): string | undefined {
  const found = relations.find((relation) => shownName(relation) === shownName(table));
  return found?.columns.find(({ name }) => name === column)?.type.sql;
}

/** Whether an expression only calls a database function on the row: `full_name(t)`. */
function callsFunction({ functions }: Catalog, sql: string): boolean {
  return functions.some((routine) => sql === `${quoteName(routine)}(t.*)`);
}

/** A text of the config without its common indentation. */
function withoutMargin(text: string): string {
  const lines = text.replace(/^\s*\n|\s+$/g, '').split('\n');
  const margin = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  );
  return lines.map((line) => line.slice(margin)).join('\n');
}

function codeEntry({ name, function: { module, name: exported }, needs, comment }: CodeField): ComputedEntry {
  return {
    name,
    kind: 'code',
    source: `${exported} of ${module}, from ${needs.join(', ')}`,
    ...optional({ comment }),
  };
}

/** A relation to another model, told by the fields of both that are equal. */
function relatedEntry(model: RelationModel, related: RelatedModel, { others, targets }: EntryScope): RelatedEntry[] {
  const { name, count, from, through, to, newest } = related;
  const target = targets.get(related.target);
  const other = others.get(related.target);
  const own = through ?? from.map(({ column }) => column);
  const on = own.map((column, index) => `${fieldOf(model, column)} = ${fieldOf(other, to[index] ?? '')}`).join(', ');
  return target ? [{ name, count, target, on, newest: newest !== undefined }] : [];
}

/** The model's name for a column. */
function fieldOf(model: RelationModel | undefined, column: string): string {
  return model?.stored.find((field) => field.column === column)?.name ?? column;
}

function machineEntry({ field, states, initial, first, graph, storage }: StateMachine): MachineEntry {
  const changes =
    graph && Object.entries(graph).flatMap(([from, targets]) => targets.map((to) => ({ from, to: String(to) })));
  const starts = (initial === undefined ? (first ?? []) : [initial]).map(String);
  const named = [...starts, ...(changes ?? []).flatMap(({ from, to }) => [from, to])];
  return {
    field,
    states: states?.map(String) ?? [...new Set(named)],
    initial: starts,
    ...optional({ changes }),
    keptIn: storage.kind === 'column' ? { column: storage.column } : { transitions: shownName(storage.transitions) },
  };
}

function linkEntry(link: Link): LinkEntry {
  const { child, parent, key, unique } = link;
  const field = (model: RelationModel, column: string | undefined) =>
    model.stored.find((candidate) => candidate.column === column)?.name ?? '';
  return {
    child: child.file,
    parent: parent.file,
    childField: field(child, key.columns[0]),
    parentField: field(parent, key.references.columns[0]),
    many: !unique,
    optional: isOptional(link),
  };
}

function findingEntry({ severity, rule, message, file, line, fix }: DocsFinding): FindingEntry {
  return { severity, rule, message, ...optional({ place: file === null ? undefined : `${file}:${line ?? 1}`, fix }) };
}
