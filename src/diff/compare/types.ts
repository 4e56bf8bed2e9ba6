import type { Catalog, CompositeType, DomainType, EnumType, QualifiedName } from '../../catalog/catalog.js';
import { shownName } from '../../report/shown-name.js';
import type { Change } from '../change.js';
import { nameKey } from '../side.js';
import { changedValues } from './columns.js';
import { describeCheck } from './constraints.js';
import { between, type Comparison, match, nullability, same } from './context.js';
import { brokenByMembers, literalsOf, plainType } from './fits.js';
import { conditionKey, defaultKey } from './same-sql.js';
import { typeDanger } from './type-danger.js';

/** Compares enums, domains, composites, ranges, and the types of extensions. */
export function compareTypes(comparison: Comparison): Change[] {
  return [
    ...compareEnums(comparison),
    ...compareDomains(comparison),
    ...compareComposites(comparison),
    ...compareRanges(comparison),
    ...compareBaseTypes(comparison),
  ];
}

const nameOf = ({ schema, name }: QualifiedName) => ({ schema, name });

/** Splits the types of both catalogs into gone, new and paired ones; renamed ones go by their newer name. */
function matchTypes<Type extends QualifiedName>(
  { from, to, renamed }: Comparison,
  list: (catalog: Catalog) => readonly Type[],
) {
  return match(list(from.catalog), list(to.catalog), nameKey, (type) => nameKey(renamed(type)));
}

function comment(
  before: { readonly comment?: string },
  after: QualifiedName & { readonly comment?: string },
): Change[] {
  const changed = between(before.comment, after.comment);
  return changed ? [{ rule: 'type-comment', typeName: nameOf(after), ...changed }] : [];
}

function compareEnums(comparison: Comparison): Change[] {
  const { removed, added, paired } = matchTypes(comparison, ({ enums }) => enums);
  return [
    ...paired.flatMap(([old, now]): Change[] => {
      const names = between(shownName(old), shownName(now));
      const rename = names
        ? [
            {
              rule: 'enum-renamed',
              typeName: nameOf(now),
              ...names,
              certainty: 'suspected',
              because: 'the labels are the same',
            } as const,
          ]
        : [];
      return [...rename, ...compareLabels(old, now), ...comment(old, now)];
    }),
    ...added.map((type): Change => ({ rule: 'enum-added', typeName: nameOf(type) })),
    ...removed.map((type): Change => ({ rule: 'enum-removed', typeName: nameOf(type) })),
  ];
}

function compareLabels(before: EnumType, after: EnumType): Change[] {
  const typeName = nameOf(after);
  const [old, now] = [new Set(before.labels), new Set(after.labels)];
  const order = between(
    before.labels.filter((label) => now.has(label)),
    after.labels.filter((label) => old.has(label)),
  );
  return [
    ...after.labels
      .filter((label) => !old.has(label))
      .map((label): Change => ({ rule: 'enum-label-added', typeName, label })),
    ...before.labels
      .filter((label) => !now.has(label))
      .map((label): Change => ({ rule: 'enum-label-removed', typeName, label })),
    ...(order ? [{ rule: 'enum-labels-reordered', typeName, ...order } as const] : []),
  ];
}

function compareDomains(comparison: Comparison): Change[] {
  const { removed, added, paired } = matchTypes(comparison, ({ domains }) => domains);
  return [
    ...paired.flatMap(([old, now]) => compareDomain(comparison, old, now)),
    ...added.map((type): Change => ({ rule: 'domain-added', typeName: nameOf(type) })),
    ...removed.map((type): Change => ({ rule: 'domain-removed', typeName: nameOf(type) })),
  ];
}

function compareDomain({ from, to, sameType, enumNames }: Comparison, before: DomainType, after: DomainType): Change[] {
  const typeName = nameOf(after);
  const none = { read: [], write: [] };
  const [was, is] = [from.meaning.domains.get(nameKey(before)) ?? none, to.meaning.domains.get(nameKey(after)) ?? none];
  const writes = [was.write, is.write] as const;
  const danger = typeDanger(before.base, after.base);
  const nulls = between(nullability(before.notNull), nullability(after.notNull));
  const fallback =
    defaultKey(before.default) === defaultKey(after.default) ? undefined : between(before.default, after.default);
  const values = changedValues(was.read, is.read);
  const [had, has] = [before.checks.map(describeCheck).sort(), after.checks.map(describeCheck).sort()];
  const checks = same(checkKeys(before), checkKeys(after)) ? undefined : between(had, has);
  const breaks = brokenByMembers(
    plainType(was.read),
    plainType(is.read),
    { insert: writes, update: writes },
    enumNames,
  );
  const toldByValues =
    values !== undefined &&
    [was.read, is.read].some((read) => literalsOf(read).length > 0) &&
    before.checks.length <= 1 &&
    after.checks.length <= 1;
  return [
    ...(sameType(before.base, after.base)
      ? []
      : [
          {
            rule: 'domain-type',
            typeName,
            before: before.base.sql,
            after: after.base.sql,
            breaks,
            ...(danger === undefined ? {} : { danger }),
          } as const,
        ]),
    ...(nulls ? [{ rule: 'domain-nullability', typeName, ...nulls } as const] : []),
    ...(fallback ? [{ rule: 'domain-default', typeName, ...fallback } as const] : []),
    ...(values ? [{ rule: 'domain-values', typeName, ...values } as const] : []),
    ...(checks && !toldByValues ? [{ rule: 'domain-check', typeName, ...checks } as const] : []),
    ...comment(before, after),
  ];
}

const checkKeys = ({ checks }: DomainType) => checks.map((check) => conditionKey(describeCheck(check))).sort();

function compareComposites(comparison: Comparison): Change[] {
  const { removed, added, paired } = matchTypes(comparison, ({ composites }) => composites);
  const attributes = (type: CompositeType) => type.attributes.map(({ name, type: { sql } }) => `${name} ${sql}`);
  return [
    ...paired.flatMap(([old, now]): Change[] => {
      const changed = between(attributes(old), attributes(now));
      return [
        ...(changed ? [{ rule: 'composite-attributes', typeName: nameOf(now), ...changed } as const] : []),
        ...comment(old, now),
      ];
    }),
    ...added.map((type): Change => ({ rule: 'composite-added', typeName: nameOf(type) })),
    ...removed.map((type): Change => ({ rule: 'composite-removed', typeName: nameOf(type) })),
  ];
}

function compareRanges(comparison: Comparison): Change[] {
  const { removed, added, paired } = matchTypes(comparison, ({ ranges }) => ranges);
  return [
    ...paired
      .filter(([old, now]) => !same(old, now))
      .map(
        ([old, now]): Change => ({
          rule: 'range-subtype',
          typeName: nameOf(now),
          before: old.subtype.sql,
          after: now.subtype.sql,
        }),
      ),
    ...added.map((type): Change => ({ rule: 'range-added', typeName: nameOf(type) })),
    ...removed.map((type): Change => ({ rule: 'range-removed', typeName: nameOf(type) })),
  ];
}

function compareBaseTypes(comparison: Comparison): Change[] {
  const { removed, added, paired } = matchTypes(comparison, ({ baseTypes }) => baseTypes);
  return [
    ...paired.flatMap(([old, now]): Change[] => {
      const extension = between(old.extension, now.extension);
      return extension ? [{ rule: 'base-type-extension', typeName: nameOf(now), ...extension }] : [];
    }),
    ...added.map((type): Change => ({ rule: 'base-type-added', typeName: nameOf(type) })),
    ...removed.map((type): Change => ({ rule: 'base-type-removed', typeName: nameOf(type) })),
  ];
}
