/**
 * Bundles the layout of diagrams into `templates/docs.layout.hbs`, so that the page of `rowsmith docs` lays out what a
 * filter leaves as Node has laid out everything else. Run it with `npm run page-script`; with `-- check` it compares
 * the committed file, as a test does.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const entry = fileURLToPath(new URL('../src/docs/place.ts', import.meta.url));
const file = fileURLToPath(new URL('../templates/docs.layout.hbs', import.meta.url));

/** The text of the template: `var diagram = …`, whose `placeBoxes` lays out boxes. */
async function layoutScript(): Promise<string> {
  const bundle = await rolldown({ input: entry, resolve: { extensionAlias: { '.js': ['.ts'] } } });
  const { output } = await bundle.generate({ format: 'iife', name: 'diagram', minify: true });
  await bundle.close();
  const { code } = output[0];
  // Handlebars would take two braces for a place of its own, and a browser the end of a script for that of the page's.
  return `${code.trim().replaceAll('{{', '{ {').replaceAll('</', '<\\/')}\n`;
}

const script = await layoutScript();
if (process.argv[2] !== 'check') writeFileSync(file, script);
else if (readFileSync(file, 'utf8') !== script) {
  console.error('templates/docs.layout.hbs is not what src/docs/place.ts gives. Fix it with: npm run page-script');
  process.exitCode = 1;
}
