/** Formats that the page can be written in. */
export const docsFormats = ['html', 'markdown'] as const;

export type DocsFormat = (typeof docsFormats)[number];
