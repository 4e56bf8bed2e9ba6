import { drawDiagram } from './diagram.js';
import { fragment } from './html.js';
import { diagramContext } from './html-diagram.js';
import { stateContext } from './html-state.js';
import { neighbourhood } from './overview.js';
import type { ComputedEntry, DocsPage, FindingEntry, ModelEntry, StoredEntry } from './page.js';
import { count, countWords, writeWords } from './words.js';

/** The context of `docs.model.hbs`: one model. `links` are its foreign keys, for the page's script. */
export function modelContext(model: ModelEntry, page: DocsPage, links: string) {
  const { id, name, schema, table, kind, facts, comment, stored, computed, related, machines, constraints, findings } =
    model;
  const around = neighbourhood(model, page);
  return {
    id,
    links,
    facts,
    name,
    table: `${schema}.${table}`,
    kind,
    isTable: kind === 'table',
    comment: comment ?? '',
    hasComment: comment !== undefined,
    height: estimatedHeight(model),
    storedCount: count(stored.length, 'column'),
    stored: stored.map((field) => storedContext(id, field)),
    hasComputed: computed.length > 0,
    computedCount: count(computed.length, 'field'),
    computed: computed.map((field) => computedContext(id, field)),
    hasRelated: related.length > 0,
    related: related.map(({ name: relation, count: number, target, on, newest }) => ({
      name: relation,
      count: newest ? 'newest' : countWords[number],
      target: target.id,
      targetName: target.name,
      on,
    })),
    hasQueries: model.queries.length > 0,
    queries: model.queries,
    hasAround: around !== undefined,
    around: around ? diagramContext(drawDiagram(around.boxes, around.links), `${name} and the models around it`) : {},
    machines: machines.map((machine) => stateContext(machine, name)),
    hasConstraints: constraints.length > 0,
    constraintCount: String(constraints.length),
    constraints,
    hasPartitions: model.partitionCount > 0,
    partitionCount: String(model.partitionCount),
    partitions: model.partitions,
    hasReactions: model.reactions.length > 0,
    reactions: model.reactions,
    hasFindings: findings.length > 0,
    findings: findings.map(findingContext),
  };
}

function storedContext(model: string, field: StoredEntry) {
  const {
    name,
    type,
    column,
    sqlType,
    notNull,
    default: fallback,
    readsAs,
    primary,
    references,
    generated,
    filledBy,
    trigger,
    drifts,
    writes,
    comment,
  } = field;
  return {
    id: `${model}.${fragment(name)}`,
    name,
    type,
    column,
    sqlType,
    notNull,
    hasDefault: fallback !== undefined,
    default: fallback ?? '',
    hasReadsAs: readsAs !== undefined,
    readsAs: readsAs ?? '',
    primary,
    hasReference: references !== undefined,
    reference: references?.id ?? '',
    referenceName: references?.name ?? '',
    kind: generated ? 'generated' : 'stored',
    isGenerated: generated !== undefined,
    generated: generated ?? '',
    hasFilledBy: filledBy !== undefined,
    filledBy: filledBy ?? '',
    hasTrigger: trigger !== undefined,
    trigger: trigger ?? '',
    drifts,
    model,
    hasWrites: writeWords[writes] !== undefined,
    writes: writeWords[writes] ?? '',
    hasComment: comment !== undefined,
    comment: comment ?? '',
  };
}

function computedContext(model: string, { name, kind, type, sqlType, source, comment }: ComputedEntry) {
  return {
    id: `${model}.${fragment(name)}`,
    name,
    kind,
    kindName: kind === 'sql' ? 'SQL' : kind,
    hasType: type !== undefined,
    type: type ?? '',
    hasSqlType: sqlType !== undefined,
    sqlType: sqlType ?? '',
    source,
    isLong: kind === 'sql' && (source.includes('\n') || source.length > 60),
    hasComment: comment !== undefined,
    comment: comment ?? '',
  };
}

/** Estimated height of a model in pixels, for the scroll bar until the browser has laid the model out. */
function estimatedHeight({ stored, computed, related, machines, findings }: ModelEntry): number {
  return (
    190 + 46 * (stored.length + computed.length) + 34 * related.length + 320 * machines.length + 50 * findings.length
  );
}

/** A finding of drift, as the templates place it. */
export function findingContext({ severity, rule, message, place, fix }: FindingEntry) {
  return {
    severity,
    rule,
    message,
    hasPlace: place !== undefined,
    place: place ?? '',
    hasFix: fix !== undefined,
    fix: fix ?? '',
  };
}
