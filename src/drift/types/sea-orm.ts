import type { Profile } from './profile.js';
import { sqlxProfile } from './sqlx.js';

/** SeaORM reads rows through sqlx, and takes what sqlx takes. */
export const seaOrmProfile: Profile = { ...sqlxProfile, name: 'sea-orm', reads: 'SeaORM' };
