/**
 * Why a config could not be loaded, in one line, and the line of the config with the cause. Node, jiti and the JSON
 * parser each report the position differently, in the message or in the stack.
 */
export async function reasonAndLine(
  error: unknown,
  file: string,
  text: string,
): Promise<{ readonly reason: string; readonly line?: number }> {
  if (!(error instanceof Error)) return { reason: String(error) };
  const line = file.endsWith('.json') ? jsonErrorLine(text) : await codeErrorLine(error, file, text);
  return { reason: plainReason(error.message), ...(line === undefined ? {} : { line }) };
}

/** The first non-empty line of a message, without the text that the JSON parser quotes, which may be a password. */
function plainReason(message: string): string {
  const unquoted = message.replace(/, (\.\.\.)?".*"(\.\.\.)? is not valid JSON$/s, '');
  const lines = unquoted.split('\n').map((line) => line.replace(/^\s*(x|×)\s+/, '').trim());
  return lines.find((line) => line !== '') ?? '';
}

async function codeErrorLine(error: Error, file: string, text: string): Promise<number | undefined> {
  const told = toldLine(error, file);
  if (told !== undefined || !(error instanceof SyntaxError)) return told;
  // Node reports the position of a syntax error in a module only if nobody catches the error.
  const { createJiti } = await import('jiti');
  const code = createJiti(import.meta.url, { fsCache: false }).transform({ source: text, filename: file });
  const [, line] = /^\s*exports\.__JITI_ERROR__ = .*?"line":(\d+)/.exec(code) ?? [];
  return line === undefined ? undefined : Number(line);
}

function toldLine({ message, stack = '' }: Error, file: string): number | undefined {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const place = new RegExp(`${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}:(\\d+)`);
  const found = place.exec(stack) ?? place.exec(message) ?? /[[(](?:[^\n\])]*:)?(\d+):\d+[\])]/.exec(message);
  return found?.[1] === undefined ? undefined : Number(found[1]);
}

/**
 * The line at which a text stops being JSON: the end of its longest prefix that is invalid only because it is
 * incomplete. The parser itself reports the position only in some of its messages.
 */
function jsonErrorLine(text: string): number {
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isBeginning(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return text.slice(0, bad).split('\n').length;
}

/** Whether a text may be the beginning of JSON. */
function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const { message } = error as Error;
    return /end of JSON|Unterminated/.test(message) || message.includes(`at position ${text.length}`);
  }
}
