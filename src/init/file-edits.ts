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

/** Adds a line to a text file, unless it stands there. Line ends stay as they are. */
export function addLine(path: string, before: string | undefined, line: string): FileEdit {
  const edit = { path, before };
  const present = (before ?? '').split(/\r?\n/).map((text) => text.trim());
  // `generated` and `/generated/` are the same folder to ignore files.
  const plain = (text: string) => text.replace(/^\/|\/(\*\*)?$/g, '');
  if (present.some((text) => text === line || (line.startsWith('/') && plain(text) === plain(line))))
    return { ...edit, text: before ?? '' };
  return { ...edit, text: `${withLineEnd(before)}${line}${lineEnd(before)}`, detail: line };
}

const lineEnd = (text: string | undefined) => (text?.includes('\r\n') ? '\r\n' : '\n');

function withLineEnd(text: string | undefined): string {
  return text === undefined || text === '' || text.endsWith('\n') ? (text ?? '') : `${text}${lineEnd(text)}`;
}

/**
 * Keeps SQL files the same on all systems: their bytes are in digests, and in text that `catalog.json` holds. A project
 * that says something about them already keeps it.
 */
export function keepLineEnds(edit: FileEdit): FileEdit {
  if (/^\s*(\*|\S*\*\.sql)\s.*\beol=/m.test(edit.text)) return edit;
  const { text } = addLine(edit.path, edit.text, sqlLineEnds);
  if (text === edit.text) return edit;
  return { ...edit, text, detail: [...(edit.detail === undefined ? [] : [edit.detail]), sqlLineEnds].join(', ') };
}

const sqlLineEnds = '*.sql text eol=lf';

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
  const text = `${withLineEnd(before)}${pattern} linguist-generated=true${lineEnd(before)}`;
  return { ...edit, text, detail: pattern };
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
