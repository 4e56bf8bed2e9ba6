import { inFile } from './broken.js';

/** What columns of what stands in FROM are never null. */
export const entryRules = inFile('proofs/nullability/entries.ts', [
  [
    'a MERGE returns rows without a source row',
    "if (number(scope.query.fields['commandType']) === commandTypes.merge) return false;",
    '',
  ],
  ['a constant array may have null elements', 'return arrayOf(array)?.hasNulls === false;', 'return true;'],
  ['an array may have null elements', "listOf(fields['elements']).every((one) => this.notNull(one, scope))", 'true'],
  ['an array of arrays may have null elements', "fields['multidims'] === 'false' && ", ''],
  ['ARRAY(SELECT …) may have null elements', " && this.columns(fields['subselect'], scope)[0] === true", ''],
  ['a function may give an array with null elements', "this.facts.givesElements(number(fields['funcid'])) && ", ''],
  ['a cast of elements may give null', "this.castKeepsValues(fields['elemexpr']) && ", ''],
  ['several set-returning functions fill each other up', "countSets(scope.query.fields['targetList']) === 1 && ", ''],
  ['VALUES has the nulls of each row', "listOf(fields['values_lists']).every(", "listOf(fields['values_lists']).some("],
  [
    'EXCEPT gives rows of its left side',
    'if (number(op) === setOperations.except) return left;',
    'if (number(op) === setOperations.except) return right;',
  ],
  [
    'UNION has the nulls of both sides',
    'isIntersection ? column || right[index] === true : column && right[index] === true',
    'column || right[index] === true',
  ],
  [
    'INTERSECT gives no value that one side has not',
    'isIntersection ? column || right[index] === true : column && right[index] === true',
    'isIntersection || (column && right[index] === true)',
  ],
  [
    'the second part of a recursive query may bring nulls',
    'for (let lost = true; lost; ) {',
    'for (let lost = false; lost; ) {',
  ],
  [
    'what the second part loses, it may pass on',
    'lost = assumed.some((column, index) => column && columns[index] !== true);',
    'lost = false;',
  ],
  [
    'the shorter of ROWS FROM is filled up',
    'if (functions.length !== 1 || !isNode(call)) return false;',
    'if (!isNode(call)) return false;',
  ],
  [
    'a column of a function that gives a row can be null',
    'return width === 1 && this.notNull(call, scope);',
    'return this.notNull(call, scope);',
  ],
  ['a function in FROM can give null', 'return width === 1 && this.notNull(call, scope);', 'return width === 1;'],
  [
    'unnest gives the nulls of its array',
    "return column === 1 && this.elementsNotNull(listOf(fields['args'])[0], scope);",
    'return column === 1;',
  ],
  [
    'the value of a key can be null',
    "case 'first column':\n        return column === 1;",
    "case 'first column':\n        return true;",
  ],
  [
    'an unknown set-returning function may give null',
    'case undefined:\n        return false;\n    }\n  }\n}',
    'case undefined:\n        return true;\n    }\n  }\n}',
  ],
]);

/** What is known of the rows of a query. */
export const scopeRules = [
  ...inFile('proofs/nullability/query-scope.ts', [
    ['WHERE says nothing of the columns that are written', ' && !key.startsWith(written)', ''],
    [
      'WHERE says nothing of expressions over a row that is written',
      'isColumnKey(key) && !key.startsWith(written)',
      '!key.startsWith(written)',
    ],
    [
      'without groups there may be no row',
      'hasGroups(rows.query) ? provenOfGroups(rows.proven, leftOut) : nothing',
      'provenOfGroups(rows.proven, leftOut)',
    ],
    [
      'WHERE says nothing of what a grouping set leaves out',
      'if (leftOut.size === 0) return { keys, entries };',
      'return { keys, entries };',
    ],
    [
      'HAVING says nothing of expressions with grouping sets',
      'const told = scope.leftOut.size > 0 ? ofColumns(more, scope) : more;',
      'const told = more;',
    ],
  ]),
  ...inFile('proofs/nullability/grouping.ts', [
    ['GROUPING SETS leave expressions out', "if (!fields['groupingSets']) return new Set();", 'return new Set();'],
    [
      'an expression that is left out is found once parameters are known',
      "if (['VAR', 'CONST', 'PARAM'].includes(tag) || ",
      'if (tag) return false;\n  if (',
    ],
    ['ROLLUP and CUBE leave expressions out', 'if (kind !== setKinds.sets) return [];', ''],
    [
      'GROUPING SETS keep what every set has',
      'return first.filter((reference) => others.every((other) => other.includes(reference)));',
      'return [first, ...others].flat();',
    ],
    [
      'GROUPING SETS with an empty set give a row of no rows',
      'return groupingSets ? alwaysGrouped(groupingSets).size > 0 : ',
      'return groupingSets ? true : ',
    ],
  ]),
  ...inFile('proofs/nullability/join-tree.ts', [
    [
      'LEFT JOIN fills its right side',
      '{ keepsLeft: true, keepsRight: false },\n  { keepsLeft: true',
      '{ keepsLeft: false, keepsRight: false },\n  { keepsLeft: true',
    ],
    [
      'FULL JOIN fills both sides',
      '{ keepsLeft: true, keepsRight: true },\n  { keepsLeft: false',
      '{ keepsLeft: true, keepsRight: false },\n  { keepsLeft: false',
    ],
    [
      'RIGHT JOIN fills its left side',
      '{ keepsLeft: false, keepsRight: true },\n];',
      '{ keepsLeft: false, keepsRight: false },\n];',
    ],
    [
      'the condition of an outer join does not hold for its rows',
      'const holding = hasLeft && hasRight ? hold(node, known) : known;',
      'const holding = hold(node, known);',
    ],
    ['an entry that a join fills makes no inner join', 'left.some((entry) => known.entries.has(entry))', 'true'],
    ['EXISTS says nothing of a condition of an outer join', '...(keepsLeft || keepsRight ? [] : own),', '...own,'],
    [
      'EXISTS says nothing of what stands in the left side of a right join',
      '...(keepsRight ? [] : certainConditions(larg)),',
      '...certainConditions(larg),',
    ],
    [
      'EXISTS says nothing of what stands in the right side of a left join',
      '...(keepsLeft ? [] : certainConditions(rarg)),',
      '...certainConditions(rarg),',
    ],
  ]),
  ...inFile('proofs/nullability/nullability.ts', [
    ['a NOT NULL domain may hold null', '      columnNotNull: strictly,', '      columnNotNull: readsNotNull,'],
    ['a rule or a trigger may return something else', '!isRewritten(relation) && (', '('],
    ['a parameter may be null', '      parameterNotNull,\n    });', '      parameterNotNull: () => true,\n    });'],
  ]),
  ...inFile('list-collector.ts', [
    [
      'NOT NULL that is not valid, or not of a table that inherits, says nothing',
      "      set(of(row), 'notnull', false);\n",
      '',
    ],
  ]),
  ...inFile('proofs/query-tree/spelling.ts', [
    ['a column of an outer query is another', "${'^'.repeat(level)}", ''],
    [
      'a column of old and new is another',
      "const row = isOldOrNew(fields) ? `returned ${number(fields['varreturningtype'])} ` : '';",
      "const row = '';",
    ],
  ]),
];
