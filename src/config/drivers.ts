/**
 * What a program can read its database with, as `driver` of the config names it. Each name has a profile in
 * `model/driver/profiles.ts`; the compiler finds one that is missing there.
 */
export const driverNames = ['pg', 'pg-parsers', 'pglite'] as const;

export type DriverName = (typeof driverNames)[number];
