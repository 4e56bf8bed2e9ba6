import { dieselTableProfile } from '../types/diesel-table.js';
import type { Language } from './language.js';
import { keywords, nameOf } from './rust.js';

/** Diesel's `table!`, which declares the tables that its models are checked against. */
export const dieselTable: Language = {
  name: 'diesel-table',
  code: 'rust',
  extensions: [],
  profileOf: () => dieselTableProfile,
  anyCase: false,
  fieldName: (_, column) => {
    const name = nameOf(column);
    return keywords.has(name) ? `${name}_` : name;
  },
  field: (name, type) => `${name} -> ${type},`,
  shownField: ({ name, type }) => `${name} -> ${type.text},`,
  opening: ({ name }) => `${name} {`,
  shownOpening: ({ name }) => `table! ${name} {`,
  indent: '    ',
  modelName: (words) => words.join('_'),
  isWritten: false,
  followsDatabase: true,
  attribute: (_, column) => `#[sql_name = "${column}"]`,
  keepName: (_, column) => `write #[sql_name = "${column}"] above it`,
};
