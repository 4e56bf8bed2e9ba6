import type { Override } from '../config/config.js';
import type { MergedEntry } from '../model/shared-names.js';
import type { ProposedColumn } from './column-states.js';
import { type Entry, entry, type Properties } from './entry.js';
import type { ProposedFilled } from './filled.js';
import type { Proposal, ProposedSource } from './proposal.js';
import type { ProposedQueries } from './query-files.js';
import type { ProposedMachine, SchemaProposal } from './schema-proposal.js';
import type { Setup } from './setups/setup.js';

/** The entries of the config that a proposal makes, with comments for people. */
export function configEntries(proposal: Proposal): readonly Entry[] {
  const { source, out, imports, driver, setup, schema, queries, declared = [], initial } = proposal;
  const exclude = [...(setup?.exclude ?? []), ...(schema?.exclude ?? [])];
  return [
    sourceEntry(source),
    {
      key: 'out',
      value: out,
      comment: 'The output folder. Commit it: `rowsmith check` fails when it is stale.',
    },
    ...(imports.because === undefined
      ? []
      : [entry('imports', imports.style, `${importWords[imports.style]}: ${imports.because}.`)]),
    ...(setup?.include ? [{ key: 'include', value: setup.include, comment: `Of ${setup.from}.` }] : []),
    ...(exclude.length > 0
      ? [{ key: 'exclude', value: exclude, comment: excludeComment(setup, schema?.exclude ?? []) }]
      : []),
    ...tablesEntries(setup),
    ...(driver === undefined || driver === 'pg'
      ? []
      : [entry('driver', driver, 'The driver your program uses, found among the dependencies.')]),
    typesEntry(setup),
    modelsEntry(schema, initial),
    ...(queries ? [queriesEntry(queries)] : []),
    ...(declared.length > 0
      ? [
          {
            key: 'drift',
            value: { entries: [{ key: 'models', value: declared }] },
            comment:
              'Code that declares the tables beside the migrations: `rowsmith drift` reports where the two differ.',
          },
        ]
      : []),
  ];
}

const importWords = {
  js: 'Generated files import each other with .js',
  ts: 'Generated files import each other with .ts',
  none: 'Generated files import each other without an extension',
} as const;

function sourceEntry(source: ProposedSource): Entry {
  switch (source.kind) {
    case 'sql': {
      const [first = '', ...others] = source.paths;
      return entry(
        'source',
        { sql: others.length === 0 ? first : source.paths },
        `${capital(source.what)}, loaded into an embedded Postgres: no database is needed.`,
      );
    }
    case 'catalog':
      return entry('source', { catalog: source.path }, 'The catalog of an earlier run.');
    case 'url':
      return {
        key: 'source',
        value: { entries: [{ key: 'url', value: { variable: source.variable } }] },
        comment: `A live database. If ${source.variable} is not set, libpq's PG* variables are used.`,
      };
  }
}

function excludeComment(setup: Setup | undefined, bookkeeping: readonly string[]): string {
  const parts = [
    ...(setup?.exclude ? [`Of ${setup.from}`] : []),
    ...(bookkeeping.length > 0 ? ['tables of migration tools'] : []),
  ];
  return `${capital(parts.join('; '))}.`;
}

function tablesEntries(setup: Setup | undefined): Entry[] {
  if (!setup?.tables) return [];
  const left = setup.left.length > 0 ? ` Not taken over: ${setup.left.join(', ')}.` : '';
  return [
    entry(
      'tables',
      setup.tables,
      `db.ts as ${setup.tool} writes it, with the options in ${setup.from}.${left} Remove this for rowsmith's own, stricter types.`,
    ),
  ];
}

/** What the data promises, and the types that another setup asks for. */
function typesEntry(setup: Setup | undefined): Entry {
  const overrides = (setup?.overrides ?? []).map((override: Override) => ({ ...override }));
  const entries = [
    entry('infinity', false, 'No date is `infinity`: dates read as Date, not as Date | number.'),
    entry('nullElements', false, 'No array contains NULL: text[] reads as string[], not as (string | null)[].'),
    ...(setup?.brandIds
      ? [entry('brandIds', true, `A branded type for the ids of each table, as in ${setup.tool}.`)]
      : []),
    ...(overrides.length > 0 ? [entry('overrides', overrides, `Of ${setup?.from}.`)] : []),
  ];
  const comment = 'What holds for your data although the schema does not guarantee it. Remove what does not hold.';
  return { key: 'types', value: { entries }, comment };
}

