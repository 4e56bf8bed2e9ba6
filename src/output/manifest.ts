import { generatedNotice, type OutputFile, regenerateNotice, type WrittenFile } from '../emit/output-file.js';

/** The path of the manifest in the output folder. */
export const manifestPath = 'manifest.json';

/**
 * A manifest: the digest of each file by its path, such as `{ 'db.ts': '1f8a…' }`. It distinguishes a file that
 * somebody edited from one that rowsmith would now write differently.
 */
export type Manifest = ReadonlyMap<string, string>;

/**
 * The manifest file of an output. The digests are in a file of their own, because in each file's header they would be
 * one more changed line in every diff. No version of rowsmith is recorded, because a release that changes no output
 * must not make any output outdated.
 */
export function manifestFile(files: readonly WrittenFile[]): OutputFile {
  const entries = files.map(({ path, digest }) => [path, digest] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const document = { generated: `${generatedNotice} ${regenerateNotice}`, files: Object.fromEntries(entries) };
  return { path: manifestPath, text: `${JSON.stringify(document, undefined, 2)}\n` };
}

/** Parses a manifest; undefined if the text is not one. Then it is unknown what was written. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const document = JSON.parse(text) as { readonly files?: Readonly<Record<string, unknown>> } | null;
    const entries = Object.entries(document?.files ?? {});
    return entries.length > 0 && entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
      ? new Map(entries)
      : undefined;
  } catch {
    return undefined;
  }
}
