import fc from 'fast-check';
import type { Config } from '../../src/index.js';
import { zodSchemas } from '../../src/plugins/zod/index.js';
import { mark } from './hostile-schemas.js';

const drivers: readonly NonNullable<Config['driver']>[] = [
  'pg',
  'pg-parsers',
  'pglite',
  'postgres',
  { name: 'pg-parsers', int8: 'string', dates: 'date' },
  { name: 'pg-parsers', dates: 'temporal-polyfill#Temporal', numeric: 'decimal.js#Decimal' },
];
/** `db.ts` in the format of kysely-codegen, with every option that changes a name or a text. */
const kyselyCodegen: fc.Arbitrary<Config['tables']> = fc
  .record({
    camelCase: fc.boolean(),
    domains: fc.boolean(),
    partitions: fc.boolean(),
    runtimeEnums: fc.constantFrom(false, true, 'pascal-case' as const, 'screaming-snake-case' as const),
    singularize: fc.boolean(),
  })
  .map((options) => ({ format: 'kysely-codegen' as const, ...options }));
const expressions = [
  `'*/ ${mark} \`\${${mark}} \\'::text`,
  `(select '// ${mark}' where t is not null)`,
  `coalesce(null, E'\\n${mark}')`,
];
const comments = [`*/ const ${mark}: never = 1; /*`, `@ts-expect-error ${mark}`, `\`${mark}\``];

/** Configs that are possible for any schema. */
export const anyConfig: fc.Arbitrary<Config> = fc
  .record({
    driver: fc.constantFrom(...drivers),
    types: fc.record(
      { nullElements: fc.constant(false), infinity: fc.constant(false), brandIds: fc.boolean() },
      { requiredKeys: [] },
    ),
    functions: fc.constantFrom(undefined, ['*'], [`*${mark}*`]),
    hasPlugin: fc.boolean(),
    hasSlice: fc.boolean(),
    tables: fc.oneof(fc.constant(undefined), kyselyCodegen),
    stripPrefix: fc.constantFrom(undefined, '*/ const ', mark, "'"),
    computed: fc.option(fc.record({ sql: fc.constantFrom(...expressions), comment: fc.constantFrom(...comments) }), {
      nil: undefined,
    }),
  })
  .map(({ driver, types, functions, hasPlugin, hasSlice, tables, stripPrefix, computed }) => ({
    driver,
    types,
    ...(tables ? { tables } : {}),
    ...(functions ? { functions } : {}),
    ...(hasPlugin ? { plugins: [zodSchemas()] } : {}),
    ...(hasSlice ? { slices: { [`all ${mark}`]: ['*'] } } : {}),
    models: {
      ...(stripPrefix === undefined ? {} : { stripPrefix }),
      ...(computed ? { '*': { computed: { fuzzed: computed } } } : {}),
    },
  }));