/** The files of queries, as a comment while something in them is still to be rewritten. */
function queriesEntry({ globs, tools, rewrites }: ProposedQueries): Entry {
  const found = `Detected: files of queries, written for ${tools.join(' and ')}.`;
  const rewritten = ' Rewrite them first, as `rowsmith init` said and docs/queries.md shows.';
  return rewrites.length === 0
    ? entry('queries', globs, `${found} Each gets a typed function.`)
    : { ...entry('queries', globs, `${found}${rewritten}`), off: true };
}

function modelsEntry(schema: SchemaProposal | undefined, initial: Proposal['initial']): Entry {
  const { stripPrefix, filled = [], machines = [], columnStates = [], computed = [], names = new Map() } = schema ?? {};
  const found = [...filled, ...machines, ...columnStates, ...computed];
  const tables = [...new Set([...names.keys(), ...found.map(({ table }) => table)])];
  const entries = [
    ...(stripPrefix === undefined
      ? []
      : [entry('stripPrefix', stripPrefix, 'The prefix of table names, which model names leave out.')]),
    ...tables.map((table): Entry => {
      const states = machines.filter((machine) => machine.table === table);
      const times = filled.filter((one) => one.table === table).map(filledEntry);
      const own = [...nameEntries(names.get(table)), ...times, ...stateEntries(states, initial)];
      const possible = [
        ...columnStates.filter((column) => column.table === table).map(columnStateEntry),
        ...computed.filter((field) => field.table === table).map(computedEntry),
      ];
      return { key: table, value: { entries: [...own, ...possible] }, ...(own.length === 0 ? { off: true } : {}) };
    }),
  ];
  const example = entry('users', { computed: { fullName: { sql: "t.first_name || ' ' || t.last_name" } } });
  return entries.some(({ off }) => !off)
    ? { key: 'models', value: { entries } }
    : {
        key: 'models',
        value: { entries: entries.length > 0 ? entries.map(({ off: _off, ...on }) => on) : [example] },
        off: true,
        comment: 'By table: names, aliases, computed fields, state machines, JSON types.',
      };
}

/** The entries that give names to a table and its columns which others share. */
function nameEntries(names: MergedEntry | undefined): Entry[] {
  const [first, ...others] = Object.entries(names ?? {}).map(([key, value]) => entry(key, value));
  const comment = 'Something else has this name too; without this line, both get longer names.';
  return first ? [{ ...first, comment }, ...others] : [];
}

function filledEntry({ columns }: ProposedFilled): Entry {
  const given = columns.map(({ name, onUpdate }) => [name, { insert: 'now', ...(onUpdate ? { update: 'now' } : {}) }]);
  return entry(
    'filled',
    Object.fromEntries(given),
    'Detected: NOT NULL without a default. The write functions fill them.',
  );
}

function stateEntries(machines: readonly ProposedMachine[], initial: Proposal['initial']): Entry[] {
  if (machines.length === 0) return [];
  const states = machines.map((machine): Properties => {
    const given = initial.get(`${machine.model}.${machine.field}`);
    const { transitions, field, states: known } = machine;
    return {
      entries: [
        { key: 'transitions', value: transitions },
        ...(machines.length > 1 ? [{ key: 'name', value: field }] : []),
        {
          key: 'initial',
          value: given ?? known?.[0] ?? 'pending',
          comment: 'The state of a row without transitions; null by default.',
          ...(given === undefined ? { off: true as const } : {}),
        },
        ...(known
          ? []
          : [
              {
                key: 'states',
                value: ['pending', 'complete'],
                off: true as const,
                comment: 'The schema does not list the states.',
              },
            ]),
      ],
    };
  });
  const [first] = states;
  const tables = machines.map(({ transitions }) => transitions).join(', ');
  return [
    {
      key: 'state',
      value: states.length === 1 && first ? first : states,
      comment: `Detected: the newest row of ${tables} is the state.`,
    },
  ];
}

/** A column's machine, in which every state may change to those behind it: people know which may not. */
function columnStateEntry({ column, states, initial, model }: ProposedColumn): Entry {
  const graph = Object.fromEntries(states.map((state, index) => [state, states.slice(index + 1)]));
  return {
    ...entry('state', { column, initial, graph }),
    off: true,
    comment: `Detected: the states of ${column}. With a graph, only transition${model} changes them. List which states may follow which.`,
  };
}

function computedEntry({ field, sql }: { readonly field: string; readonly sql: string }): Entry {
  return {
    key: 'computed',
    value: { entries: [{ key: field, value: false }] },
    off: true,
    comment: `Detected: ${field}, from ${sql}. This would leave it out.`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
