/**
 * Random statements over the models of `test/cases/reads`. Each is written twice: with Kysely and the models, and by
 * hand over the tables. Everything follows from a seed.
 */
import { type Kysely, sql } from 'kysely';
import { type Any, type Eb, nothing, RandomValues, type Source, type Value } from './random-values.js';
import { type Model, models, type Type } from './read-models.js';

/** A statement in both forms, which return columns in the same order. */
export interface Statement {
  readonly withModels: (db: Kysely<Any>) => Promise<readonly object[]>;
  readonly byHand: string;
}

/** A query in both forms. Its columns are `c0`, `c1`… */
interface Query {
  readonly withModels: (db: Kysely<Any>) => Any;
  readonly byHand: string;
  readonly types: readonly Type[];
}

export class RandomReads extends RandomValues {
  query(): Statement {
    const { withModels, byHand } = this.anyQuery();
    return { withModels: (db) => withModels(db).execute(), byHand };
  }

  /** What a model's function reads: only the model's fields, whatever is joined. */
  read(): Statement {
    const source = this.source([], undefined);
    const own = { ...source, alias: source.model.alias };
    const { model, row } = own;
    const fields = this.random.chance(30) ? model.fields : model.fields.filter(() => this.random.chance(40));
    const values = fields.map((field) => this.field(own, field));
    const joined = this.source([own]);
    const [left, right] = [this.fieldOf([own], 'int') as Value, this.fieldOf([joined], 'int') as Value];
    const [method, join] = this.random.pick([['innerJoin', 'join'] as const, ['leftJoin', 'left join'] as const]);
    const isJoined = this.random.chance(60);
    const where = this.predicate(isJoined ? [own, joined] : [own]);
    return {
      withModels: (db) =>
        model.read(
          db,
          fields.map(({ name }) => name),
          ((query: Any) =>
            (isJoined
              ? query[method](joined.model.relation(joined.alias), (on: Any) =>
                  on.on((eb: Eb) => eb(left.withModels(eb), '=', right.withModels(eb))),
                )
              : query
            ).where(where.withModels)) as never,
        ),
      byHand: `select ${values.map(({ byHand }, index) => `${byHand} as c${index}`).join(', ')} from public.${model.table} ${row}
        ${isJoined ? `${join} public.${joined.model.table} ${joined.row} on ${left.byHand} = ${right.byHand}` : ''} where ${where.byHand}`,
    };
  }

  /** Rows that an UPDATE changed, selected by a condition on their state, with fields of the model. */
  write(): Statement {
    const model = this.random.pick(models.filter(({ returning }) => returning));
    const source = { model, alias: model.table, row: 'r0' };
    const fields = model.fields.filter(() => this.random.chance(40));
    const returned = fields.length > 0 ? fields : model.fields;
    const values = returned.map((field) => this.field(source, field));
    const { condition, byHand: where } = model.machine
      ? this.condition(model, source.row)
      : { condition: undefined, byHand: 'true' };
    return {
      withModels: (db) => {
        let query: Any = db.updateTable(model.table).set(model.written, sql.raw("'new'"));
        if (condition) query = query.where(condition.ofTable());
        return query.returning(model.returning?.(...fields.map(({ name }) => name))).execute();
      },
      byHand: `update public.${model.table} r0 set ${model.written} = 'new' where ${where}
        returning ${values.map(({ byHand }, index) => `${byHand} as c${index}`).join(', ')}`,
    };
  }

  private anyQuery(): Query {
    const kind = this.random.below(10);
    if (kind < 4) return this.select(this.random.below(3) + 1);
    if (kind < 6) return this.grouped();
    if (kind < 8) return this.combined();
    return this.common();
  }

  /** Models that are joined in every way, on keys or states. */
  private from(count: number): { sources: Source[]; withModels: (db: Any) => Any; byHand: string } {
    const first = this.source();
    const sources = [first];
    let withModels = (db: Any): Any => db.selectFrom(first.model.relation(first.alias));
    let byHand = `from public.${first.model.table} ${first.row}`;
    for (let index = 1; index < count; index++) {
      const source = this.source(sources);
      const type = this.random.chance(80) ? 'int' : 'text';
      const own = this.fieldOf([source], type) as Value;
      const other = this.fieldOf(sources, type) as Value;
      const [method, join] = this.random.pick([
        ['innerJoin', 'join'] as const,
        ['leftJoin', 'left join'] as const,
        ['leftJoin', 'left join'] as const,
        ['rightJoin', 'right join'] as const,
        ['fullJoin', 'full join'] as const,
      ]);
      const before = withModels;
      withModels = (db) =>
        before(db)[method](source.model.relation(source.alias), (on: Any) =>
          on.on((eb: Eb) => eb(own.withModels(eb), '=', other.withModels(eb))),
        );
      byHand += ` ${join} public.${source.model.table} ${source.row} on ${own.byHand} = ${other.byHand}`;
      sources.push(source);
    }
    if (this.random.chance(75)) {
      const where = this.predicate(sources);
      const before = withModels;
      withModels = (db) => before(db).where(where.withModels);
      byHand += ` where ${where.byHand}`;
    }
    return { sources, withModels, byHand };
  }

