import { Attempts } from '../catalog/attempts.js';
import type { Catalog, InferredExpression, QueryFact } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { checkAssertion } from '../catalog/infer/assertions.js';
import type { Expression } from '../catalog/infer/expression.js';
import { userSearchPath } from '../catalog/infer/search-path.js';
import type { ReadQueries } from '../catalog/queries/read-queries.js';
import { type InferOptions, Reading } from '../catalog/reading.js';
import type { Config } from '../config/config.js';
import { RowsmithError } from '../errors.js';
import { computedExpressions } from '../model/computed.js';
import { type ResolvedModels, resolveModels } from '../model/resolve.js';
import type { Session } from '../postgres/session.js';
import { narrowCatalog, narrowForConfig, type Selection } from '../selection/narrow.js';
import { fromStandIn, type StandIn, standInOf, toStandIn } from '../selection/tenants/stand-in.js';
import { fitModels } from './fit-models.js';
import { type FittingQueries, queriesThatFit } from './fit-queries.js';

export interface DatabaseOptions {
  /** Called with messages that are worth knowing but are not errors. */
  readonly note?: (message: string) => void;
  /** Whether to read the fingerprint of the database too. */
  readonly identify?: boolean;
  /** The queries of each config, in their order. */
  readonly queries?: readonly ReadQueries[];
  /**
   * Whether the config may belong to another version of the schema. What does not fit is then omitted instead of
   * refused.
   */
  readonly lenient?: boolean;
}

type Inferred = readonly InferredExpression[];

/** The result of reading a database for one config. */
export interface DatabaseReading extends Selection {
  readonly resolved: ResolvedModels;
  readonly fingerprint?: string;
  /** The queries that the database refuses; there are none unless the reading is lenient. */
  readonly failedQueries: FittingQueries['failed'];
}

/** What a config needs from the database, and the types that were inferred for it. */
interface ConfigReading extends FittingQueries {
  readonly selection: Selection;
  readonly resolved: ResolvedModels;
  readonly standIn: StandIn | undefined;
  readonly inferred: Inferred;
}

/**
 * Reads a database for each of the configs, in one transaction: the catalog, the part of it that each config selects,
 * and the types of the SQL fields over that part. If another session changes the schema meanwhile, everything is read
 * again. Then the rows of fields that the config says are never null are checked, each field in its own transaction.
 */
export async function readDatabase(
  session: Session,
  configs: readonly Config[],
  options: DatabaseOptions = {},
): Promise<readonly DatabaseReading[]> {
  const { asked, fingerprint } = await readUndisturbed(session, configs, options);
  const readings: DatabaseReading[] = [];
  for (const one of asked) {
    const { selection, resolved, standIn } = one;
    const expressions = fromStandIn(await prove(session, one, options.lenient), standIn);
    const catalog = {
      ...catalogWith(one.queries, selection),
      ...(expressions.length === 0 ? {} : { expressions }),
    };
    readings.push({ ...selection, resolved, catalog, failedQueries: one.failed, ...optional({ fingerprint }) });
  }
  return readings;
}

/** The part of the catalog that the config asks for, with queries and the types that they reach. */
function catalogWith(queries: readonly QueryFact[], { catalog, everything, config }: Selection): Catalog {
  return queries.length === 0 ? catalog : narrowCatalog({ ...everything, queries }, config).catalog;
}

async function readUndisturbed(session: Session, configs: readonly Config[], options: DatabaseOptions) {
  for (const attempts = new Attempts(session); ; ) {
    try {
      const reading = await Reading.begin(session);
      const before = options.identify ? await reading.fingerprint() : undefined;
      const everything = reading.catalog();
      const asked: ConfigReading[] = [];
      for (const [index, config] of configs.entries()) {
        const queries = options.queries?.[index];
        const told = await readFor(reading, everything, config, options);
        asked.push({ ...told, ...(await readQueries(reading, queries, options)) });
      }
      const isEvaluated = asked.some(({ inferred, queries }) => inferred.length + queries.length > 0);
      const fingerprint = await fingerprintAfter(reading, before, isEvaluated);
      if (await attempts.holds(reading)) return { asked, fingerprint };
    } catch (error) {
      await attempts.failed(error);
    }
  }
}

/** The fingerprint from before expressions were evaluated; undefined if they were evaluated and it no longer holds. */
async function fingerprintAfter(
  reading: Reading,
  before: string | undefined,
  isEvaluated: boolean,
): Promise<string | undefined> {
  if (before === undefined || !isEvaluated) return before;
  return (await reading.isUnder(before)) ? before : undefined;
}

async function readFor(
  reading: Reading,
  everything: Catalog,
  config: Config,
  wanted: DatabaseOptions,
): Promise<Omit<ConfigReading, keyof FittingQueries>> {
  const { lenient, note } = wanted;
  const selection = narrowForConfig(everything, config);
  const { catalog } = selection;
  const resolved = resolveModels(catalog, lenient ? fitModels(config.models, catalog) : selection.config.models);
  const standIn = standInOf(selection.tenants);
  const fields = [...resolved.models].flatMap(([relation, model]) => computedExpressions(relation, model));
  const expressions = toStandIn(fields, standIn);
  const options = { schema: standIn?.by, note };
  const inferred = await (lenient ? inferWhatFits(reading, expressions, options) : reading.infer(expressions, options));
  return { selection, resolved, standIn, inferred };
}

async function readQueries(
  reading: Reading,
  queries: ReadQueries | undefined,
  options: DatabaseOptions,
): Promise<FittingQueries> {
  if (!queries) return { queries: [], failed: [] };
  if (options.lenient) return queriesThatFit(reading, queries, options);
  return { queries: await reading.queries(queries, options), failed: [] };
}

/**
 * Infers the expressions that the schema allows: it may lack what one expression needs, and have what the others need.
 */
async function inferWhatFits(
  reading: Reading,
  expressions: readonly Expression[],
  options: InferOptions,
): Promise<Inferred> {
  const together = await unlessRefused(reading.infer(expressions, options));
  if (together) return together;
  const inferred: InferredExpression[] = [];
  for (const expression of expressions) {
    inferred.push(...((await unlessRefused(reading.infer([expression], options))) ?? []));
  }
  return inferred;
}

/** Checks the rows of each field that the config says is never null. */
async function prove(
  session: Session,
  { inferred, standIn }: Pick<ConfigReading, 'inferred' | 'standIn'>,
  lenient = false,
): Promise<Inferred> {
  const proven: InferredExpression[] = [];
  for (const expression of inferred) {
    const holds = checkAssertion(session, expression, userSearchPath(standIn?.by)).then(() => true);
    if (lenient ? await unlessRefused(holds) : await holds) proven.push(expression);
  }
  return proven;
}

async function unlessRefused<Result>(asked: Promise<Result>): Promise<Result | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RowsmithError && error.code === 'expression-failed') return undefined;
    throw error;
  }
}
