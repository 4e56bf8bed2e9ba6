import { type Ask, type InitResult, init, parseSource } from '../../index.js';
import { printable } from '../../printable.js';
import { askOnTerminal } from '../ask.js';
import { Messages } from '../messages.js';
import type { Arguments } from '../options.js';

export async function runInit({ source, yes, silent }: Arguments<'init'>): Promise<number> {
  const messages = new Messages({ silent });
  const asks = !yes && process.stdin.isTTY && process.stderr.isTTY;
  const ask: Ask = (question) => {
    messages.end();
    return askOnTerminal(question);
  };
  const result = await messages.during(() =>
    init({
      ...(source && source.length > 0 ? { source: parseSource(source) } : {}),
      ...(asks ? { ask } : {}),
      onProgress: messages.progress,
    }),
  );
  result.notes.forEach(messages.note);
  if (!silent) process.stdout.write(printable(summary(result)));
  return 0;
}

/** The maximum number of models, and of computed fields, that a summary names. */
const shown = 12;

function summary({ found, files, next }: InitResult): string {
  const rows = found
    ? [['Schema', schemaText(found.source)], ...importRows(found), ...setupRows(found), ...schemaRows(found)]
    : [];
  const width = Math.max(0, ...rows.map(([name = '']) => name.length));
  const changes = files.map(
    ({ path, change, detail }) => `  ${marks[change]} ${path}${detail === undefined ? '' : `: ${detail}`}`,
  );
  return [
    ...rows.map(([name = '', text = '']) => `${name.padEnd(width)}  ${text}`),
    ...changes,
    ...(files.some(({ change }) => change !== 'kept') ? [] : ['Everything is already set up.']),
    'Next:',
    ...next.map((step) => `  ${step}`),
    '',
  ].join('\n');
}

const marks = { created: '+', changed: '~', kept: '=' } as const;

type Found = NonNullable<InitResult['found']>;

function schemaText(source: Found['source']): string {
  if (source.kind === 'url') return source.what;
  return `${source.kind === 'sql' ? source.paths.join(', ') : source.path} (${source.what})`;
}

function importRows({ imports: { style, because } }: Found): string[][] {
  return because === undefined ? [] : [['Imports', `'${style}', since ${because}`]];
}

function setupRows({ setup }: Found): string[][] {
  if (!setup) return [];
  const left = setup.left.length > 0 ? `; not taken over: ${setup.left.join(', ')}` : '';
  return [['Setup', `${setup.tool} (${setup.from}): ${setup.taken.join(', ') || 'defaults'}${left}`]];
}

function schemaRows({ schema }: Found): string[][] {
  if (!schema) return [];
  const { models, machines, computed } = schema;
  const names = models.slice(0, shown).map(({ name }) => name);
  const more = models.length > shown ? `, and ${models.length - shown} more` : '';
  return [
    ...(models.length > 0 ? [['Models', `${names.join(', ')}${more}`]] : []),
    ...machines.map(({ model, field, transitions }) => ['State', `${model}.${field}, from ${transitions}`]),
    ...computed.slice(0, shown).map(({ model, field, sql }) => ['Computed', `${model}.${field}, by ${sql}`]),
  ];
}
