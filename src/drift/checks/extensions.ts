import type { Catalog } from '../../catalog/catalog.js';

/** Types, functions and operators that extensions bring, which a schema may be given without. */
const types = /^(?:(?:half|sparse)?vec(?:tor)?|geometry|geography|raster|hstore|ltree|lquery|citext|cube|seg)$/;
const functions =
  /^(?:st_\w+|uuid_generate_v\w+|uuid_nil|crypt|gen_salt|gen_random_bytes|digest|hmac|pgp_\w+|armor|(?:strict_)?(?:word_)?similarity|show_trgm|unaccent|levenshtein\w*|soundex|metaphone|dmetaphone|time_bucket\w*|first|last|locf|ll_to_earth|earth_\w+|(?:l2|cosine)_distance|inner_product|crosstab\w*)$/;
const operators = /^(?:<=>|<#>|<\+>|<~>|<%>|%>|<%|<<%|%>>|<<->|<->>|<<<->|<->>>|@@@)$/;

/** Views and tables that extensions bring, without a schema of their own. */
const relations =
  /^(?:pg_stat_statements(?:_info)?|pg_buffercache|hypopg_\w+|pg_stat_kcache\w*|spatial_ref_sys|geometry_columns|geography_columns)$/;

const brought: Readonly<Record<string, RegExp>> = { type: types, function: functions, relation: relations };

/**
 * Whether a schema refuses a statement because an extension is missing: `operator does not exist: vector <=> unknown`.
 * The schema may also have a type of its own in place of the extension's.
 */
export function lacksExtension(error: string, { baseTypes }: Catalog): boolean {
  const [, kind, name = ''] = /^(type|function|relation) "?(?:[\w$]+\.)?([\w$]+).* does not exist$/.exec(error) ?? [];
  if (kind !== undefined) return brought[kind]?.test(name) === true;
  const [, left = '', operator = '', right = ''] =
    /^operator does not exist: (?:(.*) )?([-+*/<>=~!@#%^&|`?]+) (.*)$/.exec(error) ?? [];
  const isStandIn = (type: string) => {
    const bare = type.replaceAll('"', '').split('.').at(-1) ?? '';
    return types.test(bare) && baseTypes.find((one) => one.name === bare)?.extension === undefined;
  };
  const isSimilarity = operator === '%' && /^(?:text|character varying)$/.test(left);
  return operators.test(operator) || isSimilarity || isStandIn(left) || isStandIn(right);
}
