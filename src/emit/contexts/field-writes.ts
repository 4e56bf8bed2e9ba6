import type { StoredField } from '../../model/stored-field.js';

/**
 * What the functions of a model take for a field. Its column may take more: a state begins as an initial one, and no
 * update changes it. It may also take less: what is filled where nothing is given may be left out.
 */
export function fieldWrites({ insert, update, filled, state }: StoredField): Pick<StoredField, 'insert' | 'update'> {
  return {
    ...(insert && {
      insert: { type: state?.insert ?? insert.type, optional: insert.optional || filled?.insert !== undefined },
    }),
    ...(update && !state && { update }),
  };
}
