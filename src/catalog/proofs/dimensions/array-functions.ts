/**
 * What built-in functions and operators say about the number of dimensions of the array that they give, each for every
 * value and not only for most: https://www.postgresql.org/docs/current/functions-array.html. One that is in no list
 * says nothing.
 */

/** Always of one dimension, or empty: the function refuses, or cannot make, any other. */
export const givesList = [
  'array_append',
  'array_positions',
  'array_prepend',
  'array_remove',
  'current_schemas',
  'enum_range',
  'parse_ident',
  'regexp_match',
  'regexp_matches',
  'regexp_split_to_array',
  'string_to_array',
  'tsvector_to_array',
];

/** As many as the first argument, or empty. */
export const keepsDimensions = [
  'any_value',
  'array_replace',
  'array_reverse',
  'array_sample',
  'array_shuffle',
  'array_sort',
  'max',
  'min',
  'trim_array',
];

/** As many as all arguments, where they have equally many. */
export const joinsArrays = ['array_cat', 'array_larger', 'array_smaller'];
