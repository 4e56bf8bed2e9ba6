/**
 * How reports, and ids in them, name a relation or a type: `tasks`, and `billing.invoices` outside of `public`. A name with a dot of its own stands in
 * quotes, as in SQL, so that no two are shown alike: `"a.b"` is no table of a schema `a`.
 */
export function shownName({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return schema === 'public' ? shownPart(name) : `${shownPart(schema)}.${shownPart(name)}`;
}

function shownPart(name: string): string {
  return /[."]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** The name of a relation that is shown, without its schema. */
export function shownWithoutSchema(shown: string): string {
  return /^(?:"(?:[^"]|"")*"|[^."]*)\.(.+)$/s.exec(shown)?.[1] ?? shown;
}
