/**
 * The parts of the generated `runtime/zod.ts`: schemas that zod itself does not have, each with the types of `types.ts`
 * that it mentions.
 */
export const valueSchemas = {
  anyNumber: {
    types: [],
    text: `/** Any number that a driver may give, NaN and the infinities among them. */
export const anyNumber = z.custom<number>((value) => typeof value === 'number', 'Expected a number');`,
  },
  buffer: {
    types: [],
    text: `export const buffer = z.custom<Buffer>((value) => Buffer.isBuffer(value), 'Expected a Buffer');`,
  },
  bytes: {
    types: [],
    text: `export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'Expected a Uint8Array');`,
  },
  json: { types: ['Json'], text: `export const json: z.ZodType<Json> = z.json();` },
  jsonInput: {
    types: ['JsonInput'],
    text: `export const jsonInput = z.custom<JsonInput>((value) => typeof value === 'object' && value !== null && 'toJSON' in value ? true : value !== null && !Array.isArray(value) && z.json().safeParse(value).success, 'Expected what jsonText gives, a number, a boolean or an object');`,
  },
  jsonText: {
    types: ['JsonText'],
    text: `export const jsonText = <Value>() => z.custom<JsonText<Value>>((value) => typeof value === 'object' && value !== null && 'toJSON' in value, 'Expected what jsonText gives');`,
  },
  interval: {
    types: ['Interval'],
    text: `export const interval = z.custom<Interval>((value) => typeof value === 'object' && value !== null && 'toPostgres' in value, 'Expected an interval');`,
  },
  point: {
    types: ['Point'],
    text: `export const point = z.custom<Point>((value) => z.object({ x: z.any(), y: z.any() }).safeParse(value).success, 'Expected a point');`,
  },
  circle: {
    types: ['Circle'],
    text: `export const circle = z.custom<Circle>((value) => z.object({ x: z.any(), y: z.any(), radius: z.any() }).safeParse(value).success, 'Expected a circle');`,
  },
  utcTimestamp: {
    types: ['UtcTimestamp'],
    text: `export const utcTimestamp = z.custom<UtcTimestamp>((value) => typeof value === 'string' && value.endsWith('Z'), 'Expected a timestamp that ends in Z');`,
  },
  range: {
    types: [],
    text: `export function range<Bound extends z.ZodType>(bound: Bound) {
  return z.object({ lower: bound.nullable(), upper: bound.nullable(), bounds: z.enum(['[]', '[)', '(]', '()', 'empty']) });
}`,
  },
  nestedArray: {
    types: ['NestedArray'],
    text: `export function nestedArray<Element>(element: z.ZodType<Element>): z.ZodType<NestedArray<Element>> {
  const nested: z.ZodType<NestedArray<Element>> = z.union([z.array(element), z.array(z.lazy(() => nested))]);
  return nested;
}`,
  },
  typed: {
    types: [],
    text: `/** A type that is known to the compiler alone: nothing checks its values. */
export const typed = <Value>() => z.custom<Value>((value) => value !== undefined);`,
  },
  checkedBy: {
    types: [],
    text: `/** A Standard Schema (https://standardschema.dev): values stay as they are, and must pass it. */
export function checkedBy<Input>(schema: StandardSchema<Input>) {
  return z.custom<Input>().superRefine((value, context) => {
    const result = schema['~standard'].validate(value);
    if (result instanceof Promise) throw new TypeError('A schema that validates asynchronously cannot be used here.');
    for (const { message, path = [] } of result.issues ?? []) {
      context.addIssue({ code: 'custom', message, path: path.map((part) => (typeof part === 'object' ? part.key : part)) });
    }
  });
}

interface StandardSchema<Input> {
  readonly '~standard': {
    readonly validate: (value: unknown) => Result | Promise<Result>;
    readonly types?: { readonly input: Input } | undefined;
  };
}

interface Result {
  readonly value?: unknown;
  readonly issues?: readonly { readonly message: string; readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined }[] | undefined;
}`,
  },
} as const;

export type ValueSchema = keyof typeof valueSchemas;

/** The text of `runtime/zod.ts` with the schemas that some model uses. */
export function valuesFile(used: ReadonlySet<ValueSchema>, extension: string): string {
  const parts = Object.entries(valueSchemas).flatMap(([name, part]) => (used.has(name as ValueSchema) ? [part] : []));
  const types = parts.flatMap((part) => part.types);
  const imports = [
    "import { z } from 'zod';",
    ...(types.length > 0 ? [`import type { ${types.join(', ')} } from '../types${extension}';`] : []),
  ];
  return `${[imports.join('\n'), ...parts.map(({ text }) => text)].join('\n\n')}\n`;
}
