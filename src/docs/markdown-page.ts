import type { Render } from '../emit/render.js';
import { code, fenced, prose, table } from '../report/markdown.js';
import { entityDiagram, stateDiagram } from './mermaid.js';
import type {
  ComputedEntry,
  DocsPage,
  FindingEntry,
  MachineEntry,
  ModelEntry,
  RelatedEntry,
  StoredEntry,
} from './page.js';
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
      models.map(({ name, schema, table: relation, stored, computed }) => [
        code(name),
        code(`${schema}.${relation}`),
        String(stored.length),
        String(computed.length),
      ]),
    ),
    hasElsewhere: (drift?.elsewhere.length ?? 0) > 0,
    elsewhere: (drift?.elsewhere ?? []).map(finding),
    models: models.map(modelBlocks),
    hasEnums: enums.length > 0,
    enums: enums.map(
      ({ name, labels, comment }) =>
        `${code(name)}: ${labels.map(code).join(', ')}${comment === undefined ? '' : `. ${prose(comment)}`}`,
    ),
  });
}

function modelBlocks({
  name,
  schema,
  table: relation,
  kind,
  comment,
  stored,
  computed,
  related,
  machines,
  findings,
}: ModelEntry) {
  return {
    title: code(name),
    relation: `${code(`${schema}.${relation}`)}, ${kind}`,
    hasComment: comment !== undefined,
    comment: prose(comment ?? ''),
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

function storedRow(field: StoredEntry): string[] {
  const { name, type, column, sqlType, notNull, primary, references, generated, writes, readsAs, comment } = field;
  const words = [
    ...(primary ? ['primary key'] : []),
    ...(references ? [`to ${code(references.name)}`] : []),
    ...(generated ? [generated] : []),
    ...(writeWords[writes] === undefined ? [] : [writeWords[writes]]),
    ...(readsAs === undefined ? [] : [`null reads as ${code(readsAs)}`]),
    ...(field.default === undefined ? [] : [`default ${code(field.default)}`]),
  ];
  const about = [words.join(', '), comment === undefined ? '' : prose(comment)].filter((part) => part !== '');
  const declared = `${sqlType}${notNull ? ' not null' : ''}`;
  return [code(name), code(type), `${code(column)} ${code(declared)}`, about.join('; ')];
}

function computedRow({ name, type, kind, source, comment }: ComputedEntry): string[] {
  return [code(name), code(type), kind, code(source.replace(/\s+/g, ' ')), prose(comment ?? '')];
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

function relatedLine({ name, count, target, on, newest }: RelatedEntry): string {
  return `${code(name)}: ${newest ? 'newest' : countWords[count]} ${code(target.name)} (${code(on)})`;
}

function finding({ severity, rule, message, place }: FindingEntry): string {
  return `**${severity}** ${prose(message)} (${[rule, ...(place === undefined ? [] : [code(place)])].join(', ')})`;
}
