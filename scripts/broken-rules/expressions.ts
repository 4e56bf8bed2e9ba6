import { inFile } from './broken.js';

/** What expressions are never null, of any kind of node. */
export const expressionRules = inFile('proofs/nullability/nullability-reader.ts', [
  ['a node that no rule knows may be null', '?.(value, scope) ?? false));', '?.(value, scope) ?? true));'],
  ['an expression that a grouping set leaves out is null', '(!isLeftOut && (', '(('],
  [
    'a total function is null for null',
    "case 'total':\n          return this.all(fields['args'], scope);",
    "case 'total':\n          return true;",
  ],
  [
    'VARIADIC NULL makes a null-proof function null',
    "return fields['funcvariadic'] !== 'true' || this.all(fields['args'], scope);",
    'return true;',
  ],
  ['concat_ws is null without a separator', 'return this.notNull(first, scope) && (', 'return ('],
  [
    'VARIADIC NULL makes concat_ws and format null',
    "(fields['funcvariadic'] !== 'true' || this.all(others, scope))",
    'true',
  ],
  ['fields of an infinite time are null, but those that grow', "growingFields.has(textOf(first) ?? '') && ", ''],
  [
    "a cast to text of a user's type may give null",
    "listOf(fields['args']).every((arg) => isBuiltinType(arg)) && ",
    '',
  ],
  [
    'CASE gives the result of each branch',
    "if (!this.notNull(result, narrowed(rest, this.proves(expr, 'true', rest)))) return false;",
    '',
  ],
  ['CASE gives what stands under ELSE', "return this.notNull(fields['defresult'], rest);", 'return true;'],
  [
    'a condition of CASE that is null proves nothing to the branches behind it',
    'if (this.notNull(expr, rest)) rest',
    'rest',
  ],
  [
    'AND and OR are null where an argument is',
    'if (certain.length === args.length) return true;',
    'if (certain.length > 0) return true;',
  ],
  [
    'AND decides by false, OR by true',
    "fields['boolop'] === 'and' ? 'true' : 'false';\n    const rest",
    "fields['boolop'] === 'and' ? 'false' : 'true';\n    const rest",
  ],
  ['a constant can be null', "({ fields }) => fields['constisnull'] === 'false',\n    PARAM", '() => true,\n    PARAM'],
  [
    'COALESCE needs an argument that is not null',
    'COALESCEEXPR: this.firstNotNull,\n    COALESCE: this.firstNotNull,',
    'COALESCEEXPR: this.always,\n    COALESCE: this.always,',
  ],
  [
    'GREATEST and LEAST need one, too',
    'MINMAXEXPR: this.firstNotNull,\n    MINMAX: this.firstNotNull,',
    'MINMAXEXPR: this.always,\n    MINMAX: this.always,',
  ],
  ['a cast through text gives null for null', 'COERCEVIAIO: this.argument', 'COERCEVIAIO: this.always'],
  ['a cast to another name of a type gives null for null', 'RELABELTYPE: this.argument', 'RELABELTYPE: this.always'],
  ['a cast to a domain gives null for null', 'COERCETODOMAIN: this.argument', 'COERCETODOMAIN: this.always'],
  ['a cast of an array gives null for null', 'ARRAYCOERCEEXPR: this.argument', 'ARRAYCOERCEEXPR: this.always'],
  ['a collated value may be null', 'COLLATEEXPR: this.argument', 'COLLATEEXPR: this.always'],
  ['x IN (…) is null where x is', 'compares && this.notNull(value, scope) && this', 'compares && this'],
  ['x IN (…) is null where an element is', ' && this.entries.elementsNotNull(array, scope);', ';'],
  ["an operator of a user's may give null to IN", 'return compares && ', 'return '],
  [
    'x IN (SELECT …) can be null',
    'if (kind === subLinkTypes.exists || ',
    'if (kind === subLinkTypes.any || kind === subLinkTypes.exists || ',
  ],
  ['a scalar subquery without a row is null', '      hasOneRow(query) &&\n', ''],
  ['a scalar subquery is null where its column is', ' &&\n      this.entries.columns(query, scope)[0] === true', ''],
  ...['groupClause', 'havingQual', 'limitCount', 'limitOffset', 'setOperations'].map(
    (field) =>
      [
        `a subquery may have no row because of its ${field}`,
        `'${field}'${field === 'setOperations' ? '' : ','}`,
        '',
      ] as const,
  ),
  [
    'a subquery may have no row because of a set-returning function',
    "if (restricted || fields['hasTargetSRFs'] === 'true') return false;",
    'if (restricted) return false;',
  ],
  ['a subquery without FROM may have no row because of WHERE', " && !from.fields['quals']", ''],
  ['aggregates over no row are null', 'owner !== undefined && hasGroups(owner.query) && ', 'owner !== undefined && '],
  [
    'FILTER may leave an aggregate no row',
    "hasGroups(owner.query) && !fields['aggfilter'];",
    'hasGroups(owner.query);',
  ],
  ['an unknown aggregate may be null', 'if (!hasRows || !kind) return false;', 'if (!hasRows) return false;'],
  [
    'an aggregate is null where all its values are',
    "return kind === 'of rows' || values.every((value) => this.notNull(value, within));",
    'return true;',
  ],
  ['an unknown window function may be null', 'if (!kind || fields', 'if (fields'],
  ['FILTER may leave a window function no row', "if (!kind || fields['aggfilter'] || ", 'if (!kind || '],
  ['a frame may hold no row', " || !frameHoldsRow(scope.query, number(fields['winref']))", ''],
  [
    'a window function is null where all its values are',
    "return kind === 'of rows' || this.all(fields['args'], scope);",
    'return true;',
  ],
  [
    'columns of old and new can be null',
    'if (!scope || isOldOrNew(fields)) return false;',
    'if (!scope) return false;',
  ],
  ['an outer join fills columns with nulls', ' && !scope.filled.has(index)', ''],
  ['a column that a grouping set leaves out is null', 'return !scope.leftOut.has(key) && ', 'return '],
]);

export const frameRules = inFile('proofs/nullability/window-frame.ts', [
  [
    'a frame that starts behind the row does not hold it',
    "const starts = has('startUnboundedPreceding', 'startCurrentRow') || (offsets && has('startOffsetPreceding'));",
    'const starts = true;',
  ],
  [
    'a frame that ends before the row does not hold it',
    "const ends = has('endUnboundedFollowing', 'endCurrentRow') || (offsets && has('endOffsetFollowing'));",
    'const ends = true;',
  ],
  ['EXCLUDE may leave the row out', " && !has('excludeCurrentRow', 'excludeGroup')", ''],
]);
