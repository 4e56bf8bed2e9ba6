/**
 * Hides what may be secret in a text for people: passwords of URLs, with everything behind their `?`, and `password=…`. What is
 * no URL because of a typo counts too; names of modules in stack traces, which have an `@` in them, do not.
 */
export function withoutSecrets(text: string): string {
  return text
    .replace(/(?<![\w/.:-])(?!file:|node:|https?:)([a-z][a-z0-9+.-]*(?::?\/{1,2}|:)[^\s:/@]*):[^\s'"`]*@/gi, '$1:***@')
    .replace(/(\bpostgres(?:ql)?:[^\s?'"`]*)\?[^\s'"`]*/gi, '$1?***')
    .replace(/\b((?:ssl)?password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&'"`]+)/gi, '$1***');
}
