/**
 * Hides possible secrets in a text for people: passwords in URLs, everything after their `?`, and `password=…`. This
 * includes text that is not a URL because of a typo, such as `u:password@host`. Names of modules in stack traces that
 * contain an `@` are kept.
 */
export function withoutSecrets(text: string): string {
  return withoutArguments(text)
    .replace(
      /(?<![\w/.:@-])(?!file:|node:|https?:|[a-z]:[\\/])((?:[a-z][a-z0-9+.-]*(?::?\/{1,2}|:)|\/\/)?[^\s:/@'"`(=]*):[^\s'"`]*@/gi,
      '$1:***@',
    )
    .replace(/(\bpostgres(?:ql)?:[^\s?'"`]*)\?[^\s'"`]*/gi, '$1?***')
    .replace(/\b((?:ssl)?password\s*=\s*)('(?:[^'\\]|\\.)*'|(?:\\.|[^\s&'"`])+)/gi, '$1***');
}

/** Hides whole arguments of the command line that may contain a password in an unexpected form. */
function withoutArguments(text: string): string {
  const values = process.argv.slice(2).map((argument) => argument.replace(/^--[\w-]+=/, ''));
  return values
    .filter((value) => /:.*[@\s]|passw|pwd=/is.test(value) && !/^postgres(ql)?:\/\/\S*$/i.test(value))
    .reduce((hidden, value) => hidden.replaceAll(value, '***'), text);
}
