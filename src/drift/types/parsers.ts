import type { Profile } from './profile.js';

const anyValue = ['any', 'string', 'number', 'bigint', 'boolean', 'Date', 'Buffer', 'Uint8Array', 'object'];

/** A driver's profile where the project has parsers of its own: `{ int8: 'number' }` reads a bigint as a number. */
export function withParsers(profile: Profile, parsers: Readonly<Record<string, string>>): Profile {
  const own = Object.entries(parsers).map(([type, gives]) => [type, gives === 'any' ? anyValue : [gives]] as const);
  if (own.length === 0) return profile;
  return { ...profile, accepts: { ...profile.accepts, ...Object.fromEntries(own) } };
}
