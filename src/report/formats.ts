/** How findings can be printed, the same for every command that reports findings. */
export const reportFormats = ['text', 'markdown', 'json', 'github', 'sarif'] as const;

export type ReportFormat = (typeof reportFormats)[number];