  select(count: number, types?: readonly Type[]): Query {
    const { sources, withModels, byHand } = this.from(count);
    const wanted = types ?? Array.from({ length: this.random.below(3) + 1 }, () => undefined);
    const values = wanted.map((type) => this.fieldOf(sources, type) ?? nothing(type as Type));
    return {
      withModels: (db) => withModels(db).select((eb: Eb) => values.map((value, index) => alias(value, eb, index))),
      byHand: `select ${values.map((value, index) => `${value.byHand} as c${index}`).join(', ')} ${byHand}`,
      types: values.map(({ type }) => type),
    };
  }

  private grouped(): Query {
    const { sources, withModels, byHand } = this.from(this.random.below(2) + 1);
    const by = Array.from({ length: this.random.below(2) + 1 }, () => this.fieldOf(sources) as Value);
    const least = this.fieldOf(sources, this.random.pick(['int', 'text', 'time'] as const)) ?? nothing('int');
    return {
      withModels: (db) =>
        withModels(db)
          .groupBy((eb: Eb) => by.map((value) => value.withModels(eb)))
          .select((eb: Eb) => [
            ...by.map((value, index) => alias(value, eb, index)),
            sql`count(*)::integer`.as(`c${by.length}`),
            sql`max(${least.withModels(eb)})`.as(`c${by.length + 1}`),
          ]),
      byHand: `select ${by.map((value, index) => `${value.byHand} as c${index}`).join(', ')}, count(*)::integer as c${by.length},
        max(${least.byHand}) as c${by.length + 1} ${byHand} group by ${by.map(({ byHand: text }) => text).join(', ')}`,
      types: [...by.map(({ type }) => type), 'int', least.type],
    };
  }

  private combined(): Query {
    const one = this.select(this.random.below(2) + 1);
    const other = this.select(this.random.below(2) + 1, one.types);
    const [method, word] = this.random.pick([
      ['union', 'union'] as const,
      ['unionAll', 'union all'] as const,
      ['intersect', 'intersect'] as const,
      ['except', 'except'] as const,
    ]);
    return {
      withModels: (db) => one.withModels(db)[method](other.withModels(db)),
      byHand: `${one.byHand} ${word} ${other.byHand}`,
      types: one.types,
    };
  }

  /** A query in WITH, joined with a model. Its name may also be a table's. */
  private common(): Query {
    const inner = this.select(this.random.below(2) + 1, ['int', this.random.pick(['text', 'time', 'bool'] as const)]);
    const name = this.random.pick([
      'common',
      'jobs',
      'people',
      'parcels',
      'job_transitions',
      'parcel_transitions',
      't',
    ]);
    const source = this.source([{ model: models[0] as Model, alias: name, row: '' }]);
    const key = this.fieldOf([source], 'int') as Value;
    const value = this.field(source);
    const [method, join] = this.random.pick([['innerJoin', 'join'] as const, ['leftJoin', 'left join'] as const]);
    return {
      withModels: (db) =>
        (db as Any)
          .with(name, () => inner.withModels(db))
          .selectFrom(name)
          [method](source.model.relation(source.alias), (on: Any) =>
            on.on((eb: Eb) => eb(key.withModels(eb), '=', eb.ref(`${name}.c0`))),
          )
          .select((eb: Eb) => [eb.ref(`${name}.c0`).as('c0'), eb.ref(`${name}.c1`).as('c1'), alias(value, eb, 2)]),
      byHand: `with common_by_hand as (${inner.byHand}) select w.c0, w.c1, ${value.byHand} as c2 from common_by_hand w
        ${join} public.${source.model.table} ${source.row} on ${key.byHand} = w.c0`,
      types: [...inner.types, value.type],
    };
  }
}

const alias = (value: Value, eb: Eb, index: number) => sql`${value.withModels(eb)}`.as(`c${index}`);
