import { escapeInvisible, printable } from '../printable.js';
import { type Severity, severities } from './severity.js';

/** One annotation of a GitHub Actions run. */
export interface Annotation {
  readonly severity: Severity;
  readonly file: string | null;
  readonly line: number | null;
  readonly title: string;
  readonly message: string;
}

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** GitHub shows this many annotations of a level for one step and silently drops the others. */
const shownPerLevel = 10;

/**
 * Findings as workflow commands, errors first, at most ten of each level. If there are more, the tenth says how many
 * are omitted, so that nobody takes ten for all.
 */
export function githubAnnotations(annotations: readonly Annotation[]): string {
  const lines = severities.flatMap((severity) => {
    const level = annotations.filter((annotation) => annotation.severity === severity);
    if (level.length <= shownPerLevel) return level.map(workflowCommand);
    const left = level.length - (shownPerLevel - 1);
    const rest = {
      severity,
      file: null,
      line: null,
      title: `${left} more`,
      message: `${left} more are not shown here; the log of this step has them all.`,
    };
    return [...level.slice(0, shownPerLevel - 1), rest].map(workflowCommand);
  });
  return lines.map((line) => `${line}\n`).join('');
}

function workflowCommand({ severity, file, line, title, message }: Annotation): string {
  const properties = [
    ...(file === null ? [] : [`file=${escapeProperty(file)}`]),
    ...(file === null || line === null ? [] : [`line=${line}`]),
    `title=${escapeProperty(title)}`,
  ];
  return `::${commands[severity]} ${properties.join(',')}::${escapeData(message)}`;
}

/** Escapes the text of a workflow command, in which a line break ends the command and `%` starts an escape. */
function escapeData(text: string): string {
  return printable(text.replaceAll('\r\n', '\n')).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(escapeInvisible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
