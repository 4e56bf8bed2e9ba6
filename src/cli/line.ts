import type { Arguments, CommandName } from './options.js';

/** A command line that was read: `rowsmith check --json` is `{ command: 'check', args: { json: true, verbose: false } }`. */
export type Line = { readonly [Name in CommandName]: { readonly command: Name; readonly args: Arguments<Name> } }[CommandName];
