import pg from 'pg';
import type { ModelsConfig } from '../../src/index.js';

/** Texts that would become markup, script or Markdown if one of them were ever inserted unescaped. */
export const hostileText = [
  '</script><script>alert(1)</script>',
  '</style><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  `' onfocus=alert(1) autofocus='`,
  '<!-- --><b>bold</b>',
  '&lt;b&gt; &amp; &#0;',
  '{{constructor}} ${alert(1)}',
  '[link](javascript:alert(1)) ![image](http://example.invalid/x.png)',
  '``` | ` **bold** \n# heading\n<img src=x onerror=alert(1)>',
  'http://example.invalid/',
];

const short = (text: string) => [...text].slice(0, 50).join('');
const name = (text: string) => pg.escapeIdentifier(short(text));
const quoted = (text: string) => pg.escapeLiteral(text);

/**
 * A schema that has each of them as a name, a comment, a label, a default and in a check, and a state machine with such
 * states.
 */
export const hostileSql = hostileText
  .map((text, index) => {
    const table = name(`${index}${text}`);
    const type = name(`type ${text}`);
    const moves = name(`moves ${index} ${text}`);
    return `
      CREATE TYPE ${type} AS ENUM (${quoted(short(text))}, 'other');
      COMMENT ON TYPE ${type} IS ${quoted(text)};
      CREATE TABLE ${table} (id bigint PRIMARY KEY, ${name(text)} text DEFAULT ${quoted(text)} CHECK (${name(text)} <> ${quoted(text)}), kind ${type});
      COMMENT ON TABLE ${table} IS ${quoted(text)};
      COMMENT ON COLUMN ${table}.${name(text)} IS ${quoted(text)};
      CREATE TABLE ${moves} (id bigint PRIMARY KEY, to_state ${type} NOT NULL, sort_key int NOT NULL, parent_id bigint NOT NULL REFERENCES ${table}, most_recent boolean NOT NULL, UNIQUE (parent_id, sort_key));`;
  })
  .join('\n');

const [first = ''] = hostileText;

/** The states of the first of its state machines, so that they are drawn, and a computed field. */
export const hostileModels: ModelsConfig = {
  [short(`0${first}`)]: {
    state: { transitions: short(`moves 0 ${first}`), initial: short(first), graph: { [short(first)]: ['other'] } },
    computed: { more: { sql: `'</pre><script>alert(1)</script>'::text`, comment: first } },
  },
};
