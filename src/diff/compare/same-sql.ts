/**
 * A key of a condition, such as that of a CHECK: conditions with the same key hold for the same rows, however they are
 * written. `(price > '0'::numeric)` has the key of `(price > (0)::numeric)`, and `(name)::text` that of `name`.
 */
export function conditionKey(expression: string): string {
  const texts: string[] = [];
  const restore = (text: string) => text.replace(/(['"])(\d+)\1/g, (_, _quote, index) => texts[Number(index)] ?? '');
  const body = rules.reduce(
    (text, [pattern, replacement]) => text.replace(pattern, replacement),
    withoutTexts(expression, texts),
  );
  return restore(body.replace(lists, (found, word, list) => listInOrder(word, list, restore) ?? found));
}

/**
 * A key of a default. A default is cast to the type of its column in any case, so a literal is the same whatever it was
 * cast to; and a default of null is none.
 */
export function defaultKey(expression: string | undefined): string | undefined {
  if (expression === undefined || /^NULL(::|$)/.test(expression)) return undefined;
  const key = conditionKey(expression);
  const [, literal, unquoted = literal] = literalDefault.exec(key) ?? [];
  return unquoted ?? (key === 'LOCALTIMESTAMP' ? 'CURRENT_TIMESTAMP' : key);
}

/** A text, a number or an empty array, cast to a type without a modifier, which could cut it. */
const literalDefault =
  /^(?:\((?=[\d.]+\)::(?:numeric|real|double precision)$))?('(-?\d+(?:\.\d+)?)'|'(?:[^']|'')*'|-?\d+(?:\.\d+)?|ARRAY\[\])\)?(?:::[^()']+)?$/;

/** A type whose cast keeps a number what it is. */
const number = '(?:smallint|integer|bigint|numeric|real|double precision)(?![\\w([])';
const digits = '-?\\d+(?![\\d.])';
const comparison = '(?:=|<>|<|<=|>|>=)';

/** What is written anew, in this order. No text and no quoted name is in its way: they are numbers in quotes by then. */
const rules: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/(?<![\w.])(?:now|transaction_timestamp)\(\)/g, 'CURRENT_TIMESTAMP'],
  [/\(CURRENT_TIMESTAMP\)::timestamp without time zone/g, 'LOCALTIMESTAMP'],
  [/\(CURRENT_TIMESTAMP\)::date\b/g, 'CURRENT_DATE'],
  [/\(CURRENT_TIMESTAMP AT TIME ZONE ('\d+'::text)\)/g, 'timezone($1, CURRENT_TIMESTAMP)'],
  // A varchar without a length is compared as text.
  [/::character varying(?![\w(])/g, '::text'],
  [/\(([A-Za-z_]\w*|"\d+")\)::text(?:\[\])?(?!\w)/g, '$1'],
  [
    /(= ANY|<> ALL) \(\((ARRAY\[[^[\]]*\])\)::(?:text|smallint|integer|bigint|numeric|real|double precision)\[\]\)/g,
    '$1 ($2)',
  ],
  // The type of a number makes no difference where it is compared; elsewhere it may.
  [new RegExp(`\\((${digits})\\)::(?=${number})`, 'g'), '$1::'],
  [new RegExp(`\\((${digits})::${number}\\)::(?=${number})`, 'g'), '$1::'],
  [new RegExp(`(${digits})::integer(?![\\w([])`, 'g'), '$1'],
  [new RegExp(` (${comparison}) (${digits})::${number}`, 'g'), ' $1 $2'],
  [new RegExp(`(?<![\\w.])(${digits})::${number} (?=${comparison} )`, 'g'), '$1 '],
];

/** `x IN (…)` and `x NOT IN (…)` as Postgres prints them. */
const lists = /(= ANY|<> ALL) \(ARRAY\[([^[\]]*)\]\)/g;

const numberOfType = new RegExp(`^(${digits})::${number}$`);
const isValue = new RegExp(`^(?:'\\d+'(?:::[\\w ."]+)?|${digits})$`);

/** A list of values in an order of its own, which makes no difference; undefined where it holds anything else. */
function listInOrder(word: string, list: string, restore: (text: string) => string): string | undefined {
  const values = list.split(', ').map((value) => value.replace(numberOfType, '$1'));
  if (!values.every((value) => isValue.test(value))) return undefined;
  return `${word} (ARRAY[${values.map(restore).sort().join(', ')}])`;
}

/** A text, perhaps with the type that it is cast to, or a name in double quotes. */
const quoted = /("(?:[^"]|"")*")|('(?:[^']|'')*')(?:::([a-z_]\w*(?:\.[a-z_]\w*)?(?: [a-z]+)*(?:\[\])?)(?!\())?/g;

/**
 * The expression with a number in quotes for each text and name in quotes, which are added to `texts`. A text that
 * spells a number, or an array of plain values, is written as one: `'1'::numeric` is `1::numeric`, `'{}'::text[]` is
 * `ARRAY[]::text[]`.
 */
function withoutTexts(expression: string, texts: string[]): string {
  const keep = (text: string, mark = text.charAt(0)) => `${mark}${texts.push(text) - 1}${mark}`;
  const literal = (text: string, type: string) =>
    isNumber.test(`${text}::${type}`) ? `${text.slice(1, -1)}::${type}` : `${keep(text)}::${type}`;
  return expression.replace(quoted, (_, name?: string, text = '', type?: string) => {
    if (name !== undefined) return keep(unlessKeyword(name), '"');
    if (type === undefined) return keep(text);
    const elements = type.endsWith('[]') ? plainElements(text) : undefined;
    if (!elements) return literal(text, type);
    const spelled = elements.map((value) => literal(`'${value}'`, type.slice(0, -'[]'.length)));
    return `ARRAY[${spelled.join(', ')}]${spelled.length === 0 ? `::${type}` : ''}`;
  });
}

/** A keyword as any name: Postgres prints quotes around it, and a column that was renamed to it has none yet. */
const unlessKeyword = (name: string) => name.replace(/^"([a-z_][a-z0-9_$]*)"$/, '$1');

const isNumber = new RegExp(`^'${digits}'::${number}$`);

/** The elements of an array's literal, `'{a,b}'`; undefined where one is null, in quotes, or a list itself. */
function plainElements(text: string): readonly string[] | undefined {
  const [, list] = /^'\{([^"\\{}]*)\}'$/.exec(text) ?? [];
  if (list === undefined) return undefined;
  const values = list === '' ? [] : list.split(',').map((value) => value.trim());
  return values.some((value) => value === '' || /^null$/i.test(value)) ? undefined : values;
}
