import { words } from './total-functions.js';

/**
 * Set-returning functions of pg_catalog, by the columns of their rows that are never null. What they are given does not
 * matter: for null they give no rows.
 */

/** Functions whose first column, or only one, is never null: `generate_series(1, 3)`, the keys of `json_each_text`. */
export const setsOfOne = words(
  `generate_series generate_subscripts regexp_matches regexp_split_to_table json_object_keys jsonb_object_keys json_array_elements
  jsonb_array_elements jsonb_path_query json_each_text jsonb_each_text string_to_table(text,text)`,
);

/** Functions whose first two columns are never null. */
export const setsOfTwo = ['json_each', 'jsonb_each'];

/** `unnest` gives the elements of an array. */
export const setsOfElements = ['unnest(anyarray)'];

/** Functions that give an array without null elements. */
export const listsOfValues = words(
  `string_to_array(text,text) regexp_split_to_array enum_range array_positions current_schemas parse_ident tsvector_to_array`,
);
