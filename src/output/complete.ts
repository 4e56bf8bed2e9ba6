import { RowsmithError } from '../errors.js';
import { manifestPath } from './manifest.js';
import { header, isBelowOutput, isGenerated, type OutputFile } from '../emit/output-file.js';
import type { Render } from '../emit/render.js';

/** What plugins gave as it is written: every file must have a place of its own and say that it is generated. */
export function* complete(rendered: Iterable<OutputFile>, render: Render): Generator<OutputFile> {
  const paths = new Set([manifestPath]);
  for (const { path, text } of rendered) {
    if (!isBelowOutput(path)) {
      throw new RowsmithError('plugin-failed', `"${path}" is no path of a file below the output folder.`, 'A plugin names its files as in "zod/task.ts".');
    }
    if (paths.has(path)) throw new RowsmithError('plugin-failed', `Two files are called ${path}.`, 'A plugin that replaces a file leaves the other one out.');
    paths.add(path);
    yield { path, text: isGenerated(text) ? text : withHeader(path, text, render) };
  }
}

function withHeader(path: string, text: string, render: Render): string {
  if (path.endsWith('.ts')) return `${render('header', header)}\n${text}`;
  throw new RowsmithError('plugin-failed', `${path} does not say that it is generated, so the next run would take it for somebody's own.`, 'Write generatedNotice of rowsmith/plugin into its first lines.');
}
