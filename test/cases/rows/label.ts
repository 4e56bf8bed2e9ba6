/** A field that is computed in process. */
export function label({ itemId, title }: { readonly itemId: string; readonly title: string }): string {
  return `${itemId}: ${title}`;
}
