import { code, fenced, prose, table } from '../report/markdown.js';
import { stateDiagram } from './mermaid.js';
import type {
  ComputedEntry,
  FindingEntry,
  MachineEntry,
  ModelEntry,
  RelatedEntry,
  StoredEntry,
  Target,
} from './page.js';
import { countWords, writeWords } from './words.js';

/** How a page names another model: by its name alone, or as a link. */
type Name = (target: Target) => string;

/** A model, as finished blocks of Markdown. */
export function modelBlocks(model: ModelEntry, name: Name) {
  const { schema, table: relation, kind, facts, comment, stored, computed, related, queries } = model;
  const { machines, constraints, findings } = model;
  return {
    title: code(model.name),
    relation: `${code(`${schema}.${relation}`)}, ${kind}`,
    hasComment: comment !== undefined,
    comment: prose(comment ?? ''),
    hasFacts: facts.length > 0,
    facts: facts.map(prose).join(' '),
    stored: table(
      ['Stored field', 'Column', 'Type in SQL', 'Type in TypeScript', 'About'],
      stored.map((field) => storedRow(field, name)),
    ),
    hasComputed: computed.length > 0,
    computed: table(
      ['Computed field', 'Type in SQL', 'Type in TypeScript', 'Kind', 'From', 'About'],
      computed.map(computedRow),
    ),
    machines: machines.map(machineBlock),
    hasRelated: related.length > 0,
    related: related.map((one) => relatedLine(one, name)),
    hasQueries: queries.length > 0,
    queries: queries.map((query) => `${code(query.name)} ${query.does}`),
    hasConstraints: constraints.length > 0,
    constraints: constraints.map((one) => `${one.kind} ${code(one.name)}: ${code(one.text)}`),
    hasPartitions: model.partitionCount > 0,
    partitionCount: String(model.partitionCount),
    partitions: model.partitions.map((one) => `${code(one.name)} ${code(one.text)}`),
    hasReactions: model.reactions.length > 0,
    reactions: model.reactions.map((one) => `${one.kind} ${code(one.name)}: ${code(one.text)}`),
    hasFindings: findings.length > 0,
    findings: findings.map(finding),
  };
}

function storedRow(field: StoredEntry, shown: Name): string[] {
  const { name, type, column, sqlType, notNull, primary, references, generated, filledBy, trigger } = field;
  const { writes, readsAs } = field;
  const words = [
    ...(primary ? ['primary key'] : []),
    ...(references ? [`to ${shown(references)}`] : []),
    ...(generated ? [generated] : []),
    ...(filledBy === undefined ? [] : [`filled by ${filledBy}`]),
    ...(trigger === undefined ? [] : [`may be set by the trigger ${code(trigger)}`]),
    ...(writeWords[writes] === undefined ? [] : [writeWords[writes]]),
    ...(readsAs === undefined ? [] : [`null reads as ${code(readsAs)}`]),
    ...(field.default === undefined ? [] : [`default ${code(field.default)}`]),
  ];
  const comment = field.comment === undefined ? '' : prose(field.comment);
  const about = [words.join(', '), comment].filter((part) => part !== '');
  return [code(name), code(column), code(`${sqlType}${notNull ? ' not null' : ''}`), code(type), about.join('; ')];
}

function computedRow({ name, type, sqlType, kind, source, comment }: ComputedEntry): string[] {
  const known = (text: string | undefined) => (text === undefined ? '' : code(text));
  return [code(name), known(sqlType), known(type), kind, code(source.replace(/\s+/g, ' ')), prose(comment ?? '')];
}

function machineBlock(machine: MachineEntry) {
  const { keptIn } = machine;
  return {
    title: code(machine.field),
    keptIn: 'column' in keptIn ? `the column ${code(keptIn.column)}` : `the newest row of ${code(keptIn.transitions)}`,
    states: machine.states.map(code).join(', '),
    hasDiagram: machine.changes !== undefined,
    diagram: fenced('mermaid', stateDiagram(machine)),
  };
}

function relatedLine({ name, count, target, on, newest }: RelatedEntry, shown: Name): string {
  return `${code(name)}: ${newest ? 'newest' : countWords[count]} ${shown(target)} (${code(on)})`;
}

/** A finding of drift, as the text of a list item. */
export function finding({ severity, rule, message, place }: FindingEntry): string {
  return `**${severity}** ${prose(message)} (${[rule, ...(place === undefined ? [] : [code(place)])].join(', ')})`;
}
