/**
 * Names of what a program can read its database with, for `driver` of the config. Each has a profile in
 * `model/driver/profiles.ts`, and the compiler finds one that is missing there.
 */
export const driverNames = ['pg', 'pg-parsers', 'pglite', 'postgres'] as const;

export type DriverName = (typeof driverNames)[number];
