import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline/promises';
import type { Ask } from '../index.js';
import { printable } from '../printable.js';
import { UsageError } from './report-error.js';

/** Asks on a terminal until an answer fits. A choice is selected by number or by name, the default by an empty line. */
export const askOnTerminal: Ask = async ({ text, choices = [], open, default: byDefault }) => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const width = Math.max(0, ...choices.map(({ value }) => value.length));
  const list = choices
    .map(
      ({ value, what }, index) => `  ${index + 1}  ${what === undefined ? value : `${value.padEnd(width)}  ${what}`}\n`,
    )
    .join('');
  const hint = byDefault === '' ? '' : ` [${byDefault}]`;
  try {
    for (;;) {
      const answer = await answerTo(terminal, printable(`${text}\n${list}>${hint} `));
      const chosen = answer === '' ? byDefault : (choices[Number(answer) - 1]?.value ?? answer);
      if (chosen === byDefault || choices.some(({ value }) => value === chosen) || choices.length === 0 || open)
        return chosen;
      process.stderr.write('Enter the number or name of one of these.\n');
    }
  } finally {
    terminal.close();
  }
};

/** Reads an answer. Throws if Ctrl-C or Ctrl-D ends the question without one. */
async function answerTo(terminal: Interface, question: string): Promise<string> {
  const closed = once(terminal, 'close').then(() => Promise.reject(new Error('closed')));
  const answer = await Promise.race([terminal.question(question), closed]).catch(() => undefined);
  if (answer === undefined) throw new UsageError('No answer was given, so nothing was written.');
  return answer.trim();
}
