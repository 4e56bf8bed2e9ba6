/**
 * The names of the drivers that a program can read its database with, for `driver` of the config. Each has a profile in
 * `model/driver/profiles.ts`; the compiler reports a missing one.
 */
export const driverNames = ['pg', 'pg-parsers', 'pglite', 'postgres'] as const;

export type DriverName = (typeof driverNames)[number];
