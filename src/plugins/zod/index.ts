import type { Plugin } from '../index.js';
import { modelFile } from './model-file.js';
import { type ValueSchema, valuesFile } from './values.js';

/**
 * Writes zod schemas (https://zod.dev, version 4) for every model: `zod/<model>.ts` has one each for what is read,
 * inserted and updated, with the types of the model. The generated code imports `zod`, which the project must install.
 */
export function zodSchemas(): Plugin {
  return {
    name: 'rowsmith/zod',
    files: (files, input) => {
      const used = new Set<ValueSchema>();
      const models = input.schema.relations.map((relation) => modelFile(relation, input, (value) => used.add(value)));
      return [
        ...files,
        ...(used.size > 0 ? [{ path: 'runtime/zod.ts', text: valuesFile(used, input.extension) }] : []),
        ...models,
      ];
    },
  };
}
