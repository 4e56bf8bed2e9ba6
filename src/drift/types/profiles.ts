import type { ProfileName } from '../declared.js';
import { dieselProfile } from './diesel.js';
import type { Profile } from './profile.js';
import { sqlxProfile } from './sqlx.js';
import { typescriptProfile } from './typescript-profile.js';

const profiles: Readonly<Record<ProfileName, Profile>> = { sqlx: sqlxProfile, diesel: dieselProfile, typescript: typescriptProfile };

export function profileNamed(name: ProfileName): Profile {
  return profiles[name];
}
