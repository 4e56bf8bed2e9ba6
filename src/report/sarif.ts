import { printableJson } from '../printable.js';
import type { Reportable } from './reportable.js';
import type { Severity } from './severity.js';

export interface SarifRule {
  readonly id: string;
  /** One sentence. */
  readonly description: string;
  readonly severity: Severity;
}

/** A finding that may say how to fix it; code scanning shows that after the message. */
type Fixable = Reportable & { readonly fix?: string };

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * A SARIF 2.1.0 log of one run, as code scanning reads it. The partial fingerprint lets code scanning recognize a
 * result after lines have moved. A result without a position in a file has no location.
 */
export function sarifLog(rules: readonly SarifRule[], results: readonly Fixable[]): string {
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

function describeResult(result: Fixable, ruleIndex: number) {
  const { id, rule, severity, message, file, line, fingerprint, fix } = result;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: withoutLinks(fix === undefined ? message : `${message} ${fix}.`) },
    ...(file === null ? {} : { locations: [location(file, line)] }),
    partialFingerprints: { 'rowsmith/v1': fingerprint },
    properties: { id, ...(fix === undefined ? {} : { fix }) },
  };
}

/** Escapes what SARIF reads as a link in a message, `[text](target)`: SARIF 2.1.0, 3.11.6. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '\\](');
}

/** The location of a result. SARIF requires the path as a URI, so a space or a `#` in a folder's name is escaped. */
function location(file: string, line: number | null) {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: line ?? 1 } } };
}
