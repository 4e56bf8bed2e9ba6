import type { Profile } from './profile.js';
import { sqlxProfile } from './sqlx.js';

/**
 * SeaORM reads rows through sqlx, and takes what sqlx takes. It is told in the words of its prelude, which every entity
 * imports and where `DateTime` has no zone.
 */
export const seaOrmProfile: Profile = {
  ...sqlxProfile,
  name: 'sea-orm',
  reads: 'SeaORM',
  spellings: {
    ...sqlxProfile.spellings,
    Value: 'Json',
    BigDecimal: 'Decimal',
    NaiveDateTime: 'DateTime',
    'DateTime<Utc>': 'DateTimeWithTimeZone',
    NaiveDate: 'Date',
    NaiveTime: 'Time',
  },
};
