import { printableJson } from '../printable.js';
import type { Reportable } from './reportable.js';
import type { Severity } from './severity.js';

export interface SarifRule {
  readonly id: string;
  /** One sentence. */
  readonly description: string;
  readonly severity: Severity;
}

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * A SARIF 2.1.0 log of one run, as code scanning reads it. Rule ids are ours and stable; the partial fingerprint keeps a result
 * the same one when lines move. Results without a place in a file are kept, without a location.
 */
export function sarifLog(rules: readonly SarifRule[], results: readonly Reportable[]): string {
  const used = rules.filter(({ id }) => results.some(({ rule }) => rule === id));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'rowsmith', rules: used.map(describeRule) } },
        columnKind: 'utf16CodeUnits',
        results: results.map((result) =>
          describeResult(
            result,
            used.findIndex(({ id }) => id === result.rule),
          ),
        ),
      },
    ],
  };
  return printableJson(log);
}

function describeRule({ id, description, severity }: SarifRule) {
  return { id, shortDescription: { text: description }, defaultConfiguration: { level: levels[severity] } };
}

function describeResult({ id, rule, severity, message, file, line, fingerprint }: Reportable, ruleIndex: number) {
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: withoutLinks(message) },
    ...(file === null ? {} : { locations: [location(file, line)] }),
    partialFingerprints: { 'rowsmith/v1': fingerprint },
    properties: { id },
  };
}

/** `[text](target)` is a link in a message, unless the bracket is escaped: SARIF 2.1.0, 3.11.6. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '\\](');
}

/** A path is a URI reference here: a space or a `#` in a folder's name has to be escaped. */
function location(file: string, line: number | null) {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: line ?? 1 } } };
}
