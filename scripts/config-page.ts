/** Renders docs/config.md, the config reference, from its JSON Schema. `npm run config-schema` writes both. */

/** The parts of JSON Schema that our schema uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: { readonly [key: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly not?: object;
}

/** A setting, with its full path: `models.<table>.alias`. */
interface Setting {
  readonly path: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** The page that explains a key in detail. */
const guides: { readonly [key: string]: string } = {
  diff: '[diff.md](diff.md)',
  drift: '[drift.md](drift.md)',
  driver: '[types.md](types.md)',
  functions: '[functions.md](functions.md)',
  imports: '[output.md](output.md#imports)',
  models: '[computed-fields.md](computed-fields.md), [state-machines.md](state-machines.md), [models.md](models.md)',
  plugins: '[plugins.md](plugins.md)',
  projects: '[monorepo.md](monorepo.md#several-outputs)',
  slices: '[large-schemas.md](large-schemas.md)',
  source: '[sources.md](sources.md)',
  tables: '[from-kysely-codegen.md](from-kysely-codegen.md)',
  templates: '[templates.md](templates.md)',
  tenants: '[tenants.md](tenants.md)',
  types: '[types.md](types.md)',
};

/** Names for the keys of records, by the record's path. */
const keyNames: { readonly [path: string]: string } = {
  models: 'table',
  'models.<table>.alias': 'column',
  'models.<table>.computed': 'field',
  'models.<table>.filled': 'column',
  'models.<table>.json': 'column',
  'models.<table>.state.graph': 'state',
  'drift.rules': 'rule',
  'drift.parsers': 'type',
  'source.extensions': 'extension',
};

const head = `# Config

<!-- Made from the doc comments in src/config/ by \`npm run config-schema\`. Edit those. -->

The config is \`rowsmith.config.ts\` (or \`.mts\`, \`.js\`, \`.mjs\`, \`.json\`), or the key \`rowsmith\` in package.json. Paths in it are
relative to its folder.

\`\`\`ts program
import { defineConfig } from 'rowsmith';

export default defineConfig({
  source: { sql: 'schema.sql' },
  include: ['tasker_*'],
  models: {
    stripPrefix: 'tasker_',
    tasker_tasks: { state: { transitions: 'tasker_task_transitions', initial: 'pending' } },
  },
});
\`\`\`

An unknown key is an error that suggests the nearest valid one. Command-line options take precedence over the config.
`;

/** The complete page. */
export function configPage(schema: Schema): string {
  const settings = settingsOf(schema, '');
  const sections = settings.flatMap(({ path, schema: own }) => {
    const below = path === 'projects' ? projectSettings(own) : nestedSettings(own, path);
    const guide = guides[path] === undefined ? [] : [`Guide: ${guides[path]}`, ''];
    return below.length > 0 ? [`## \`${path}\``, '', ...guide, ...table(below), ''] : [];
  });
  return `${[head, '## All keys', '', ...table(settings), '', ...sections].join('\n').trimEnd()}\n`;
}

const settingsOf = ({ properties = {}, required = [] }: Schema, prefix: string): Setting[] =>
  Object.entries(properties).map(([key, schema]) => ({
    path: `${prefix}${key}`,
    schema,
    required: required.includes(key),
  }));

/** The settings at and below a place, each path once. */
function nestedSettings(schema: Schema, path: string): Setting[] {
  const own = settingsOf(schema, `${path}.`).flatMap((setting) => [
    setting,
    ...nestedSettings(setting.schema, setting.path),
  ]);
  const record = schema.additionalProperties
    ? nestedSettings(schema.additionalProperties, `${path}.<${keyNames[path] ?? 'name'}>`)
    : [];
  const alternatives = schema.anyOf ?? [];
  const isChoice = alternatives.filter(({ properties }) => properties).length > 1;
  const others = [...alternatives, ...(schema.items ? [schema.items] : [])]
    .flatMap((one) => nestedSettings(one, path))
    .map((setting) => (isChoice ? { ...setting, required: false } : setting));
  const all = [...own, ...record, ...others];
  return all.filter((one, index) => all.findIndex(({ path: other }) => other === one.path) === index);
}

/** The settings that only a project has. */
const projectSettings = ({ items = {} }: Schema): Setting[] =>
  settingsOf(items, 'projects.').filter(({ required }) => required);

const table = (settings: readonly Setting[]): string[] => [
  '| Key | Value | Meaning |',
  '|---|---|---|',
  ...settings.map(
    ({ path, schema, required }) =>
      `| \`${path}\` | ${spelled(schema)} | ${required ? 'Required. ' : ''}${escaped(schema.description ?? '')} |`,
  ),
];

const escaped = (text: string) => text.replaceAll('|', '\\|').replaceAll(/(https:\/\/[^\s)]+)/g, '<$1>');

/** The type of a value, in words that fit into a table cell. */
function spelled(schema: Schema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(spelled))].join(' or ');
  if (schema.enum) return schema.enum.map((value) => `\`'${value}'\``).join(', ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.items) return `list of ${plural(spelled(schema.items))}`;
  if (schema.not) return 'function';
  if (schema.type === 'object') return 'object';
  return [schema.type ?? []].flat().join(', ');
}

const plural = (type: string) => (/^(string|object|list)\b/.test(type) ? type.replace(/^\w+/, '$&s') : type);
