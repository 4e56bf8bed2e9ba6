/** A notice of a server, as far as it is read here. */
interface Notice {
  readonly message?: string | undefined;
  readonly detail?: string | undefined;
}

/** The bytes of a line, at which `format_node_dump` of PostgreSQL's `print.c` breaks a tree. */
const lineLength = 78;

/**
 * The analysed statement that a notice holds, which a server sends where `debug_print_parse` is on; undefined for any
 * other notice. Its message is never translated.
 *
 * The text is broken at spaces, which is undone here. Two kinds of line may be broken within a name, and such a tree
 * cannot be told: one that is full without a space, and one that ends in a backslash, behind which a space or a line
 * break of the name stood.
 */
export function printedTree({ message, detail }: Notice): string | undefined {
  if (message !== 'parse tree:' || detail === undefined) return undefined;
  const lines = detail.trimEnd().split('\n');
  const isUnclear = lines.some(
    (line) => line.endsWith('\\') || (!line.includes(' ', 1) && Buffer.byteLength(line) >= lineLength),
  );
  return isUnclear ? undefined : lines.join(' ');
}
