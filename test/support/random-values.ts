/**
 * Random values and conditions over the models of `test/cases/reads`. Each is written twice: with Kysely and the
 * models, and by hand over the tables.
 */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Random } from './random/random.js';
import { type Condition, type Field, type Model, models, type Type } from './read-models.js';

/** Kysely without types: what a query selects is known only at run time. */
// biome-ignore lint/suspicious/noExplicitAny: the queries are made at random
export type Any = any;
export type Eb = ExpressionBuilder<Any, Any>;

/** A model in FROM, with its alias in each of the two forms. */
export interface Source {
  readonly model: Model;
  readonly alias: string;
  readonly row: string;
}

export interface Predicate {
  readonly withModels: (eb: Eb) => Expression<SqlBool>;
  readonly byHand: string;
}

export interface Value {
  readonly type: Type;
  readonly withModels: (eb: Eb) => Expression<unknown>;
  readonly byHand: string;
}

/** Aliases that generated SQL could mistake for its own. */
const aliases = [
  't',
  's',
  'j',
  'h',
  'x',
  'n',
  'k',
  'jobs',
  'people',
  'job_transitions',
  'value',
  'found',
  'state',
  'rowsmith',
];

const literals: Record<Type, readonly string[]> = {
  int: ['0', '1', '2', '3'],
  text: ["'a'", "'x'", "'new'", "'done'", "'none'", "''"],
  kind: ["'staff'", "'guest'"],
  bool: ['true', 'false'],
  time: ["'2025-06-02 00:00:00+00'", "'2025-06-01 10:00:00.5+00'"],
  number: ['1.5', '0'],
};

export class RandomValues {
  private rows = 0;

  constructor(protected readonly random: Random) {}

  /** A model under an alias that is not yet used in this query. */
  source(taken: readonly Source[] = [], model: Model = this.random.pick(models)): Source {
    const free = [model.alias, model.alias, ...aliases].filter((name) => !taken.some(({ alias }) => alias === name));
    return { model, alias: this.random.pick(free), row: `r${this.rows++}` };
  }

  /**
   * A field of a source. It is null for a row that an outer join did not find, whatever its expression makes of nulls.
   */
  field(source: Source, field: Field = this.random.pick(source.model.fields)): Value {
    const { model, alias, row } = source;
    return {
      type: field.type,
      withModels: (eb) => eb.ref(`${alias}.${field.name}`),
      byHand: `(case when ${row}.${model.key} is not null then ${field.byHand(row)} end)`,
    };
  }

  protected fieldOf(sources: readonly Source[], type?: Type): Value | undefined {
    const all = sources.flatMap((source) =>
      source.model.fields.flatMap((field) => (type === undefined || field.type === type ? [{ source, field }] : [])),
    );
    if (all.length === 0) return undefined;
    const { source, field } = this.random.pick(all);
    return this.field(source, field);
  }

  predicate(sources: readonly Source[], depth = 2): Predicate {
    const kind = this.random.below(depth > 0 ? 10 : 6);
    const some = () => this.predicate(sources, depth - 1);
    if (kind < 2) return this.state(sources) ?? this.comparison(sources);
    if (kind < 6) return this.comparison(sources);
    if (kind === 6) return this.exists(sources);
    if (kind === 7) {
      const { withModels, byHand } = some();
      return { withModels: (eb) => eb.not(withModels(eb)), byHand: `(not ${byHand})` };
    }
    const [one, other] = [some(), some()];
    const word = kind === 8 ? 'and' : 'or';
    return {
      withModels: (eb) => eb[word]([one.withModels(eb), other.withModels(eb)]),
      byHand: `(${one.byHand} ${word} ${other.byHand})`,
    };
  }

  private comparison(sources: readonly Source[]): Predicate {
    const value = this.fieldOf(sources) as Value;
    const other = this.random.chance(30) ? this.fieldOf(sources, value.type) : undefined;
    if (other) {
      return {
        withModels: (eb) => eb(value.withModels(eb), '=', other.withModels(eb)),
        byHand: `(${value.byHand} = ${other.byHand})`,
      };
    }
    if (this.random.chance(25)) {
      const [operator, word] = this.random.pick([['is', 'is'] as const, ['is not', 'is not'] as const]);
      return {
        withModels: (eb) => eb(value.withModels(eb), operator, null),
        byHand: `(${value.byHand} ${word} null)`,
      };
    }
    const operator = this.random.pick(
      value.type === 'bool' ? (['=', '!='] as const) : (['=', '!=', '<', '>='] as const),
    );
    const literal = this.random.pick(literals[value.type]);
    return {
      withModels: (eb) => eb(value.withModels(eb), operator, sql.raw(literal)),
      byHand: `(${value.byHand} ${operator} ${literal})`,
    };
  }

  /** A condition on the state of one of the sources; undefined if none has a state. */
  private state(sources: readonly Source[]): Predicate | undefined {
    const withState = sources.filter(({ model }) => model.machine);
    if (withState.length === 0) return undefined;
    const source = this.random.pick(withState);
    const { model, alias, row } = source;
    const { condition, byHand } = this.condition(model, row);
    const asked = alias === model.alias && this.random.chance(50);
    return { withModels: (eb) => (asked ? condition(eb) : condition.of(alias)), byHand };
  }

  condition(model: Model, row: string): { condition: Condition; byHand: string } {
    const { machine, fields } = model;
    if (!machine) throw new Error(`${model.table} has no state.`);
    const states = machine.states.filter(() => this.random.chance(50));
    const state = fields.find(({ name }) => name === 'state')?.byHand(row) ?? '';
    const inside = `coalesce(${state} in (${[...states.map((name) => `'${name}'`), "''"].join(', ')}), false)`;
    const found = `${row}.${model.key} is not null`;
    return this.random.chance(50)
      ? { condition: machine.inState(...states), byHand: `(${found} and ${inside})` }
      : { condition: machine.notInState(...states), byHand: `(${found} and not ${inside})` };
  }

  /** The existence of rows of another model, possibly the same, that belong to a row. */
  private exists(sources: readonly Source[]): Predicate {
    const inner = this.source(sources);
    const own = this.fieldOf([inner], 'int') as Value;
    const outer = this.fieldOf(sources, 'int') as Value;
    const more = this.predicate([inner], 0);
    return {
      withModels: (eb) =>
        eb.exists(
          (eb as Any)
            .selectFrom(inner.model.relation(inner.alias))
            .where((e: Eb) => e(own.withModels(e), '=', outer.withModels(e)))
            .where(more.withModels)
            .select(sql`1`.as('one')),
        ),
      byHand: `(exists (select 1 from public.${inner.model.table} ${inner.row} where ${own.byHand} = ${outer.byHand} and ${more.byHand}))`,
    };
  }
}

const sqlNames: Record<Type, string> = {
  int: 'integer',
  text: 'text',
  kind: 'person_kind',
  bool: 'boolean',
  time: 'timestamptz',
  number: 'numeric',
};

/** Null of a type, if no source has a field of that type. */
export function nothing(type: Type): Value {
  const text = `cast(null as ${sqlNames[type]})`;
  return { type, withModels: () => sql.raw(text), byHand: text };
}
