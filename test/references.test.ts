/**
 * Everything that the documents refer to exists, and everything that exists is described: commands, options, settings,
 * rules, links.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { options } from '../src/cli/options.js';
import { diffRules } from '../src/diff/rules.js';
import { rules as driftRules } from '../src/drift/rules.js';
import { rowsmith } from './support/cli.js';
import { blocks, documents, pages, read } from './support/documents.js';
import { repositoryPath } from './support/repository.js';

describe('commands', () => {
  /** The lines of shell and YAML blocks, and texts in backticks. */
  const lines = blocks
    .filter(({ language }) => language === 'sh' || language === 'yaml')
    .flatMap(({ text }) => text.split('\n').map((line) => line.replace(/^\s*- run: /, '')));
  const spans = documents.flatMap((document) =>
    [...read(document).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span),
  );

  test('of rowsmith are there, with their options', () => {
    const commands = [...lines, ...spans].flatMap((line) => {
      const [, command, rest = ''] = /^(?:npx |npm run --silent )?rowsmith (?:-- )?([a-z]+)\b(.*)$/.exec(line) ?? [];
      return command === undefined
        ? []
        : [{ command, options: [...rest.matchAll(/ (--[a-z-]+)/g)].map(([, option = '']) => option) }];
    });
    expect(commands.length).toBeGreaterThan(5);
    const help = new Map(
      [...new Set(commands.map(({ command }) => command))].map((command) => [
        command,
        rowsmith([command, '--help'], repositoryPath('.')).stdout,
      ]),
    );
    const general = rowsmith(['--help'], repositoryPath('.')).stdout;
    const unknown = commands.flatMap(({ command, options }) => [
      ...(new RegExp(`^  rowsmith ${command}\\b`, 'm').test(general) ? [] : [command]),
      ...options
        .filter((option) => !new RegExp(`^ .*${option}\\s`, 'm').test(help.get(command) ?? ''))
        .map((option) => `${command} ${option}`),
    ]);
    expect(unknown).toEqual([]);
  });

  test('of npm are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
    const names = [...lines, ...spans].flatMap(
      (line) => /^npm (?:run (?:--silent )?)?(?!install\b|ci\b|pack\b|audit\b)([a-z:-]+)/.exec(line)?.[1] ?? [],
    );
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

/**
 * Messages of compilers, Node, PostgreSQL and other tools that docs/troubleshooting.md explains, by their first words.
 */
const otherMessages =
  /^(Cannot find|ERR_|TS\d+|Type |… is not assignable|'x' is|Property|Do not use|operator|relation|extension|syntax error|TransitionConflict|pg$|TEMPORARY|stale|json|\| null|password authentication|schema\.rb|unable to|self-signed|The computed field "…" cannot|ban-ts|unknown key)/;

describe('references', () => {
  test('docs/config.md describes every setting', () => {
    const undescribed = read('docs/config.md')
      .split('\n')
      .filter((line) => /^\| `[^`]+` \| [^|]* \|\s*(Required\.)?\s*\|$/.test(line));
    expect(undescribed).toEqual([]);
  });

  test('docs/drift.md and docs/diff.md describe every rule', () => {
    const described = (page: string) => [...read(page).matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, rule]) => rule);
    expect(Object.keys(driftRules).filter((rule) => !described('docs/drift.md').includes(rule))).toEqual([]);
    expect(diffRules.map(({ id }) => id).filter((rule) => !described('docs/diff.md').includes(rule))).toEqual([]);
  });

  test('a page describes every option of every command', () => {
    const text = pages.map(read).join('\n');
    const unknown = Object.entries(options).flatMap(([command, own]) =>
      Object.keys(own)
        .filter((option) => !new RegExp(`\\x60[^\\x60\\n]*--${option}(?![a-z-])`).test(text))
        .map((option) => `${command} --${option}`),
    );
    expect(unknown).toEqual([]);
  });

  test('docs/troubleshooting.md quotes messages as they are printed', () => {
    const headings = [...read('docs/troubleshooting.md').matchAll(/^\*\*(.+?)\*\*/gm)].map(([, text = '']) => text);
    const quoted = headings.flatMap((text) => [...text.matchAll(/`([^`]+)`/g)].map(([, message = '']) => message));
    const sources = ['src', 'templates']
      .flatMap((folder) =>
        readdirSync(repositoryPath(folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
      )
      .filter((file) => /\.(ts|hbs)$/.test(file))
      .map(read)
      .join('\n')
      .replaceAll(/^\s*(\/?\*|\/\/).*$/gm, '')
      .replaceAll(/'\s*\+\s*'/g, '');
    /** The literal parts of a message. A name, a path or a number is an example for a value that a template inserts. */
    const parts = (message: string) =>
      message.split(/…|\d+|\b(?:Task\.state|tasker_task_transitions|from|generated)\b|: /).map((part) => part.trim());
    const unknown = quoted.filter(
      (message) => !otherMessages.test(message) && !parts(message).every((part) => sources.includes(part)),
    );
    expect(headings.length).toBeGreaterThan(25);
    expect(unknown).toEqual([]);
  });

  test('the index names every page', () => {
    const index = read('docs/README.md');
    expect(pages.filter((page) => page !== 'docs/README.md' && !index.includes(`](${basename(page)})`))).toEqual([]);
  });

  test('pages are short enough to read', () => {
    const most: { readonly [document: string]: number } = { 'README.md': 200, 'ARCHITECTURE.md': 150 };
    const long = [...pages.filter((page) => page !== 'docs/config.md'), 'README.md', 'ARCHITECTURE.md']
      .map((page) => ({ page, lines: read(page).trimEnd().split('\n').length }))
      .filter(({ page, lines }) => lines > (most[page] ?? 250));
    expect(long).toEqual([]);
  });

  test('docs/templates.md describes every template and every name in it', () => {
    const described = new Set([...read('docs/templates.md').matchAll(/`([^`\n]+)`/g)].map(([, name]) => name));
    for (const file of readdirSync(repositoryPath('templates'))) {
      const names = [...read(`templates/${file}`).matchAll(/{{(?:#(?:each|if|unless) |> \w+ )?(\w+)}}/g)].map(
        ([, name]) => name,
      );
      expect([file, ...names].filter((name) => name !== 'this' && name !== 'else' && !described.has(name))).toEqual([]);
    }
  });

  test('docs/cli.md describes every command', () => {
    const commands = [...rowsmith(['--help'], repositoryPath('.')).stdout.matchAll(/^ {2}rowsmith ([a-z]+)/gm)].map(
      ([, command]) => command,
    );
    expect(commands.length).toBeGreaterThan(1);
    expect(commands.filter((command) => !read('docs/cli.md').includes(`rowsmith ${command}`))).toEqual([]);
  });

  test('ARCHITECTURE.md gives a reason for every dependency', () => {
    const manifest = JSON.parse(read('package.json')) as { readonly [kind: string]: object };
    const names = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'].flatMap((kind) =>
      Object.keys(manifest[kind] ?? {}),
    );
    expect(names.filter((name) => !/^@types\//.test(name) && !read('ARCHITECTURE.md').includes(`\`${name}\``))).toEqual(
      [],
    );
  });

  test.each(documents)('the links of %s lead somewhere', (document) => {
    const text = read(document)
      .replace(/^```[\s\S]*?^```$/gm, '')
      .replace(/`[^`\n]*`/g, '`code`');
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)|href="([^"]+)"/g)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((target) => !target.includes('://'));
    expect(targets.filter((target) => !leadsSomewhere(document, target))).toEqual([]);
  });

  function leadsSomewhere(document: string, target: string): boolean {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? document : join(dirname(document), path);
    return existsSync(repositoryPath(file)) && (anchor === undefined || anchors(read(file)).includes(anchor));
  }

  /** Anchors as GitHub derives them from headings. */
  function anchors(markdown: string): string[] {
    return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );
  }
});
