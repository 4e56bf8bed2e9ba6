/** Names in source code that more than one language needs. */

/** How a doc comment says that a type is a table's: ``Maps to `tasks` table``, `Table: tasks`, `@table tasks`. */
const sayings = [
  /\b(?:maps?|mapped|corresponds?|belongs?)\s+to\s+(?:the\s+)?(?:database\s+|sql\s+|postgres(?:ql)?\s+)?(?:table\s+)?[`'"]([\w.$]+)[`'"](?!(?:\s*[/,|]\s*[`'"][\w.$]+[`'"])*\s+(?:type|struct|enum|class|interface|trait|message|object)\b)/i,
  /\b(?:maps?|mapped|corresponds?|belongs?)\s+to\s+(?:the\s+)?(?!(?:database|db|sql|postgres(?:ql)?|an?|one|this|that|same|its|each|another)\b)([\w.$]+)\s+table\b/i,
  // The beginning of a sentence is looked for behind the word, since looking for it at each place takes the square.
  /(?:@table|\btable(?<=(?:^|[\n.;(*])[^\S\n]*(?:(?:database|db|sql)[^\S\n]+)?table)(?:\s+name)?:)\s*[`'"]?([\w.$]+)[`'"]?/i,
];

/** How a doc comment mentions a table, whatever the type has to do with it: ``Archives data of the `tasks` table``. */
const mentions = [
  /\b(?:row|record|model)\s+(?:of|from|for)\s+(?:the\s+)?(?:table\s+)?[`'"]([\w.$]+)[`'"]/i,
  /[`'"]([\w.$]+)[`'"]\s+table\b/i,
];

/** The table that a doc comment names: ``Maps to `tasker_tasks` table``, ``a row of `tasker_tasks` ``. */
export function tableInDoc(doc: string): string | undefined {
  return firstMatch(doc, [...sayings, ...mentions]);
}

/** Whether a doc comment says that the type is a table's, and does not just mention the table. */
export function saysTable(doc: string): boolean {
  return firstMatch(doc, sayings) !== undefined;
}

function firstMatch(text: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Name of a field in the style that `rename_all` asks for: `task_id` in `camelCase` → `taskId`. */
export function columnCase(name: string, style: string): string {
  const words = snakeCase(name)
    .split('_')
    .filter((word) => word !== '');
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  switch (style) {
    case 'lowercase':
      return name.toLowerCase();
    case 'UPPERCASE':
      return name.toUpperCase();
    case 'camelCase':
      return words.map((word, index) => (index === 0 ? word : capital(word))).join('');
    case 'PascalCase':
      return words.map(capital).join('');
    case 'snake_case':
      return words.join('_');
    case 'SCREAMING_SNAKE_CASE':
      return words.join('_').toUpperCase();
    case 'kebab-case':
      return words.join('-');
    case 'SCREAMING-KEBAB-CASE':
      return words.join('-').toUpperCase();
    default:
      return name;
  }
}

/** A name in snake case: `taskId` and `TaskID` → `task_id`. */
export function snakeCase(name: string): string {
  return name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .replace(/\p{Lu}(?=\p{Lu}\p{Ll})/gu, '$&_')
    .replaceAll('-', '_')
    .toLowerCase();
}
