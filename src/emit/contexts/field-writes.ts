import type { StoredField } from '../../model/stored-field.js';

/**
 * What the functions of a model accept for a field. This may be less than its column accepts: a state must start as an
 * initial one, and no update may change it. It may also be more lenient: a field that is filled by default may be
 * omitted.
 */
export function fieldWrites({ insert, update, filled, state }: StoredField): Pick<StoredField, 'insert' | 'update'> {
  return {
    ...(insert && {
      insert: { type: state?.insert ?? insert.type, optional: insert.optional || filled?.insert !== undefined },
    }),
    ...(update && !state && { update }),
  };
}
