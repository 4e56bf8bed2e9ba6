/** `FirstNormalObjectId` of PostgreSQL's `transam.h`: the oids below are those of every new database. */
export const firstOwnOid = 16384;
