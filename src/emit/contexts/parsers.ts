import type { ParserChoices } from '../../model/driver/pg-parsers.js';
import type { ModuleExport } from '../../model/module-export.js';
import type { ModuleNames } from '../module-specifier.js';
import { Imports } from './imports.js';

/** The context of `parsers.ts.hbs`: the config's choices. */
export function parsersContext({ int8, dates, numeric }: ParserChoices, modules: ModuleNames) {
  const imports = new Imports(new Set(['Parsers', 'PgType', 'Parse', 'Reader']), [], modules.extension);
  const value = (reference: ModuleExport | undefined) =>
    reference ? imports.value(imports.users(modules.moduleSpecifier(reference.module, '')), reference.name) : '';
  const temporal = value(typeof dates === 'string' ? undefined : dates);
  const numericClass = value(numeric);
  return {
    imports: imports.lines(),
    hasImports: temporal !== '' || numericClass !== '',
    numericClass,
    hasNumericClass: numericClass !== '',
    numericDoc: numericClass === '' ? 'text' : `\`${numericClass}\``,
    int8BigInt: int8 === 'bigint',
    int8Doc: int8 === 'bigint' ? 'bigint' : 'text',
    dateObjects: dates === 'date',
    temporal,
    hasTemporal: temporal !== '',
    datesDoc: datesDoc(dates, temporal),
    hasWritten: temporal !== '' || numericClass !== '',
  };
}

/** What dates are read as, in words; `temporal` is the local name of the namespace. */
function datesDoc(dates: ParserChoices['dates'], temporal: string): string {
  if (dates === 'string') return 'text';
  return dates === 'date' ? '`Date`, without a time zone in UTC' : `\`${temporal}\` types`;
}
