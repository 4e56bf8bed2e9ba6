/** What the page can be written as. */
export const docsFormats = ['html', 'markdown'] as const;

export type DocsFormat = (typeof docsFormats)[number];
