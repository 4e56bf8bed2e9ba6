import type { Severity } from './severity.js';

/** Colours a severity's word, and dims secondary text. Without colour, every function returns its text unchanged. */
export interface Palette {
  readonly severity: (severity: Severity, text: string) => string;
  readonly strong: (text: string) => string;
  readonly dim: (text: string) => string;
}

const codes = { error: 31, warning: 33, info: 36 } as const;

export function palette(colour: boolean): Palette {
  const style = (opening: number, closing: number) => (text: string) =>
    colour ? `\u001b[${opening}m${text}\u001b[${closing}m` : text;
  return {
    severity: (severity, text) => style(codes[severity], 39)(text),
    strong: style(1, 22),
    dim: style(2, 22),
  };
}
