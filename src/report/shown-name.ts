/**
 * The name of a relation or a type in reports and in their ids: `tasks`, or `billing.invoices` outside of `public`. A
 * name that contains a dot is quoted as in SQL, so that `"a.b"` is not mistaken for a table `b` of a schema `a`.
 */
export function shownName({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return schema === 'public' ? shownPart(name) : `${shownPart(schema)}.${shownPart(name)}`;
}

function shownPart(name: string): string {
  return /[."]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** The shown name of a relation, without its schema. */
export function shownWithoutSchema(shown: string): string {
  return /^(?:"(?:[^"]|"")*"|[^."]*)\.(.+)$/s.exec(shown)?.[1] ?? shown;
}
