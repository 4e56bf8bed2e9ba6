/** How reports, and ids in them, name a relation or a type: `tasks`, and `billing.invoices` outside of `public`. */
export function shownName({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}
