import { builtin, helper, sameType, type TsType, union } from '../ts-type.js';
import type { DriverProfile, DriverType } from './driver-profile.js';

/**
 * The write type for a driver that sends `String(value)`: the members whose string form Postgres reads as the value
 * itself, and those that the driver sends as a type of its choice; the others become `string`.
 */
export function sentText(type: TsType, { declares = [] }: DriverProfile): TsType {
  if (sameType(type, helper('JsonInput'))) {
    const [text, number, boolean] = [helper('JsonText'), builtin('number'), builtin('boolean')];
    return declares.includes('boolean') ? union(text, number) : union(text, number, boolean);
  }
  const members = type.kind === 'union' ? type.members : [type];
  const sentAsThemselves = members.filter((member) => isSentAsItself(member) || isDeclared(member, declares));
  if (sentAsThemselves.length === members.length) return type;
  return union(...sentAsThemselves, builtin('string'));
}

function isSentAsItself(type: TsType): boolean {
  if (type.kind === 'builtin') return ['string', 'number', 'boolean', 'bigint'].includes(type.name);
  return type.kind === 'literal' || type.kind === 'enum';
}

const isDeclared = (type: TsType, declares: NonNullable<DriverProfile['declares']>) =>
  type.kind === 'builtin' && declares.includes(type.name);

/**
 * Removes from an array's write type the values that the driver would send as a type of its choice, because that is not
 * an array type; if none remain, the array is written as text. Such a driver also takes `{ type, value }` in an array
 * as a typed parameter, so JSON objects go through `jsonText`.
 */
export function sentElements<Type extends DriverType>(type: Type, { declares = [] }: DriverProfile): Type {
  if (declares.length === 0) return type;
  if (sameType(type.write, helper('JsonInput')))
    return { ...type, write: union(helper('JsonText'), builtin('number')) };
  const members = type.write.kind === 'union' ? type.write.members : [type.write];
  const sent = members.filter((member) => !isDeclared(member, declares));
  return sent.length === 0 ? { ...type, arrayWrite: 'text' } : { ...type, write: union(...sent) };
}
