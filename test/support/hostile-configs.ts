import fc from 'fast-check';
import type { Config } from '../../src/index.js';
import { zodSchemas } from '../../src/plugins/zod/index.js';
import { mark } from './hostile-schemas.js';

const drivers: readonly NonNullable<Config['driver']>[] = [
  'pg', 'pg-parsers', 'pglite',
  { name: 'pg-parsers', int8: 'string', dates: 'date' },
  { name: 'pg-parsers', dates: 'temporal-polyfill#Temporal', numeric: 'decimal.js#Decimal' },
];
const expressions = [`'*/ ${mark} \`\${${mark}} \\'::text`, `(select '// ${mark}' where t is not null)`, `coalesce(null, E'\\n${mark}')`];
const comments = [`*/ const ${mark}: never = 1; /*`, `@ts-expect-error ${mark}`, `\`${mark}\``];

/** What may be asked of any schema. */
export const anyConfig: fc.Arbitrary<Config> = fc
  .record({
    driver: fc.constantFrom(...drivers),
    types: fc.record({ nullElements: fc.constant(false), infinity: fc.constant(false), brandIds: fc.boolean() }, { requiredKeys: [] }),
    functions: fc.constantFrom(undefined, ['*'], [`*${mark}*`]),
    hasPlugin: fc.boolean(),
    hasSlice: fc.boolean(),
    stripPrefix: fc.constantFrom(undefined, '*/ const ', mark, "'"),
    computed: fc.option(fc.record({ sql: fc.constantFrom(...expressions), comment: fc.constantFrom(...comments) }), { nil: undefined }),
  })
  .map(({ driver, types, functions, hasPlugin, hasSlice, stripPrefix, computed }) => ({
    driver,
    types,
    ...(functions ? { functions } : {}),
    ...(hasPlugin ? { plugins: [zodSchemas()] } : {}),
    ...(hasSlice ? { slices: { [`all ${mark}`]: ['*'] } } : {}),
    models: { ...(stripPrefix === undefined ? {} : { stripPrefix }), ...(computed ? { '*': { computed: { fuzzed: computed } } } : {}) },
  }));
