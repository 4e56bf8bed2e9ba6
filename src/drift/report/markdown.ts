import { code, fenced, prose, table } from '../../report/markdown.js';
import type { Pairing } from '../checks/pairing.js';
import type { DriftReport } from '../drift-report.js';
import type { Finding } from '../finding.js';
import { languageOf } from '../languages/languages.js';
import type { MappedModel } from '../mapped-model.js';
import { missingModelTexts } from '../missing-models.js';
import { ruleIds } from '../rules.js';
import { findingsOfModels, suggestModel } from '../suggest.js';
import { markdownTail } from './markdown-tail.js';
import { modelSource, tableSql } from './sources.js';

/** Sections for the findings of one model, in the order of the page. */
const sections: readonly (readonly [Finding['rule'], string])[] = [
  ['missing-field', 'Missing in the model'],
  ['extra-field', 'In the model, no column'],
  ['renamed-field', 'Under another name'],
  ['type-mismatch', 'Types'],
  ['nullability-mismatch', 'Nullability'],
  ['key-mismatch', 'Keys and indexes'],
  ['unknown-type', 'Not compared'],
];

/**
 * The report as a page for people: every table beside its models, what to do about each difference, and what was not
 * compared.
 */
export function markdownReport(report: DriftReport, suggestions: boolean | 'missing'): string {
  const { severities } = report.summary;
  const findingsOf = findingsOfModels(report.findings);
  const blocks = [
    '# Drift: the models against the schema',
    `Models compared: ${report.pairings.length}. Tables and views: ${report.summary.tables}. Errors: ${severities.error}, warnings: ${severities.warning}, infos: ${severities.info}.`,
    ...(report.pairings.length > 0
      ? [
          '## Table by table',
          ...[...report.pairings]
            .sort(byTable)
            .filter((pairing) => findingsOf(pairing).length > 0)
            .flatMap((pairing) => comparison(pairing, findingsOf(pairing), suggestions === true)),
          ...cleanTables(report.pairings.filter((pairing) => findingsOf(pairing).length === 0)),
        ]
      : []),
    ...missingModels(report, suggestions !== false),
    ...notCompared(report.models, report.findings),
    ...schemaFindings(report.findings),
    ...markdownTail(report),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function byTable(a: Pairing, b: Pairing): number {
  const [left, right] = [a, b].map(({ table: name, model }) => `${name} ${model.file} ${model.path}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

function comparison(pairing: Pairing, own: readonly Finding[], suggestions: boolean): readonly string[] {
  const { model, mapped, relation } = pairing;
  const suggestion = suggestions ? suggestModel(pairing, own) : undefined;
  return [
    `### ${code(pairing.table)} and ${code(model.name)}`,
    `${code(`${model.file}:${model.line}`)}, compared because ${prose(mapped.reason)}; read by ${pairing.profile.reads}.`,
    fenced('sql', tableSql(relation)),
    fenced(languageOf(model).code, modelSource(model, own)),
    ...sections.flatMap(([rule, title]) =>
      section(
        title,
        own.filter((finding) => finding.rule === rule),
      ),
    ),
    ...(suggestion === undefined ? [] : ['As the table needs it:', fenced(languageOf(model).code, suggestion)]),
  ];
}

function section(title: string, findings: readonly Finding[]): readonly string[] {
  return findings.length === 0 ? [] : [`**${title}**`, findings.map(item).join('\n')];
}

function item({ severity, message, kind, file, line, fix }: Finding): string {
  const place = file === null ? '' : ` (${code(`${file}:${line ?? 1}`)})`;
  return `- ${severity}${kind === undefined ? '' : `, ${kind}`}: ${prose(message)}${place}${fix === undefined ? '' : ` ${prose(fix)}.`}`;
}

/** Models without drift, a line for each. */
function cleanTables(pairings: readonly Pairing[]): readonly string[] {
  if (pairings.length === 0) return [];
  const lines = [...pairings].sort(byTable).map(({ table: name, model, mapped }) => {
    const place = code(`${model.file}:${model.line}`);
    return `- ${code(name)} and ${code(model.name)} (${place}), compared because ${prose(mapped.reason)}`;
  });
  return ['### Without drift', lines.join('\n')];
}

function missingModels(report: DriftReport, suggestions: boolean): readonly string[] {
  const missing = report.findings.filter(({ rule }) => rule === 'missing-model');
  if (missing.length === 0) return [];
  return [
    '## Tables without a model',
    missing.map(({ severity, table: name }) => `- ${severity}: ${code(name ?? '')}`).join('\n'),
    ...(suggestions ? missingModelTexts(report) : []).flatMap(({ table: name, language, text }) => [
      `A model for ${code(name)}:`,
      fenced(language, text),
    ]),
  ];
}

function notCompared(models: readonly MappedModel[], findings: readonly Finding[]): readonly string[] {
  const rows = models
    .filter(({ status }) => status !== 'compared' && status !== 'projection')
    .map(({ model, status, reason }) => [code(model.name), code(`${model.file}:${model.line}`), status, prose(reason)]);
  const unread = findings
    .filter(({ rule }) => rule === 'unread')
    .map(({ model, file, line, message }) => [
      code(model ?? ''),
      code(`${file}:${line ?? 1}`),
      'unread',
      prose(message),
    ]);
  if (rows.length + unread.length === 0) return [];
  return ['## Models not compared, and why', table(['Model', 'Place', 'What it is', 'Why'], [...rows, ...unread])];
}

/** Findings that are about the schema, insert models or statements. */
function schemaFindings(findings: readonly Finding[]): readonly string[] {
  const optional = ruleIds.filter((rule) =>
    ['insert-missing-required', 'fk-type-mismatch', 'suspicious-default', 'query-invalid', 'enum-mismatch'].includes(
      rule,
    ),
  );
  const found = findings.filter(({ rule }) => optional.includes(rule));
  return found.length === 0 ? [] : ['## The schema and its statements', found.map(item).join('\n')];
}
