/** How generated files import each other: `./types.js`, `./types.ts` or `./types`. */
export type ImportStyle = 'js' | 'ts' | 'none';
