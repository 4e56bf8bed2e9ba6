import type { ParserChoices } from '../../model/driver/driver-type.js';

/** The context of `parsers.ts.hbs`: the choices that the config leaves open. */
export function parsersContext({ int8, dates }: ParserChoices) {
  return {
    int8BigInt: int8 === 'bigint',
    int8Doc: int8 === 'bigint' ? 'bigint' : 'text',
    dateObjects: dates === 'date',
    datesDoc: dates === 'date' ? '`Date`, without a time zone in UTC' : 'text',
  };
}
