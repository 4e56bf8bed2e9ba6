import { posix } from 'node:path';
import type { Manifest } from './project.js';

/** An edit of a file: its text before and after. */
export interface FileEdit {
  /** Relative to the project. */
  readonly path: string;
  /** The text before; undefined where there is no file yet. */
  readonly before: string | undefined;
  readonly text: string;
  /** What is new in the file, for people. */
  readonly detail?: string;
}

/** The scripts of package.json, and what each runs. */
const scripts = { generate: 'rowsmith generate', check: 'rowsmith check' } as const;

/**
 * The name of the script that runs a command of rowsmith's: that of one that does so already, else the command's own
 * name where it is free.
 */
export function scriptName({ scripts: present }: Manifest, command: keyof typeof scripts): string {
  const running = Object.entries(present).find(([, script]) => String(script).includes(scripts[command]));
  if (running) return running[0];
  return Object.hasOwn(present, command) ? `rowsmith:${command}` : command;
}

/** Adds both scripts to package.json. Indentation, line endings and the order of keys stay as they are. */
export function addScripts(manifest: Manifest): FileEdit {
  const { text, value } = manifest;
  const missing = (['generate', 'check'] as const)
    .map((command) => [scriptName(manifest, command), scripts[command]] as const)
    .filter(([name]) => !Object.hasOwn(manifest.scripts, name));
  const edit = { path: 'package.json', before: text };
  if (missing.length === 0) return { ...edit, text };
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? (text.trim().includes('\n') ? '' : '  ');
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const json = JSON.stringify(
    { ...value, scripts: { ...manifest.scripts, ...Object.fromEntries(missing) } },
    undefined,
    indent,
  );
  const tail = /\s*$/.exec(text)?.[0] ?? '';
  return {
    ...edit,
    text: `${text.startsWith('\ufeff') ? '\ufeff' : ''}${json.replaceAll('\n', end)}${tail}`,
    detail: `scripts ${missing.map(([name]) => name).join(', ')}`,
  };
}

/**
 * Marks the output as generated in `.gitattributes`, so that reviews fold it: https://git-scm.com/docs/gitattributes.
 */
export function markGenerated(before: string | undefined, out: string): FileEdit | undefined {
  // A pattern cannot leave its folder.
  if (posix.isAbsolute(out) || out.split('/')[0] === '..') return undefined;
  const folder = posix.normalize(out).replace(/\/$/, '');
  const pattern = attributesPattern(folder === '.' ? '**' : `${folder}/**`);
  const edit = { path: '.gitattributes', before };
  const present = (before ?? '')
    .split(/\r?\n/)
    .some((line) => line.startsWith(`${pattern} `) && line.includes('linguist-generated'));
  if (present) return { ...edit, text: before ?? '' };
  const end = before?.includes('\r\n') ? '\r\n' : '\n';
  const own = before === undefined || before === '' || before.endsWith('\n') ? (before ?? '') : `${before}${end}`;
  return { ...edit, text: `${own}${pattern} linguist-generated=true${end}`, detail: pattern };
}

/**
 * A path as a pattern of `.gitattributes`. Wildcards are escaped; a path with spaces or quotes is quoted as a whole, as
 * in C.
 */
function attributesPattern(path: string): string {
  const escaped = path.replace(/[[?\\]|\*(?!\*$|$)/g, '\\$&').replace(/^[#!]/, '\\$&');
  return /[\s"\\]/.test(escaped)
    ? `"${escaped.replace(/["\\]/g, '\\$&').replaceAll('\t', '\\t').replaceAll('\n', '\\n')}"`
    : escaped;
}
