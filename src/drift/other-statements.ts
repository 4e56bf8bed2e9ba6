import type { Relation } from '../catalog/catalog.js';
import type { DescribedStatement } from './checks/statements.js';
import type { Declared, DeclaredModel } from './declared.js';
import type { SqlLiteral } from './declared-statement.js';
import { statementsOf } from './filled-models.js';

interface Judged {
  readonly declared: Declared;
  readonly described: readonly DescribedStatement[];
}

/**
 * Leaves out the statements of other databases, which their client tells, or their own words. No row of the schema is
 * read into a model that only such statements fill.
 */
export function withoutOtherStatements(
  { declared, described }: Judged,
  relations: readonly Pick<Relation, 'name'>[],
): Judged {
  const isOther = otherIn(relations);
  const others = new Set(declared.literals.filter(isOther));
  if (others.size === 0) return { declared, described };
  const literals = declared.literals.filter((literal) => !others.has(literal));
  const own = statementsOf(declared.models, literals, (literal) => literal);
  const foreign = statementsOf(declared.models, [...others], (literal) => literal);
  const isRow = (model: DeclaredModel) => !foreign.has(model) || own.has(model) || model.tables.length > 0;
  const role = { kind: 'other', reason: 'the statements that fill it are for another database' } as const;
  return {
    declared: {
      ...declared,
      literals,
      models: declared.models.map((model) => (isRow(model) ? model : { ...model, role })),
    },
    described: described.filter(({ literal }) => !isOther(literal)),
  };
}

/** Tells whether a statement is for another database than that of the schema. */
export function otherIn(relations: readonly Pick<Relation, 'name'>[]): (literal: SqlLiteral) => boolean {
  const names = new Set(relations.map(({ name }) => name.toLowerCase()));
  return ({ sql, client }) => {
    if (client === 'other') return true;
    const text = withoutTexts(sql);
    if (ofMysqlOrSqlite.test(text) || ofClickhouse.test(text)) return true;
    const tables = client === 'unclear' ? tablesIn(text) : [];
    return tables.length > 0 && !tables.some((name) => names.has(name));
  };
}

/** Words of MySQL and SQLite that PostgreSQL has not, and that nobody writes for it by mistake. */
const ofMysqlOrSqlite =
  /`|\bon\s+duplicate\s+key\b|\bcharacter\s+set\s+utf8|\bdatabase\s*\(\s*\)|\bif\s*\(|\binsert\s+(?:or\s+(?:replace|ignore|abort|fail)|ignore)\b|\bsqlite_(?:master|schema)\b/i;
/** Parameters of ClickHouse, `{id:UInt32}`, and its functions. */
const ofClickhouse =
  /\{\w+:\s*(?:U?Int\d+|Float\d+|DateTime\d*|Date|(?:Fixed)?String|UUID|Bool|(?:Array|Nullable|Decimal)\([^{}]*\))\}|\b(?:toUnixTimestamp\w*|toStartOf\w+|(?:count|sum|avg|uniq)If|uniqExact|groupArray|parseDateTimeBestEffort\w*)\(/;

/** A statement without its texts and comments. */
function withoutTexts(sql: string): string {
  return sql.replace(/'[^']*'|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, ' ');
}

/** Plain names of the tables that a statement names, in lower case. */
function tablesIn(text: string): readonly string[] {
  const named = /\b(?:from|join|into|update)\s+(?:only\s+)?(?:"?\w+"?\s*\.\s*)?(?:"([^"]+)"|([\w$]+))/gi;
  return [...text.matchAll(named)].map(([, quoted, plain = '']) => (quoted ?? plain).toLowerCase());
}
