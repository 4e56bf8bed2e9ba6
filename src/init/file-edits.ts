import { posix } from 'node:path';
import type { Manifest } from './project.js';

/** A file as it should be. */
export interface FileEdit {
  /** Relative to the project. */
  readonly path: string;
  /** Undefined where there is none yet. */
  readonly before: string | undefined;
  readonly text: string;
  /** What is new in it, for people. */
  readonly detail?: string;
}

/** The scripts, and what each of them runs. */
const scripts = { generate: 'rowsmith generate', check: 'rowsmith check' } as const;

/** The script that runs a command of rowsmith's: one that does so already, else one of its name, where that is free. */
export function scriptName({ scripts: present }: Manifest, command: keyof typeof scripts): string {
  const running = Object.entries(present).find(([, script]) => String(script).includes(scripts[command]));
  if (running) return running[0];
  return Object.hasOwn(present, command) ? `rowsmith:${command}` : command;
}

/** package.json with both scripts. Indentation, line ends and the order of keys stay as they are. */
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

/** `.gitattributes` with the output marked as generated, so that reviews fold it: https://git-scm.com/docs/gitattributes. */
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

/** Wildcards are escaped; spaces and quotes need the whole pattern quoted, as in C. */
function attributesPattern(path: string): string {
  const escaped = path.replace(/[[?\\]|\*(?!\*$|$)/g, '\\$&').replace(/^[#!]/, '\\$&');
  return /[\s"\\]/.test(escaped)
    ? `"${escaped.replace(/["\\]/g, '\\$&').replaceAll('\t', '\\t').replaceAll('\n', '\\n')}"`
    : escaped;
}
