import type { ParserChoices } from '../../model/driver/driver-type.js';
import type { ModuleSpecifier } from '../module-specifier.js';
import { Imports } from './imports.js';

/** The context of `parsers.ts.hbs`: the choices that the config leaves open. */
export function parsersContext({ int8, dates, numeric }: ParserChoices, moduleSpecifier: ModuleSpecifier) {
  const imports = new Imports(new Set(['Parsers', 'PgType', 'Parse', 'Reader']), []);
  const numericClass = numeric && imports.value(moduleSpecifier(numeric.module, ''), numeric.name);
  return {
    imports: imports.lines(),
    hasImports: numeric !== undefined,
    numericClass: numericClass ?? '',
    hasNumericClass: numericClass !== undefined,
    numericDoc: numericClass === undefined ? 'text' : `\`${numericClass}\``,
    int8BigInt: int8 === 'bigint',
    int8Doc: int8 === 'bigint' ? 'bigint' : 'text',
    dateObjects: dates === 'date',
    datesDoc: dates === 'date' ? '`Date`, without a time zone in UTC' : 'text',
  };
}
