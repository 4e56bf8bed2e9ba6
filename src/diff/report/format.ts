/** The formats of a report, apart from what renders them: the command line lists them before anything is loaded. */
export const diffFormats = ['text', 'markdown', 'json', 'github', 'sarif'] as const;
export type DiffFormat = (typeof diffFormats)[number];
