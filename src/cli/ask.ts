import { createInterface } from 'node:readline/promises';
import type { Ask } from '../index.js';

/** Asks on a terminal until an answer fits. Choices are answered by number or by name, the default by nothing. */
export const askOnTerminal: Ask = async ({ text, choices = [], open, default: byDefault }) => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const list = choices.map((choice, index) => `  ${index + 1}  ${choice}\n`).join('');
  const hint = byDefault === '' ? '' : ` [${byDefault}]`;
  try {
    for (;;) {
      const answer = (await terminal.question(`${text}\n${list}>${hint} `)).trim();
      const chosen = answer === '' ? byDefault : (choices[Number(answer) - 1] ?? answer);
      if (chosen === byDefault || choices.includes(chosen) || choices.length === 0 || open) return chosen;
      process.stderr.write(`Choose one of these, by its number or name.\n`);
    }
  } finally {
    terminal.close();
  }
};
