import type { Render } from '../emit/render.js';
import { code, fenced, prose, table } from '../report/markdown.js';
import { escapeInvisible } from '../emit/typescript.js';
import { entityDiagram, stateDiagram } from './mermaid.js';
import type { ComputedEntry, DocsPage, FindingEntry, MachineEntry, ModelEntry, RelatedEntry, StoredEntry } from './page.js';
import { countWords, summary, writeWords } from './words.js';

/** The page as Markdown, with diagrams that GitHub and GitLab draw. */
export function markdownPage(page: DocsPage, render: Render): string {
  const { models, enums, drift } = page;
  const diagram = entityDiagram(page);
  return render('docs.md', {
    summary: summary(page),
    hasDiagram: diagram !== undefined,
    diagram: diagram ?? '',
    contents: table(
      ['Model', 'Relation', 'Stored', 'Computed'],
      models.map(({ name, schema, table: relation, stored, computed }) => [shownCode(name), shownCode(`${schema}.${relation}`), String(stored.length), String(computed.length)]),
    ),
    hasElsewhere: (drift?.elsewhere.length ?? 0) > 0,
    elsewhere: (drift?.elsewhere ?? []).map(finding),
    models: models.map(modelBlocks),
    hasEnums: enums.length > 0,
    enums: enums.map(({ name, labels, comment }) => `${shownCode(name)}: ${labels.map(shownCode).join(', ')}${comment === undefined ? '' : `. ${shownProse(comment)}`}`),
  });
}

const shownCode = (text: string) => code(text.split('\n').map(escapeInvisible).join('\n'));
const shownProse = (text: string) => prose(text.split('\n').map(escapeInvisible).join('\n'));

function modelBlocks({ name, schema, table: relation, kind, comment, stored, computed, related, machines, findings }: ModelEntry) {
  return {
    title: shownCode(name),
    relation: `${shownCode(`${schema}.${relation}`)}, ${kind}`,
    hasComment: comment !== undefined,
    comment: shownProse(comment ?? ''),
    stored: table(['Stored field', 'Type', 'Column', 'About'], stored.map(storedRow)),
    hasComputed: computed.length > 0,
    computed: table(['Computed field', 'Type', 'Kind', 'From', 'About'], computed.map(computedRow)),
    machines: machines.map(machineBlock),
    hasRelated: related.length > 0,
    related: related.map(relatedLine),
    hasFindings: findings.length > 0,
    findings: findings.map(finding),
  };
}

function storedRow({ name, type, column, sqlType, notNull, default: fallback, readsAs, primary, references, generated, writes, comment }: StoredEntry): string[] {
  const words = [
    ...(primary ? ['primary key'] : []),
    ...(references ? [`to ${shownCode(references.name)}`] : []),
    ...(generated ? [generated] : []),
    ...(writeWords[writes] === undefined ? [] : [writeWords[writes]]),
    ...(readsAs === undefined ? [] : [`null reads as ${shownCode(readsAs)}`]),
    ...(fallback === undefined ? [] : [`default ${shownCode(fallback)}`]),
  ];
  return [shownCode(name), shownCode(type), `${shownCode(column)} ${shownCode(`${sqlType}${notNull ? ' not null' : ''}`)}`, [words.join(', '), ...(comment === undefined ? [] : [shownProse(comment)])].filter((part) => part !== '').join('; ')];
}

function computedRow({ name, type, kind, source, comment }: ComputedEntry): string[] {
  return [shownCode(name), shownCode(type), kind, shownCode(source.replace(/\s+/g, ' ')), shownProse(comment ?? '')];
}

function machineBlock(machine: MachineEntry) {
  return { title: shownCode(machine.field), transitions: shownCode(machine.transitions), states: machine.states.map(shownCode).join(', '), hasDiagram: machine.changes !== undefined, diagram: fenced('mermaid', stateDiagram(machine)) };
}

function relatedLine({ name, count, target, on, newest }: RelatedEntry): string {
  return `${shownCode(name)}: ${newest ? 'newest' : countWords[count]} ${shownCode(target.name)} (${shownCode(on)})`;
}

function finding({ severity, rule, message, place }: FindingEntry): string {
  return `**${severity}** ${shownProse(message)} (${[rule, ...(place === undefined ? [] : [shownCode(place)])].join(', ')})`;
}
